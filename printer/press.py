"""Turns any slip into dots for one paper width in the slip's own language; must not know printers or the spool."""

from collections.abc import Callable
from functools import lru_cache

from PIL import Image

from config.texts import Catalogue
from printer.faces import load_faces
from printer.layouts import Faces, Pictograms, Words, draw
from printer.pictograms import PAPER, PictogramFolder
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


def open_press() -> Press:
    """Open this machine's fonts, words and derived pictures; raises FaceMissing, and UnknownLanguage when drawing."""

    @lru_cache(maxsize=16)
    def words_of(language: str) -> Words:
        return Catalogue.load(language).text

    return Press(load_faces(), words_of, PictogramFolder(PAPER))
