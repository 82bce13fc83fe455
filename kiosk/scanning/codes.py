"""Reads codes in one picture: zxing-cpp first, a sharpened look second, zbar third. Knows no camera.

Measured when designed: zxing-cpp reads more photos than zbar and never misread; a sharpened second look helps most.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar

from kiosk.scanning.image import Image, Point, to_grey
from kiosk.scanning.symbologies import ALL_FORMATS, LINEAR_FORMATS, WORKER_FORMATS, Code, Formats, Symbology

_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@dataclass(frozen=True)
class Code:
    """One code in a picture: corners in px clockwise from its top left, which reader found it, in how many ms."""

    text: str
    symbology: str
    corners: tuple[Point, ...]
    reader: str
    ms: float


def read_codes(frame_bgr: Image) -> list[Code]:
    """Every look at a still picture (height × width × 3 BGR, or grey, 8 bit); each text once. Never raises on a
    picture."""
    grey = to_grey(frame_bgr)
    if grey is None:
        return []
    for look in _LOOKS:
        found = look(grey)
        if found:
            return _each_text_once(found)
    return []


class LiveReader:
    """For a running camera: the quick look at every frame, and one of the others per frame, taking turns."""

    def __init__(self) -> None:
        self._turn = 0

    def read(self, frame_bgr: Image) -> list[Code]:
        """Codes of this frame. Not for several threads at once."""
        grey = to_grey(frame_bgr)
        if grey is None:
            return []
        found = _plain(grey)
        if found:
            return _each_text_once(found)
        self._turn = (self._turn + 1) % len(_SECOND_LOOKS)
        return _each_text_once(_SECOND_LOOKS[self._turn](grey))


def to_grey(frame: Image) -> Image | None:
    """8-bit grey of a picture in any usual form; None where it is no picture."""
    if frame.size == 0 or frame.ndim not in (2, 3) or min(frame.shape[:2]) < 8:
        return None
    if frame.dtype != np.uint8:
        numbers = np.nan_to_num(frame.astype(np.float32), nan=0.0, posinf=255.0, neginf=0.0)
        scale = 255.0 if frame.dtype.kind == "f" and float(numbers.max()) <= 1.0 else 1.0
        frame = np.clip(numbers * scale, 0, 255).astype(np.uint8)
    if frame.ndim == 2:
        return np.ascontiguousarray(frame)
    conversions = {1: None, 3: cv2.COLOR_BGR2GRAY, 4: cv2.COLOR_BGRA2GRAY}
    if frame.shape[2] not in conversions:
        return None
    how = conversions[frame.shape[2]]
    return np.ascontiguousarray(frame[:, :, 0]) if how is None else cv2.cvtColor(frame, how)


def _plain(grey: Image) -> list[Code]:
    return _zxing(grey, "zxing")


def _sharpened(grey: Image) -> list[Code]:
    blurred = cv2.GaussianBlur(grey, (0, 0), 2.0)
    return _zxing(cv2.addWeighted(grey, 2.5, blurred, -1.5, 0), "zxing-sharpened")


def _zbar(grey: Image) -> list[Code]:
    began = time.perf_counter()
    found = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
    ms = (time.perf_counter() - began) * 1000
    return [
        Code(text, "QRCode", tuple((p.x, p.y) for p in one.polygon), "zbar", ms)
        for one in found
        if (text := _decoded(one.data))
    ]


def _zxing(grey: Image, name: str) -> list[Code]:
    began = time.perf_counter()
    found = zxingcpp.read_barcodes(grey, formats=_FORMATS)
    ms = (time.perf_counter() - began) * 1000
    return [Code(one.text, "QRCode", _corners(one.position), name, ms) for one in found if one.valid and one.text]


def _corners(place: Any) -> tuple[Point, ...]:
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return tuple((corner.x, corner.y) for corner in corners)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _each_text_once(found: list[Code]) -> list[Code]:
    return list({code.text: code for code in reversed(found)}.values())[::-1]


_SECOND_LOOKS: tuple[Callable[[Image], list[Code]], ...] = (_sharpened, _zbar)
_LOOKS: tuple[Callable[[Image], list[Code]], ...] = (_plain, *_SECOND_LOOKS)
