"""ID cards held up to a camera: read, or a hint; never a wrong number; nothing raised by any array."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date

import cv2
import numpy as np
import psutil
import pytest

from kiosk.scanning.hints import Hint
from kiosk.scanning.id_card import CardReader, IdCard, NumberRule, is_installed, read_id_card
from kiosk.scanning.idcard import recognition
from kiosk.scanning.idcard.finding import find_planes
from kiosk.scanning.image import Image
from tests.frames import cards
from tests.frames.card_people import person
from tests.promises import Promise
from tests.support.servant import until

TODAY = date(2026, 11, 20)
RULE = NumberRule(TODAY).with_prefix("99")


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(threads)


def test_the_extra_is_installed_where_tests_run() -> None:
    assert is_installed()


def test_without_the_extra_the_reader_says_so_and_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    recognition.load_models.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    assert not is_installed()
    with pytest.raises(OSError, match="id-card"):
        CardReader().start()
    with pytest.raises(OSError, match="id-card"):
        read_id_card(cards.frame(1))


def test_the_models_run_on_one_thread_and_without_the_code_they_come_with() -> None:
    models = recognition.load_models()
    picture = cards.frame(500)
    process_s, own_s = time.process_time(), time.thread_time()
    for _ in range(3):
        models.find_lines(picture)
    process_s, own_s = time.process_time() - process_s, time.thread_time() - own_s
    assert process_s - own_s < 0.2 * own_s
    assert "rapidocr_onnxruntime" not in sys.modules


def test_the_same_arguments_make_the_same_frame() -> None:
    assert np.array_equal(cards.frame(3, "glare"), cards.frame(3, "glare"))
    assert not np.array_equal(cards.frame(3, "glare"), cards.frame(4, "glare"))


def test_nobody_can_have_a_number_of_the_generator() -> None:
    numbers = [person(seed).number for seed in range(200)] + [person(seed, "permit").number for seed in range(200)]
    assert all(number.startswith("99") or number[2:4] == "99" for number in numbers)
    assert any(number.endswith("X") for number in numbers)


def test_cards_are_read_in_every_trouble_in_which_they_can_be_and_never_wrong(promise: Promise) -> None:
    read = names = wrong = 0
    stills = [(trouble, 500 + nth) for nth, trouble in enumerate(cards.READABLE)]
    for trouble, seed in stills:
        one = cards.held(seed, trouble, "permit" if trouble in ("plain", "tilted") else "resident")
        seen = read_id_card(one.frame, RULE)
        if isinstance(seen, IdCard):
            read += seen.number == one.person.number
            wrong += seen.number != one.person.number
            names += seen.name == one.person.name
            assert seen.kind == one.person.kind
            assert not seen.is_on_a_screen
    promise("an ID card is read in one still, none wrongly", f"{read} of {len(stills)}, {names} names, {wrong} wrong")
    assert wrong == 0
    assert read >= 0.9 * len(stills)
    assert names >= 0.6 * len(stills)


@pytest.mark.parametrize(
    ("trouble", "hints"),
    [
        ("back", {Hint.OTHER_SIDE}),
        ("cut", {Hint.FARTHER, Hint.CLOSER, Hint.HOLD_STILL}),
        ("number_covered", {Hint.HOLD_STILL, Hint.GLARE}),
        ("tiny", {Hint.CLOSER, Hint.NOT_A_CARD}),
    ],
)
def test_where_nothing_can_be_read_a_hint_says_what_would_help(trouble: str, hints: set[Hint]) -> None:
    assert {read_id_card(cards.frame(seed, trouble), RULE) for seed in (500, 501)} <= hints


def test_an_upside_down_card_is_read_and_only_asked_to_be_turned_where_it_cannot() -> None:
    one = cards.held(500, "upside_down")
    assert isinstance(read_id_card(one.frame, RULE), IdCard)
    strict = NumberRule(TODAY)
    assert read_id_card(one.frame, strict) is Hint.UPSIDE_DOWN
    assert read_id_card(cards.frame(500), strict) is Hint.HOLD_STILL


def test_a_card_in_the_dark_is_told_apart() -> None:
    assert read_id_card((cards.frame(500) // 5).astype(np.uint8), NumberRule(TODAY)) is Hint.TOO_DARK


def test_an_empty_hall_is_no_card() -> None:
    assert all(isinstance(read_id_card(cards.empty(seed), RULE), Hint) for seed in range(4))


@pytest.fixture(scope="module")
def phones() -> list[Image]:
    return [cards.frame(seed, trouble) for trouble in cards.SCREENS for seed in (500, 501)]


def test_a_photo_on_a_phone_is_noticed(phones: list[Image]) -> None:
    seen = [read_id_card(frame, RULE) for frame in phones]
    read = [one for one in seen if isinstance(one, IdCard)]
    assert len(read) >= 3
    assert all(one.is_on_a_screen for one in read)


def test_the_outline_is_found_within_two_hundredths_of_the_card() -> None:
    one = cards.held(500, "corner_covered")
    width = np.linalg.norm(one.corners[1] - one.corners[0])
    found = find_planes(one.frame)
    assert min(np.linalg.norm(plane.corners - one.corners, axis=1).max() for plane in found) < 0.02 * width


def test_a_large_picture_gives_corners_in_its_own_pixels() -> None:
    one = cards.held(500)
    large = cv2.resize(one.frame, None, fx=3, fy=3, interpolation=cv2.INTER_LINEAR)
    seen = read_id_card(large, RULE)
    assert isinstance(seen, IdCard)
    assert np.abs(np.array(seen.corners) - one.corners * 3).max() < 60


def test_a_running_reader_accepts_what_frames_agree_on_and_forgets_it() -> None:
    told: list[IdCard | Hint | None] = []
    reader = CardReader(lambda: RULE, told.append)
    reader.start()
    try:
        for frame in cards.coming(500, empty=1, frames=8):
            reader.look(frame)
            until(lambda: reader._frame is None, 5)
        until(lambda: isinstance(reader.newest(), IdCard), 10)
        accepted = reader.newest()
        assert isinstance(accepted, IdCard)
        assert (accepted.number, accepted.name) == (person(500).number, person(500).name)
        assert {one.number for one in told if isinstance(one, IdCard)} == {person(500).number}
        reader.forget()
        assert reader.newest() is None
    finally:
        reader.stop()
    assert reader.newest() is None


def test_a_running_reader_does_not_accept_a_phone(phones: list[Image]) -> None:
    told: list[IdCard | Hint | None] = []
    reader = CardReader(lambda: RULE, told.append)
    reader.start()
    try:
        for frame in (*phones, *phones):
            reader.look(frame)
            until(lambda: reader._frame is None, 5)
        until(lambda: reader.newest() is Hint.ON_A_SCREEN, 10)
    finally:
        reader.stop()
    assert Hint.ON_A_SCREEN in told
    assert not any(isinstance(one, IdCard) for one in told)


def test_reading_writes_and_says_nothing(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    read_id_card(cards.frame(500), RULE)
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def bad_frame(seed: int) -> Image:
    """Noise, cut, huge, empty, grey, alpha, float, NaN, bool, flat, wrong channels; most of them small."""
    dice = np.random.default_rng((seed, 83))
    height, width = (int(side) for side in dice.integers(1, 180, 2))
    noise = dice.integers(0, 256, (height, width, 3), np.uint8)
    piece = _PIECE[int(dice.integers(0, 300)) :, int(dice.integers(0, 700)) :][:height, :width]
    floats = dice.normal(0, 400, (height, width, 3)).astype(np.float32)
    floats[dice.random(floats.shape) < 0.1] = dice.choice([np.nan, np.inf, -np.inf])
    kinds = (
        noise, piece, noise[:, :, 0], np.dstack([noise, noise[:, :, :1]]), floats, floats.astype(np.float64) / 1e300,
        np.full((height, width, 3), seed % 256, np.uint8), noise[:0], noise[:, :0], noise[:, :, :2], noise > 128,
        noise.astype(np.int16) - 300, np.zeros(5, np.uint8), noise[:, ::-2], piece[::-1], noise[:, :, :1],
    )  # fmt: skip
    return kinds[seed % len(kinds)]


_PIECE = cards.frame(500)
HUGE = (np.zeros((9000, 9000, 3), np.uint8), np.zeros((40, 60000), np.uint8), np.zeros((2, 3, 4, 5), np.uint8))


def test_no_array_raises_and_nothing_grows(promise: Promise) -> None:
    count, rss_mb = 2000, []
    for frame in HUGE:
        assert read_id_card(frame, RULE) is Hint.NOT_A_CARD
    for seed in range(count):
        seen = read_id_card(bad_frame(seed), RULE)
        assert isinstance(seen, Hint)
        if seed % 100 == 99:
            rss_mb.append(psutil.Process().memory_info().rss / 2**20)
    grew = float(np.mean(rss_mb[-4:]) - np.mean(rss_mb[2:6]))
    promise("bad frames break no ID card reader", f"{count} frames, grew {grew:.1f} MB")
    assert grew < 16
