"""One look at one frame: outlines first, the whole frame's lines second; knows no thread and no other frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from kiosk.scanning.idcard import lines
from kiosk.scanning.idcard.finding import find_planes
from kiosk.scanning.idcard.number import NumberRule
from kiosk.scanning.idcard.plane import Plane, plane_around
from kiosk.scanning.idcard.recognition import Line, Models

Image = np.ndarray[Any, np.dtype[Any]]

ENOUGH_DIGITS = 10
"""So many in the line of the number say: a card, and this way up."""
_MOST_LINES, _SLIMMEST = 6, 4.5
_SPAN_PX = 60.0


@dataclass(frozen=True, repr=False)
class Read:
    """A number that may be believed, the name if it may be, and where the card lies."""

    number: str
    name: str | None
    plane: Plane


@dataclass(frozen=True, repr=False)
class Unread:
    """What was seen without a number: outlines, the one whose line showed digits (and how many), lines of text."""

    planes: Sequence[Plane]
    best: Plane | None
    digits: int
    texts: Sequence[tuple[Line, Image]]


def look_at(frame_bgr: Image, rule: NumberRule, models: Models, ways: Sequence[lines.Look] = lines.LOOKS) -> Read | Unread:
    """`frame_bgr`: height × width × 3, 8 bit. `ways`: how to prepare the number's line, in this order."""
    planes = find_planes(frame_bgr)
    seen = sorted(_numbers(frame_bgr, planes, ways[0], models), key=lambda one: -lines.digits_in(one[1]))
    best = seen[0] if seen and lines.digits_in(seen[0][1]) >= ENOUGH_DIGITS else None
    if best is not None:
        again = (lines.read_number(frame_bgr, best[0], way, models) for way in ways[1:])
        for line in (best[1], *again):
            if (read := _believed(frame_bgr, best[0], line, models, rule)) is not None:
                return read
    texts = list(_texts(frame_bgr, models))
    for line, box in texts:
        if (plane := _plane_of(line, box)) is not None:
            if (read := _believed(frame_bgr, plane, line, models, rule)) is not None:
                return read
    return Unread(planes, best[0] if best else None, lines.digits_in(best[1]) if best else 0, texts)


def _numbers(
    frame_bgr: Image, planes: Sequence[Plane], way: lines.Look, models: Models
) -> Iterator[tuple[Plane, Line]]:
    """The number's line of every outline, both ways up, until one shows digits."""
    for plane in planes:
        for held in (plane, plane.turned()):
            line = lines.read_number(frame_bgr, held, way, models)
            yield held, line
            if lines.digits_in(line) >= ENOUGH_DIGITS:
                return


def _believed(frame_bgr: Image, plane: Plane, line: Line, models: Models, rule: NumberRule) -> Read | None:
    number = lines.number_in(line, rule)
    if number is None or lines.contradicts_birth(lines.read_birth(frame_bgr, plane, models), number):
        return None
    return Read(number, lines.read_name(frame_bgr, plane, models), plane)


def _texts(frame_bgr: Image, models: Models) -> Iterator[tuple[Line, Image]]:
    """Long lines anywhere in the frame, read; turned where they made no sense."""
    slim = [box for box in models.find_lines(frame_bgr) if _length(box) > max(_SPAN_PX, _SLIMMEST * _height(box))]
    for box in slim[:_MOST_LINES]:
        line = models.read_line(_cut_out(frame_bgr, box))
        if lines.digits_in(line) < ENOUGH_DIGITS and not lines.says_validity(line):
            turned = np.roll(box, -2, axis=0)
            other = models.read_line(_cut_out(frame_bgr, turned))
            if lines.digits_in(other) >= ENOUGH_DIGITS:
                line, box = other, turned
        yield line, box


def _cut_out(frame_bgr: Image, box: Image) -> Image:
    wide, tall = max(8, round(_length(box))), max(8, round(_height(box)))
    flat = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    matrix = cv2.getPerspectiveTransform(box.astype(np.float32), flat)
    return np.asarray(cv2.warpPerspective(frame_bgr, matrix, (wide, tall), borderMode=cv2.BORDER_REPLICATE))


def _plane_of(line: Line, box: Image) -> Plane | None:
    """The card around a line that holds the 18 characters of a number."""
    span = lines.number_span(line)
    if span is None:
        return None
    left, right = (box[0] + box[3]) / 2, (box[1] + box[2]) / 2
    first, last = (left + (right - left) * np.float32(line.places[at]) for at in span)
    return plane_around(first, last)


def _length(box: Image) -> float:
    return float(np.linalg.norm(box[1] - box[0]))


def _height(box: Image) -> float:
    return float(np.linalg.norm(box[3] - box[0]))
