"""Reads codes in pictures: stills with every look there is, a running camera within its time. Knows no camera.

Why these engines and looks, and what each adds: docs/adr/0004-what-each-reading-engine-adds.md.
"""

from itertools import cycle

from kiosk.scanning.attention import Share, busiest
from kiosk.scanning.image import Image, Point, to_grey
from kiosk.scanning.looks import EXTRA_LOOKS, QUICK, REST, STILL_LOOKS, Look, Scene
from kiosk.scanning.symbologies import (
    ALL_FORMATS,
    LINEAR_FORMATS,
    WEAK_FORMATS,
    WORKER_FORMATS,
    Code,
    Formats,
    Symbology,
)
from kiosk.scanning.votes import Votes, agreed

__all__ = [
    "ALL_FORMATS",
    "WORKER_FORMATS",
    "Code",
    "Formats",
    "Image",
    "LiveReader",
    "Point",
    "Symbology",
    "read_codes",
]

LIVE_PART = (9 / 16, 2 / 3)
"""Share of a camera's frame that the extra looks have time for."""

STAYS_FRAMES = 4
"""Where something was read, the same look is taken again, so that a second frame can agree; then it is others' turn."""

_GROUPS: tuple[Formats, ...] = (LINEAR_FORMATS, frozenset({"PDF417"}), frozenset({"DataMatrix"}))
"""Too costly together in one frame; QR is looked for in every frame."""


def read_codes(frame_bgr: Image, formats: Formats = ALL_FORMATS) -> list[Code]:
    """Every look at a still picture (height × width × 3 BGR, or grey, or with alpha), then what they agree on; each
    text once. Nothing where it is no picture; never raises on an array."""
    scene = _scene(frame_bgr, (1.0, 1.0))
    if scene is None:
        return []
    return agreed([code for look in STILL_LOOKS for code in look.codes(scene, formats)])


class LiveReader:
    """For a running camera: the quick look at every frame and at most one of the others, taking turns.

    What it gives is believed: QR and Data Matrix at once, the rest when two frames agree. Not for several threads at
    once.
    """

    def __init__(self, formats: Formats = WORKER_FORMATS) -> None:
        self._turns = cycle(_turns_for(formats))
        self._votes = Votes()
        self._group, self._look = next(self._turns)
        self._stayed = 0

    def read(self, frame_bgr: Image) -> list[Code]:
        """What is believed after this frame (as for `read_codes`); a code is given in every frame that shows it."""
        scene = _scene(frame_bgr, LIVE_PART)
        if scene is None:
            return []
        found = QUICK.codes(scene, self._group)
        if all(code.symbology in WEAK_FORMATS for code in found):
            found = found + self._look.codes(scene, self._group)
        self._stayed = self._stayed + 1 if found else STAYS_FRAMES
        if self._stayed >= STAYS_FRAMES:
            self._group, self._look = next(self._turns)
            self._stayed = 0
        return self._votes.count(found)


def _turns_for(formats: Formats) -> list[tuple[Formats, Look]]:
    """(formats of a frame, extra look): every look with every group in which it is of use; QR is in all of them.
    Several groups also take a turn of rest each, or their looks would take too long on average."""
    always: Formats = formats & {"QRCode"}
    groups = [group & formats for group in _GROUPS if group & formats] or [always]
    turns = [(always | group, look) for look in EXTRA_LOOKS for group in groups if look.formats & group]
    return turns + [(always | group, REST) for group in groups if len(groups) > 1]


def _scene(frame: Image, most_of_it: Share) -> Scene | None:
    """None where there is nothing to look at: no picture, or an even one."""
    grey = to_grey(frame)
    box = None if grey is None else busiest(grey, most_of_it)
    return None if grey is None or box is None else Scene(grey, box)
