"""Named slips to look at and to measure with; read from config/samples, never from a hall's data."""

from importlib.resources import files

from printer.ticket import Slip, from_json

NAMES = (
    "job_slip",
    "job_slip_long",
    "job_slip_own_way",
    "number",
    "worker_card",
    "list_slip",
    "rights_card",
    "resume_page",
    "windscreen",
    "manifest",
    "manifest_blank",
    "kit_cover",
    "kit_numbers",
    "kit_buses",
    "kit_posts",
    "test_page",
)
PAPER_KIT = ("kit_cover", "kit_numbers", "kit_buses", "kit_posts", "manifest_blank", "rights_card")
SHEETS = {**{name: (name,) for name in NAMES}, "paper_kit": PAPER_KIT}
"""What may be asked for by a name, and the sheets it has: one, but for the kit, whose sheets are cut off one by one."""
LANGUAGES = ("zh_Hans", "en")


def load_sample(name: str, language: str) -> Slip:
    """Give the sample slip of this name in this language; raises ValueError for an unknown one."""
    if name not in NAMES or language not in LANGUAGES:
        raise ValueError(f"no sample {name} in {language}")
    stored = files("config") / "samples" / "tickets" / language / f"{name}.json"
    return from_json(stored.read_text(encoding="utf-8"))


def load_sheets(name: str, language: str) -> list[Slip]:
    """Give the slips of a sample that may have several; raises ValueError for an unknown one."""
    if name not in SHEETS:
        raise ValueError(f"no sample {name}")
    return [load_sample(sheet, language) for sheet in SHEETS[name]]
