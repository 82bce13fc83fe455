"""Turns any slip into dots for one paper width in the slip's own language; must not know printers or the spool."""

import logging
from collections.abc import Callable
from functools import lru_cache

from PIL import Image

from config.texts import Catalogue
from printer.faces import load_faces
from printer.layouts import Faces, Pictograms, Words, draw
from printer.pictograms import PAPER, PictogramFolder
from printer.ticket import Slip

_log = logging.getLogger(__name__)


class Press:
    """Holds what layouts need; `words_of` gives the words of a language. One per thread, as its faces are."""

    def __init__(self, faces: Faces, words_of: Callable[[str], Words], pictograms: Pictograms) -> None:
        self._faces = faces
        self._words_of = words_of
        self._pictograms = pictograms

    def draw(self, slip: Slip, width_dots: int) -> Image.Image:
        """Give the slip as a 1-bit picture, 0 is ink; raises SlipTooWide.

        A character that no face of this machine has is told on the slip and in the log, by its number only.
        """
        drawn = draw(slip, width_dots, self._faces, self._words_of(slip.language), self._pictograms)
        if drawn.missing:
            _log.warning("no face has %s", " ".join(f"U+{ord(char):04X}" for char in drawn.missing))
        return drawn.picture


def open_press() -> Press:
    """Open this machine's fonts, words and derived pictures; raises FaceMissing, and UnknownLanguage when drawing."""

    @lru_cache(maxsize=16)
    def words_of(language: str) -> Words:
        return Catalogue.load(language).text

    return Press(load_faces(), words_of, PictogramFolder(PAPER))
