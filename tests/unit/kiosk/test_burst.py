"""A scanner that types is told from fingers, whatever layout and caps lock the machine has."""

from __future__ import annotations

import pytest

from kiosk.scanning.burst import ENTER, LONGEST, Burst, sign_of

CARD = "WK7Q4M2XH9TBE2"


def typed(signs: str, every_s: float, burst: Burst | None = None, from_s: float = 100.0) -> list[str]:
    """The codes that come of it."""
    burst = burst or Burst()
    heard = (burst.press(sign, from_s + nth * every_s) for nth, sign in enumerate(signs))
    return [code for code in heard if code is not None]


@pytest.mark.parametrize("every_s", [0.001, 0.015, 0.079])
def test_a_scanners_burst_is_a_code_at_enter(every_s: float) -> None:
    assert typed(CARD + ENTER, every_s) == [CARD]


@pytest.mark.parametrize("every_s", [0.081, 0.2])
def test_what_a_person_types_is_no_burst(every_s: float) -> None:
    assert typed(CARD + ENTER, every_s) == []


def test_a_burst_without_enter_is_a_code_after_a_pause_and_not_before() -> None:
    burst = Burst()
    assert typed(CARD, 0.01, burst) == []
    last_s = 100.0 + 0.01 * (len(CARD) - 1)
    assert burst.pause(last_s + 0.19) is None
    assert burst.pause(last_s + 0.21) == CARD
    assert burst.pause(last_s + 5.0) is None


def test_a_few_quick_keys_are_no_code() -> None:
    assert typed("1234567" + ENTER, 0.01) == []
    burst = Burst()
    typed("1234567", 0.01, burst)
    assert burst.pause(200.0) is None


def test_fingers_before_a_burst_do_not_enter_it() -> None:
    burst = Burst()
    typed("lin", 0.3, burst, 90.0)
    assert typed(CARD + ENTER, 0.01, burst, 100.0) == [CARD]


def test_two_codes_in_a_row_are_two() -> None:
    assert typed(CARD + ENTER + "NK7Q4M2XH9TBE2" + ENTER, 0.01) == [CARD, "NK7Q4M2XH9TBE2"]


def test_a_key_that_sticks_is_no_code_and_costs_no_memory() -> None:
    burst = Burst()
    assert typed("5" * 100_000 + ENTER, 0.001, burst) == []
    assert typed("5" * LONGEST + ENTER, 0.001, burst, 500.0) == ["5" * LONGEST]


def test_only_the_first_key_of_a_burst_belongs_to_who_has_the_focus() -> None:
    burst = Burst()
    assert burst.begins_at(1.0)
    burst.press("W", 1.0)
    assert not burst.begins_at(1.05)
    assert burst.begins_at(1.09)


@pytest.mark.parametrize(
    ("key", "modifiers", "sign"),
    [
        (ord("w"), ["shift"], "W"),
        (ord("w"), ["shift", "capslock"], "W"),
        (ord("w"), ["capslock"], "w"),
        (ord("7"), [], "7"),
        (ord(";"), ["shift"], ":"),
        (ord("/"), ["shift"], "?"),
        (ord("-"), ["shift"], "_"),
        (ord("="), ["shift"], "+"),
        (258, ["numlock"], "2"),
        (13, [], ENTER),
        (271, [], ENTER),
        (9, [], ENTER),
        (304, ["shift"], ""),
        (282, [], ""),
    ],
)
def test_a_key_is_the_sign_that_a_scanner_meant(key: int, modifiers: list[str], sign: str) -> None:
    assert sign_of(key, modifiers) == sign


def test_a_link_with_shifted_signs_comes_through_whole() -> None:
    link = "https://Hall.example/r?a=1&b=2_3"
    base = {":": ";", "?": "/", "&": "7", "_": "-", "H": "h"}
    burst, codes = Burst(), []
    for nth, sign in enumerate(link + "\r"):
        shift = ["shift"] if sign in base else []
        burst.press(sign_of(304, shift), nth * 0.01)
        codes.append(burst.press(sign_of(ord(base.get(sign, sign)), shift), nth * 0.01))
    assert codes[-1] == link
