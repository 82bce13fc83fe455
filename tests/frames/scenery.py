"""Draws what stands before a kiosk when nobody holds a code up: a hall, and textures that could be taken for codes."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from kiosk.scanning.image import Image

_WIDTH, _HEIGHT = 1280, 720


def hall(dice: np.random.Generator) -> Image:
    """A blurred hall: people, lamps, a floor. 720 × 1280 grey, float."""
    small = np.tile(np.linspace(95, 60, 180, dtype=np.float32)[:, None], (1, 320))
    for _ in range(26):
        middle = (int(dice.integers(0, 320)), int(dice.integers(45, 180)))
        axes = (int(dice.integers(8, 18)), int(dice.integers(20, 55)))
        cv2.ellipse(small, middle, axes, 0, 0, 360, (float(dice.integers(25, 140)),), -1)
    for _ in range(5):
        left = int(dice.integers(0, 320))
        cv2.rectangle(small, (left, 5), (left + int(dice.integers(30, 65)), 11), (240.0,), -1)
    soft = cv2.GaussianBlur(small, (0, 0), 3.0)
    return np.asarray(cv2.resize(soft, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_CUBIC))


def textured(seed: int) -> Image:
    """A frame without any code, 720 × 1280 BGR; ten kinds take turns, each more like a code than it should be."""
    dice = np.random.default_rng([seed, 4242])
    grey = _KINDS[seed % len(_KINDS)](dice)
    turned = _turned(np.asarray(grey, np.float32), dice)
    soft = cv2.GaussianBlur(turned, (0, 0), float(dice.uniform(0.4, 1.6)))
    noisy = soft[:, :, None] + dice.standard_normal((_HEIGHT, _WIDTH, 3), np.float32) * np.float32(dice.uniform(2, 14))
    return np.asarray(np.clip(noisy, 0, 255).astype(np.uint8))


def _turned(grey: Image, dice: np.random.Generator) -> Image:
    angle, scale = float(dice.uniform(-25, 25)), float(dice.uniform(1.0, 1.5))
    matrix = cv2.getRotationMatrix2D((_WIDTH / 2, _HEIGHT / 2), angle, scale)
    return np.asarray(cv2.warpAffine(grey, matrix, (_WIDTH, _HEIGHT), borderMode=cv2.BORDER_REFLECT))


def _bars(dice: np.random.Generator) -> Image:
    """Bars of one, two, three widths: a barcode that says nothing."""
    unit = int(dice.integers(2, 7))
    edges = np.repeat(np.arange(4000) % 2, dice.integers(1, 5, 4000) * unit)[:_WIDTH]
    return np.tile(np.where(edges, 230, 30), (_HEIGHT, 1))


def _shirt(dice: np.random.Generator) -> Image:
    """Checks of a shirt."""
    x, y = np.meshgrid(np.arange(_WIDTH), np.arange(_HEIGHT))
    pitch = dice.uniform(9, 40)
    return np.asarray(128 + 60 * np.sign(np.sin(x / pitch)) + 50 * np.sign(np.sin(y / pitch * dice.uniform(0.8, 1.2))))


def _modules(dice: np.random.Generator) -> Image:
    """Random squares, as in a code without its finders."""
    unit = int(dice.integers(4, 14))
    squares = dice.integers(0, 2, (_HEIGHT // unit + 1, _WIDTH // unit + 1)) * 220 + 20
    return np.kron(squares, np.ones((unit, unit)))[:_HEIGHT, :_WIDTH]


def _finders(dice: np.random.Generator) -> Image:
    """Rings like a QR code's finders, at random places."""
    grey = np.asarray(_modules(dice), np.float32)
    for _ in range(12):
        left, top, unit = int(dice.integers(0, 1150)), int(dice.integers(0, 600)), int(dice.integers(5, 14))
        for inset, shade in ((0, 20.0), (1, 240.0), (2, 20.0)):
            first = (left + inset * unit, top + inset * unit)
            last = (left + (7 - inset) * unit, top + (7 - inset) * unit)
            cv2.rectangle(grey, first, last, (shade,), -1)
    return grey


def _print(dice: np.random.Generator) -> Image:
    """A page full of print."""
    grey = np.full((_HEIGHT, _WIDTH), 235, np.uint8)
    signs = np.array(list("0123456789ABCDEFGHJKMNPQRSTVWXYZ |/-"))
    for row in range(20, _HEIGHT, int(dice.integers(18, 44))):
        line = "".join(dice.choice(signs, 70))
        cv2.putText(grey, line, (5, row), cv2.FONT_HERSHEY_PLAIN, float(dice.uniform(0.9, 2.0)), (30,), 1)
    return grey


def _blinds(dice: np.random.Generator) -> Image:
    """Window blinds, evenly spaced, with light behind."""
    y = np.arange(_HEIGHT)[:, None] / dice.uniform(4, 20)
    return np.tile(np.where(np.sin(y) > dice.uniform(-0.5, 0.5), 245, 60), (1, _WIDTH))


def _wall(dice: np.random.Generator) -> Image:
    """Bricks with joints."""
    grey = np.full((_HEIGHT, _WIDTH), 200, np.uint8)
    height, width = int(dice.integers(14, 40)), int(dice.integers(40, 110))
    for nth, top in enumerate(range(0, _HEIGHT, height)):
        for left in range(-(nth % 2) * width // 2, _WIDTH, width):
            shade = float(dice.integers(60, 140))
            cv2.rectangle(grey, (left + 2, top + 2), (left + width - 2, top + height - 2), (shade,), -1)
    return grey


def _grain(dice: np.random.Generator) -> Image:
    """Sand, cloth, foliage."""
    raw = dice.standard_normal((_HEIGHT, _WIDTH), np.float32)
    soft = cv2.GaussianBlur(raw, (0, 0), float(dice.uniform(0.8, 4.0)))
    return np.asarray(cv2.normalize(soft, np.empty_like(soft), 0, 255, cv2.NORM_MINMAX))


def _grid(dice: np.random.Generator) -> Image:
    """A keyboard, a ventilator's grille: dark cells with light joints."""
    x, y = np.meshgrid(np.arange(_WIDTH), np.arange(_HEIGHT))
    pitch = int(dice.integers(8, 60))
    return np.where((x % pitch < pitch * 0.2) | (y % pitch < pitch * 0.2), 220, 40)


def _crowd(dice: np.random.Generator) -> Image:
    """A hall with striped coats, fences and tags."""
    grey = hall(dice)
    for _ in range(14):
        left, top = int(dice.integers(0, 1100)), int(dice.integers(0, 560))
        height, width = int(dice.integers(60, 160)), int(dice.integers(80, 180))
        edges = np.repeat(np.arange(400) % 2, dice.integers(1, 5, 400) * int(dice.integers(1, 4)))[:width]
        grey[top : top + height, left : left + width] = np.where(edges, 225, 35)
    return grey


_KINDS: tuple[Callable[[np.random.Generator], Image], ...] = (
    _bars,
    _shirt,
    _modules,
    _finders,
    _print,
    _blinds,
    _wall,
    _grain,
    _grid,
    _crowd,
)
