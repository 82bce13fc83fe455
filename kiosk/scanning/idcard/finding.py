"""Finds what may be a card in a frame by its outline. Knows no text: whether it is a card, reading it tells.

Several looks at a small picture give outlines; each is brought down to four sides, and those that could be a card held
up (ratio of sides, angles, size) are kept, the likeliest first.
"""

from collections.abc import Iterator

import cv2
import numpy as np

from kiosk.scanning.idcard.plane import CARD_MM, Plane
from kiosk.scanning.image import Image

_LOOK_WIDTH = 480
_SMALLEST_SHARE, _LARGEST_SHARE = 0.008, 0.97
_RATIO = CARD_MM[0] / CARD_MM[1]
_RATIO_SLACK = 0.32
_MOST = 3
_SAMPLES, _OFFSETS = 32, 25
_ENDS = np.indices((_OFFSETS, _OFFSETS)).reshape(2, -1, 1)
_EVERY_LINE = np.rint(_ENDS[0] + (_ENDS[1] - _ENDS[0]) * np.linspace(0.1, 0.9, _SAMPLES)).astype(np.intp)
"""Lines (by the offsets of their two ends) × samples -> offset at that sample."""
_FAR_COSTS = 0.1 * np.abs(_ENDS[:, :, 0] / (_OFFSETS - 1) * 2 - 1).mean(axis=0)


def find_planes(frame_bgr: Image) -> list[Plane]:
    """At most three outlines that may be a card, the likeliest first; which way up is not known."""
    small, scale = _small(frame_bgr)
    slopes = _slopes(small)
    likely = _likeliest([quad for outline in _outlines(small) if (quad := _four_sides(outline)) is not None], slopes)
    laid_on = [laid_on_edges(quad, slopes) for quad in likely[: 2 * _MOST]]
    return [Plane(quad / np.float32(scale)) for quad in _likeliest(laid_on, slopes)[:_MOST]]


def settled(frame_bgr: Image, plane: Plane) -> Plane:
    """A plane that is nearly right moved onto the edges of the card in the frame; itself where there are none."""
    small, scale = _small(frame_bgr)
    slopes = _slopes(small)
    quad = laid_on_edges(plane.corners * np.float32(scale), slopes)
    return Plane(quad / np.float32(scale)) if _likeliness(quad, slopes) > 0 else plane


def _small(frame_bgr: Image) -> tuple[Image, float]:
    scale = _LOOK_WIDTH / max(frame_bgr.shape[:2])
    return cv2.resize(frame_bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), scale


def _likeliest(quads: list[Image], slopes: Image) -> list[Image]:
    """Those that may be a card, each place once, the likeliest first."""
    ordered = [_from_long_side(quad) for quad in quads]
    scored = [(score, quad) for quad in ordered if (score := _likeliness(quad, slopes)) > 0]
    scored.sort(key=lambda one: -one[0])
    return _distinct([quad for _, quad in scored])


