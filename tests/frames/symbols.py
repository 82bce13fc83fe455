"""Draws true symbols of every symbology that is read, with what stands in them; knows no frame and no camera.

QR codes come from segno, which can be told mode and encoding; the others from zxing-cpp's writer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import segno
import zxingcpp

from kiosk.scanning import Symbology
from kiosk.scanning.image import Image

SYMBOLOGIES: tuple[Symbology, ...] = ("QRCode", "Code128", "Code39", "EAN13", "PDF417", "DataMatrix")
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHINESE = ("青石零工市场", "请到三号窗口", "王建国的零工卡", "搬运工、保洁、帮厨", "电子社保卡：请出示给工作人员")


@dataclass(frozen=True)
class Symbol:
    """`modules`: one pixel a module, 0 dark and 255 light, its quiet zone included; 1-D ones are one row high."""

    symbology: Symbology
    text: str
    modules: Image


def symbol(symbology: Symbology, dice: np.random.Generator) -> Symbol:
    """One that somebody might hold up; for QR also GBK and UTF-8 without ECI, for Code 128 also FNC4."""
    if symbology == "QRCode":
        return _any_qr(dice)
    if symbology == "EAN13":
        digits = "69" + "".join(str(digit) for digit in dice.integers(0, 10, 10))
        return written(symbology, digits + _ean_check(digits))
    if symbology == "Code39":
        return written(symbology, "GIG-" + _drawn(dice, int(dice.integers(4, 9))))
    if symbology == "Code128":
        return written(symbology, ("W" + _drawn(dice, 13), "N" + _drawn(dice, 13), "Grün-Ü7")[int(dice.integers(0, 3))])
    texts = ("J" + _drawn(dice, 19), "https://qingshi.example/r/" + _drawn(dice, 8), _CHINESE[0])
    return written(symbology, texts[int(dice.integers(0, 3))])


def written(symbology: Symbology, text: str) -> Symbol:
    """Any but QR, with this text; what is Chinese is in GB18030 without ECI. Raises ValueError where it cannot be."""
    content = text if _is_latin(text) else text.encode("gb18030").decode("latin-1")
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.__members__[symbology])
    picture = np.array(code.to_image(scale=1, add_quiet_zones=False))
    if symbology in ("Code128", "Code39", "EAN13"):
        picture = picture[:1]
    return Symbol(symbology, text, _with_quiet_zone(picture, 10 if picture.shape[0] == 1 else 3))


def qr(text: str, **how: Any) -> Symbol:
    """A QR code as segno makes it; `how`: its `encoding`, `eci`, `mode`, `error`."""
    rows = segno.make(text, micro=False, **how).matrix_iter(border=4)
    return Symbol("QRCode", text, np.asarray(255 - np.array([list(row) for row in rows], np.uint8) * 255))


def _any_qr(dice: np.random.Generator) -> Symbol:
    chinese = _CHINESE[int(dice.integers(0, len(_CHINESE)))]
    made = (
        lambda: qr("W" + _drawn(dice, 13), error="m", boost_error=False),
        lambda: qr("J" + _drawn(dice, 19), error="m", boost_error=False),
        lambda: qr("https://qingshi.example/r/" + _drawn(dice, 8), error="m", boost_error=False),
        lambda: qr(chinese, encoding="gb18030", mode="byte"),
        lambda: qr(chinese, encoding="utf-8", mode="byte"),
    )
    return made[int(dice.integers(0, len(made)))]()


def _drawn(dice: np.random.Generator, count: int) -> str:
    return "".join(_CROCKFORD[int(value)] for value in dice.integers(0, len(_CROCKFORD), count))


def _ean_check(digits: str) -> str:
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10)


def _is_latin(text: str) -> bool:
    return all(ord(sign) < 256 for sign in text)


def _with_quiet_zone(picture: Image, modules: int) -> Image:
    above = 0 if picture.shape[0] == 1 else modules
    return np.pad(picture, ((above, above), (modules, modules)), constant_values=255)
