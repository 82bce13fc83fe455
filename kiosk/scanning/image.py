"""What a picture is to the readers, and how any array becomes one; knows no code and no camera."""

from typing import Any

import cv2
import numpy as np

Image = np.ndarray[Any, np.dtype[Any]]
"""Height × width, or height × width × channels (BGR or BGRA)."""

Point = tuple[int, int]
"""x to the right, y down, in px."""

SMALLEST_PX, LONGEST_PX, LARGEST_PX = 8, 16_000, 40_000_000
"""Shortest and longest side, and all px of a picture."""

_TO_GREY = {3: cv2.COLOR_BGR2GRAY, 4: cv2.COLOR_BGRA2GRAY}


def to_grey(frame: Image) -> Image | None:
    """8-bit grey of a picture in any usual form; None where it is none, or one too small or too large.

    Numbers that are no 8-bit greys are taken as such (0-255), floats that never exceed 1, and truth values, as 0-1;
    NaN is black.
    """
    if not _is_picture(frame):
        return None
    channels = frame.shape[2] if frame.ndim == 3 else 1
    frame = as_bytes(frame)
    if channels in _TO_GREY:
        return np.asarray(cv2.cvtColor(np.ascontiguousarray(frame), _TO_GREY[channels]))
    return np.ascontiguousarray(frame.reshape(frame.shape[:2]))


def sharpened(grey: Image, sigma_px: float, strength: float) -> Image:
    """An unsharp mask: what a blur of `sigma_px` takes away is added `strength` times."""
    soft = cv2.GaussianBlur(grey, (0, 0), sigma_px)
    return np.asarray(cv2.addWeighted(grey, 1.0 + strength, soft, -strength, 0))


def refocused(grey: Image, sigma_px: float, noise_share: float) -> Image:
    """Wiener's inverse of a blur by a Gaussian of `sigma_px`, as far as noise of `noise_share` of the signal's power
    lets it; the picture is taken to go on evenly beyond its edges."""
    edge = round(2 * sigma_px)
    height, width = (cv2.getOptimalDFTSize(side + 2 * edge) for side in grey.shape)
    down, right = height - grey.shape[0] - edge, width - grey.shape[1] - edge
    wide = cv2.copyMakeBorder(grey, edge, down, edge, right, cv2.BORDER_REFLECT).astype(np.float32)
    cycles = np.fft.fftfreq(height)[:, None] ** 2 + np.fft.rfftfreq(width)[None, :] ** 2
    passed = np.exp(-2.0 * (np.pi * sigma_px) ** 2 * cycles)
    sharp = np.fft.irfft2(np.fft.rfft2(wide) * passed / (passed**2 + noise_share), s=wide.shape)
    return np.asarray(np.clip(sharp[edge : edge + grey.shape[0], edge : edge + grey.shape[1]], 0, 255), np.uint8)


def _is_picture(frame: Image) -> bool:
    if not isinstance(frame, np.ndarray) or frame.ndim not in (2, 3) or frame.dtype.kind not in "buif":
        return False
    height, width = frame.shape[:2]
    is_sized = min(height, width) >= SMALLEST_PX and max(height, width) <= LONGEST_PX
    is_sized = is_sized and height * width <= LARGEST_PX
    return is_sized and (frame.ndim == 2 or frame.shape[2] in (1, 3, 4))


def as_bytes(frame: Image) -> Image:
    """The same picture in 8 bits, by the rule of `to_grey`."""
    if frame.dtype == np.uint8:
        return frame
    with np.errstate(over="ignore", invalid="ignore"):
        numbers = np.nan_to_num(frame.astype(np.float32), nan=0.0, posinf=255.0, neginf=0.0)
    is_share = frame.dtype.kind in "bf" and float(numbers.max(initial=0.0)) <= 1.0
    return np.asarray(np.clip(numbers * (255.0 if is_share else 1.0), 0, 255), np.uint8)
