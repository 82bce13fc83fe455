"""Reads with zbar, which finds some codes that zxing-cpp does not; knows its faults and no other engine.

pyzbar's `decode` hides zbar's settings and its text conversion spoils bytes, so zbar is spoken to through pyzbar's
wrapper functions. Numbers below are of zbar.h (zbar 0.23): ZBAR_CFG_BINARY = 4 gives the bytes as they are,
ZBAR_CFG_TEST_INVERTED = 0x81 looks again at the negative where nothing was found, and belongs to the scanner, not to
a symbology (0). Every line is scanned (density 1, its default): with fewer, zbar switches off its own filter against
EAN-13 seen once, and misreads.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import string_at
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from pyzbar import wrapper

from kiosk.scanning.image import Image, Point
from kiosk.scanning.symbologies import SHORTEST, Code, Formats, Symbology, is_long_enough
from kiosk.scanning.text import text_of_bytes

_CFG_BINARY, _CFG_TEST_INVERTED, _SCANNER = 4, 0x81, 0
_Y800 = int.from_bytes(b"Y800", "little")
_SYMBOLS: dict[Symbology, wrapper.ZBarSymbol] = {
    "QRCode": wrapper.ZBarSymbol.QRCODE,
    "Code128": wrapper.ZBarSymbol.CODE128,
    "Code39": wrapper.ZBarSymbol.CODE39,
    "EAN13": wrapper.ZBarSymbol.EAN13,
}
ZBAR_FORMATS: Formats = frozenset(_SYMBOLS)
_SYMBOLOGIES = {int(known): name for name, known in _SYMBOLS.items()}
_CORNERS = 4


@dataclass(frozen=True)
class Zbar:
    """zbar for those of the formats that it reads. Stateless: any thread may use it.

    Its faults: FNC4 in Code 128 is dropped, so that another text comes out, and Code 39 has no check at all. Both are
    told apart from the rest by `codes.py`, which believes neither without zxing-cpp.
    """

    formats: Formats

    def read(self, grey: Image, reader: str) -> list[Code]:
        """What zbar sees in an 8-bit grey picture; found by `reader`, the name of this look."""
        wanted = [name for name in sorted(self.formats) if name in _SYMBOLS]
        if not wanted:
            return []
        began = time.perf_counter()
        with _scanner(wanted) as scanner, _image(grey) as image:
            wrapper.zbar_scan_image(scanner, image)
            found = list(_found(image))
        ms = (time.perf_counter() - began) * 1000
        codes = (Code(text_of_bytes(data), name, _corners(points), reader, ms) for name, data, points in found)
        return [code for code in codes if is_long_enough(code)]


@contextmanager
def _scanner(wanted: list[Symbology]) -> Iterator[Any]:
    scanner = wrapper.zbar_image_scanner_create()
    try:
        for number, config, value in _settings(wanted):
            wrapper.zbar_image_scanner_set_config(scanner, number, config, value)
        yield scanner
    finally:
        wrapper.zbar_image_scanner_destroy(scanner)


def _settings(wanted: list[Symbology]) -> Iterator[tuple[int, int, int]]:
    """(symbology, config, value); 0 as symbology is all of them, or the scanner itself."""
    yield _SCANNER, wrapper.ZBarConfig.CFG_ENABLE, 0
    for name in wanted:
        yield _SYMBOLS[name], wrapper.ZBarConfig.CFG_ENABLE, 1
        if name in SHORTEST:
            yield _SYMBOLS[name], wrapper.ZBarConfig.CFG_MIN_LEN, SHORTEST[name]
    if "QRCode" in wanted:
        yield _SYMBOLS["QRCode"], _CFG_BINARY, 1
    yield _SCANNER, _CFG_TEST_INVERTED, 1


@contextmanager
def _image(grey: Image) -> Iterator[Any]:
    """zbar does not copy the pixels: they are kept until it is done."""
    pixels = grey.tobytes()
    image = wrapper.zbar_image_create()
    try:
        wrapper.zbar_image_set_format(image, _Y800)
        wrapper.zbar_image_set_size(image, grey.shape[1], grey.shape[0])
        wrapper.zbar_image_set_data(image, pixels, len(pixels), None)
        yield image
    finally:
        wrapper.zbar_image_destroy(image)


def _found(image: Any) -> Iterator[tuple[Symbology, bytes, list[Point]]]:
    symbol = wrapper.zbar_image_first_symbol(image)
    while symbol:
        name = _SYMBOLOGIES.get(symbol.contents.type)
        if name:
            data = string_at(wrapper.zbar_symbol_get_data(symbol), wrapper.zbar_symbol_get_data_length(symbol))
            yield name, data, _points(symbol)
        symbol = wrapper.zbar_symbol_next(symbol)


def _points(symbol: Any) -> list[Point]:
    count = wrapper.zbar_symbol_get_loc_size(symbol)
    x, y = wrapper.zbar_symbol_get_loc_x, wrapper.zbar_symbol_get_loc_y
    return [(x(symbol, nth), y(symbol, nth)) for nth in range(count)]


def _corners(points: list[Point]) -> tuple[Point, ...]:
    """A QR code's four come anticlockwise from its top left; a barcode's are where scan lines crossed it."""
    if len(points) == _CORNERS:
        return points[0], points[3], points[2], points[1]
    if not points:
        return ()
    box = cv2.boxPoints(cv2.minAreaRect(np.array(points, np.float32)))
    first = int(np.argmin(box.sum(axis=1)))
    return tuple((round(float(x)), round(float(y))) for x, y in np.roll(box, -first, axis=0))
