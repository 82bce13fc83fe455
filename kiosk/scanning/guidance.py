"""Measures in a small copy of a frame how something is held that could not be read; knows no reader and no words.

Something held is print (dense edges both ways) that moves a little, as all hands do: an empty hall, posters on its
walls and people who walk by are none. Sizes are px of the small copy, SMALL_WIDTH wide; levels are 0-255.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from kiosk.scanning.hints import Hint
from kiosk.scanning.image import Image
from kiosk.scanning.told import Expects

SMALL_WIDTH = 320
BEFORE_S, REMEMBERS = 0.45, 12
"""Print is compared with the same place that long ago, and so many times that long: a hand sways, a wall does not, and
a poster that somebody walked past looks as it did before."""

LEARNS = 0.02
"""Share of a look that the remembered hall takes over: lamps stay lamps."""

EDGE_WINDOW, JOINS_PX, SMALLEST_PX, SLIMMEST = 13, 15, 14, 3.0
MOVED_LEVELS, MOVED_SHARE = 10.0, 0.2
DARK_LEVEL = 62.0
SATURATED, LAMP_LEVEL, SPOT_SHARE = 250, 225.0, 0.10
LARGE_SHARE = 0.85
FAST_PX_S = 40.0
SMALL_SHARE: Mapping[Expects, float] = {"codes": 0.36, "id_card": 0.22}
"""Print that takes less of the picture is too far away: a card's code is half as wide as its print, its number is all
of it."""

KEPT_LOOKS, SAME_THING = 5, 0.3
SHARP = 0.25

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sight:
    """Something held: `share` of the picture's side that its print takes, `paper` its lighter level, `spot` a glaring
    spot's area by that of the print, `speed_px_s`, `sharpness` 0-1 and how many sides of the picture it touches."""

    share: float
    paper: float
    spot: float
    speed_px_s: float
    sharpness: float
    sides: int


def hint_of(sight: Sight | None, expects: Expects = "codes") -> Hint | None:
    """What would help most; None: nothing is held, or nothing is wrong with how it is held."""
    if sight is None:
        return None
    rules = (
        (Hint.TOO_DARK, sight.paper < DARK_LEVEL),
        (Hint.GLARE, sight.spot >= SPOT_SHARE),
        (Hint.FARTHER, sight.share >= LARGE_SHARE or sight.sides >= 2),
        (Hint.HOLD_STILL, sight.speed_px_s >= FAST_PX_S or sight.sharpness < SHARP),
        (Hint.CLOSER, sight.share < SMALL_SHARE[expects]),
    )
    return next((hint for hint, is_so in rules if is_so), None)


class Guide:
    """Looks at the frames of one showing, about ten a second."""

    def __init__(self) -> None:
        self._hall: Image | None = None
        self._pasts: deque[tuple[float, Image]] = deque(maxlen=REMEMBERS)
        self._track: deque[tuple[float, Box]] = deque(maxlen=KEPT_LOOKS)

    def sight(self, region_bgr: Image, now_s: float) -> Sight | None:
        """None: nothing is held up."""
        grey = _small_grey(region_bgr)
        if self._hall is not None and self._hall.shape != grey.shape:
            self._hall = None
            self._pasts.clear()
        moved, hall = self._moved(grey, now_s), self._remembered(grey)
        box = _moving_print(grey, moved)
        if not self._is_kept(box, now_s) or box is None:
            return None
        x, y, width, height = box
        inside = grey[y : y + height, x : x + width]
        return Sight(
            share=max(width / grey.shape[1], height / grey.shape[0]),
            paper=float(np.percentile(inside, 90)),
            spot=_spot(grey, hall, box),
            speed_px_s=self._speed_px_s(),
            sharpness=_sharpness(inside),
            sides=_sides(box, grey.shape),
        )

    def _moved(self, grey: Image, now_s: float) -> Image:
        """255 where the picture is as it never was BEFORE_S and more ago."""
        moved = np.full(grey.shape, 255, np.uint8)
        for at_s, old in self._pasts:
            if now_s - at_s >= BEFORE_S:
                moved &= _unlike(grey, old)
        if not self._pasts or now_s - self._pasts[-1][0] >= BEFORE_S:
            self._pasts.append((now_s, grey))
        return moved

    def _remembered(self, grey: Image) -> Image:
        """The hall as it mostly is."""
        if self._hall is None:
            self._hall = grey.astype(np.float32)
        cv2.accumulateWeighted(grey, self._hall, LEARNS)
        return self._hall

    def _is_kept(self, box: Box | None, now_s: float) -> bool:
        """Whether the same thing was there in the looks before; what jumps about is no thing."""
        if box is None or (self._track and _overlap(box, self._track[-1][1]) < SAME_THING):
            self._track.clear()
        if box is not None:
            self._track.append((now_s, box))
        return len(self._track) == KEPT_LOOKS

    def _speed_px_s(self) -> float:
        """Median over the last looks: one box that was cut differently is no movement."""
        steps = [_distance(a[1], b[1]) / max(1e-3, b[0] - a[0]) for a, b in pairwise(self._track)]
        return float(np.median(steps))


