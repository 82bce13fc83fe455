"""The tokens stay readable: contrast is computed, not believed."""

from __future__ import annotations

import pytest

from config.look import LOOK_FILE, LookMistake, contrast, load_look, parse_look

LOOK = load_look()
WALL_PAIRS = [
    (name, ground) for name in ("text", "quiet", "pay", "go", "bus", "stop", "call") for ground in ("ground", "panel")
] + [
    ("text", "call_panel"),
    ("call", "call_panel"),
    ("promise_text", "promise_ground"),
    ("tile_sign", "tile_ground"),
    ("text", "chip_ground"),
]
NEAR_PAIRS = [
    (name, ground) for name in ("text", "quiet", "pay", "go", "bus", "stop") for ground in ("ground", "panel")
] + [
    ("action_text", "action"),
    ("action_quiet", "action"),
    ("bar_text", "bar"),
    ("bar_text", "bar_button"),
    ("staff_text", "staff"),
    ("offline_text", "offline"),
]
TILES = ("trade", "bus", "number", "fair", "training", "rights", "me")


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)


def test_contrast_agrees_with_a_published_value() -> None:
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), WALL_PAIRS)
def test_wall_text_reaches_seven_to_one(text: str, ground: str) -> None:
    assert contrast(getattr(LOOK.wall, text), getattr(LOOK.wall, ground)) >= 7


@pytest.mark.parametrize(("text", "ground"), NEAR_PAIRS)
def test_near_text_reaches_seven_to_one(text: str, ground: str) -> None:
    assert contrast(getattr(LOOK.near, text), getattr(LOOK.near, ground)) >= 7


@pytest.mark.parametrize("tile", TILES)
def test_a_pictogram_on_its_tile_reaches_seven_to_one(tile: str) -> None:
    assert contrast(LOOK.near.tiles.sign, getattr(LOOK.near.tiles, tile)) >= 7


def test_a_word_where_a_colour_belongs_is_named() -> None:
    broken = LOOK_FILE.read_text(encoding="utf-8").replace('"#8a2f0d"', '"brown"')
    with pytest.raises(LookMistake, match=r"look\.near\.pay"):
        parse_look(broken)


def test_an_unknown_token_is_named() -> None:
    broken = LOOK_FILE.read_text(encoding="utf-8").replace("call_panel", "call_ground")
    with pytest.raises(LookMistake, match=r"look\.wall.*call_ground, call_panel"):
        parse_look(broken)


def test_every_token_says_what_it_means() -> None:
    keys = [line for line in LOOK_FILE.read_text(encoding="utf-8").splitlines() if " = " in line and line[0].islower()]
    assert keys
    assert [line for line in keys if "  # " not in line] == []
