"""Draws lines of Chinese and Latin text on paper; must not know what a slip is, nor open a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont

from printer.layouts.breaks import wrap, wrap_parts

INK, PAPER = 0, 255
BASELINE = 0.88  # of the em, from its top, in Noto Sans CJK
LINE = 1.28  # line height in ems
FIGURE_LINE = 1.04  # of large digits, which have nothing below the base line


class Weight(Enum):
    """The two weights of the one typeface."""

    REGULAR = "regular"
    BOLD = "bold"


class Faces(Protocol):
    """Where fonts come from; given by the caller, so that layouts open nothing."""

    def font(self, weight: Weight, size: int) -> ImageFont.FreeTypeFont: ...


class Align(Enum):
    """Where a line stands between the edges of its block."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True)
class Style:
    """How a run of text looks: face, em in dots, and where its lines stand."""

    font: ImageFont.FreeTypeFont
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

    def hanging_below(self, text: str) -> int:
        """How far a tail (of a comma, a y) reaches below the line's own height."""
        return max(0, round(self.font.getbbox(text, anchor="ls")[3]) - self.height_below)

    def width(self, text: str) -> int:
        return -int(-self.font.getlength(text) // 1)


def paragraph(lines: Iterable[str], width: int, look: Style) -> Image.Image:
    """Draw lines one under the other into a block of the given width."""
    rows = list(lines)
    hanging = max((look.hanging_below(row) for row in rows[-1:]), default=0)
    block = Image.new("L", (width, max(1, len(rows) * look.line_height + hanging)), PAPER)
    pen = ImageDraw.Draw(block)
    for index, row in enumerate(rows):
        x = (width - look.width(row)) * look.align.value
        pen.text((round(x), index * look.line_height + look.base_line), row, fill=INK, font=look.font, anchor="ls")
    return block


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
