"""From a slip to the dots on paper. Pure: no file, clock or chance; faces, pictograms and words are arguments."""

from printer.layouts.page import MIN_SIZE, WIDTHS, Pictograms, Words
from printer.layouts.slips import Drawn, draw
from printer.layouts.typeset import Faces, Glyph, Weight

__all__ = ["MIN_SIZE", "WIDTHS", "Drawn", "Faces", "Glyph", "Pictograms", "Weight", "Words", "draw"]
