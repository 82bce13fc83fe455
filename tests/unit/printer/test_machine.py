"""The sink behaves as a printer does, also when it is used wrongly."""

import pytest
from PIL import Image

from printer.encode import CLEAR_BUFFERS, PROFILES, encode_paper
from printer.sink.machine import BUFFER_BYTES, Build, Condition, Machine

EVERYTHING = 10**6


def machine(has_knife: bool = True) -> Machine:
    return Machine(Build(576, has_knife))


def paper(width: int = 576) -> bytes:
    return encode_paper(Image.new("1", (width, 30), 0), PROFILES["generic-80"])


@pytest.mark.parametrize(
    ("condition", "answers"),
    [
        (Condition.READY, "12 12 12 12"),
        (Condition.NEAR_END, "12 12 12 1e"),
        (Condition.PAPER_END, "1a 32 12 7e"),
        (Condition.COVER_OPEN, "1a 16 12 12"),
        (Condition.CUTTER_ERROR, "1a 52 1a 12"),
        (Condition.OFFLINE, "1a 12 12 12"),
    ],
)
def test_it_answers_status_requests_with_the_bits_of_its_condition(condition: Condition, answers: str) -> None:
    printer = machine()
    printer.set_condition(condition)
    printer.arrive(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04")
    assert printer.take_answers() == bytes.fromhex(answers)


def test_it_obeys_a_status_request_even_inside_a_picture_and_records_it() -> None:
    printer = machine()
    printer.arrive(b"\x1dv0\x00\x03\x00\x01\x00" + b"\x10")
    printer.arrive(b"\x04\x01")
    printer.work(EVERYTHING)
    assert printer.take_answers() == b"\x12"
    assert "real-time" in printer.errors[0]


def test_a_stopped_printer_prints_nothing_until_it_goes_on() -> None:
    printer = machine()
    printer.set_condition(Condition.PAPER_END)
    printer.arrive(paper())
    assert printer.work(EVERYTHING) == 0
    printer.set_condition(Condition.READY)
    printer.work(EVERYTHING)
    assert [each.size for each in printer.take_papers()] == [(576, 30)]


def test_changes_are_reported_only_when_asked_for() -> None:
    printer = machine()
    printer.set_condition(Condition.COVER_OPEN)
    assert printer.take_answers() == b""
    printer.set_condition(Condition.READY)
    printer.arrive(b"\x1da\x0e")
    printer.work(EVERYTHING)
    printer.set_condition(Condition.PAPER_END)
    assert printer.take_answers() == bytes.fromhex("10 00 00 0f  18 00 0f 0f")


def test_clearing_forgets_a_half_sent_picture_and_says_so() -> None:
    printer = machine()
    printer.arrive(paper()[:500])
    printer.work(EVERYTHING)
    printer.arrive(CLEAR_BUFFERS[:4])
    printer.arrive(CLEAR_BUFFERS[4:] + paper())
    printer.work(EVERYTHING)
    assert b"\x37\x25\x00" in printer.take_answers()
    assert [each.size for each in printer.take_papers()] == [(576, 30)]
    assert not printer.errors


def test_a_half_sent_picture_swallows_what_comes_next_as_in_a_real_printer() -> None:
    printer = machine()
    printer.arrive(paper()[:500])
    printer.connected()
    printer.arrive(paper())
    printer.work(EVERYTHING)
    assert printer.errors


def test_what_is_wider_than_the_paper_is_recorded() -> None:
    printer = machine()
    printer.arrive(b"\x1dv0\x00" + bytes((73, 0, 1, 0)) + bytes(73))
    printer.work(EVERYTHING)
    assert "wider" in printer.errors[0]


def test_a_cut_without_a_knife_is_recorded() -> None:
    printer = machine(has_knife=False)
    printer.arrive(paper())
    printer.work(EVERYTHING)
    assert "knife" in printer.errors[0]


def test_its_receive_buffer_is_bounded() -> None:
    printer = machine()
    printer.arrive(bytes(BUFFER_BYTES))
    assert printer.room == 0
