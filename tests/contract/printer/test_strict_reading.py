"""A strict reading of every sample's bytes gives back the picture, and nothing a printer would stumble over."""

import random

import pytest
from PIL import ImageChops

from printer.encode import PROFILES, closing_request, encode_paper, without_traps
from printer.layouts import Faces
from printer.reader import (
    AskPaper,
    AskPrinted,
    Illegal,
    Initialise,
    Raster,
    ReportChanges,
    Step,
    StrictReader,
    traps_in,
)
from printer.samples import LANGUAGES, NAMES, load_sample
from tests.paper import drawn_sample
from tests.paper.reading import faults, picture_in


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", NAMES)
def test_every_sample_reads_back_without_an_illegal_byte(name: str, profile: str, language: str, faces: Faces) -> None:
    kind = PROFILES[profile]
    picture = drawn_sample(name, kind.width_dots, language, faces).picture
    sent = encode_paper(picture, kind)
    steps = StrictReader().feed(sent)
    assert faults(sent, load_sample(name, language), kind) == []
    assert steps[:2] == [Initialise(), ReportChanges(0x0E)]
    read = picture_in([step for step in steps if isinstance(step, Raster)])
    shown = read.crop((0, 0, *picture.size))
    assert ImageChops.logical_xor(shown, without_traps(picture)).getbbox() is None


def test_reading_in_any_portions_gives_the_same_steps(faces: Faces) -> None:
    kind = PROFILES["generic-80"]
    paper = encode_paper(drawn_sample("number", 576, "zh_Hans", faces).picture, kind)
    sent = b"\x10\x04\x01" + paper + closing_request(kind.closing, b"0007") + b"\x1dr\x01"
    whole, dice = StrictReader().feed(sent), random.Random(7)
    for _ in range(20):
        reader, steps, at = StrictReader(), list[Step](), 0
        while at < len(sent):
            portion = dice.choice((1, 2, 3, 7, 500, 9000))
            steps += reader.feed(sent[at : at + portion])
            at += portion
        assert steps == whole
        assert not reader.is_inside_command
    assert whole[-2:] == [AskPrinted(b"0007"), AskPaper()]


def test_chinese_sent_as_text_is_illegal_byte_by_byte() -> None:
    assert StrictReader().feed("工".encode("gb18030")) == [Illegal(0, 0xB9), Illegal(1, 0xA4)]


def test_a_trap_in_a_picture_is_found_where_it_stands() -> None:
    sent = b"\x1dv0\x00\x02\x00\x02\x00" + b"\x00\x10\x04\x00"
    raster = StrictReader().feed(sent)[0]
    assert isinstance(raster, Raster)
    assert traps_in(raster) == [9]
