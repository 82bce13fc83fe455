"""The sizes of everything on paper for a width, and what a layout draws with; must not know what a slip is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from printer.layouts.typeset import FIGURE_LINE, Align, Case, Faces, Style, Weight

WIDTHS = (576, 512, 420, 384)  # dots across: 80 mm at 203 and 180 dpi, 58 mm wide and usual
MIN_SIZE = 28
"""Dots; nothing smaller can be read by a tired eye before dawn. For every width: the 384 dots of a 58 mm printer
are as large as the 576 of an 80 mm one (8 a millimetre; those of 512 are larger, 7.1), so 28 are 3.5 mm on each."""


class Words(Protocol):
    """The text of an id in the reader's language with its facts filled in; `count` chooses the plural form."""

    def __call__(self, id: str, **facts: object) -> str: ...


class Pictograms(Protocol):
    """An "L" picture of size × size dots, 0 is ink, by its name (`signs/star`); raises PictogramMissing."""

    def __call__(self, name: str, size: int, /) -> Image.Image: ...


@dataclass(frozen=True)
class Sizes:
    """Em sizes and distances in dots."""

    margin: int
    gap: int
    small: int
    label: int
    value: int
    code: int
    unit: int
    bay: int
    title: int
    pay: int
    time: int
    sign: int
    trade_sign: int
    clock: int
    number: int
    qr: int
    frame: int
    pen_row: int
    tick: int


WIDE = Sizes(20, 10, 30, 32, 36, 40, 42, 54, 56, 100, 150, 160, 96, 108, 200, 240, 6, 76, 46)
NARROW = Sizes(6, 8, 28, 28, 32, 34, 34, 44, 46, 80, 112, 96, 96, 86, 140, 175, 4, 70, 40)


@dataclass(frozen=True)
class Page:
    """One strip of paper being laid out: its width in dots, its sizes, and the words, faces and pictures to use."""

    width: int
    sizes: Sizes
    case: Case
    words: Words
    pictograms: Pictograms

    @property
    def inner(self) -> int:
        return self.width - 2 * self.sizes.margin

    def bold(self, size: int, align: Align = Align.LEFT) -> Style:
        return Style(self.case, Weight.BOLD, size, align)

    def bolds(self, sizes: Iterable[int], align: Align = Align.LEFT) -> list[Style]:
        return [self.bold(size, align) for size in sizes]

    def regular(self, size: int, align: Align = Align.LEFT) -> Style:
        return Style(self.case, Weight.REGULAR, size, align)

    def figures(self, size: int, align: Align = Align.LEFT) -> Style:
        return Style(self.case, Weight.BOLD, size, align, FIGURE_LINE)

    def say(self, word: str, **facts: str | int) -> str:
        """Give the words of `ticket.<word>` with its facts filled in."""
        return self.words(f"ticket.{word}", **facts)


def page_for(width: int, faces: Faces, words: Words, pictograms: Pictograms) -> Page:
    """Choose the sizes for a paper width."""
    return Page(width, WIDE if width >= 500 else NARROW, Case(faces), words, pictograms)
