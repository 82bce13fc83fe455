"""What is made of the frames of one showing: what was read, and what would help; knows no camera."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Protocol

from kiosk.scanning.codes import LiveReader
from kiosk.scanning.guidance import Guide, Sight, hint_of
from kiosk.scanning.hints import Hint
from kiosk.scanning.image import Image
from kiosk.scanning.region import region_of
from kiosk.scanning.steady import Steady
from kiosk.scanning.told import CodeRead, Expects, HintTold, Told

AGAIN_S = 1.0
"""The same thing is told at most so often."""

MEASURES_EVERY_S = 0.1
UNEXPLAINED_S = 2.0
"""For so long something may be held still without being read: most cards are read in half of it."""

READ_LASTS_S = 1.5
"""For so long after something was read there is nothing to correct."""


class Looking(Protocol):
    """Made anew for every showing: nothing of one person is carried over to the next."""

    def look(self, frame_bgr: Image, now_s: float) -> Iterator[Told]: ...

    def close(self) -> None: ...


def look_for(expects: Expects) -> Looking:
    """The readers of this kind; only they run."""
    if expects == "codes":
        return CodeLooking()
    from kiosk.scanning.card_looking import card_looking

    return card_looking()


class Advice:
    """Measured, steadied and told on change; silent while something is being read."""

    def __init__(self, expects: Expects) -> None:
        self._expects: Expects = expects
        self._guide, self._steady = Guide(), Steady()
        self._measured_s = self._read_s = float("-inf")
        self._still_s = float("inf")

    def read(self, now_s: float) -> Iterator[Told]:
        """Something was read."""
        self._read_s = now_s
        if self._steady.clear(now_s):
            yield HintTold(None)

    def of(self, region_bgr: Image, now_s: float, readers: Hint | None = None) -> Iterator[Told]:
        """From the frame, and from what a reader says of it: a reader knows better, but sees cards in empty halls."""
        if now_s - self._measured_s < MEASURES_EVERY_S or now_s - self._read_s < READ_LASTS_S:
            return
        self._measured_s = now_s
        hint = self._weighed(self._guide.sight(region_bgr, now_s), readers, now_s)
        if self._steady.feed(hint, now_s):
            yield HintTold(self._steady.told)

    def _weighed(self, sight: Sight | None, readers: Hint | None, now_s: float) -> Hint | None:
        """`hold still` is what the reader says of everything that it cannot explain: of a thing that is held still it
        means, after a while, that it is no card."""
        own = hint_of(sight, self._expects)
        if sight is not None and readers is Hint.HOLD_STILL and own is None:
            self._still_s = min(self._still_s, now_s)
            return Hint.NOT_A_CARD if now_s - self._still_s >= UNEXPLAINED_S else None
        self._still_s = float("inf")
        return own if sight is None or readers in (None, Hint.HOLD_STILL) else readers


class Again:
    """Whether a thing may be told (again)."""

    def __init__(self) -> None:
        self._thing: Hashable = None
        self._told_s = float("-inf")

    def is_due(self, thing: Hashable, now_s: float) -> bool:
        """True counts as told. The thing is kept until another one comes or the showing ends."""
        if thing == self._thing and now_s - self._told_s < AGAIN_S:
            return False
        self._thing, self._told_s = thing, now_s
        return True


class CodeLooking:
    """Codes, as soon as a reader is sure of one."""

    def __init__(self) -> None:
        self._reader, self._advice, self._again = LiveReader(), Advice("codes"), Again()

    def look(self, frame_bgr: Image, now_s: float) -> Iterator[Told]:
        """Codes of this frame, then advice."""
        region = region_of(frame_bgr)
        codes = self._reader.read(region)
        if codes:
            yield from self._advice.read(now_s)
        for code in codes:
            if self._again.is_due(code.text, now_s):
                yield CodeRead(code.text, code.symbology)
        if not codes:
            yield from self._advice.of(region, now_s)

    def close(self) -> None:
        """Nothing runs on."""
