"""Turns any slip into dots for one paper width in the slip's own language; must not know printers or the spool."""

from collections.abc import Callable

from PIL import Image

from printer.layouts import Faces, Pictograms, Words, draw
from printer.samples import load_sample
from printer.ticket import Slip


class Press:
    """Holds what layouts need; `words_of` gives the words of a language. One per thread, as its faces are."""

    def __init__(self, faces: Faces, words_of: Callable[[str], Words], pictograms: Pictograms) -> None:
        self._faces = faces
        self._words_of = words_of
        self._pictograms = pictograms

    def draw(self, slip: Slip, width_dots: int) -> Image.Image:
        """Give the slip as a 1-bit picture, 0 is ink; raises SlipTooWide."""
        return draw(slip, width_dots, self._faces, self._words_of(slip.language), self._pictograms)

    def draw_sample(self, name: str, language: str, width_dots: int) -> Image.Image:
        """Give a named sample as a picture; raises ValueError for an unknown one."""
        return self.draw(load_sample(name, language), width_dots)
