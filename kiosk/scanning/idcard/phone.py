"""Notices that a card is a picture on a phone, where that can be seen. Knows neither text nor what follows from it.

Two signs, each enough: coloured bands where the dots of display and camera beat (lone peaks in the spectrum of blue
against green), and straight edges round the card, along its sides, where a card in a hand has only the hall.
Neither is proof of the contrary: a sharp print or a large bright tablet shows none.
"""

import cv2
import numpy as np

from kiosk.scanning.idcard.plane import CARD, CARD_MM, Area, Plane
from kiosk.scanning.image import Image

_SPECTRUM_PX = (512, 320)
_FINEST_PX_PER_MM = 8.0
_LEAST_FREQUENCY = 0.1
_PEAKS, _PEAK = 12, 90.0
"""So many of the highest values of the spectrum, on average so many times its median."""
_AROUND_MM, _NEAR_MM, _COARSE_PX_PER_MM = 40.0, 3.0, 4.0
_SLOPE_MOST, _SLOPE_CLEAR, _SIDES = 60.0, 48.0, 3
_SEEN_SHARE = 0.7


def is_on_a_screen(frame_bgr: Image, plane: Plane) -> bool:
    """Whether bands of colour or the window round it give a phone away."""
    return shows_beat(frame_bgr, plane) or lies_in_a_window(frame_bgr, plane)


def shows_beat(frame_bgr: Image, plane: Plane) -> bool:
    """Whether there are bands of colour."""
    return _beat(frame_bgr, plane) > _PEAK


def lies_in_a_window(frame_bgr: Image, plane: Plane) -> bool:
    """Whether three sides of the card have a straight edge beside them."""
    return sum(side > _SLOPE_CLEAR for side in _sides(frame_bgr, plane)) >= _SIDES


def _beat(frame_bgr: Image, plane: Plane) -> float:
    """How far the highest peaks of the card's colour spectrum stand above its median."""
    px_per_mm = min(_FINEST_PX_PER_MM, plane.px_per_mm())
    flat = plane.flattened(frame_bgr, Area(2.0, 2.0, CARD_MM[0] - 2.0, CARD_MM[1] - 2.0), px_per_mm)
    flat = flat[: _SPECTRUM_PX[1], : _SPECTRUM_PX[0]].astype(np.float32)
    colour = flat[:, :, 0] - flat[:, :, 1]
    colour = np.clip(colour - cv2.blur(colour, (15, 15)), -30, 30)
    window = np.outer(np.hanning(colour.shape[0]), np.hanning(colour.shape[1]))
    spectrum = cv2.GaussianBlur(np.abs(np.fft.rfft2(colour * window)).astype(np.float32), (0, 0), 1.0)
    frequency = np.hypot(np.fft.fftfreq(colour.shape[0])[:, None], np.fft.rfftfreq(colour.shape[1])[None])
    fine = spectrum[frequency > _LEAST_FREQUENCY]
    highest = np.partition(fine, -_PEAKS)[-_PEAKS:]
    return float(highest.mean() / (np.median(fine) + 1e-3))


def _sides(frame_bgr: Image, plane: Plane) -> list[float]:
    """Above, below, left and right of the card: how steep the clearest straight edge along that side is, 0..60."""
    around = Area(-_AROUND_MM, -_AROUND_MM, CARD_MM[0] + _AROUND_MM, CARD_MM[1] + _AROUND_MM)
    flat = cv2.cvtColor(plane.flattened(frame_bgr, around, _COARSE_PX_PER_MM), cv2.COLOR_BGR2GRAY)
    whole = np.full(frame_bgr.shape[:2], 255, np.uint8)
    seen = cv2.erode(plane.flattened(whole, around, _COARSE_PX_PER_MM), np.ones((9, 9), np.uint8)) > 200
    soft = cv2.GaussianBlur(flat, (0, 0), 1.5)
    across = _profile(np.abs(cv2.Sobel(soft, cv2.CV_32F, 0, 1)), seen, _within(CARD.width))
    along = _profile(np.abs(cv2.Sobel(soft, cv2.CV_32F, 1, 0)).T, seen.T, _within(CARD.height))
    before = round((_AROUND_MM - _NEAR_MM) * _COARSE_PX_PER_MM)
    ends = [(across, CARD.height), (along, CARD.width)]
    behind = [round((_AROUND_MM + length + _NEAR_MM) * _COARSE_PX_PER_MM) for _, length in ends]
    parts = [part for (one, _), start in zip(ends, behind, strict=True) for part in (one[:before], one[start:])]
    return [float(part.max(initial=0.0)) for part in parts]


def _within(length_mm: float) -> slice:
    """The middle of a side, without the corners."""
    margin = _AROUND_MM + 0.06 * length_mm
    return slice(round(margin * _COARSE_PX_PER_MM), round((_AROUND_MM + 0.94 * length_mm) * _COARSE_PX_PER_MM))


def _profile(slope: Image, seen: Image, within: slice) -> Image:
    """Mean slope of each row over the card's side; 0 where too little of the row is in the frame."""
    part, is_seen = np.minimum(slope[:, within], _SLOPE_MOST), seen[:, within]
    count = is_seen.sum(axis=1)
    mean = (part * is_seen).sum(axis=1) / np.maximum(count, 1)
    return np.asarray(np.where(count > _SEEN_SHARE * part.shape[1], mean, 0.0))
