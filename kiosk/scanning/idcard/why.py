"""Says what would help where no number could be believed, measured from the frame. Knows no words."""

from collections.abc import Sequence

import cv2
import numpy as np

from kiosk.scanning.hints import Hint
from kiosk.scanning.idcard.look import Outlined, Texts
from kiosk.scanning.idcard.plane import CARD, NUMBER, Plane
from kiosk.scanning.image import Image

_DARK_PAPER = 62.0
"""The lighter tenth of a card is darker than this (0-255)."""
_LEAST_PX_PER_MM = 2.6
_BURNT, _BURNT_SHARE = 250, 0.05
_EDGE_PX, _LARGE_TEXT_PX = 4.0, 14.0
_FEW_TEXTS = 3
"""Text in so many places says: something with print, though blurred; an empty hall has one or none."""


def hint_for(frame_bgr: Image, outlined: Outlined, texts: Texts) -> Hint:
    """The one thing that would help most; NOT_A_CARD where nothing looks like one."""
    if outlined.is_back or texts.is_back:
        return Hint.OTHER_SIDE
    plane = outlined.best or next(iter(outlined.planes), None)
    has_card = outlined.best is not None or len(texts.boxes) >= _FEW_TEXTS
    if _paper(frame_bgr, plane) < _DARK_PAPER:
        return Hint.TOO_DARK
    if has_card and _runs_out_of(frame_bgr, texts.boxes):
        return Hint.FARTHER
    if plane is None or not has_card:
        return Hint.NOT_A_CARD
    if plane.px_per_mm() < _LEAST_PX_PER_MM:
        return Hint.CLOSER
    if _burnt_share(frame_bgr, plane) > _BURNT_SHARE:
        return Hint.GLARE
    return Hint.UPSIDE_DOWN if outlined.best is not None and _is_upside_down(outlined.best) else Hint.HOLD_STILL


def _paper(frame_bgr: Image, plane: Plane | None) -> float:
    """How light the card is, or the frame where there is none."""
    part = frame_bgr[::4, ::4] if plane is None else plane.flattened(frame_bgr, CARD, 1.0)
    return float(np.percentile(cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_BGR2GRAY), 90))


def _runs_out_of(frame_bgr: Image, boxes: Sequence[Image]) -> bool:
    """Whether large text is cut off by the edge of the frame."""
    height, width = frame_bgr.shape[:2]
    for box in boxes:
        low, high = box.min(axis=0), box.max(axis=0)
        is_large = float(np.linalg.norm(box[3] - box[0])) > _LARGE_TEXT_PX
        touches = min(low) <= _EDGE_PX or high[0] >= width - _EDGE_PX or high[1] >= height - _EDGE_PX
        if is_large and touches:
            return True
    return False


def _burnt_share(frame_bgr: Image, plane: Plane) -> float:
    strip = plane.flattened(frame_bgr, NUMBER, 4.0)
    return float((strip.min(axis=2) >= _BURNT).mean())


def _is_upside_down(plane: Plane) -> bool:
    along = plane.corners[1] - plane.corners[0]
    return bool(along[0] < -abs(along[1]))
