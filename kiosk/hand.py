"""Whether a hand is on the glass: what the feed changes waits for it, so that nothing moves under a finger.

Reproduced when designed: a list that changes between down and up makes the release open another row.
"""

from dataclasses import dataclass, field

RESTS_AFTER_S = 0.3


@dataclass
class Hand:
    """Fingers by the window's own name of a touch; `None` as last release: nobody touched yet."""

    _down: set[object] = field(default_factory=set)
    _released_at_s: float | None = None

    def down(self, touch: object) -> None:
        """A finger came."""
        self._down.add(touch)

    def up(self, touch: object, now_s: float) -> None:
        """A finger left."""
        self._down.discard(touch)
        self._released_at_s = now_s

    def is_busy(self, now_s: float) -> bool:
        """While a finger is down and for a moment after."""
        if self._down:
            return True
        return self._released_at_s is not None and now_s - self._released_at_s < RESTS_AFTER_S
