"""Finds where in a picture a code might be, by how much dark and light change there; knows no reader.

The costly looks then look only there, enlarged, at a small part of what the whole frame would cost.
"""

import cv2
import numpy as np

from kiosk.scanning.image import Image

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in px; right and bottom are outside."""

Share = tuple[float, float]
"""Of a picture's width and height."""

_SMALL_PX, _CELL, _SMOOTHED_CELLS = 640, 8, 5
_DENSE, _MARGIN = 0.25, 1 / 32
_LEAST_CHANGE = 0.5
"""Greys from one px to the next, on average: below, a place is as good as empty."""


def busiest(grey: Image, most_of_it: Share = (1.0, 1.0)) -> Box | None:
    """The box around the densest place of an 8-bit grey picture, at most such a share of it, then the middle of the
    place; None where nothing is dense."""
    density, cell_px = _density(grey)
    _, most, _, (x, y) = cv2.minMaxLoc(density)
    if most < _LEAST_CHANGE:
        return None
    _, labels, stats, _ = cv2.connectedComponentsWithStats((density >= most * _DENSE).astype(np.uint8))
    left, top, wide, tall = (int(value) * cell_px for value in stats[labels[y, x]][:4])
    height, width = grey.shape
    margin = round(width * _MARGIN)
    first_x, last_x = _cut(left - margin, left + wide + margin, round(width * most_of_it[0]), width)
    first_y, last_y = _cut(top - margin, top + tall + margin, round(height * most_of_it[1]), height)
    return first_x, first_y, last_x, last_y


def lean_of(grey: Image) -> float:
    """By how many degrees (-90 to 90) a barcode must be turned for its bars to stand: the direction in which most
    changes, as the structure tensor has it."""
    soft = cv2.GaussianBlur(grey, (0, 0), 1.5)
    across, down = (cv2.Scharr(soft, cv2.CV_32F, *axis) for axis in ((1, 0), (0, 1)))
    mixed, difference = cv2.mean(across * down)[0], cv2.mean(across * across - down * down)[0]
    return float(0.5 * np.degrees(np.arctan2(2.0 * mixed, difference)))


def _density(grey: Image) -> tuple[Image, int]:
    """(change per cell, smoothed over some of them; a cell's px)."""
    step = max(2, round(grey.shape[1] / _SMALL_PX))
    width, height = max(2, grey.shape[1] // step), max(2, grey.shape[0] // step)
    small = cv2.blur(cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA), (2, 2))
    change = cv2.add(cv2.absdiff(small[:-1, 1:], small[:-1, :-1]), cv2.absdiff(small[1:, :-1], small[:-1, :-1]))
    cells = (max(1, width // _CELL), max(1, height // _CELL))
    summed = cv2.resize(change, cells, interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(cv2.blur(summed, (_SMOOTHED_CELLS, _SMOOTHED_CELLS))), step * _CELL


def _cut(first: int, last: int, most: int, end: int) -> tuple[int, int]:
    """A span inside 0..end, at most so long, about the same middle."""
    first, last = max(0, first), min(end, last)
    if last - first > most:
        first = (first + last - most) // 2
        last = first + most
    return first, last
