"""Remembers what a printer turned out to answer, for its place and not for its make; asks no printer itself.

Found by a probe (`printer.probe`) and written down only when a person held its test page.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from printer.encode import Closing, Profile


@dataclass(frozen=True)
class Marks:
    """`answers_status`: DLE EOT; `closing`: what proves a paper, NONE: nothing does; `clears`: DLE DC4 function 8."""

    answers_status: bool
    closing: Closing
    clears: bool

    @property
    def can_prove(self) -> bool:
        """Whether its jobs may ever be called printed."""
        return self.closing is not Closing.NONE


def marks_of(profile: Profile) -> Marks:
    """What the make promises; holds until a probe finds out more."""
    return Marks(True, profile.closing, profile.clears_buffers)


MUTE = Marks(False, Closing.NONE, False)


def load_marks(file: Path, address: str) -> Marks | None:
    """What the last probe at this address found; None: there was none, or it stood elsewhere."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["address"] != address:
            return None
        return Marks(bool(kept["answers_status"]), Closing(kept["closing"]), bool(kept["clears"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_marks(file: Path, address: str, marks: Marks) -> None:
    """Writes them down in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        "address": address,
        "answers_status": marks.answers_status,
        "closing": marks.closing.value,
        "clears": marks.clears,
    }
    draft = file.with_suffix(".part")
    draft.write_text(json.dumps(kept), encoding="utf-8")
    draft.replace(file)
