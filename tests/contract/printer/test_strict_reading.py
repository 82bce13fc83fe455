"""A strict reading of every sample's bytes gives back the picture, and nothing a printer would stumble over."""

import random

import pytest
from PIL import Image, ImageChops

from printer.encode import PROFILES, closing_request, encode_paper, without_traps
from printer.layouts import Faces
from printer.profiles import Knife
from printer.reader import (
    AskPaper,
    AskPrinted,
    Beep,
    Cut,
    Feed,
    Illegal,
    Initialise,
    Padding,
    Raster,
    Step,
    StrictReader,
    traps_in,
)
from printer.samples import LANGUAGES, NAMES, load_sample
from tests.paper import codes_of, drawn_sample, scanned

ENDINGS: dict[Knife, list[Step]] = {
    Knife.FEEDS_AND_CUTS: [Cut()],
    Knife.CUTS_IN_PLACE: [Feed(6), Cut()],
    Knife.NONE: [Feed(4)],
}


def rasters(steps: list[Step]) -> list[Raster]:
    return [step for step in steps if isinstance(step, Raster)]


def _ending(steps: list[Step]) -> list[Step]:
    """What follows the last slice."""
    return steps[max(at for at, step in enumerate(steps) if isinstance(step, Raster)) + 1 :]


def picture_in(steps: list[Step]) -> Image.Image:
    """Put the raster slices of a stream together again."""
    slices = rasters(steps)
    data = b"".join(each.data for each in slices)
    size = (slices[0].width_bytes * 8, sum(each.rows for each in slices))
    return ImageChops.invert(Image.frombytes("1", size, data))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", NAMES)
def test_every_sample_reads_back_without_an_illegal_byte(name: str, profile: str, language: str, faces: Faces) -> None:
    kind, slip = PROFILES[profile], load_sample(name, language)
    picture = drawn_sample(name, kind.width_dots, language, faces).picture
    steps = StrictReader().feed(encode_paper(picture, kind))
    read = picture_in(steps)
    assert not [step for step in steps if isinstance(step, Illegal | Padding)]
    assert steps[0] == Initialise()
    assert _ending(steps) == ENDINGS[kind.knife] + ([Beep(2, 2)] if kind.buzz else [])
    assert all(step.rows <= 255 and step.width_bytes == (kind.width_dots + 7) // 8 for step in rasters(steps))
    assert read.width <= (kind.width_dots + 7) // 8 * 8
    shown = read.crop((0, 0, *picture.size))
    assert ImageChops.logical_xor(shown, without_traps(picture)).getbbox() is None
    assert scanned(read) == codes_of(slip)


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
