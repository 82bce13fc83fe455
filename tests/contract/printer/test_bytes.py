"""The bytes that go to a printer."""

import random

import pytest
from escpos.printer import Dummy
from PIL import Image

from printer.encode import (
    PROFILES,
    Closing,
    closing_request,
    encode_paper,
    encode_separation,
    profile_for,
)
from printer.faults import UnknownProfile
from printer.layouts import WIDTHS


def test_a_picture_wider_than_the_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        encode_paper(Image.new("1", (584, 8), 1), PROFILES["generic-80"])


def test_a_printer_with_a_knife_cuts_and_one_without_feeds() -> None:
    paper = Image.new("1", (384, 8), 1)
    assert encode_paper(paper, PROFILES["generic-80"]).endswith(b"\x1dVB\x00")
    assert encode_paper(paper, PROFILES["generic-58"]).endswith(b"\x1bd\x04")


def test_a_printer_whose_knife_does_not_feed_gets_the_feed_before_the_cut() -> None:
    paper = Image.new("1", (384, 8), 1)
    assert encode_paper(paper, PROFILES["generic-80-plain-cut"]).endswith(b"\x1bd\x06\x1dV\x01")


def test_a_clone_with_a_buzzer_beeps_after_the_cut_and_no_other_make_gets_these_bytes() -> None:
    paper = Image.new("1", (384, 8), 1)
    assert encode_paper(paper, PROFILES["generic-80-buzzer"]).endswith(b"\x1dVB\x00\x1bB\x02\x02")
    others = [encode_paper(paper, profile) for profile in PROFILES.values() if profile.buzz is None]
    assert not [sent for sent in others if b"\x1bB" in sent]


@pytest.mark.parametrize("width", [8, 384, 420, 576])
@pytest.mark.parametrize("height", [1, 254, 255, 256, 511])
def test_the_raster_is_what_python_escpos_itself_sends_for_the_picture(width: int, height: int) -> None:
    dice = random.Random(width * height)
    rows = bytes(dice.choice((0x00, 0xFF, 0x7E, 0x81)) for _ in range((width + 7) // 8 * height))
    picture = Image.frombytes("1", (width, height), rows)
    escpos = Dummy(profile="RP-F10-80mm")
    escpos.image(picture, impl="bitImageRaster", fragment_height=255)
    sent = encode_paper(picture, PROFILES["generic-80"])
    assert sent == b"\x1b@\x1da\x0e" + escpos.output + b"\x1dVB\x00"


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