def _small_grey(region_bgr: Image) -> Image:
    height, width = region_bgr.shape[:2]
    size = (SMALL_WIDTH, max(8, round(height * SMALL_WIDTH / width)))
    small = cv2.resize(region_bgr, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))


def _unlike(grey: Image, old: Image) -> Image:
    """255 around places where much has changed; a change of exposure is none."""
    gain = (float(grey.mean()) + 1.0) / (float(old.mean()) + 1.0)
    changed = cv2.absdiff(grey, cv2.convertScaleAbs(old, alpha=min(max(gain, 0.5), 2.0)))
    least = max(4.0, min(1.0, float(grey.mean()) / 80) * MOVED_LEVELS)
    much = cv2.boxFilter(cv2.threshold(changed, least, 255, cv2.THRESH_BINARY)[1], -1, (EDGE_WINDOW, EDGE_WINDOW))
    return np.asarray(cv2.threshold(much, MOVED_SHARE * 255, 255, cv2.THRESH_BINARY)[1])


def _moving_print(grey: Image, moved: Image) -> Box | None:
    """Box of the largest patch of dense edges that move."""
    edges = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    window = (EDGE_WINDOW, EDGE_WINDOW)
    density = cv2.boxFilter(edges & moved, cv2.CV_32F, window)
    light = cv2.boxFilter(grey, cv2.CV_32F, (EDGE_WINDOW * 3, EDGE_WINDOW * 3))
    dense = (density > 6.0 + 0.25 * light).astype(np.uint8)
    dense = cv2.morphologyEx(dense, cv2.MORPH_CLOSE, np.ones((JOINS_PX, JOINS_PX), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(dense, connectivity=4)
    boxes = [(int(row[4]), (int(row[0]), int(row[1]), int(row[2]), int(row[3]))) for row in stats[1:]]
    fit = [(area, box) for area, box in boxes if _is_sheet(box)]
    return max(fit)[1] if fit else None


def _is_sheet(box: Box) -> bool:
    """Not a speck, and not the strip of a poster that somebody walks past."""
    short, long = sorted(box[2:])
    return short >= SMALLEST_PX and long <= SLIMMEST * short


def _overlap(one: Box, other: Box) -> float:
    """Area in both by area in either."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    tall = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    both = max(0, wide) * max(0, tall)
    return both / (one[2] * one[3] + other[2] * other[3] - both)


def _distance(one: Box, other: Box) -> float:
    """Between the middles."""
    return float(np.hypot(one[0] - other[0] + (one[2] - other[2]) / 2, one[1] - other[1] + (one[3] - other[3]) / 2))


def _spot(grey: Image, hall: Image, box: Box) -> float:
    """Area of a saturated spot on or beside the print, by the print's; lamps that were there before do not count."""
    x, y, width, height = box
    around = slice(max(0, y - height), y + 2 * height), slice(max(0, x - width), x + 2 * width)
    burnt = ((grey[around] >= SATURATED) & (hall[around] < LAMP_LEVEL)).astype(np.uint8)
    spots = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    return float(spots.sum()) / (width * height)


def _sharpness(inside: Image) -> float:
    """How steep the steepest edges are in the direction that has fewer, by what lies between dark and light: a hand
    that moves blurs one direction."""
    low, high = np.percentile(inside, (5, 95))
    across = np.percentile(cv2.absdiff(inside[:, 1:], inside[:, :-1]), 96)
    down = np.percentile(cv2.absdiff(inside[1:], inside[:-1]), 96)
    return float(min(across, down) / max(8.0, float(high - low)))


def _sides(box: Box, shape: tuple[int, ...]) -> int:
    x, y, width, height = box
    return sum((x <= 1, y <= 1, x + width >= shape[1] - 1, y + height >= shape[0] - 1))
