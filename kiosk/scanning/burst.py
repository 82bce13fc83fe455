"""Tells a scanner that types (a USB keyboard to the machine) from fingers; pure: keys come in with their times.

The same thresholds as the tablet's (hallserver/tablet/static/burst.mjs).
"""

from __future__ import annotations

from collections.abc import Collection

BETWEEN_S = 0.080
"""Between two keys of a burst at most: a scanner takes 1 to 30 ms, who types 150 words a minute 80 on average."""

SHORTEST, LONGEST = 8, 512
ENDS_S = 0.200
"""A scanner that was set to send no Enter has ended its code when nothing came for so long."""

ENTER = "\n"
_ENTERS = {9, 10, 13, 271}
"""Tab, line feed, Enter and the number pad's Enter, as SDL and Kivy number keys: what scanners are set to end with."""

_NUMBER_PAD = range(256, 266)
_SHIFTED = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
"""US layout: a scanner sends places of keys, and this is the layout that it has when it leaves the factory."""


def sign_of(key: int, modifiers: Collection[str]) -> str:
    """The sign that a scanner meant by a key (Kivy's `on_key_down`: code of the unshifted key, names of modifiers).

    Whatever layout, input method and caps lock the machine has; ENTER for what ends a code, empty for other keys.
    """
    if key in _ENTERS:
        return ENTER
    if key in _NUMBER_PAD:
        return chr(key - 256 + ord("0"))
    if not 32 <= key < 127:
        return ""
    sign = chr(key).lower()
    return _SHIFTED.get(sign, sign.upper()) if "shift" in modifiers else sign


class Burst:
    """`press` with every key, `pause` as time goes on; each gives the code of a burst that is complete, else None."""

    def __init__(self) -> None:
        self._typed: list[str] = []
        self._last_s = float("-inf")

    def begins_at(self, at_s: float) -> bool:
        """Whether a key pressed now would be the first of a burst: the only one that belongs to who has the focus."""
        return not self._typed or at_s - self._last_s > BETWEEN_S

    def press(self, sign: str, at_s: float) -> str | None:
        """A key went down; `sign` from `sign_of`. Keys without a sign (shift) change nothing."""
        if not sign:
            return None
        if self.begins_at(at_s):
            self._typed.clear()
        self._last_s = at_s
        if sign == ENTER:
            return self._take()
        if len(self._typed) <= LONGEST:
            self._typed.append(sign)
        return None

    def pause(self, now_s: float) -> str | None:
        """Nothing was pressed."""
        return self._take() if self._typed and now_s - self._last_s >= ENDS_S else None

    def _take(self) -> str | None:
        text = "".join(self._typed)
        self._typed.clear()
        return text if SHORTEST <= len(text) <= LONGEST else None
