"""Draws lines of Chinese and Latin text on paper; must not know what a slip is, nor open a file."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from PIL import Image, ImageDraw

from printer.layouts.breaks import wrap, wrap_parts

INK, PAPER = 0, 255
BASELINE = 0.88  # of the em, from its top, in Noto Sans CJK
LINE = 1.28  # line height in ems
FIGURE_LINE = 1.04  # of large digits, which have nothing below the base line
SUBSTITUTE = "\N{GETA MARK}"  # what Chinese and Japanese printers set for a letter their case lacks


class Weight(Enum):
    """The two weights of the one typeface."""

    REGULAR = "regular"
    BOLD = "bold"


@dataclass(frozen=True)
class Glyph:
    """The ink of one character: an "L" mask (255 is ink, None where there is none) and where it stands.

    `left` and `top` lead from the pen on the base line to the mask's corner, `advance` to the next pen, in dots.
    """

    mask: Image.Image | None
    left: int
    top: int
    advance: int

    @property
    def bottom(self) -> int:
        return self.top + self.mask.height if self.mask else 0


class Faces(Protocol):
    """Where glyphs come from; given by the caller, so that layouts open nothing. None: no face has the character."""

    def glyph(self, weight: Weight, size: int, char: str) -> Glyph | None: ...


class Case:
    """The letters of one slip: sets a mark for a character that no face has, and remembers it."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self.missing: list[str] = []

    def advance(self, weight: Weight, size: int, char: str) -> int:
        """Give the way of the pen; the ink of a Chinese character is not drawn to be measured."""
        return size if is_han(char) else self.glyph(weight, size, char).advance

    def glyph(self, weight: Weight, size: int, char: str) -> Glyph:
        """Give the character's ink, or the substitute's."""
        found = self._faces.glyph(weight, size, char)
        if found is not None:
            return found
        if char not in self.missing:
            self.missing.append(char)
        return self._faces.glyph(weight, size, SUBSTITUTE) or Glyph(None, 0, 0, size)


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one, which takes a whole em in every face."""
    code = ord(char)
    return 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF  # extension A, the basic block; planes 2 and 3


class Align(Enum):
    """Where a line stands between the edges of its block."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True)
class Style:
    """How a run of text looks: weight, em in dots, and where its lines stand."""

    case: Case
    weight: Weight
    size: int
    align: Align = Align.LEFT
    leading: float = LINE

    @property
    def line_height(self) -> int:
        return round(self.size * self.leading)

    @property
    def height_below(self) -> int:
        return self.line_height - self.base_line

    @property
    def base_line(self) -> int:
        return round((self.line_height - self.size) / 2 + BASELINE * self.size)

    def glyphs(self, text: str) -> list[Glyph]:
        """Give the ink of a text's characters; Noto Sans CJK has no kerning, so they stand as they come."""
        glyph, weight, size = self.case.glyph, self.weight, self.size
        return [glyph(weight, size, char) for char in text]

    def hanging_below(self, text: str) -> int:
        """How far a tail (of a comma, a y) reaches below the line's own height."""
        return max(0, max((glyph.bottom for glyph in self.glyphs(text)), default=0) - self.height_below)

    def width(self, text: str) -> int:
        """How many dots a text takes on one line."""
        advance, weight, size = self.case.advance, self.weight, self.size
        return sum(advance(weight, size, char) for char in text)


def paragraph(lines: Iterable[str], width: int, look: Style) -> Image.Image:
    """Draw lines one under the other into a block of the given width."""
    rows = list(lines)
    hanging = max((look.hanging_below(row) for row in rows[-1:]), default=0)
    block = Image.new("L", (width, max(1, len(rows) * look.line_height + hanging)), PAPER)
    pen = ImageDraw.Draw(block)
    for index, row in enumerate(rows):
        _set(pen, row, look, index * look.line_height + look.base_line)
    return block


def _set(pen: ImageDraw.ImageDraw, row: str, look: Style, y: int) -> None:
    glyphs = look.glyphs(row)
    width = sum(glyph.advance for glyph in glyphs)
    x = round((pen.im.size[0] - width) * look.align.value)
    if look.align is Align.LEFT and row and _opens_wide(row[0]):
        x -= max(0, glyphs[0].left - look.size // 16)  # the white half of a bracket is no indent
    for glyph in glyphs:
        if glyph.mask is not None:
            pen.bitmap((x + glyph.left, y + glyph.top), glyph.mask, fill=INK)
        x += glyph.advance


def _opens_wide(char: str) -> bool:
    return unicodedata.category(char) == "Ps" and unicodedata.east_asian_width(char) in "WF"


def text_block(text: str, width: int, look: Style) -> Image.Image:
    """Wrap and draw a text."""
    return paragraph(wrap(text, width, look.width), width, look)


def parts_block(text: str, width: int, look: Style) -> Image.Image:
    """Wrap at the middle dots and draw."""
    return paragraph(wrap_parts(text, width, look.width), width, look)


def largest(text: str, width: int, looks: Iterable[Style]) -> Style:
    """Give the first of the styles (largest first) in which the text fits on one line, else the last."""
    last = None
    for look in looks:
        last = look
        if look.width(text) <= width:
            return look
    if last is None:
        raise ValueError("no style to choose from")
    return last
