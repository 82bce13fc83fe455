"""The bytes that go to a printer."""

import random

import pytest
from PIL import Image, ImageChops

from printer.encode import (
    PROFILES,
    Closing,
    closing_request,
    encode_paper,
    encode_separation,
    profile_for,
    without_traps,
)
from printer.faults import UnknownProfile
from printer.layouts import WIDTHS, Faces, draw
from tests.paper import random_slip, signs, words_of

TRAPS = (b"\x10\x04", b"\x10\x05", b"\x10\x14")


def test_no_slip_holds_bytes_a_printer_obeys_in_the_middle_of_a_picture(faces: Faces) -> None:
    dice, words = random.Random(20261120), words_of("zh_Hans")
    trapped = 0
    for _ in range(150):
        picture = draw(random_slip(dice), 576, faces, words, signs)
        trapped += any(trap in ImageChops.invert(picture).tobytes() for trap in TRAPS)
        sent = encode_paper(picture, PROFILES["generic-80"])
        assert not any(trap in sent for trap in TRAPS)
    assert trapped > 0, "the slips of this test never had a trap: it proves nothing"


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_broken_by_a_single_dot_beside_one_that_is_there(trap: bytes) -> None:
    picture = ImageChops.invert(Image.frombytes("1", (16, 1), trap))
    safe = without_traps(picture)
    changed = ImageChops.logical_xor(picture, safe)
    assert ImageChops.invert(safe).tobytes() not in TRAPS
    assert sum(byte.bit_count() for byte in changed.tobytes()) == 1


def test_a_picture_wider_than_the_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        encode_paper(Image.new("1", (584, 8), 1), PROFILES["generic-80"])


def test_a_printer_with_a_knife_cuts_and_one_without_feeds() -> None:
    paper = Image.new("1", (384, 8), 1)
    assert encode_paper(paper, PROFILES["generic-80"]).endswith(b"\x1dVB\x00")
    assert encode_paper(paper, PROFILES["generic-58"]).endswith(b"\x1bd\x04")


def test_a_slip_goes_out_in_slices_of_at_most_255_rows() -> None:
    sent = encode_paper(Image.new("1", (576, 600), 1), PROFILES["generic-80"])
    header = b"\x1dv0\x00\x48\x00"
    heights = [sent[at + 6] + 256 * sent[at + 7] for at in range(len(sent)) if sent.startswith(header, at)]
    assert heights == [255, 255, 90]


def test_separating_an_interrupted_slip_is_only_a_cut() -> None:
    assert encode_separation(PROFILES["generic-80"]) == b"\x1b@\x1dVB\x00"


def test_a_printer_that_cannot_clear_gets_a_whole_slice_of_zeros_before_it() -> None:
    assert encode_separation(PROFILES["generic-58"]) == bytes(48 * 255 + 8) + b"\x1b@\x1bd\x04"


def test_the_closing_question_names_the_job() -> None:
    assert closing_request(Closing.PROCESS_ID, b"0042") == b"\x1d(H\x06\x0000" + b"0042"
    assert closing_request(Closing.PAPER_STATUS, b"0042") == b"\x1dr\x01"


@pytest.mark.parametrize("process_id", [b"", b"12345", b"12\x1f4", "é123".encode("latin-1")])
def test_a_process_id_that_a_printer_would_not_echo_is_refused(process_id: bytes) -> None:
    with pytest.raises(ValueError, match="four printable"):
        closing_request(Closing.PROCESS_ID, process_id)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_paper_width_has_a_usual_profile(width: int) -> None:
    assert encode_paper(Image.new("1", (width, 8), 1), profile_for("default", width))


@pytest.mark.parametrize(("name", "width"), [("TM-Nothing", 576), ("default", 600), ("TM-T88V", 576)])
def test_an_unknown_make_or_too_wide_a_paper_is_refused(name: str, width: int) -> None:
    with pytest.raises(UnknownProfile, match="generic-80"):
        profile_for(name, width)
