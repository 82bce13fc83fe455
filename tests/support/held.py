"""What a kiosk's camera sees of a hall, and of somebody who holds something up well or badly; knows no reader.

Same arguments, same frames. 1280 × 720 BGR at FPS.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import segno

Image = np.ndarray[Any, np.dtype[Any]]
WIDTH, HEIGHT, FPS = 1280, 720, 10


@dataclass(frozen=True)
class Held:
    """`share` of the frame's width that the thing takes; `light` 1 is a lit hall; `sway_px` from frame to frame;
    `blur_px` of the hand's movement; `glare` of the thing's width."""

    what: str = "card"
    text: str = "WK7Q4M2XH9TBE2"
    share: float = 0.3
    light: float = 1.0
    sway_px: float = 1.5
    blur_px: int = 0
    glare: float = 0.0
    comes_s: float = 0.5


def hall(seed: int, kind: str = "blurred") -> Image:
    """An empty hall: `blurred` (people and lamps out of focus), `posters` (sheets of print on a wall), `tiles`."""
    dice = np.random.default_rng(seed)
    picture = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    for _ in range(30):
        centre = (int(dice.integers(0, WIDTH)), int(dice.integers(HEIGHT // 4, HEIGHT)))
        shade = tuple(int(v) for v in dice.integers(25, 150) + dice.integers(-14, 15, 3))
        cv2.ellipse(picture, centre, (int(dice.integers(30, 70)), int(dice.integers(80, 220))), 0, 0, 360, shade, -1)
    for _ in range(4):
        x = int(dice.integers(0, WIDTH))
        cv2.rectangle(picture, (x, 20), (x + int(dice.integers(120, 260)), 50), (250, 252, 255), -1)
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 10))
    if kind == "posters":
        for _ in range(5):
            _put(picture, _paper(str(dice.integers(10**11, 10**12))), _place(dice), float(dice.uniform(0.08, 0.2)))
    if kind == "tiles":
        rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
        picture[(rows // 24 + columns // 24) % 2 == 0] //= 2
    return picture


def frames(held: Held | None, seed: int, kind: str = "blurred", seconds: float = 2.2) -> Iterator[Image]:
    """The hall alone for `comes_s`, then with the thing until the end; with sensor noise."""
    dice = np.random.default_rng(seed + 1000)
    empty = hall(seed, kind)
    thing = _glaring(_THINGS[held.what](held.text), held.glare) if held else None
    centre = np.array([WIDTH / 2, HEIGHT / 2]) + dice.uniform(-60, 60, 2)
    heading = dice.uniform(0, 2 * np.pi)
    for nth in range(int(seconds * FPS)):
        picture = empty.copy()
        if held is not None and thing is not None and nth >= held.comes_s * FPS:
            heading += dice.uniform(-0.6, 0.6)
            centre += held.sway_px * np.array([np.cos(heading), np.sin(heading)])
            centre = np.clip(centre, (WIDTH * 0.4, HEIGHT * 0.4), (WIDTH * 0.6, HEIGHT * 0.6))
            _put(picture, thing, (float(centre[0]), float(centre[1])), held.share, held.blur_px)
        lit = cv2.convertScaleAbs(picture, alpha=held.light if held else 1.0)
        yield _noisy(lit, nth)


def passers_by(seed: int, seconds: float = 4.0) -> Iterator[Image]:
    """Nobody holds anything; people walk through."""
    dice = np.random.default_rng(seed)
    empty = hall(seed, "posters")
    places, paces, shades = dice.uniform(-200, WIDTH, 4), dice.uniform(60, 160, 4), dice.integers(30, 140, 4)
    for nth in range(int(seconds * FPS)):
        picture = empty.copy()
        for place, pace, shade in zip(places, paces, map(int, shades), strict=True):
            x = int((place + pace * nth / FPS) % (WIDTH + 300)) - 150
            cv2.ellipse(picture, (x, 520), (80, 240), 0, 0, 360, (shade, shade, min(255, shade + 20)), -1)
            cv2.circle(picture, (x, 250), 55, (120, 150, 190), -1)
        yield _noisy(picture, nth)


@cache
def _noise(which: int) -> Image:
    return np.random.default_rng(which).normal(0, 4, (HEIGHT, WIDTH, 3)).astype(np.int16)


def _noisy(picture: Image, nth: int) -> Image:
    return np.asarray(cv2.add(picture, _noise(nth % 4), dtype=cv2.CV_8U))


def _place(dice: np.random.Generator) -> tuple[float, float]:
    return float(dice.uniform(100, WIDTH - 100)), float(dice.uniform(100, HEIGHT - 100))


def _qr(text: str, side: int) -> Image:
    modules = np.array([list(row) for row in segno.make(text, micro=False, error="m").matrix_iter(border=2)], np.uint8)
    grey = cv2.resize(235 - modules * 210, (side, side), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))


def _card(text: str) -> Image:
    card = np.full((500, 800, 3), 236, np.uint8)
    cv2.rectangle(card, (0, 0), (800, 100), (138, 58, 30), -1)
    card[130:470, 430:770] = _qr(text, 340)
    for line in range(4):
        cv2.putText(card, "Lin Xiaoyu 05", (30, 190 + 80 * line), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (40, 40, 40), 3)
    return card


def _paper(text: str) -> Image:
    paper = np.full((1100, 800, 3), 232, np.uint8)
    for line in range(11):
        cv2.putText(paper, f"{line} Lake East 07:00", (50, 90 + 62 * line), cv2.FONT_HERSHEY_SIMPLEX, 1.8, (30,) * 3, 4)
    paper[780:1080, 250:550] = _qr(text, 300)
    return paper


def _phone(text: str) -> Image:
    phone = np.full((1100, 560, 3), 20, np.uint8)
    phone[40:1060, 25:535] = 245
    phone[300:740, 60:500] = _qr(text, 440)
    cv2.putText(phone, "gighall", (150, 180), cv2.FONT_HERSHEY_SIMPLEX, 2, (60, 60, 60), 4)
    return phone


_THINGS = {"card": _card, "slip": _paper, "phone": _phone}


def _glaring(thing: Image, share: float) -> Image:
    """With a lamp's reflection of so much of its width."""
    if not share:
        return thing
    radius = int(share * thing.shape[1] / 2)
    spot = np.zeros(thing.shape[:2], np.float32)
    cv2.circle(spot, (int(thing.shape[1] * 0.72), int(thing.shape[0] * 0.6)), radius, 1.0, -1)
    spot = np.asarray(cv2.blur(spot, (radius // 3, radius // 3)))[..., None]
    return np.clip(thing * 0.8 + spot * 400, 0, 255).astype(np.uint8)


def _put(picture: Image, thing: Image, centre: tuple[float, float], share: float, blur_px: int = 0) -> None:
    """Pastes at sub-pixel places with a little turn, as a hand does."""
    scale = share * WIDTH / thing.shape[1]
    turn = cv2.getRotationMatrix2D((thing.shape[1] / 2, thing.shape[0] / 2), 3.0, scale)
    turn[:, 2] += (centre[0] - thing.shape[1] / 2, centre[1] - thing.shape[0] / 2)
    if scale < 0.5:
        thing = np.asarray(cv2.GaussianBlur(thing, (0, 0), 0.4 / scale))
    mask = np.full(thing.shape[:2], 255, np.uint8)
    placed, where = (cv2.warpAffine(one, turn, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR) for one in (thing, mask))
    if blur_px:
        placed, where = cv2.blur(placed, (blur_px, 1)), cv2.blur(where, (blur_px, 1))
    x, y, width, height = cv2.boundingRect(where)
    part = slice(y, y + height), slice(x, x + width)
    weight = where[part].astype(np.float32)[..., None] / 255
    picture[part] = (picture[part] * (1 - weight) + placed[part] * weight).astype(np.uint8)
