"""Which numbers a camera may believe, and when frames have said enough: pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.scanning.hints import Hint
from kiosk.scanning.idcard.lines import contradicts_birth, number_in, says_validity, whole_name
from kiosk.scanning.idcard.number import PERMITS, PROVINCES, NumberRule, birth_date_of, check_character
from kiosk.scanning.idcard.recognition import Line
from kiosk.scanning.idcard.telling import tell
from kiosk.scanning.idcard.votes import IdCard, Votes

TODAY = date(2026, 11, 20)
RULE = NumberRule(TODAY).with_prefix("99")
BORN = st.dates(date(1900, 1, 1), TODAY)


def number(area: str = "990101", born: date = date(1968, 8, 8), order: str = "363") -> str:
    first17 = area + born.strftime("%Y%m%d") + order
    return first17 + check_character(first17)


def line(text: str, sure: float = 0.95) -> Line:
    return Line(text, (sure,) * len(text), tuple((nth + 0.5) / max(1, len(text)) for nth in range(len(text))))


def card(number_: str = number(), name: str | None = "王凤", is_on_a_screen: bool = False) -> IdCard:
    return IdCard(number_, name, "resident", ((0, 0), (856, 0), (856, 540), (0, 540)), is_on_a_screen, 40.0)


@given(BORN, st.integers(0, 999))
def test_a_right_number_is_allowed_and_says_its_birth_date(born: date, order: int) -> None:
    whole = number("110101", born, f"{order:03}")
    assert NumberRule(TODAY).allows(whole)
    assert birth_date_of(whole) == born


@given(BORN, st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_no_number_with_one_wrong_character_is_allowed(born: date, order: int, place: int, instead: str) -> None:
    whole = number("110101", born, f"{order:03}")
    wrong = whole[:place] + instead + whole[place + 1 :]
    assert wrong == whole or not NumberRule(TODAY).allows(wrong)


@given(BORN, st.integers(0, 999), st.integers(0, 16))
def test_no_number_with_two_neighbours_swapped_is_allowed(born: date, order: int, place: int) -> None:
    whole = number("110101", born, f"{order:03}")
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    assert swapped == whole or not NumberRule(TODAY).allows(swapped)


@pytest.mark.parametrize(
    ("whole", "is_allowed"),
    [
        (number("110101", TODAY), True),
        (number("110101", TODAY + timedelta(days=1)), False),
        (number("110101", date(1900, 1, 1)), True),
        (number("110101", date(1899, 12, 31)), False),
        (number("991101"), False),
        (number("661101"), False),
        (number("119999"), True),
        *((number(prefix + "0000"), True) for prefix in sorted(PERMITS)),
    ],
)
def test_the_date_and_the_province_bound_a_number_and_a_county_does_not(whole: str, is_allowed: bool) -> None:
    assert NumberRule(TODAY).allows(whole) is is_allowed


@pytest.mark.parametrize(
    "text", ["", "1", "11010119680808036", "x" * 18, "１１０１０１１９６８０８０８０３６５", "110101196813080363"]
)
def test_what_is_no_number_has_no_birth_date(text: str) -> None:
    assert birth_date_of(text) is None


def test_all_provinces_and_the_three_of_the_permits_are_there() -> None:
    assert len(PROVINCES) == 35
    assert PERMITS < PROVINCES


def test_a_number_is_taken_out_of_a_line_only_where_it_is_the_only_one_and_every_character_is_sure() -> None:
    whole = number()
    assert number_in(line(f"号码 {whole}"), RULE) == whole
    assert number_in(line(f"{whole}{whole[:1]}"), RULE) is None
    assert number_in(line(f"{whole} {whole}"), RULE) is None
    assert number_in(line(whole, 0.5), RULE) is None
    unsure = replace(line(whole), sureness=(*(0.95,) * 17, 0.3))
    assert number_in(unsure, RULE) is None


def test_a_small_x_at_the_end_is_a_check_character() -> None:
    order = next(n for n in range(1000) if number(order=f"{n:03}").endswith("X"))
    whole = number(order=f"{order:03}")
    assert number_in(line(whole.replace("X", "x")), RULE) == whole


@pytest.mark.parametrize(
    ("text", "sure", "is_contradicted"),
    [
        ("1968年8月8日", 0.95, False),
        ("1968年8月6日", 0.95, True),
        ("1968年8月6日", 0.5, False),
        ("1968年8888", 0.95, False),
        ("1988 年8月8日", 0.95, True),
        ("", 0.95, False),
    ],
)
def test_a_birth_date_that_is_surely_another_one_contradicts(text: str, sure: float, is_contradicted: bool) -> None:
    assert contradicts_birth(line(text, sure), number()) is is_contradicted


def named(text: str, first_mm: float, step_mm: float, sure: float = 0.95) -> Line:
    places = tuple((first_mm - 14.0 + nth * step_mm) / 36.0 for nth in range(len(text)))
    return Line(text, (sure,) * len(text), places)


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (named("谢国庆", 17.5, 4.1), "谢国庆"),
        (named("阿依古丽.买买提", 17.5, 3.6), "阿依古丽·买买提"),
        (named("国庆", 21.6, 4.1), None),
        (named("谢庆", 17.5, 8.2), None),
        (named("谢国庆", 17.5, 4.1, 0.6), None),
        (named("谢", 17.5, 4.1), None),
        (named("谢8庆", 17.5, 4.1), None),
        (named("", 17.5, 4.1), None),
    ],
)
def test_a_name_is_believed_where_no_character_is_unsure_or_missing(read: Line, name: str | None) -> None:
    assert whole_name(read) == name


@pytest.mark.parametrize("text", ["2009.03.08-2029.03.08", "200903.08-2029.03.08", "2010.07.08-长期"])
def test_dates_of_validity_are_the_back(text: str) -> None:
    assert says_validity(line(text))


def test_a_number_is_no_validity() -> None:
    assert not says_validity(line(number()))


def test_two_frames_that_agree_are_needed() -> None:
    votes = Votes()
    assert votes.add(card()) is None
    accepted = votes.add(card())
    assert isinstance(accepted, IdCard)
    assert (accepted.number, accepted.name) == (number(), "王凤")


def test_two_frames_that_say_different_numbers_are_not_enough() -> None:
    votes = Votes()
    other = number(order="365")
    assert [votes.add(card(one)) for one in (number(), other, number(), other)] == [None] * 4


def test_a_number_that_one_frame_spoke_against_must_lead_by_two() -> None:
    votes = Votes()
    votes.add(card(number(order="365")))
    assert [isinstance(votes.add(card()), IdCard) for _ in range(3)] == [False, False, True]


def test_a_name_that_no_two_frames_gave_is_waited_for_and_then_left_out() -> None:
    votes = Votes()
    said = [votes.add(card(name=name)) for name in ("王风", "王凤", None, None)]
    assert said[:3] == [None] * 3
    assert isinstance(said[3], IdCard)
    assert said[3].name is None


def test_a_phone_never_wins_by_single_frames_in_which_it_was_not_noticed() -> None:
    votes = Votes()
    said = [votes.add(card(is_on_a_screen=nth % 3 != 0)) for nth in range(40)]
    assert not any(isinstance(one, IdCard) for one in said)
    assert Hint.ON_A_SCREEN in said


def test_a_false_alarm_only_delays() -> None:
    votes = Votes()
    said = [votes.add(card(is_on_a_screen=nth == 0)) for nth in range(5)]
    assert said[0] is Hint.ON_A_SCREEN
    assert isinstance(said[-1], IdCard)


def test_a_showing_is_forgotten_when_nothing_was_read_for_a_while() -> None:
    votes = Votes()
    votes.add(card())
    for _ in range(10):
        assert votes.add(Hint.HOLD_STILL) is Hint.HOLD_STILL
    assert votes.add(card()) is None


def test_what_was_read_shows_no_person_when_it_is_printed() -> None:
    said = f"{card()!r} {card()} {line(number())!r} {[card()]}"
    assert number() not in said
    assert "王凤" not in said
    assert "1968" not in said


def test_a_technician_sees_a_masked_card_unless_the_whole_was_asked_for() -> None:
    masked, whole = str(tell(card(), "masked")), str(tell(card(), "whole"))
    assert number() not in masked
    assert number()[10:] not in masked
    assert "王凤" not in masked
    assert number() in whole
    assert "王凤" in whole
    assert tell(Hint.GLARE, "masked") == {"hint": "glare"}
