"""Codes: every slip of the finger is found, tags prove a trip, 20 characters fit the smallest QR."""

import itertools
import random

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from hallserver.domain import codes
from hallserver.domain.codes import ALPHABET, CodeKind
from hallserver.domain.refusals import Refusal, RefusalCode


def _code(seed: int) -> str:
    return codes.draw_code(CodeKind.JOB_SLIP, random.Random(seed).randbytes)


def _is_refused(text: str) -> bool:
    try:
        codes.read_code(text)
    except Refusal as refusal:
        assert refusal.code is RefusalCode.CODE_MISTYPED
        return True
    return False


@pytest.mark.parametrize("seed", range(5))
def test_every_wrong_character_is_found(seed: int) -> None:
    code = _code(seed)
    for place, other in itertools.product(range(1, 14), ALPHABET):
        typed = code[:place] + other + code[place + 1 :]
        assert _is_refused(typed) == (typed != code)


@pytest.mark.parametrize("seed", range(20))
def test_every_swap_of_neighbours_is_found(seed: int) -> None:
    code = _code(seed)
    for place in range(1, 13):
        typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert _is_refused(typed) == (typed != code)


@given(st.integers(0, 10_000))
def test_what_is_printed_in_groups_is_read_back(seed: int) -> None:
    code = _code(seed)
    assert codes.read_code(codes.grouped(code).lower().replace("0", "o").replace("1", "l")) == (code, "")


@given(st.text(max_size=40))
def test_no_text_makes_reading_fail_otherwise_than_by_refusal(text: str) -> None:
    try:
        codes.read_code(text)
    except Refusal as refusal:
        assert refusal.code is RefusalCode.CODE_MISTYPED


def test_a_tag_belongs_to_one_trip_and_one_code() -> None:
    tags = {codes.trip_tag(_code(seed), key) for seed in range(50) for key in (b"a" * 16, b"b" * 16)}
    assert len(tags) == 100
    assert codes.trip_tag(_code(1), b"a" * 16) == codes.trip_tag(_code(1) + "ZZZZZZ", b"a" * 16)


def test_a_code_with_its_tag_is_a_version_1_qr_of_level_m() -> None:
    code = _code(3)
    text = code + codes.trip_tag(code, b"k" * 16)
    assert len(text) == 20
    assert segno.make(text, micro=False, error="m", boost_error=False).designator == "1-M"
    assert codes.read_code(text) == (code, text[14:])


def test_the_tail_is_of_the_code_and_not_of_the_tag() -> None:
    code = _code(4)
    assert codes.tail(code) == code[10:14]
