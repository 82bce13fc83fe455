"""Turns whatever a camera or file gave into a picture of three colours, small enough to look at. Knows no card."""

import cv2
import numpy as np

from kiosk.scanning.image import Image, as_bytes

SMALLEST_PX, LARGEST_PX, LONGEST_SIDE = 32, 40_000_000, 1920
LEAST_LONG_SIDE = 160
"""18 digits of a card that fills a smaller picture are not wider than 4 px each."""
_TO_BGR = {1: cv2.COLOR_GRAY2BGR, 4: cv2.COLOR_BGRA2BGR}


def to_bgr(frame: Image) -> tuple[Image, float] | None:
    """(8-bit BGR of at most 1920 px a side, its scale); None where a card could not be read in it.

    Floats that never exceed 1, and truth values, are taken as 0-1, all other numbers as 0-255; NaN is black.
    """
    if not isinstance(frame, np.ndarray) or frame.ndim not in (2, 3) or frame.dtype.kind not in "buif":
        return None
    height, width = frame.shape[:2]
    channels = frame.shape[2] if frame.ndim == 3 else 1
    is_small = min(height, width) < SMALLEST_PX or max(height, width) < LEAST_LONG_SIDE
    if is_small or height * width > LARGEST_PX or channels not in (1, 3, 4):
        return None
    scale = min(1.0, LONGEST_SIDE / max(height, width))
    picture = np.ascontiguousarray(as_bytes(frame).reshape(height, width, channels))
    if channels in _TO_BGR:
        picture = cv2.cvtColor(picture, _TO_BGR[channels])
    if scale < 1.0:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return (np.asarray(picture), scale) if min(picture.shape[:2]) >= SMALLEST_PX else None
