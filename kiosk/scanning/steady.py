"""Lets a hint through only when it has been true for a while: one at a time, no flicker. Pure: the time comes in."""

from collections import Counter, deque

from kiosk.scanning.hints import Hint

LASTS_S = 0.7
SHARE = 0.7
"""A hint stands when it was measured in this share of the looks of the last LASTS_S."""

FEWEST_LOOKS = 3
SPEAKS_S = 1.2
"""A hint that stands gives way to another one only after this: nobody can follow two in a second."""


class Steady:
    """`feed` with every look: what was measured in, what is told out."""

    def __init__(self) -> None:
        self._looks: deque[tuple[float, Hint | None]] = deque(maxlen=100)
        self._began_s: float | None = None
        self._since_s = 0.0
        self.told: Hint | None = None

    def feed(self, hint: Hint | None, now_s: float) -> bool:
        """Whether `told` has changed."""
        self._looks.append((now_s, hint))
        if self._began_s is None:
            self._began_s = now_s
        while self._looks[0][0] < now_s - LASTS_S:
            self._looks.popleft()
        winner, votes = Counter(hint for _, hint in self._looks).most_common(1)[0]
        if winner == self.told or votes < max(FEWEST_LOOKS, SHARE * len(self._looks)):
            return False
        if now_s - self._began_s < LASTS_S or (self.told and winner and now_s - self._since_s < SPEAKS_S):
            return False
        self.told, self._since_s = winner, now_s
        return True

    def clear(self, now_s: float) -> bool:
        """Something was read: nothing to say any more -> whether `told` has changed."""
        self._looks.clear()
        self._began_s = now_s
        had, self.told = self.told, None
        return had is not None
