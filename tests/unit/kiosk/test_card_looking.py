"""The live loop before an ID card: read when frames agree, helped where it cannot be, and never of an empty hall."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

import cv2
import numpy as np
import pytest

from kiosk.scanning import CardRead, Hint, HintTold, Told
from kiosk.scanning.card_looking import CannotRead, CardLooking
from kiosk.scanning.id_card import CardReader, rule_today
from kiosk.scanning.source import Image
from kiosk.scanning.told import ReaderMissing
from tests.frames.card_people import person
from tests.frames.cards import coming, hall
from tests.support.held import Held, frames

FPS = 15


@pytest.fixture
def looking() -> Iterator[CardLooking]:
    """Believes the area prefix 99 of made-up cards."""
    rule = rule_today()
    looking = CardLooking(CardReader(lambda: replace(rule, prefixes=rule.prefixes | {"99"})))
    yield looking
    looking.close()


def told_of(looking: CardLooking, pictures: Iterable[Image], until: type[Told] | None = None) -> list[Told]:
    """What is told at the speed of a camera, up to the first of a kind."""
    told: list[Told] = []
    for picture in pictures:
        told += looking.look(picture, time.monotonic())
        if until is not None and isinstance(told[-1:] and told[-1], until):
            return told
        time.sleep(1 / FPS)
    return told


def test_a_card_is_told_once_frames_agree_and_shows_nobody_when_printed(looking: CardLooking) -> None:
    told = told_of(looking, coming(7, empty=3, frames=90), CardRead)
    assert isinstance(told[-1], CardRead)
    number = person(7).number
    assert told[-1].card.number == number
    assert number not in repr(told[-1])
    assert number[:6] not in repr(told[-1])


def test_an_empty_hall_is_told_nothing_whatever_the_reader_makes_of_it(looking: CardLooking) -> None:
    dice = np.random.default_rng(3)
    empty = hall(dice)
    noise = [dice.normal(0, 3, empty.shape).astype(np.int16) for _ in range(3)]
    noisy = (np.asarray(cv2.add(empty, noise[nth % 3], dtype=cv2.CV_8U)) for nth in range(24))
    assert told_of(looking, noisy) == []


def test_what_is_no_card_is_helped_and_never_read(looking: CardLooking) -> None:
    told = told_of(looking, frames(Held("slip", share=0.2, comes_s=0.0), 3, seconds=9.0), HintTold)
    assert told == [HintTold(Hint.NOT_A_CARD)]


def test_closing_ends_the_readers_thread(looking: CardLooking) -> None:
    assert any(thread.name == "id-card-reader" for thread in threading.enumerate())
    looking.close()
    assert not any(thread.name == "id-card-reader" for thread in threading.enumerate())


def test_a_machine_without_the_reader_says_so_once() -> None:
    looking, frame = CannotRead(), np.zeros((720, 1280, 3), np.uint8)
    told = [one for at_s in (0.0, 0.1, 5.0) for one in looking.look(frame, at_s)]
    assert told == [ReaderMissing("id_card")]
