"""Kiosk frames of held-up codes, 720 × 1280 BGR: same seed, same frame. Knows no reader.

Each flaw spans from harmless to hopeless, so that readers differ in it. Nothing here needs a window or the hall, so
that any decoder can be given the same frames: `python -m tests.frames.codes FOLDER` writes them as PNG with
`frames.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

import cv2
import numpy as np

from kiosk.scanning import Symbology
from kiosk.scanning.image import Image
from tests.frames.scenery import hall
from tests.frames.symbols import SYMBOLOGIES, Symbol, symbol

SIZE = (1280, 720)

Flaw = Literal[
    "clean", "small", "blurred", "shaken", "noisy", "glare", "tilted", "dark", "inverted", "screen", "cracked", "folded"
]
FLAWS: tuple[Flaw, ...] = get_args(Flaw)
_TWO_DIMENSIONAL = ("QRCode", "DataMatrix")


@dataclass(frozen=True)
class Held:
    """A frame (720 × 1280 BGR, 8 bit) and what is to be read in it."""

    frame: Image
    symbology: Symbology
    text: str
    flaw: Flaw
    seed: int


@dataclass(frozen=True)
class _Taking:
    """How a frame is taken: `module_px` a module in the frame, angles in rad, `blur_px`, `shake_px`, `noise` as sigma
    of 256 greys, `light` as a factor; `shine` is the strength of a reflection, 0-255."""

    module_px: float
    turn: float
    tilt: tuple[float, float]
    centre: tuple[float, float]
    blur_px: float
    shake_px: float = 0.0
    noise: float = 4.0
    light: float = 1.0
    shine: float = 0.0
    moire: float = 0.0
    carrier: Callable[[Image, np.random.Generator], Image] = field(default=lambda image, dice: image)


def held(seed: int, symbology: Symbology, flaw: Flaw) -> Held:
    """One frame; no I/O."""
    dice = np.random.default_rng([seed, SYMBOLOGIES.index(symbology), FLAWS.index(flaw)])
    code = symbol(symbology, dice)
    taking = _taking(flaw, _usual(code, dice), dice)
    carrier, corners = _carrier(code, taking, dice)
    frame = _taken(carrier, _place(carrier.shape, corners, taking), taking, dice)
    return Held(frame, symbology, code.text, flaw, seed)


def many(seeds: Sequence[int], symbologies: Sequence[Symbology] = SYMBOLOGIES) -> Iterator[Held]:
    """Every flaw of every symbology for every seed, one after another."""
    for seed in seeds:
        for symbology in symbologies:
            for flaw in FLAWS:
                yield held(seed, symbology, flaw)


def going_on(one: Held, count: int) -> Iterator[Image]:
    """The next frames of a hand that is not quite still: moved by up to 2 px, with new noise."""
    dice = np.random.default_rng([one.seed, 99])
    for _ in range(count):
        moved = np.roll(one.frame, tuple(dice.integers(-2, 3, 2)), (0, 1)).astype(np.int16)
        yield np.asarray(np.clip(moved + dice.integers(-3, 4, moved.shape, np.int16), 0, 255).astype(np.uint8))


def write_png(frame: Image, file: Path) -> None:
    """Without loss. Raises OSError where it cannot be written."""
    if not cv2.imwrite(str(file), frame):
        raise OSError(f"cannot write {file}")


def write_many(folder: Path, seeds: Sequence[int], symbologies: Sequence[Symbology] = SYMBOLOGIES) -> None:
    """PNG files and `frames.json`: a list of {file, symbology, text, flaw, seed}. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    listed: list[dict[str, Any]] = []
    for one in many(seeds, symbologies):
        file = folder / f"{one.symbology}-{one.flaw}-{one.seed}.png"
        write_png(one.frame, file)
        facts = {"symbology": one.symbology, "text": one.text, "flaw": one.flaw, "seed": one.seed}
        listed.append({"file": file.name, **facts})
    (folder / "frames.json").write_text(json.dumps(listed, ensure_ascii=False, indent=1), encoding="utf-8")


def _usual(code: Symbol, dice: np.random.Generator) -> _Taking:
    """A card held well: a code fills a third to a half of the frame's height, a barcode a third to a half of its
    width."""
    span_px = dice.uniform(240, 360) if code.symbology in _TWO_DIMENSIONAL else dice.uniform(420, 640)
    module_px = float(span_px / code.modules.shape[1])
    centre = (SIZE[0] / 2 + dice.uniform(-120, 120), SIZE[1] / 2 + dice.uniform(-70, 70))
    tilt = (float(dice.uniform(-0.2, 0.2)), float(dice.uniform(-0.2, 0.2)))
    return _Taking(module_px, float(dice.uniform(-0.2, 0.2)), tilt, centre, float(dice.uniform(0.5, 0.9)))


