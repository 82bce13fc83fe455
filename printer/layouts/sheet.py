"""Puts blocks together into one strip and turns it into dots; must not know what a slip is, nor open a file."""

import math
from collections.abc import Iterable

import segno
from PIL import Image, ImageChops, ImageDraw

from printer.faults import SlipTooWide
from printer.layouts.typeset import INK, PAPER

THRESHOLD = 150  # greys up to this are ink: a little bolder than half, thermal heads thin strokes out
QUIET_MODULES = 4  # ISO/IEC 18004: white margin around a QR code
MIN_MODULE_DOTS = 5
_OVERSAMPLE = 4
_DOTS = [INK if grey <= THRESHOLD else PAPER for grey in range(256)]


def stack(blocks: Iterable[Image.Image], gap: int = 0) -> Image.Image:
    """Put blocks of equal width under each other."""
    rows = list(blocks)
    strip = Image.new("L", (rows[0].width, sum(row.height for row in rows) + gap * (len(rows) - 1)), PAPER)
    y = 0
    for row in rows:
        strip.paste(row, (0, y))
        y += row.height + gap
    return strip


def beside(blocks: Iterable[Image.Image], gap: int) -> Image.Image:
    """Put blocks next to each other, each in the middle of the height."""
    row = list(blocks)
    height = max(block.height for block in row)
    strip = Image.new("L", (sum(block.width for block in row) + gap * (len(row) - 1), height), PAPER)
    x = 0
    for block in row:
        strip.paste(block, (x, (height - block.height) // 2))
        x += block.width + gap
    return strip


def padded(block: Image.Image, left: int, top: int, right: int, bottom: int) -> Image.Image:
    """Give a block white edges."""
    strip = Image.new("L", (block.width + left + right, block.height + top + bottom), PAPER)
    strip.paste(block, (left, top))
    return strip


def centred(block: Image.Image, width: int) -> Image.Image:
    """Put a block into the middle of a wider one."""
    spare = width - block.width
    return padded(block, spare // 2, 0, spare - spare // 2, 0)


def blank(width: int, height: int) -> Image.Image:
    """White paper."""
    return Image.new("L", (width, height), PAPER)


def framed(block: Image.Image, pad: int, line: int) -> Image.Image:
    """Draw a rounded frame around a block."""
    strip = padded(block, pad, pad, pad, pad)
    edge = (0, 0, strip.width - 1, strip.height - 1)
    ImageDraw.Draw(strip).rounded_rectangle(edge, radius=16, outline=INK, width=line)
    return strip


def dashes(width: int, thickness: int) -> Image.Image:
    """Draw a dashed line where the slip's own facts end."""
    strip = blank(width, thickness)
    pen = ImageDraw.Draw(strip)
    for x in range(0, width, 12):
        pen.rectangle((x, 0, x + 7, thickness - 1), fill=INK)
    return strip


def rule(width: int, thickness: int) -> Image.Image:
    """Draw a line across."""
    return Image.new("L", (width, thickness), INK)


def tick_box(size: int, line: int) -> Image.Image:
    """Draw an empty box for a pen."""
    box = blank(size, size)
    ImageDraw.Draw(box).rectangle((0, 0, size - 1, size - 1), outline=INK, width=line)
    return box


def ruled(width: int, height: int) -> Image.Image:
    """Give white paper with a line at its foot, for a pen."""
    strip = blank(width, height)
    strip.paste(INK, (0, height - 3, width, height))
    return strip


def inverted(block: Image.Image) -> Image.Image:
    """Swap ink and paper."""
    return ImageChops.invert(block)


def edge_ruler(width: int) -> Image.Image:
    """Draw a scale whose first and last marks touch the edges, so that a narrow print shows at once."""
    strip = blank(width, 40)
    pen = ImageDraw.Draw(strip)
    marks = 24
    for mark in range(marks + 1):
        x = round(mark * (width - 3) / marks)
        pen.rectangle((x, 0 if mark % 6 == 0 else 18, x + 2, 39), fill=INK)
    return strip


def clock_face(hours: int, minutes: int, size: int) -> Image.Image:
    """Draw a dial with two hands for those who read a clock and not digits."""
    big = size * _OVERSAMPLE
    face = Image.new("L", (big, big), PAPER)
    pen = ImageDraw.Draw(face)
    middle, edge = big / 2, big / 24
    pen.ellipse((edge / 2, edge / 2, big - edge / 2, big - edge / 2), outline=INK, width=round(edge))
    for tick in range(12):
        inner = 0.76 if tick % 3 == 0 else 0.82
        width = edge * (1.1 if tick % 3 == 0 else 0.6)
        pen.line((*_on_dial(middle, tick / 12, inner), *_on_dial(middle, tick / 12, 0.88)), INK, round(width))
    pen.line((middle, middle, *_on_dial(middle, (hours % 12 + minutes / 60) / 12, 0.46)), INK, round(edge * 2.2))
    pen.line((middle, middle, *_on_dial(middle, minutes / 60, 0.70)), INK, round(edge * 1.3))
    hub = edge * 1.5
    pen.ellipse((middle - hub, middle - hub, middle + hub, middle + hub), fill=INK)
    return face.resize((size, size), Image.Resampling.BOX)


def _on_dial(middle: float, turn: float, reach: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return middle + middle * reach * math.sin(angle), middle - middle * reach * math.cos(angle)


def qr_block(text: str, width: int, target: int) -> Image.Image:
    """Draw a QR code, level M, never a Micro QR (phones cannot read those), with its quiet zone.

    Modules are as many dots as bring the picture near `target`, never under five; raises SlipTooWide.
    """
    code = segno.make(text, micro=False, error="m", boost_error=False)
    modules = int(code.symbol_size(border=QUIET_MODULES)[0])
    dots = max(MIN_MODULE_DOTS, target // modules)
    if modules * dots > width:
        raise SlipTooWide(f"a QR code of {modules} modules does not fit {width} dots")
    small = Image.new("L", (modules, modules), PAPER)
    small.putdata([INK if dark else PAPER for row in code.matrix_iter(border=QUIET_MODULES) for dark in row])
    return small.resize((modules * dots, modules * dots), Image.Resampling.NEAREST)


def to_dots(strip: Image.Image) -> Image.Image:
    """Turn greys into dots by a threshold, without dithering; 0 is ink."""
    return strip.point(_DOTS, "1")
