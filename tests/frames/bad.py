"""Frames as no camera should give them, and arrays that are none; for looking whether a reader falls over them."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from kiosk.scanning.image import Image
from tests.frames.symbols import SYMBOLOGIES, symbol

_Dice = np.random.Generator
HUGE_EVERY = 500
"""A huge frame costs as much as hundreds of others."""


def bad(seed: int) -> Image:
    """One of a dozen kinds in turn; same seed, same array. Most are small, so that a hundred thousand can be had."""
    dice = np.random.default_rng([seed, 77])
    if seed % HUGE_EVERY == HUGE_EVERY - 1:
        return _HUGE[seed // HUGE_EVERY % len(_HUGE)](dice)
    return _KINDS[seed % len(_KINDS)](dice)


def _noise(dice: _Dice) -> Image:
    return dice.integers(0, 256, (*_size(dice), 3), np.uint8)


def _cut(dice: _Dice) -> Image:
    """A code of which a part is missing, overwritten, or both."""
    modules = symbol(SYMBOLOGIES[int(dice.integers(0, 6))], dice).modules
    shown = np.kron(np.repeat(modules, 40 if modules.shape[0] == 1 else 1, axis=0), np.ones((3, 3), np.uint8))
    height, width = shown.shape
    shown = np.ascontiguousarray(shown[: int(dice.integers(1, height + 1)), int(dice.integers(0, width)) :])
    half = shown.shape[0] // 2
    shown[half : half + int(dice.integers(0, 20))] = dice.integers(0, 256)
    return np.asarray(cv2.cvtColor(shown, cv2.COLOR_GRAY2BGR))


def _empty(dice: _Dice) -> Image:
    shapes = ((0, 0, 3), (0, 40, 3), (40, 0), (0,), (), (1, 1), (3, 7, 3), (8, 8), (40, 40, 0))
    return np.zeros(shapes[int(dice.integers(0, len(shapes)))], np.uint8)


def _even(dice: _Dice) -> Image:
    return np.full((*_size(dice), 3), dice.integers(0, 256), np.uint8)


def _grey(dice: _Dice) -> Image:
    return dice.integers(0, 256, _size(dice), np.uint8)


def _alpha(dice: _Dice) -> Image:
    return dice.integers(0, 256, (*_size(dice), 4), np.uint8)


def _float(dice: _Dice) -> Image:
    kinds = (np.float16, np.float32, np.float64)
    return np.asarray(
        dice.random((*_size(dice), 3)) * 10.0 ** int(dice.integers(-3, 4)), kinds[int(dice.integers(0, 3))]
    )


def _not_finite(dice: _Dice) -> Image:
    frame = dice.random((*_size(dice), 3)) * 300.0
    for value in (np.nan, np.inf, -np.inf, 1e300, -1e300):
        frame[dice.random(frame.shape) < 0.1] = value
    return frame


def _other_numbers(dice: _Dice) -> Image:
    kinds = (np.int8, np.int16, np.uint16, np.int32, np.int64, np.uint64, np.bool_, np.complex64, np.longdouble)
    return dice.integers(0, 100, (*_size(dice), 3)).astype(kinds[int(dice.integers(0, len(kinds)))])


def _odd_shape(dice: _Dice) -> Image:
    shapes = ((30, 30, 7), (30, 30, 2), (30, 30, 1), (4, 30, 30, 3), (900, 9), (9, 900), (30, 9, 3))
    return dice.integers(0, 256, shapes[int(dice.integers(0, len(shapes)))], np.uint8)


def _strided(dice: _Dice) -> Image:
    """A view: turned over, every other px, another order of axes."""
    frame = dice.integers(0, 256, (120, 160, 3), np.uint8)
    return (frame[::-1, ::2], frame[:, :, ::-1], frame.transpose(1, 0, 2), np.asfortranarray(frame))[
        dice.integers(0, 4)
    ]


def _not_numbers(dice: _Dice) -> Image:
    kinds = ("<U3", "S4", "datetime64[s]", object)
    return np.zeros((20, 20), kinds[int(dice.integers(0, len(kinds)))])


def _size(dice: _Dice) -> tuple[int, int]:
    return int(dice.integers(1, 120)), int(dice.integers(1, 160))


def _huge_noise(dice: _Dice) -> Image:
    return np.tile(dice.integers(0, 256, (200, 250, 3), np.uint8), (10, 16, 1))


def _huge_even(dice: _Dice) -> Image:
    return np.full((3000, 4000), dice.integers(0, 256), np.uint8)


def _long(dice: _Dice) -> Image:
    return dice.integers(0, 256, (9, 16_000), np.uint8)


def _too_long(dice: _Dice) -> Image:
    return dice.integers(0, 256, (9, 40_000), np.uint8)


def _too_large(_: _Dice) -> Image:
    """Virtual memory only, until somebody copies it."""
    return np.broadcast_to(np.zeros((1, 1, 3), np.uint8), (12_000, 12_000, 3))


_KINDS: tuple[Callable[[_Dice], Image], ...] = (
    _noise,
    _cut,
    _empty,
    _even,
    _grey,
    _alpha,
    _float,
    _not_finite,
    _other_numbers,
    _odd_shape,
    _strided,
    _not_numbers,
)
_HUGE: tuple[Callable[[_Dice], Image], ...] = (_huge_noise, _huge_even, _long, _too_long, _too_large)
