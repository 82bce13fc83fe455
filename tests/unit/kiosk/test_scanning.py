"""Codes are read from what a camera sees, and nothing is read where nothing is."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import segno

from kiosk.scanning import LiveReader, meaning_of, read_codes
from kiosk.scanning.codes import Image
from kiosk.scanning.sample import card_frames
from kiosk.scanning.still import frames_of

CARD = "WK7Q4M2XH9TBE2"


def qr_picture(text: str, scale: int = 6) -> Image:
    modules = np.array([list(row) for row in segno.make(text, micro=False).matrix_iter(border=4)], np.uint8)
    return np.asarray(cv2.resize(255 - modules * 255, None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST))


@pytest.fixture(scope="module")
def frames() -> list[Image]:
    return list(card_frames(CARD))


def test_a_held_card_is_read_in_nearly_every_frame_and_never_wrong(frames: list[Image]) -> None:
    reader = LiveReader()
    held = [[code.text for code in reader.read(frame)] for frame in frames[30:70]]
    assert sum(texts == [CARD] for texts in held) >= 38
    assert all(texts in ([CARD], []) for texts in held)


def test_the_same_arguments_make_the_same_frames(frames: list[Image]) -> None:
    again = next(iter(card_frames(CARD)))
    assert np.array_equal(frames[0], again)
    assert not np.array_equal(frames[0], next(iter(card_frames(CARD, seed=2))))


def test_an_empty_hall_reads_as_nothing(frames: list[Image]) -> None:
    reader = LiveReader()
    assert [reader.read(frame) for frame in frames[:10]] == [[]] * 10
    dice = np.random.default_rng(5)
    assert [read_codes(dice.integers(0, 255, (240, 320, 3), np.uint8)) for _ in range(20)] == [[]] * 20


def test_an_inverted_code_and_chinese_are_read() -> None:
    assert [code.text for code in read_codes(255 - qr_picture("青石零工市场"))] == ["青石零工市场"]


@pytest.mark.parametrize(
    "frame",
    [
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((2, 3), np.uint8),
        np.zeros((100, 100, 7), np.uint8),
        np.full((100, 100), np.nan),
        np.zeros((4, 4, 4, 4), np.uint8),
    ],
    ids=["empty", "tiny", "seven channels", "nan", "four axes"],
)
def test_what_is_no_picture_reads_as_nothing(frame: Image) -> None:
    assert read_codes(frame) == []


@pytest.mark.parametrize("kind", ["grey", "alpha", "float"])
def test_every_usual_kind_of_picture_is_read(kind: str) -> None:
    grey = qr_picture(CARD)
    picture = {
        "grey": grey,
        "alpha": cv2.cvtColor(grey, cv2.COLOR_GRAY2BGRA),
        "float": cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR).astype(np.float32) / 255.0,
    }[kind]
    assert [code.text for code in read_codes(np.asarray(picture))] == [CARD]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (CARD, "card"),
        ("wk7q 4m2x-h9tb e2", "card"),
        ("JK7Q4M2XH9TBE2", "slip"),
        ("JK7Q4M2XH9TBE2ABCDEF", "slip"),
        ("NK7Q4M2XH9TBE2", "number"),
        ("https://example.com", "foreign"),
        ("WK7Q4M2XH9TBEU", "foreign"),
        ("", "foreign"),
    ],
)
def test_what_a_code_means_is_told_by_its_form(text: str, meaning: str) -> None:
    assert meaning_of(text) == meaning


def test_a_picture_file_is_one_frame(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "one.png"), qr_picture(CARD))
    assert [nth for nth, _ in frames_of(str(tmp_path / "one.png"))] == [0]