def _outlines(small: Image) -> Iterator[Image]:
    """Contours of every look, n × 1 × 2."""
    smallest = _SMALLEST_SHARE * small.shape[0] * small.shape[1]
    seen: set[tuple[int, ...]] = set()
    for look in _looks(small):
        contours, _ = cv2.findContours(look, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            if len(contour) < 4:
                continue
            x, y, w, h = cv2.boundingRect(contour)
            box = (x // 4, y // 4, w // 4, h // 4)
            if w * h > smallest and box not in seen:
                seen.add(box)
                yield contour


def _looks(small: Image) -> Iterator[Image]:
    grey = cv2.cvtColor(cv2.medianBlur(small, 3), cv2.COLOR_BGR2GRAY)
    middle = float(np.median(grey))
    for low, high in ((0.25 * middle + 8, 0.7 * middle + 20), (10.0, 32.0)):
        yield cv2.dilate(cv2.Canny(grey, low, high), np.ones((3, 3), np.uint8))
    _, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    yield cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    around = cv2.blur(grey, (small.shape[1] // 3, small.shape[1] // 3))
    local = cv2.threshold(cv2.subtract(grey, around), 4, 255, cv2.THRESH_BINARY)[1]
    yield cv2.morphologyEx(local, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))


def _four_sides(outline: Image) -> Image | None:
    """The four-cornered shape around an outline: its hull, sides left out until four remain; 4 × 2 float32."""
    hull = cv2.convexHull(outline)
    hull = cv2.approxPolyDP(hull, 0.012 * cv2.arcLength(hull, True), True)[:, 0].astype(np.float32)
    while len(hull) > 4:
        shorter = _without_one_side(hull)
        if shorter is None:
            return None
        hull = shorter
    return hull if len(hull) == 4 else None


def _without_one_side(hull: Image) -> Image | None:
    """The hull without the side whose leaving out, by making its neighbours longer, adds the least area."""
    best: tuple[float, int, Image] | None = None
    count = len(hull)
    for nth in range(count):
        before, one, two, after = (hull[(nth + step) % count] for step in (-1, 0, 1, 2))
        meeting = _meeting(before, one, after, two)
        if meeting is None:
            continue
        added = abs(_cross(two - one, meeting - one)) / 2
        if best is None or added < best[0]:
            best = (added, nth, meeting)
    if best is None:
        return None
    kept = [hull[(best[1] + 2 + step) % count] for step in range(count - 2)]
    return np.array([*kept, best[2]], np.float32)


def _meeting(before: Image, one: Image, after: Image, two: Image) -> Image | None:
    """Where the side before, made longer past `one`, meets the side after, made longer past `two`."""
    ahead, back = one - before, two - after
    across = _cross(ahead, back)
    if abs(across) < 1e-6:
        return None
    at = _cross(two - one, back) / across
    onward = _cross(two - one, ahead) / across
    return one + ahead * at if at > 0 and onward > 0 else None


def _cross(one: Image, other: Image) -> float:
    return float(one[0] * other[1] - one[1] * other[0])


def _likeliness(quad: Image, slopes: Image) -> float:
    """0 where it cannot be a card held up; more the nearer its ratio of sides and the sharper its edges."""
    sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    if (
        sides.min() < 12
        or max(sides[0] / sides[2], sides[2] / sides[0], sides[1] / sides[3], sides[3] / sides[1]) > 1.6
    ):
        return 0.0
    share = cv2.contourArea(quad) / (slopes.shape[0] * slopes.shape[1])
    off = abs(np.log((sides[0] + sides[2]) / (sides[1] + sides[3]) / _RATIO))
    if not _SMALLEST_SHARE < share < _LARGEST_SHARE or off > _RATIO_SLACK:
        return 0.0
    return float(_edge_share(quad, slopes) * (1.0 - off / _RATIO_SLACK * 0.6) * share**0.25)


def _from_long_side(quad: Image) -> Image:
    """Clockwise as seen, beginning with a long side; of the two ways the one that is less upside down."""
    if _cross(quad[1] - quad[0], quad[2] - quad[1]) < 0:
        quad = quad[::-1]
    first = np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[3] - quad[2])
    second = np.linalg.norm(quad[2] - quad[1]) + np.linalg.norm(quad[0] - quad[3])
    quad = np.roll(quad, -1, axis=0) if second > first else quad
    along = quad[1] - quad[0]
    return np.asarray(quad if along[0] >= 0 else np.roll(quad, -2, axis=0))


def _slopes(small: Image) -> Image:
    """How steep the picture is at each place, float32; 1 is a clear edge."""
    grey = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 1.0), cv2.COLOR_BGR2GRAY)
    steep = cv2.magnitude(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    return np.asarray(steep / 40.0)


def laid_on_edges(quad: Image, slopes: Image) -> Image:
    """The quad with each side moved onto the strongest edge near it: round corners and fingers pull outlines astray.

    Every line whose ends lie up to 6 % of the card's width to this or that side of the corners is tried; an edge
    counts up to a bound only, so that the whole length of a side outweighs a finger or a word.
    """
    reach = max(3.0, 0.06 * float(np.linalg.norm(quad[1] - quad[0])))
    lines = [_strongest_line(one, other, slopes, reach) for one, other in zip(quad, np.roll(quad, -1, 0), strict=True)]
    corners = [_crossing(lines[nth - 1], lines[nth]) for nth in range(4)]
    moved = np.array([quad[nth] if at is None else at for nth, at in enumerate(corners)], np.float32)
    return moved if float(np.linalg.norm(moved - quad, axis=1).max()) < 3 * reach else quad


def _strongest_line(one: Image, other: Image, slopes: Image, reach: float) -> tuple[Image, Image]:
    """(a point, a direction) of the line; looked for in the middle four fifths of the side."""
    along = other - one
    outward = np.array([along[1], -along[0]], np.float32) / max(1e-6, float(np.linalg.norm(along)))
    shares = np.linspace(0.1, 0.9, _SAMPLES, dtype=np.float32)
    offsets = np.linspace(-reach, reach, _OFFSETS, dtype=np.float32)
    points = (one + shares[:, None] * along)[:, None] + offsets[None, :, None] * outward
    steep = cv2.remap(slopes, points[:, :, 0], points[:, :, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    steep = np.minimum(steep, np.median(steep.max(axis=1)))
    support = steep[np.arange(_SAMPLES), _EVERY_LINE].sum(axis=1) - _FAR_COSTS * float(steep.sum(axis=0).max())
    first, last = divmod(int(support.argmax()), _OFFSETS)
    start, end = one + offsets[first] * outward, other + offsets[last] * outward
    return start, (end - start) / max(1e-6, float(np.linalg.norm(end - start)))


def _crossing(one: tuple[Image, Image], other: tuple[Image, Image]) -> Image | None:
    across = _cross(one[1], other[1])
    if abs(across) < 0.2:
        return None
    return np.asarray(one[0] + one[1] * np.float32(_cross(other[0] - one[0], other[1]) / across))


def _edge_share(quad: Image, slopes: Image) -> float:
    steps = np.linspace(0.06, 0.94, 24, dtype=np.float32)[:, None]
    ends = zip(quad, np.roll(quad, -1, 0), strict=True)
    points = np.concatenate([one * (1 - steps) + other * steps for one, other in ends])
    spread = cv2.dilate(np.minimum(slopes, 1.0), np.ones((3, 3), np.uint8))
    x = np.clip(np.rint(points[:, 0]).astype(int), 0, slopes.shape[1] - 1)
    y = np.clip(np.rint(points[:, 1]).astype(int), 0, slopes.shape[0] - 1)
    return float(spread[y, x].mean())


def _distinct(quads: list[Image]) -> list[Image]:
    """Without those that lie nearly where a likelier one does."""
    kept: list[Image] = []
    for quad in quads:
        size = float(np.linalg.norm(quad[1] - quad[0]))
        if all(float(np.linalg.norm(quad - other, axis=1).max()) > 0.05 * size for other in kept):
            kept.append(quad)
    return kept
