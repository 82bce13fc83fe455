"""What would help is measured from the frame, told when it has been true for a while, and never of an empty hall."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from kiosk.scanning import CodeRead, Hint, HintTold
from kiosk.scanning.guidance import Guide
from kiosk.scanning.looking import Advice, CodeLooking
from kiosk.scanning.region import region_of
from kiosk.scanning.steady import Steady
from tests.support.held import FPS, Held, Image, frames, passers_by

CARD = "WK7Q4M2XH9TBE2"


def told_of(pictures: Iterator[Image], advice: Advice | None = None) -> list[tuple[float, Hint | None]]:
    """The hints that are told of them where nothing can be read, each with its second."""
    advice = advice or Advice("codes")
    return [
        (nth / FPS, told.hint)
        for nth, frame in enumerate(pictures)
        for told in advice.of(region_of(frame), nth / FPS)
        if isinstance(told, HintTold)
    ]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("held", "hint"),
    [
        (Held(share=0.09), Hint.CLOSER),
        (Held("slip", share=0.08), Hint.CLOSER),
        (Held(share=1.6), Hint.FARTHER),
        (Held(share=0.3, light=0.1), Hint.TOO_DARK),
        (Held(share=0.3, glare=0.6), Hint.GLARE),
        (Held("slip", share=0.25, glare=0.9), Hint.GLARE),
        (Held(share=0.35, sway_px=25, blur_px=35), Hint.HOLD_STILL),
    ],
    ids=["card far", "slip far", "too near", "too dark", "glare on a card", "glare on a slip", "shaken"],
)
def test_the_hint_that_helps_is_told_and_no_other(held: Held, hint: Hint, seed: int) -> None:
    told = told_of(frames(held, seed))
    assert [one for _, one in told] == [hint]
    assert told[0][0] - held.comes_s < 1.6


@pytest.mark.parametrize("kind", ["blurred", "posters", "tiles"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_empty_hall_is_told_nothing(kind: str, seed: int) -> None:
    assert told_of(frames(None, seed, kind, seconds=1.6)) == []


def test_people_who_walk_past_posters_are_told_nothing() -> None:
    assert told_of(passers_by(1, seconds=3.0)) == []


def test_what_is_read_needs_no_hint_and_takes_the_former_one_away() -> None:
    looking = CodeLooking()
    far, near = (
        frames(Held(share=0.09, text=CARD * 12, comes_s=0.0), 5, seconds=1.6),
        frames(Held(comes_s=0.0), 5, seconds=1.2),
    )
    pictures = enumerate(picture for part in (far, near) for picture in part)
    told = [one for nth, frame in pictures for one in looking.look(frame, nth / FPS)]
    assert told == [HintTold(Hint.CLOSER), HintTold(None), CodeRead(CARD), CodeRead(CARD)]


def test_a_frame_of_another_size_is_a_new_beginning() -> None:
    guide = Guide()
    for nth, frame in enumerate(frames(Held(share=0.1), 1, seconds=0.6)):
        guide.sight(frame if nth < 4 else frame[:, :900], nth / FPS)
    assert guide.sight(region_of(next(frames(None, 1))), 9.0) is None


def test_one_hint_at_a_time_and_none_that_flickers() -> None:
    steady, told = Steady(), []
    for nth in range(60):
        if steady.feed(Hint.GLARE if nth % 2 else Hint.CLOSER, nth / 10):
            told.append(steady.told)
    assert told == []


def test_a_steady_hint_is_told_once_and_gives_way_only_to_another_steady_one() -> None:
    steady, told = Steady(), []
    measured = [None] * 5 + [Hint.CLOSER] * 15 + [Hint.GLARE] * 2 + [Hint.CLOSER] * 10 + [Hint.FARTHER] * 20
    for nth, hint in enumerate(measured):
        if steady.feed(hint, nth / 10):
            told.append((nth, steady.told))
    assert [hint for _, hint in told] == [Hint.CLOSER, Hint.FARTHER]
    assert 8 <= told[0][0] <= 12
    assert 36 <= told[1][0] <= 40


def test_two_hints_never_follow_within_a_second() -> None:
    steady, times = Steady(), []
    for nth in range(200):
        if steady.feed((Hint.CLOSER, Hint.GLARE)[nth // 8 % 2], nth / 10):
            times.append(nth / 10)
    assert len(times) >= 3
    assert min(later - former for former, later in pairwise(times)) >= 1.2
