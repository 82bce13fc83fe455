"""Turns the bytes of a symbol into text; knows no picture.

Rules. A symbol that names its encoding (ECI, AIM ITS/04-023) is believed. One that does not holds bytes: strict UTF-8
first, then GB18030, of which GBK and GB2312 are parts, because that is what printers and phones here write; where
neither fits, the standards' own default, ISO 8859-1 (ISO/IEC 18004, 16022, 15417). What is no text reads as nothing.
"""

import re
import unicodedata

_BINARY = 899
_ENCODINGS = {
    **{number: f"iso8859_{number - 2}" for number in (*range(3, 14), *range(15, 19))},
    2: "cp437",
    20: "shift_jis",
    21: "cp1250",
    22: "cp1251",
    23: "cp1252",
    24: "cp1256",
    25: "utf_16_be",
    26: "utf_8",
    27: "ascii",
    28: "big5",
    29: "gb18030",
    30: "euc_kr",
    32: "gb18030",
    33: "utf_16_le",
    34: "utf_32_be",
    35: "utf_32_le",
    170: "ascii",
}
_BLOCK = re.compile(rb"\\(\d{6})((?:[^\\]|\\\\)*)", re.DOTALL)
_MAY_STAND_IN_TEXT = "\t\n\r\x1c\x1d\x1e\x1f"
"""Line ends, and the separators of GS1 and ISO 15434."""


def text_of_bytes(data: bytes) -> str:
    """Text of bytes whose encoding nobody named; "" where they are none."""
    return _first_text(data, ("utf_8", "gb18030", "iso8859_1"))


def text_of_latin(data: bytes) -> str:
    """Text of Code 128, whose FNC4 is for ISO 8859-1 and nothing else (ISO/IEC 15417)."""
    return _first_text(data, ("iso8859_1",))


def text_of_kanji(data: bytes) -> str:
    """Text of a QR code in kanji mode: Shift JIS (ISO/IEC 18004)."""
    return _first_text(data, ("shift_jis",))


def text_of_eci(stream: bytes) -> str:
    """Text of `\\nnnnnn` designators, each followed by bytes in which `\\` is doubled; "" where one is not known."""
    parts = [_part(int(number), data.replace(b"\\\\", b"\\")) for number, data in _BLOCK.findall(stream)]
    return "".join(part for part in parts if part) if all(part is not None for part in parts) else ""


def _part(number: int, data: bytes) -> str | None:
    if number == _BINARY:
        return text_of_bytes(data) or None
    encoding = _ENCODINGS.get(number)
    return _strictly(data, encoding) if encoding else None


def _first_text(data: bytes, encodings: tuple[str, ...]) -> str:
    return next((text for encoding in encodings if (text := _strictly(data, encoding)) is not None), "")


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if all(_is_sign(sign) for sign in text) else None


def _is_sign(sign: str) -> bool:
    """Neither a control character nor one that Unicode gives no meaning or leaves to private use."""
    return sign in _MAY_STAND_IN_TEXT or unicodedata.category(sign) not in ("Cc", "Cn", "Co", "Cs")
