"""Named slips to look at and to measure with; read from config/samples, never from a hall's data."""

from importlib.resources import files

from printer.ticket import Slip, from_json

NAMES = ("job_slip", "job_slip_long", "job_slip_own_way", "number", "test_page")
LANGUAGES = ("zh_Hans", "en")


def load_sample(name: str, language: str) -> Slip:
    """Give the sample slip of this name in this language; raises ValueError for an unknown one."""
    if name not in NAMES or language not in LANGUAGES:
        raise ValueError(f"no sample {name} in {language}")
    stored = files("config") / "samples" / "tickets" / language / f"{name}.json"
    return from_json(stored.read_text(encoding="utf-8"))