def _taking(flaw: Flaw, usual: _Taking, dice: np.random.Generator) -> _Taking:
    """The usual taking with one flaw."""
    worse = float(dice.uniform(0.0, 1.0))
    steep = ((0.45 + 0.55 * worse) * float(dice.choice([-1, 1])), (0.3 + 0.4 * worse) * float(dice.choice([-1, 1])))
    changes: dict[Flaw, dict[str, Any]] = {
        "clean": {},
        "small": {"module_px": usual.module_px * (0.42 - 0.24 * worse)},
        "blurred": {"blur_px": usual.module_px * (0.35 + 0.5 * worse)},
        "shaken": {"shake_px": usual.module_px * (0.8 + 1.6 * worse)},
        "noisy": {"noise": 25.0 + 45.0 * worse, "module_px": usual.module_px * 0.7},
        "glare": {"shine": 150.0 + 350.0 * worse},
        "tilted": {"tilt": steep, "turn": usual.turn + float(dice.uniform(-0.6, 0.6))},
        "dark": {"light": 0.16 - 0.12 * worse, "noise": 5.0},
        "inverted": {"carrier": _inverted, "module_px": usual.module_px * (0.8 - 0.4 * worse)},
        "screen": {"moire": 0.3 + 0.5 * worse, "module_px": usual.module_px * 0.8, "carrier": _phone},
        "cracked": {"carrier": _cracked, "module_px": usual.module_px * 0.8, "moire": 0.15 * worse},
        "folded": {"carrier": _folded, "module_px": usual.module_px * 0.8},
    }
    return replace(usual, **changes[flaw])


def _carrier(code: Symbol, taking: _Taking, dice: np.random.Generator) -> tuple[Image, Image]:
    """(a slip with the code printed on it, grey at about twice the frame's size; the code's corners on it)."""
    scale = max(2, round(2 * taking.module_px))
    modules = code.modules if code.modules.shape[0] > 1 else np.repeat(code.modules, 55, axis=0)
    printed = np.kron(modules, np.ones((scale, scale), np.uint8))
    height, width = printed.shape
    edge = int(max(height, width) * 0.18) + 8
    slip = np.full((height + 2 * edge, width + 2 * edge), 244, np.uint8)
    slip[edge : edge + height, edge : edge + width] = np.clip(printed, 28, 244)
    for row in (edge // 3, edge + height + edge // 2):
        _words(slip, row, max(4, edge // 8), dice)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) + edge
    return taking.carrier(slip, dice), corners


def _words(slip: Image, top: int, height: int, dice: np.random.Generator) -> None:
    """Something like a line of print."""
    left, width = slip.shape[1] // 8, slip.shape[1]
    while left < width * 7 // 8:
        right = left + int(height * dice.uniform(0.5, 3.0))
        slip[top : top + height, left : min(right, width)] = 60
        left = right + int(height * dice.uniform(0.3, 1.2))


def _inverted(slip: Image, _: np.random.Generator) -> Image:
    return 255 - slip


def _phone(slip: Image, _: np.random.Generator) -> Image:
    """A slip on a phone: black rim around a bright screen."""
    rim = max(6, slip.shape[1] // 24)
    return np.asarray(cv2.copyMakeBorder(slip, 3 * rim, 3 * rim, rim, rim, cv2.BORDER_CONSTANT, value=(18,)))


def _cracked(slip: Image, dice: np.random.Generator) -> Image:
    """Cracks run out from one place: bright lines with a dark side, glass between them slightly displaced."""
    height, width = slip.shape
    start = np.array([dice.uniform(0.2, 0.8) * width, dice.uniform(0.2, 0.8) * height])
    broken = slip.copy()
    thick = max(1, width // 260)
    for _ in range(int(dice.integers(5, 13))):
        angle, point = dice.uniform(0, 2 * np.pi), start
        for _ in range(7):
            angle += dice.normal(0.0, 0.25)
            end = point + width * 0.12 * np.array([np.cos(angle), np.sin(angle)])
            first, last = _pixel(point), _pixel(end)
            cv2.line(broken, first, last, (235,), thick * int(dice.integers(1, 4)))
            cv2.line(broken, (first[0] + thick, first[1] + thick), (last[0] + thick, last[1] + thick), (40,), thick)
            point = end
    return broken


def _folded(slip: Image, dice: np.random.Generator) -> Image:
    """A slip that was folded once or twice: worn ridges, one side darker, print pushed together at the ridge."""
    height, width = slip.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    shade = np.ones((height, width), np.float32)
    for _ in range(int(dice.integers(1, 3))):
        angle, depth = dice.uniform(0, np.pi), dice.uniform(0.001, 0.012) * width
        away = (x - width * dice.uniform(0.3, 0.7)) * np.cos(angle) + (y - height * dice.uniform(0.3, 0.7)) * np.sin(
            angle
        )
        bend = np.asarray(depth * np.exp(-np.abs(away) / (0.12 * width)) * np.sign(away), np.float32)
        x, y = x + np.float32(np.cos(angle)) * bend, y + np.float32(np.sin(angle)) * bend
        shade *= np.where(away > 0, np.float32(dice.uniform(0.55, 0.8)), np.float32(1.0))
        shade += np.asarray(0.5 * np.exp(-((away / (0.006 * width)) ** 2)), np.float32)
    bent = cv2.remap(slip, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(np.clip(bent * shade, 0, 255).astype(np.uint8))


def _place(shape: tuple[int, ...], corners: Image, taking: _Taking) -> Image:
    """3 × 3 matrix from the carrier to the frame: turned and tilted about the code's middle, as a camera sees it."""
    width = float(corners[1][0] - corners[0][0])
    middle = np.array([corners[:, 0].mean(), corners[:, 1].mean()])
    scale = taking.module_px / max(2, round(2 * taking.module_px))
    height_px, width_px = shape
    flat = np.array([[0, 0], [width_px, 0], [width_px, height_px], [0, height_px]], np.float64)
    x, y = ((flat - middle) * scale).T
    cosine, sine = np.cos(taking.turn), np.sin(taking.turn)
    x, y = x * cosine - y * sine, x * sine + y * cosine
    distance = 2.2 * max(width * scale, 300.0)
    z = 1.0 + (x * np.sin(taking.tilt[0]) + y * np.sin(taking.tilt[1])) / distance
    seen = np.stack([x * np.cos(taking.tilt[0]) / z, y * np.cos(taking.tilt[1]) / z], axis=1) + taking.centre
    return np.asarray(cv2.getPerspectiveTransform(flat.astype(np.float32), seen.astype(np.float32)))


def _taken(carrier: Image, place: Image, taking: _Taking, dice: np.random.Generator) -> Image:
    """What the sensor gives of the carrier in the hall."""
    soft = cv2.GaussianBlur(carrier, (0, 0), 0.8)
    seen = cv2.warpPerspective(soft, place, SIZE, flags=cv2.INTER_LINEAR).astype(np.float32)
    mask = cv2.warpPerspective(np.full(carrier.shape, 255, np.uint8), place, SIZE) > 127
    if taking.moire:
        seen *= _screen_grid(place, taking.moire, dice)
    grey = np.where(mask, seen, hall(dice))
    if taking.shine:
        grey = grey + np.where(mask, _shine(taking, dice), 0)
    grey = np.clip(grey, 0, 255) * taking.light
    if taking.shake_px:
        grey = cv2.filter2D(grey, -1, _shake(taking.shake_px, dice))
    grey = cv2.GaussianBlur(np.asarray(grey, np.float32), (0, 0), taking.blur_px)
    tinted = grey[:, :, None] * np.array([0.94, 1.0, 1.03], np.float32)
    noise = dice.standard_normal(tinted.shape, np.float32) * np.float32(taking.noise)
    return np.asarray(np.clip(tinted + noise, 0, 255).astype(np.uint8))


def _screen_grid(place: Image, depth: float, dice: np.random.Generator) -> Image:
    """A display's pixels, about as wide as the camera's, sampled point by point: they beat against each other."""
    x, y = np.meshgrid(np.arange(SIZE[0], dtype=np.float32), np.arange(SIZE[1], dtype=np.float32))
    back = np.linalg.inv(place).astype(np.float32)
    w = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    across = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / w
    down = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / w
    pitch = float(np.hypot(back[0, 0], back[1, 0])) * float(dice.uniform(0.93, 1.07)) * 2.0
    waves = np.cos(2 * np.pi * across / pitch) * 0.6 + np.cos(2 * np.pi * down / pitch) * 0.4
    return np.asarray(1.0 - depth * (0.5 + 0.5 * waves), np.float32)


def _shine(taking: _Taking, dice: np.random.Generator) -> Image:
    """The lamp's reflection: an oval patch near the code."""
    x, y = np.meshgrid(np.arange(SIZE[0], dtype=np.float32), np.arange(SIZE[1], dtype=np.float32))
    left, top = (place + dice.uniform(-110, 110) for place in taking.centre)
    angle = dice.uniform(0, np.pi)
    along = (x - left) * np.cos(angle) + (y - top) * np.sin(angle)
    across = (y - top) * np.cos(angle) - (x - left) * np.sin(angle)
    wide, narrow = dice.uniform(60, 150), dice.uniform(15, 45)
    return np.asarray(taking.shine * np.exp(-((along / wide) ** 2) - (across / narrow) ** 2), np.float32)


def _shake(length_px: float, dice: np.random.Generator) -> Image:
    """A kernel for a hand that moved in a straight line during the exposure."""
    half = int(np.ceil(length_px))
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    angle = dice.uniform(0, np.pi)
    for step in np.linspace(-length_px / 2, length_px / 2, 64):
        kernel[round(half + step * np.sin(angle)), round(half + step * np.cos(angle))] += 1.0
    return np.asarray(kernel / kernel.sum())


def _pixel(point: Image) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))


if __name__ == "__main__":
    write_many(Path(sys.argv[1]), [int(word) for word in sys.argv[2:]] or [1])
