"""The two looks at one frame: by the outline of a card, and by lines of text anywhere. Knows no other frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from kiosk.scanning.idcard import lines
from kiosk.scanning.idcard.finding import find_planes, settled
from kiosk.scanning.idcard.number import NumberRule
from kiosk.scanning.idcard.plane import Plane, plane_around
from kiosk.scanning.idcard.recognition import Line, Models
from kiosk.scanning.image import Image

ENOUGH_DIGITS = 10
"""So many in the line of the number say: a card, and this way up."""
_MOST_LINES, _SLIMMEST, _SHORTEST_PX = 6, 4.5, 60.0


@dataclass(frozen=True, repr=False)
class Read:
    """A number that may be believed, the name if it may be, and where the card lies."""

    number: str
    name: str | None
    plane: Plane


@dataclass(frozen=True, repr=False)
class Outlined:
    """No number to believe: the outlines, the one whose line showed digits, and whether that is the back of a card."""

    planes: Sequence[Plane]
    best: Plane | None
    is_back: bool


@dataclass(frozen=True, repr=False)
class Texts:
    """No number to believe: the places of all text (4 × 2 px each), and whether some of it is the back of a card."""

    boxes: Sequence[Image]
    is_back: bool


class Eyes:
    """Looks at frames (height × width × 3, 8 bit) with the models; `rule` says which numbers may be."""

    def __init__(self, models: Models, rule: NumberRule) -> None:
        self._models, self._rule = models, rule

    def by_outline(self, frame_bgr: Image, ways: Sequence[lines.Look]) -> Read | Outlined:
        """The number's line of each outline, both ways up; where digits show, prepared in each of `ways`."""
        planes = find_planes(frame_bgr)
        tried = list(self._tried(frame_bgr, planes, ways[0]))
        is_back = any(lines.says_validity(line) for _, line in tried)
        best, line = max(tried, key=lambda one: lines.digits_in(one[1]), default=(None, None))
        if best is None or line is None or lines.digits_in(line) < ENOUGH_DIGITS or is_back:
            return Outlined(planes, None, is_back)
        read = self._believed(frame_bgr, best, line)
        for way in ways[1:]:
            read = read or self._believed(frame_bgr, best, lines.read_number(frame_bgr, best, way, self._models))
        return read or Outlined(planes, best, False)

    def by_lines(self, frame_bgr: Image) -> Read | Texts:
        """The longest lines anywhere in the frame; the card is thought around one that holds a number."""
        boxes = self._models.find_lines(frame_bgr)
        slim = [box for box in boxes if _length(box) > max(_SHORTEST_PX, _SLIMMEST * _height(box))]
        is_back = False
        for box in slim[:_MOST_LINES]:
            line, as_read = self._either_way(frame_bgr, box)
            is_back = is_back or lines.says_validity(line)
            plane = _plane_of(line, as_read)
            read = None if plane is None else self._believed(frame_bgr, settled(frame_bgr, plane), line)
            if read is not None:
                return read
        return Texts(boxes, is_back)

    def _tried(self, frame_bgr: Image, planes: Sequence[Plane], way: lines.Look) -> Iterator[tuple[Plane, Line]]:
        """The number's line of every outline, both ways up, until one shows digits."""
        for held in (held for plane in planes for held in (plane, plane.turned())):
            line = lines.read_number(frame_bgr, held, way, self._models)
            yield held, line
            if lines.digits_in(line) >= ENOUGH_DIGITS:
                return

    def _believed(self, frame_bgr: Image, plane: Plane, line: Line) -> Read | None:
        number = lines.number_in(line, self._rule)
        if number is None or lines.contradicts_birth(lines.read_birth(frame_bgr, plane, self._models), number):
            return None
        return Read(number, lines.read_name(frame_bgr, plane, self._models), plane)

    def _either_way(self, frame_bgr: Image, box: Image) -> tuple[Line, Image]:
        """What a line says, turned where it makes no sense as it is."""
        line = self._models.read_line(_cut_out(frame_bgr, box))
        if lines.digits_in(line) >= ENOUGH_DIGITS or lines.says_validity(line):
            return line, box
        turned = np.roll(box, -2, axis=0)
        other = self._models.read_line(_cut_out(frame_bgr, turned))
        return (other, turned) if lines.digits_in(other) >= ENOUGH_DIGITS else (line, box)


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
