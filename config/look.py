"""The visual tokens as values, so that no surface invents a colour; knows nothing of browsers, Kivy or paper."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NewType, get_type_hints

Colour = NewType("Colour", str)
"""A colour as `#rrggbb`, lower case."""

LOOK_FILE = Path(__file__).parent / "look.toml"
_HEX = re.compile(r"#[0-9a-f]{6}")


class LookMistake(ValueError):
    """look.toml misses a key, has one too many, or a value that is no colour; the text names section and key."""


@dataclass(frozen=True)
class WallColours:
    """Dark ground, read from afar."""

    ground: Colour
    panel: Colour
    line: Colour
    text: Colour
    quiet: Colour
    pay: Colour
    go: Colour
    bus: Colour
    stop: Colour
    call: Colour
    call_panel: Colour
    promise_ground: Colour
    promise_text: Colour
    tile_ground: Colour
    tile_sign: Colour
    chip_ground: Colour


@dataclass(frozen=True)
class NearTiles:
    """Grounds behind the pictograms of the kiosk; `sign` is the pictogram."""

    sign: Colour
    trade: Colour
    jobs: Colour
    bus: Colour
    number: Colour
    fair: Colour
    training: Colour
    rights: Colour
    me: Colour


@dataclass(frozen=True)
class NearColours:
    """Light ground, read at arm's length."""

    ground: Colour
    panel: Colour
    line: Colour
    text: Colour
    quiet: Colour
    pay: Colour
    go: Colour
    action: Colour
    action_text: Colour
    action_quiet: Colour
    action_tile: Colour
    bus: Colour
    stop: Colour
    bar: Colour
    bar_text: Colour
    bar_button: Colour
    staff: Colour
    staff_text: Colour
    offline: Colour
    offline_text: Colour
    tiles: NearTiles


@dataclass(frozen=True)
class Type:
    """Typeface: family, fallback names, weights; `paper_min_dots` in printer dots."""

    family: str
    stack: tuple[str, ...]
    regular: int
    bold: int
    number_scale: float
    paper_min_dots: int


@dataclass(frozen=True)
class Radius:
    """Corner radii in px of the drafts (wall 1920 x 1080, kiosk 1080 x 1920)."""

    chip: int
    tile: int
    card: int
    button: int


@dataclass(frozen=True)
class Look:
    """All tokens."""

    wall: WallColours
    near: NearColours
    type: Type
    radius: Radius


def load_look(path: Path = LOOK_FILE) -> Look:
    """The tokens of a look file. Raises LookMistake, or OSError when it cannot be read."""
    return parse_look(path.read_text(encoding="utf-8"))


def parse_look(text: str) -> Look:
    """The tokens of a look file's text. Raises LookMistake."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LookMistake(f"not TOML: {error}") from error
    look = _build(Look, tree, "look")
    assert isinstance(look, Look)
    return look


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours, 1.0 to 21.0.

    WCAG 2.1, definition of "contrast ratio": (L1 + 0.05) / (L2 + 0.05) with L1 the lighter's relative luminance.
    """
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.1, "relative luminance", sRGB)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _build(kind: type[Any], tree: object, where: str) -> object:
    if not isinstance(tree, dict):
        raise LookMistake(f"{where}: must be a table")
    names = [field.name for field in fields(kind)]
    if wrong := set(names) ^ set(tree):
        raise LookMistake(f"{where}: missing or unknown: {', '.join(sorted(wrong))}")
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], tree[name], f"{where}.{name}") for name in names})


def _value(hint: Any, value: object, where: str) -> object:
    if hint is Colour:
        return _colour(value, where)
    if hint == tuple[str, ...]:
        return _words(value, where)
    if hint in (str, int, float):
        if type(value) is not hint:
            raise LookMistake(f"{where}: {value!r} is not {hint.__name__}")
        return value
    return _build(hint, value, where)


def _colour(value: object, where: str) -> Colour:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise LookMistake(f"{where}: {value!r} is not a colour like #0b1324")
    return Colour(value)


def _words(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise LookMistake(f"{where}: {value!r} is not a list of words")
    return tuple(value)
