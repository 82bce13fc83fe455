"""Breaks and draws lines of Chinese and Latin text on paper; must not know what a slip is, nor open a file."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont

INK, PAPER = 0, 255
BASELINE = 0.88  # of the em, from its top, in Noto Sans CJK
LINE = 1.28  # line height in ems
FIGURE_LINE = 1.04  # of large digits, which have nothing below the base line
WHOLE_BRACKETS = 14  # a bracket up to so many characters is not broken

CLOSING = {"Pe", "Pf", "Po", "Pd"}  # Unicode categories that may not begin a line
OPENING = {"Ps", "Pi", "Sc"}  # and those that may not end one
SEPARATOR = " · "


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

    def width(self, text: str) -> int:
        return -int(-self.font.getlength(text) // 1)


def wrap(text: str, width: int, fits: Callable[[str], int]) -> list[str]:
    """Break text into lines at most `width` wide, `fits` measuring one.

    Chinese breaks between any two characters except before closing and after opening punctuation and between a number
    and its unit; Latin words, numbers and short brackets stay whole unless one alone is wider than the line.
    """
    if text.strip() and fits(text.strip()) <= width:
        return [" ".join(text.split())]
    lines: list[str] = []
    line = ""
    for atom in _atoms(text):
        if fits((line + atom).rstrip()) <= width:
            line += atom
            continue
        if line.strip():
            lines.append(line.rstrip())
        *full, line = _chop(atom.lstrip(), width, fits)
        lines.extend(full)
    return [*lines, line.rstrip()] if line.strip() else lines


def wrap_parts(text: str, width: int, fits: Callable[[str], int]) -> list[str]:
    """Break a row of parts parted by a middle dot at the dots, which are dropped at a line's end; else as `wrap`."""
    lines: list[str] = []
    for part in text.split(SEPARATOR):
        joined = f"{lines[-1]}{SEPARATOR}{part}" if lines else part
        if lines and fits(joined) <= width:
            lines[-1] = joined
        else:
            lines.extend(wrap(part, width, fits))
    return lines


def paragraph(lines: Iterable[str], width: int, look: Style) -> Image.Image:
    """Draw lines one under the other into a block of the given width."""
    rows = list(lines)
    block = Image.new("L", (width, max(1, len(rows) * look.line_height)), PAPER)
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


def _atoms(text: str) -> list[str]:
    atoms: list[str] = []
    for char in " ".join(text.split()):
        if atoms and _sticks(atoms[-1], char):
            atoms[-1] += char
        else:
            atoms.append(char)
    return atoms


def _sticks(before: str, char: str) -> bool:
    last = before[-1]
    if char == " " or unicodedata.category(char) in CLOSING or unicodedata.category(last) in OPENING:
        return True
    if before.isspace():
        return True
    if before.rstrip()[-1].isdigit() and _is_wide(char):
        return True
    if last == " ":
        return False
    if _has_open_bracket(before) and len(before) < WHOLE_BRACKETS:
        return True
    return not _is_wide(last) and not _is_wide(char)


def _has_open_bracket(text: str) -> bool:
    kinds = [unicodedata.category(char) for char in text]
    return kinds.count("Ps") > kinds.count("Pe")


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _chop(atom: str, width: int, fits: Callable[[str], int]) -> list[str]:
    pieces = [""]
    for char in atom:
        if pieces[-1] and fits((pieces[-1] + char).rstrip()) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces
