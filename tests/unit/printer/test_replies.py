"""A printer's answers are told apart by their fixed bits, in any portions."""

import pytest

from printer.replies import AllPrinted, Change, Cleared, PaperSensor, RealTime, Reply, ReplyReader

MIXED = bytes.fromhex("12 3a 18 08 0c 0f 37 22 30 30 34 32 00 37 25 00 03 11")
EXPECTED: list[Reply] = [
    RealTime(0x12),
    RealTime(0x3A),
    Change(
        is_offline=True,
        is_cover_open=False,
        has_cutter_error=True,
        has_error=False,
        is_paper_end=True,
        is_near_end=False,
    ),
    AllPrinted(b"0042"),
    Cleared(),
    PaperSensor(0x03),
]


@pytest.mark.parametrize("portion", [1, 2, 3, 5, len(MIXED)])
def test_answers_in_a_row_are_told_apart(portion: int) -> None:
    reader, replies = ReplyReader(), list[Reply]()
    for at in range(0, len(MIXED), portion):
        replies += reader.feed(MIXED[at : at + portion])
    assert replies == EXPECTED


def test_an_endless_block_is_given_up() -> None:
    assert ReplyReader().feed(b"\x37\x22" + b"x" * 200 + b"\x12")[-1] == RealTime(0x12)
