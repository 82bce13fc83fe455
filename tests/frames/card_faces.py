"""Draws the front and the back of made-up ID cards, 20 px a millimetre, by our own hand. Knows no camera.

The arrangement follows what anybody sees on a card of 85.6 mm × 54 mm (ISO/IEC 7810 ID-1): labels in blue, values in
black, photo on the right, number below. Emblem, portrait and ground pattern are placeholders, not copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from printer.faces import FOLDER, SIMPLIFIED_CHINESE
from tests.frames.card_people import Kind, Person

Image = np.ndarray[Any, np.dtype[Any]]
PX_PER_MM = 20
WIDTH, HEIGHT = 1712, 1080
BLUE, BLACK = (58, 110, 160), (30, 32, 36)
_PT = 25.4 / 72 * PX_PER_MM
_GROUND = {"resident": ((226, 238, 240), (214, 226, 240)), "permit": ((236, 232, 222), (222, 234, 226))}


def front(who: Person) -> Image:
    """1080 × 1712 BGR."""
    picture = Picture.fromarray(_ground(who.kind, 1))
    draw = ImageDraw.Draw(picture)
    rows = _rows(who)
    for label, at in rows["labels"]:
        _write(draw, at, label, Ink(7.5, BLUE))
    for value, at, size in rows["values"]:
        _write(draw, at, value, Ink(size))
    _number(draw, who.number)
    _portrait(draw)
    return _finished(picture)


def back(kind: Kind, seed: int = 0) -> Image:
    """1080 × 1712 BGR."""
    dice = np.random.default_rng((seed, 78))
    picture = Picture.fromarray(_ground(kind, 2))
    draw = ImageDraw.Draw(picture)
    _emblem(draw)
    title = "居民身份证" if kind == "resident" else "港澳居民居住证"
    _write(draw, (27, 6.5), "中华人民共和国", Ink(14, BLACK, "Bold", 1.5))
    _write(draw, (27, 15.5), title, Ink(21 if kind == "resident" else 18, BLACK, "Bold", 1.8))
    year, month = int(dice.integers(2008, 2022)), int(dice.integers(1, 13))
    for label, at in (("签发机关", (17, 36)), ("有效期限", (17, 44))):
        _write(draw, at, label, Ink(7.5, BLACK, "Bold"))
    _write(draw, (34, 35.7), "云溪市公安局石桥分局", Ink(9))
    _write(draw, (34, 43.7), f"{year}.{month:02d}.08-{year + 20}.{month:02d}.08", Ink(9))
    return _finished(picture)


def _rows(who: Person) -> dict[str, list[Any]]:
    labels: list[tuple[str, tuple[float, float]]] = [
        ("姓名", (6, 6.4)),
        ("性别", (6, 13.2)),
        ("出生", (6, 19.4)),
        ("住址", (6, 26.2)),
    ]
    labels += [("公民身份号码", (6, 44.8)), ("年", (24.6, 19.4)), ("月", (32.4, 19.4)), ("日", (40.2, 19.4))]
    born = who.born
    values: list[tuple[str, tuple[float, float], float]] = [
        (who.name, (15.5, 5.6), 11),
        (who.sex, (15.5, 12.9), 9),
        (f"{born.year}", (15.5, 19.1), 9),
    ]
    values += [(f"{born.month:>2}", (28.4, 19.1), 9), (f"{born.day:>2}", (36.2, 19.1), 9)]
    if who.nation:
        labels.append(("民族", (25.5, 13.2)))
        values.append((who.nation, (34, 12.9), 9))
    lines = [who.address[start : start + 11] for start in range(0, len(who.address), 11)]
    values += [(line, (15.5, 25.8 + nth * 5), 9) for nth, line in enumerate(lines)]
    return {"labels": labels, "values": values}


@dataclass(frozen=True)
class Ink:
    """How a line is printed: size in points, colour (RGB), weight, extra space between characters in mm."""

    points: float
    colour: tuple[int, int, int] = BLACK
    weight: str = "Regular"
    gap_mm: float = 0.15


def _write(draw: ImageDraw.ImageDraw, at_mm: tuple[float, float], text: str, ink: Ink) -> None:
    font = _font(ink.weight, round(ink.points * _PT))
    x, y = at_mm[0] * PX_PER_MM, at_mm[1] * PX_PER_MM
    for character in text:
        draw.text((x, y), character, fill=ink.colour, font=font, anchor="la")
        x += font.getlength(character) + ink.gap_mm * PX_PER_MM


def _number(draw: ImageDraw.ImageDraw, number: str) -> None:
    """Evenly spaced, as a face of one width would be."""
    font = _font("Regular", round(11.5 * _PT))
    for nth, character in enumerate(number):
        draw.text(((30.5 + nth * 2.62) * PX_PER_MM, 48.6 * PX_PER_MM), character, fill=BLACK, font=font, anchor="ms")


def _portrait(draw: ImageDraw.ImageDraw) -> None:
    def oval(x: float, y: float, across: float, down: float, colour: tuple[int, int, int]) -> None:
        box = [(x - across / 2), (y - down / 2), (x + across / 2), (y + down / 2)]
        draw.ellipse([value * PX_PER_MM for value in box], fill=colour)

    draw.rectangle([value * PX_PER_MM for value in (54, 7, 80, 40)], fill=(238, 240, 242))
    draw.rectangle([value * PX_PER_MM for value in (57, 34, 77, 40)], fill=(70, 76, 90))
    oval(67, 34, 20, 11, (70, 76, 90))
    oval(67, 20, 13, 17, (206, 176, 154))
    oval(67, 13.5, 13.4, 8, (40, 38, 38))


def _emblem(draw: ImageDraw.ImageDraw) -> None:
    for radius, colour in ((8.5, (186, 52, 44)), (6.5, (214, 150, 70)), (5.4, (190, 44, 40))):
        box = [14 - radius, 14 - radius, 14 + radius, 14 + radius]
        draw.ellipse([value * PX_PER_MM for value in box], fill=colour)


@lru_cache(maxsize=4)
def _ground(kind: Kind, side: int) -> Image:
    """Fine waves on two pale colours, like the security printing of a card. RGB."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    one, other = (np.array(colour, np.float32) for colour in _GROUND[kind])
    share = (x / WIDTH * 0.6 + y / HEIGHT * 0.4)[:, :, None]
    ground = one * (1 - share) + other * share
    for nth in range(3):
        bend = 34 * np.sin(x / (150 + 40 * nth) + nth + side) + 12 * np.sin(x / 47 + 2 * nth)
        line = np.abs(np.sin((y + bend * (1 if nth % 2 else -1)) / (7.5 + 1.7 * nth)))
        ground -= (line > 0.93)[:, :, None] * np.array([16, 10, 6 + 4 * nth], np.float32)
    rings = np.abs(np.sin(np.hypot(x - 1000, (y - 540) * 1.3) / 9.0))
    ground -= ((rings > 0.95) & (np.hypot(x - 1000, y - 540) < 330))[:, :, None] * np.array([10, 14, 4], np.float32)
    return np.asarray(np.clip(ground, 0, 255).astype(np.uint8))


def _finished(picture: Picture.Image) -> Image:
    """BGR, a little soft like print."""
    return np.asarray(cv2.GaussianBlur(cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGR), (0, 0), 1.2))


@lru_cache(maxsize=32)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / f"NotoSansCJK-{weight}.ttc"), size, index=SIMPLIFIED_CHINESE)
