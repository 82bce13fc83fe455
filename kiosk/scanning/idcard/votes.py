"""Decides over the frames of one showing what may be believed. Pure; knows neither pictures nor threads.

A number is accepted when it leads by two: two frames that agree, and for each frame that said another number or showed
a screen one more. So a phone that is noticed in most frames never wins by the one in which it was not.
"""

from collections import Counter, deque
from dataclasses import dataclass, replace
from typing import Literal

from kiosk.scanning.hints import Hint

_LEAD = 2
_REMEMBERS = 12
_FORGETS_AFTER = 10
_WAITS_FOR_NAME = 4


@dataclass(frozen=True, repr=False)
class IdCard:
    """A card that was held up. Neither repr nor str shows a person.

    `name` None: it could not be read. `kind` permit: residence permit for people of Hong Kong, Macao and Taiwan.
    `corners`: px in the frame, clockwise from the card's own top left. `is_on_a_screen`: it looks like a photo on a
    phone. `ms`: what reading took.
    """

    number: str
    name: str | None
    kind: Literal["resident", "permit"]
    corners: tuple[tuple[int, int], ...]
    is_on_a_screen: bool
    ms: float

    def __repr__(self) -> str:
        return f"IdCard(kind={self.kind!r}, is_on_a_screen={self.is_on_a_screen}, ms={self.ms:.0f})"


class Votes:
    """The reads of one showing; not for several threads at once."""

    def __init__(self) -> None:
        self._reads: deque[IdCard] = deque(maxlen=_REMEMBERS)
        self._unread = 0

    def add(self, seen: IdCard | Hint) -> IdCard | Hint | None:
        """What may be said after this frame: an accepted card, what would help, or nothing yet."""
        if isinstance(seen, Hint):
            self._unread += 1
            if self._unread >= _FORGETS_AFTER:
                self._reads.clear()
            return seen
        self._unread = 0
        self._reads.append(seen)
        return self._judged(seen)

    def _judged(self, seen: IdCard) -> IdCard | Hint | None:
        same = [read for read in self._reads if read.number == seen.number]
        shown = sum(read.is_on_a_screen for read in same)
        lead = len(same) - 2 * shown - (len(self._reads) - len(same))
        if shown * 2 >= len(same):
            return Hint.ON_A_SCREEN
        name = _agreed([read.name for read in same])
        if lead < _LEAD or (name is None and len(same) < _WAITS_FOR_NAME):
            return None
        return replace(seen, name=name, is_on_a_screen=False)


def _agreed(names: list[str | None]) -> str | None:
    """The name that most reads gave, two at least."""
    most = Counter(name for name in names if name is not None).most_common(1)
    return most[0][0] if most and most[0][1] >= 2 else None
