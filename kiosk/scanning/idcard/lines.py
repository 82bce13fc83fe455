"""Reads the lines of a card that lies in a known plane: number, name, birth date. Knows no finding, no hint.

What is read is believed only where every character is sure, and the number only where its own date does not contradict
the birth date that is printed above it.
"""

import re
from collections.abc import Callable
from itertools import pairwise

import cv2
import numpy as np

from kiosk.scanning.idcard.number import NumberRule
from kiosk.scanning.idcard.plane import BIRTH, NAME, NUMBER, Plane
from kiosk.scanning.idcard.recognition import Line, Models
from kiosk.scanning.image import Image

_PX_PER_MM = 8.0
_NUMBER_WIDTH = 400
"""px at which the model reads the number's line best (tried from 300 to 700)."""
_SURE_NUMBER, _SURE_NAME, _SURE_DOT, _SURE_BIRTH = 0.6, 0.8, 0.5, 0.8
_NAME_BEGINS_MM, _NAME_GAP_MM = 19.6, 6.4
"""A name begins before, and its characters stand nearer to each other: else glare or a finger has eaten one."""
_NUMBER = re.compile(r"(?<![0-9Xx])[0-9]{17}[0-9Xx](?![0-9Xx])")
_BIRTH = re.compile(r"([0-9]{4})[^0-9]+([0-9]{1,2})[^0-9]+([0-9]{1,2})(?![0-9])")
_VALIDITY = re.compile(r"[0-9]{4}[. ]*[0-9]{2}[. ]*[0-9]{2} ?-")
_HAN = "".join(f"{chr(a)}-{chr(b)}" for a, b in ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)))
_NAME = re.compile(f"[{_HAN}]{{2,20}}|[{_HAN}]{{1,14}}(?:\u00b7[{_HAN}]{{1,14}}){{1,3}}")
_DOT = "\u00b7"
_DOTS = dict.fromkeys((0x2E, 0x2022, 0x2027, 0x22C5, 0x30FB, 0xFF0E), _DOT)


Look = Callable[[Image], Image]


def read_number(frame_bgr: Image, plane: Plane, look: Look, models: Models) -> Line:
    """The line of the number of a card this way up."""
    return models.read_line(look(plane.flattened(frame_bgr, NUMBER, _PX_PER_MM)), _NUMBER_WIDTH)


def read_birth(frame_bgr: Image, plane: Plane, models: Models) -> Line:
    """The line of the birth date of a card this way up."""
    return models.read_line(plane.flattened(frame_bgr, BIRTH, _PX_PER_MM))


def read_name(frame_bgr: Image, plane: Plane, models: Models) -> str | None:
    """The name; None where a character is not sure, is none of a name, or is missing by the room it would take."""
    line = models.read_line(on_its_row(plane.flattened(frame_bgr, NAME, _PX_PER_MM)))
    return whole_name(line)


def whole_name(line: Line) -> str | None:
    """The name that fills a line cut out of `NAME`, or None."""
    signs = [
        sign for sign in zip(line.text.translate(_DOTS), line.sureness, line.places, strict=True) if sign[0] != " "
    ]
    text = "".join(sign for sign, _, _ in signs)
    at_mm = [NAME.left + place * NAME.width for _, _, place in signs]
    is_whole = bool(at_mm) and at_mm[0] < _NAME_BEGINS_MM and all(b - a < _NAME_GAP_MM for a, b in pairwise(at_mm))
    is_sure = all(sure >= (_SURE_DOT if sign == _DOT else _SURE_NAME) for sign, sure, _ in signs)
    return text if is_whole and is_sure and _NAME.fullmatch(text) else None


def says_validity(line: Line) -> bool:
    """Whether a line holds the dates of validity: on the back, about where the front has its number."""
    return _VALIDITY.search(line.text) is not None


def number_in(line: Line, rule: NumberRule) -> str | None:
    """The one number that a line holds and the rule allows, every character of it sure."""
    found = [match for match in _NUMBER.finditer(line.text) if min(line.sureness[slice(*match.span())]) >= _SURE_NUMBER]
    numbers = [match[0].upper() for match in found]
    return numbers[0] if len(numbers) == 1 and rule.allows(numbers[0]) else None


def number_span(line: Line) -> tuple[int, int] | None:
    """Which characters of a line are the first and the last of a number, whatever it is."""
    match = _NUMBER.search(line.text)
    return None if match is None else (match.start(), match.end() - 1)


def contradicts_birth(line: Line, number: str) -> bool:
    """Whether a surely read birth date is not that of the number."""
    match = _BIRTH.search(line.text)
    if match is None or min(line.sureness[slice(*match.span())]) < _SURE_BIRTH:
        return False
    year, month, day = (int(part) for part in match.groups())
    return f"{year:04}{month:02}{day:02}" != number[6:14]


def digits_in(line: Line) -> int:
    """How many digits a line holds."""
    return sum(character.isdigit() for character in line.text)


def on_its_row(strip: Image) -> Image:
    """The strip cut down to the one row of dark signs in it, with a margin; itself where there is none."""
    grey = cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY)
    kernel = np.ones((round(1.2 * _PX_PER_MM), round(1.2 * _PX_PER_MM)), np.uint8)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, kernel).astype(np.float32)
    rows = cv2.GaussianBlur(dark.mean(axis=1)[:, None], (1, 0), sigmaX=0.1, sigmaY=2.0)[:, 0]
    is_row = rows > (rows.min() + rows.max()) / 2
    peak = int(rows.argmax())
    above, below = peak, peak
    while above > 0 and is_row[above - 1]:
        above -= 1
    while below < len(rows) - 1 and is_row[below + 1]:
        below += 1
    margin = round(0.9 * _PX_PER_MM)
    cut = strip[max(0, above - margin) : below + margin]
    return cut if 3.0 <= len(cut) / _PX_PER_MM <= 8.0 else strip


def sharpened(strip: Image) -> Image:
    """The strip with more contrast and sharper edges."""
    grey = cv2.createCLAHE(2.0, (4, 1)).apply(cv2.cvtColor(on_its_row(strip), cv2.COLOR_BGR2GRAY))
    blurred = cv2.GaussianBlur(grey, (0, 0), 1.6)
    return np.asarray(cv2.cvtColor(cv2.addWeighted(grey, 1.8, blurred, -0.8, 0), cv2.COLOR_GRAY2BGR))


LOOKS: tuple[Look, ...] = (on_its_row, sharpened)
"""Ways to prepare the line of the number; two frames that agree should not have been looked at the same way."""
