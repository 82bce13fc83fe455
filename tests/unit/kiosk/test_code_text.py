"""The bytes of true symbols become the text that was put in, whatever encoding they were written in, named or not."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from kiosk.scanning.image import Image
from kiosk.scanning.text import text_of_bytes, text_of_eci
from kiosk.scanning.zbar import Zbar
from kiosk.scanning.zxing import Zxing
from tests.frames.symbols import Symbol, qr, written

CHINESE = "青石零工市场"


def picture(symbol: Symbol, module_px: int = 5) -> Image:
    """The symbol in a picture of its own, barcodes 60 modules high."""
    modules = symbol.modules if symbol.modules.shape[0] > 1 else np.repeat(symbol.modules, 60, axis=0)
    shown = cv2.resize(modules, None, fx=module_px, fy=module_px, interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.copyMakeBorder(shown, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=(255,)))


def texts(symbol: Symbol) -> list[str]:
    return [code.text for code in Zxing(frozenset({symbol.symbology})).read(picture(symbol), "zxing")]


@pytest.mark.parametrize(
    "how",
    [
        {"encoding": "utf-8", "mode": "byte"},
        {"encoding": "gb18030", "mode": "byte"},
        {"encoding": "utf-8", "eci": True},
        {"encoding": "gb18030", "eci": True},
    ],
    ids=["UTF-8 unnamed", "GBK unnamed", "UTF-8 by ECI", "GBK by ECI"],
)
def test_chinese_in_a_qr_code_is_read_as_it_was_written_by_both_engines(how: dict[str, Any]) -> None:
    symbol = qr(CHINESE, **how)
    assert texts(symbol) == [CHINESE]
    if not how.get("eci"):
        assert [code.text for code in Zbar(frozenset({"QRCode"})).read(picture(symbol), "zbar")] == [CHINESE]


def test_kanji_mode_is_shift_jis_and_never_taken_for_gbk() -> None:
    assert texts(qr("工市", mode="kanji")) == ["工市"]
    assert texts(qr("工市" * 20, mode="kanji", error="h")) == ["工市" * 20]


@pytest.mark.parametrize("symbology", ["PDF417", "DataMatrix"])
def test_gbk_without_a_name_is_read_in_the_other_symbols_with_bytes(symbology: Any) -> None:
    assert texts(written(symbology, CHINESE)) == [CHINESE]


def test_code_128_with_fnc4_is_latin_and_never_taken_for_gbk() -> None:
    assert text_of_bytes("Grün".encode("latin-1")) != "Grün"
    assert texts(written("Code128", "Grün")) == ["Grün"]


@pytest.mark.parametrize(("text", "encoding"), [("Grün", "iso-8859-2"), ("工市", "shift_jis")])
def test_an_encoding_that_is_named_is_believed_where_the_bytes_could_be_another(text: str, encoding: str) -> None:
    assert text_of_bytes(text.encode(encoding)) != text
    assert texts(qr(text, encoding=encoding, eci=True, mode="byte")) == [text]


def test_bytes_are_utf_8_where_they_can_be_then_gb18030_then_latin() -> None:
    assert text_of_bytes(CHINESE.encode()) == CHINESE
    assert text_of_bytes(CHINESE.encode("gb18030")) == CHINESE
    assert text_of_bytes("𠮷".encode("gb18030")) == "𠮷"
    assert text_of_bytes(b"caf\xe9") == "café"


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\x80", b"abc\x00", b""], ids=["controls", "c1", "nul", "empty"])
def test_bytes_that_are_no_text_are_none(data: bytes) -> None:
    assert text_of_bytes(data) == ""


def test_parts_in_several_named_encodings_are_joined() -> None:
    stream = (
        rb"\000026" + "青".encode() + rb"\000029" + "石".encode("gb18030") + rb"\000003" + "é\\\\".encode("latin-1")
    )
    assert text_of_eci(stream) == "青石é\\"


@pytest.mark.parametrize(
    "stream",
    [rb"\000900abc", rb"\000026" + b"\xff", rb"\000026ab\000777c"],
    ids=["unknown", "wrong bytes", "half known"],
)
def test_an_encoding_that_is_unknown_or_not_kept_reads_as_nothing(stream: bytes) -> None:
    assert text_of_eci(stream) == ""
