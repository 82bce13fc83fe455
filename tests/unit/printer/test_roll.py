"""Slips left are counted from the moment the printer says that its roll is nearly used up."""

from printer.roll import FIRST_SLIP_MM, Roll, read_roll, roll_json


def test_a_full_roll_promises_nothing() -> None:
    assert Roll().fed(160).seen(is_near_end=False).slips_left(3000) is None


def test_a_nearly_empty_roll_counts_down_by_the_mean_length_of_its_slips() -> None:
    roll = Roll().fed(100).fed(200).seen(is_near_end=True)
    assert roll.mean_mm == 150
    assert roll.slips_left(3000) == 20
    assert roll.fed(150).fed(150).seen(is_near_end=True).slips_left(3000) == 18


def test_it_never_promises_less_than_none() -> None:
    assert Roll().seen(is_near_end=True).fed(5000).slips_left(3000) == 0


def test_before_the_first_slip_a_usual_length_is_taken() -> None:
    assert Roll().seen(is_near_end=True).slips_left(int(FIRST_SLIP_MM) * 4) == 4


def test_a_new_roll_begins_anew() -> None:
    used = Roll().seen(is_near_end=True).fed(1000)
    assert used.seen(is_near_end=False).slips_left(3000) is None
    assert used.seen(is_near_end=False).seen(is_near_end=True).slips_left(3000) == 3


def test_it_survives_a_restart_and_nonsense() -> None:
    roll = Roll().fed(100).seen(is_near_end=True)
    assert read_roll(roll_json(roll)) == roll
    assert read_roll(None) == read_roll("{") == read_roll('{"x": 1}') == Roll()
