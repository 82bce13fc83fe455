"""Draws a phone that shows a photo of a card, as a camera sees it: case, bezel, rows of coloured dots, glow.

The beat between the display's dots and the camera's own (moiré) is not painted: the display is sampled several times
per camera pixel with its red, green and blue stripes, and the camera's colour filter array is laid over it.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

Image = np.ndarray[Any, np.dtype[Any]]
_OVER = 3
"""Samples per camera pixel, each way."""


def on_a_phone(card: Image, corners: Image, view: Image, dice: np.random.Generator) -> tuple[Image, Image]:
    """(view with the phone in it, corners of the card in the view, 4 × 2 px). The phone lies where the card would."""
    across_px = int(dice.choice([1080, 1080, 1170, 1440, 720]))
    screen, inside = _gallery(card, across_px, dice)
    height, width = screen.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    size = float(np.linalg.norm(corners[1] - corners[0])) * dice.uniform(1.0, 1.1)
    centre = corners.mean(axis=0)
    across = (corners[1] - corners[0]) / np.linalg.norm(corners[1] - corners[0])
    down = np.array([-across[1], across[0]], np.float32)
    tall = size * height / width
    box = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]
    lean = dice.normal(0, 0.012, (4, 2)) * size
    quad = np.array([centre + across * x * size + down * y * tall for x, y in box], np.float32) + lean.astype(
        np.float32
    )
    matrix = cv2.getPerspectiveTransform(flat, quad)
    view = _case(view, quad)
    shown = _sampled(screen, matrix, view, dice)
    return shown, cv2.perspectiveTransform(inside[None], matrix)[0]


def _gallery(card: Image, across_px: int, dice: np.random.Generator) -> tuple[Image, Image]:
    """(the phone's display in its own pixels, corners of the card in it): a photo between black or white bands."""
    high = int(across_px * 1.05)
    screen = np.full((high, across_px, 3), int(dice.choice([8, 245])), np.uint8)
    width = int(across_px * dice.uniform(0.84, 0.97))
    tall = int(width * card.shape[0] / card.shape[1])
    left, top = (across_px - width) // 2, (high - tall) // 2
    photo_top, photo_tall = max(0, top - int(tall * 0.16)), int(tall * 1.32)
    screen[photo_top : photo_top + photo_tall] = dice.integers(90, 190, 3)
    small = cv2.resize(card, (width, tall), interpolation=cv2.INTER_AREA)
    screen[top : top + tall, left : left + width] = cv2.GaussianBlur(small, (0, 0), float(dice.uniform(0.6, 1.2)))
    photo = cv2.imdecode(cv2.imencode(".jpg", screen, [cv2.IMWRITE_JPEG_QUALITY, 85])[1], cv2.IMREAD_COLOR)
    corners = [[left, top], [left + width, top], [left + width, top + tall], [left, top + tall]]
    return np.asarray(photo), np.array(corners, np.float32)


def _case(view: Image, quad: Image) -> Image:
    centre = quad.mean(axis=0)
    outer = centre + (quad - centre) * np.array([1.07, 1.22], np.float32)
    case = view.copy()
    cv2.fillConvexPoly(case, outer.astype(np.int32), (22, 22, 24), cv2.LINE_AA)
    return case


def _sampled(screen: Image, matrix: Image, view: Image, dice: np.random.Generator) -> Image:
    """Every camera pixel is the mean of _OVER² samples of the lit stripes; then the filter array, undone again."""
    left, top, right, bottom = _box(screen, matrix, view)
    rows, columns = (bottom - top) * _OVER, (right - left) * _OVER
    y = (np.arange(rows, dtype=np.float32)[:, None] + 0.5) / _OVER + top
    x = (np.arange(columns, dtype=np.float32)[None] + 0.5) / _OVER + left
    ones = np.linalg.inv(matrix).astype(np.float32)
    below = ones[2, 0] * x + ones[2, 1] * y + ones[2, 2]
    u = (ones[0, 0] * x + ones[0, 1] * y + ones[0, 2]) / below
    v = (ones[1, 0] * x + ones[1, 1] * y + ones[1, 2]) / below
    inside = (u >= 0) & (u < screen.shape[1]) & (v >= 0) & (v < screen.shape[0])
    light = cv2.remap(screen, np.floor(u), np.floor(v), cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
    lit = _stripes(u % 1.0, v % 1.0, float(dice.uniform(0.7, 0.9)))
    share = _shrunk(inside.astype(np.float32))[:, :, None]
    lens = cv2.GaussianBlur(light.astype(np.float32) * lit, (0, 0), float(dice.uniform(0.3, 0.7)) * _OVER)
    glow = _shrunk(lens) * float(dice.uniform(2.6, 3.4))
    seen = view.copy()
    part = seen[top:bottom, left:right]
    part[:] = np.clip(glow * share + part * (1 - share), 0, 255).astype(np.uint8)
    return _through_filter_array(seen)


def _box(screen: Image, matrix: Image, view: Image) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the display in the view, px."""
    width, height = screen.shape[1], screen.shape[0]
    flat = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float32)
    placed = cv2.perspectiveTransform(flat, matrix)[0]
    low, high = np.floor(placed.min(axis=0)), np.ceil(placed.max(axis=0))
    limits = np.array([view.shape[1], view.shape[0]])
    left, top = (int(value) for value in np.clip(low, 0, limits - 2))
    right, bottom = (int(value) for value in np.clip(high, [left + 1, top + 1], limits))
    return left, top, right, bottom


def _stripes(u: Image, v: Image, fill: float) -> Image:
    """Which part of a display pixel shines in blue, green and red; the rest is black between the dots."""
    lit = np.zeros((*u.shape, 3), np.float32)
    for channel, start in ((2, 0.0), (1, 1 / 3), (0, 2 / 3)):
        lit[:, :, channel] = ((u - start) % 1.0 < fill / 3) & (v < fill)
    return lit / fill**2


def _shrunk(samples: Image) -> Image:
    size = (samples.shape[1] // _OVER, samples.shape[0] // _OVER)
    return np.asarray(cv2.resize(samples, size, interpolation=cv2.INTER_AREA))


def _through_filter_array(seen: Image) -> Image:
    mosaic = np.empty(seen.shape[:2], np.uint8)
    for row, column, channel in ((0, 0, 2), (0, 1, 1), (1, 0, 1), (1, 1, 0)):
        mosaic[row::2, column::2] = seen[row::2, column::2, channel]
    return np.asarray(cv2.cvtColor(mosaic, cv2.COLOR_BayerRGGB2BGR))
