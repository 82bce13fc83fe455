"""Text on the glass: words that wrap where a reader would, and words that shrink until they fit. Knows no language.

SDL2's own wrapping breaks Chinese only at spaces; lines end here by the same rules as on paper.
"""

from functools import lru_cache
from math import ceil
from typing import Any

from kivy.core.text import Label as Typeset
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.label import Label

from printer.layouts.breaks import wrap_parts

STEP = 0.94


MEASURED_PX = 64.0
"""Widths are measured at this size and scaled: every size that a typeface of this many characters is opened in takes
2.5 MB, and looking for the size that fits would open most of them."""

SAFELY = 1.006
"""Hinting rounds every character to whole px: 0.5 % at most over a line, at the sizes in use."""


@lru_cache(maxsize=8)
def _typeset(font_name: str, bold: bool) -> Any:
    return Typeset(font_name=font_name, font_size=MEASURED_PX, bold=bold)


@lru_cache(maxsize=4096)
def _measured_px(text: str, font_name: str, bold: bool) -> int:
    return int(_typeset(font_name, bold).get_extents(text)[0])


def width_of(text: str, font_name: str, font_size: float, bold: bool) -> int:
    """Width of a text on one line, in px; never less than it is, a few in a hundred more."""
    return ceil(_measured_px(text, font_name, bold) * font_size * SAFELY / MEASURED_PX)


def forget_widths() -> None:
    """Drops the measured texts: some of them were a person's."""
    _measured_px.cache_clear()


class Words(Label):
    """`said` wraps at the width; as high as its lines."""

    said = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name in ("said", "width", "font_size", "bold", "font_name"):
            self.fbind(name, self.break_lines)
        self.break_lines()

    def break_lines(self, *_: Any) -> None:
        """Puts line ends where they may stand."""
        if self.width < 2:
            return
        size, bold, face = float(self.font_size), bool(self.bold), str(self.font_name)
        lines = wrap_parts(self.said, int(self.width), lambda text: width_of(text, face, size, bold))
        self.text = "\n".join(lines)


class FitWords(Label):
    """`said` on one line, shrunk from `largest` to `least` px until it fits; then it wraps, and is never cut off."""

    said = StringProperty("")
    largest = NumericProperty(40)
    least = NumericProperty(20)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name in ("said", "width", "largest", "least", "bold", "font_name"):
            self.fbind(name, self.fit)
        self.fit()

    def fit(self, *_: Any) -> None:
        """Chooses the largest size at which the words fit."""
        if self.width < 2:
            return
        self.font_size = size = self._size()
        bold, face = bool(self.bold), str(self.font_name)
        lines = wrap_parts(self.said, int(self.width), lambda text: width_of(text, face, size, bold))
        self.text = "\n".join(lines)

    def _size(self) -> float:
        size, least = float(round(self.largest)), float(min(self.least, self.largest))
        while size > least and width_of(self.said, str(self.font_name), size, bool(self.bold)) > self.width:
            size = max(float(int(size * STEP)), least)
        return size
