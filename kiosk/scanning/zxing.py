"""Reads with zxing-cpp: needed formats only, bytes instead of its guess at a text. Knows no other engine.

zxing-cpp takes GBK without ECI for Shift JIS; so it is asked for the ECI stream in hex, which holds the bytes as they
are in the symbol and says whether the symbol names its encoding.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import zxingcpp

from kiosk.scanning.image import Image, Point
from kiosk.scanning.symbologies import Code, Formats, Symbology, is_long_enough
from kiosk.scanning.text import text_of_bytes, text_of_eci, text_of_kanji, text_of_latin

_FORMATS: dict[Symbology, Any] = {
    "QRCode": zxingcpp.BarcodeFormat.QRCode,
    "Code128": zxingcpp.BarcodeFormat.Code128,
    "Code39": zxingcpp.BarcodeFormat.Code39,
    "EAN13": zxingcpp.BarcodeFormat.EAN13,
    "PDF417": zxingcpp.BarcodeFormat.PDF417,
    "DataMatrix": zxingcpp.BarcodeFormat.DataMatrix,
}
_SYMBOLOGIES: dict[Any, Symbology] = {known: name for name, known in _FORMATS.items()}
_IDENTIFIER_BYTES = 3
_KANJI_MODE = 0b1000


@dataclass(frozen=True)
class Options:
    """How hard zxing-cpp tries; `binarizer` as it names them."""

    try_invert: bool = True
    try_rotate: bool = True
    try_downscale: bool = True
    binarizer: str = "LocalAverage"

    def arguments(self) -> dict[str, Any]:
        """For `read_barcodes`."""
        return {
            "try_invert": self.try_invert,
            "try_rotate": self.try_rotate,
            "try_downscale": self.try_downscale,
            "binarizer": zxingcpp.Binarizer.__members__[self.binarizer],
        }


@dataclass(frozen=True)
class Zxing:
    """zxing-cpp for some formats. Stateless: any thread may use it."""

    formats: Formats
    options: Options = field(default_factory=Options)

    def read(self, grey: Image, reader: str) -> list[Code]:
        """What is believed in an 8-bit grey picture; found by `reader`, the name of this look."""
        wanted = zxingcpp.BarcodeFormats([_FORMATS[name] for name in sorted(self.formats)])
        began = time.perf_counter()
        found = zxingcpp.read_barcodes(
            grey, formats=wanted, text_mode=zxingcpp.TextMode.HexECI, **self.options.arguments()
        )
        ms = (time.perf_counter() - began) * 1000
        codes = (_code(one, reader, ms) for one in found if one.valid)
        return [code for code in codes if code and is_long_enough(code)]


def _code(one: Any, reader: str, ms: float) -> Code | None:
    symbology = _SYMBOLOGIES.get(one.format) or _SYMBOLOGIES.get(one.symbology)
    return Code(_text(one, symbology), symbology, _corners(one.position), reader, ms) if symbology else None


def _text(one: Any, symbology: Symbology) -> str:
    """The stream is `]cm` (AIM symbology identifier), then bytes, or designators with their bytes."""
    stream = bytes.fromhex(one.text)[_IDENTIFIER_BYTES:]
    data = bytes(one.bytes)
    if stream != data:
        return text_of_eci(stream)
    if data.isascii():
        return text_of_bytes(data)
    if symbology == "QRCode" and _first_mode(one) == _KANJI_MODE:
        return text_of_kanji(data)
    return text_of_latin(data) if symbology == "Code128" else text_of_bytes(data)


def _corners(place: Any) -> tuple[Point, ...]:
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return tuple((corner.x, corner.y) for corner in corners)


_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)
"""ISO/IEC 18004, table 10: where a mask turns a module over."""


def _first_mode(one: Any) -> int:
    """The mode of a QR code's first segment, which zxing-cpp does not tell: the four modules in the lower right corner,
    in the order in which they are placed (ISO/IEC 18004, 7.7.3); 0 where the symbol tells no mask."""
    if "DataMask" not in one.extra:
        return 0
    modules = np.array(one.to_image(scale=1, add_quiet_zones=False)) < 128
    last, mask = modules.shape[0] - 1, _MASKS[one.extra["DataMask"]]
    places = ((last, last), (last, last - 1), (last - 1, last), (last - 1, last - 1))
    bits = (bool(modules[row, column]) ^ mask(row, column) for row, column in places)
    return int("".join("1" if bit else "0" for bit in bits), 2)
