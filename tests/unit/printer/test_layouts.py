"""Slips as pictures: golden files, sizes, rare characters, missing signs, scannable codes."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFont

from printer.faults import SlipTooWide
from printer.layouts import MIN_SIZE, WIDTHS, Faces, Weight, draw
from printer.samples import LANGUAGES, NAMES, load_sample
from printer.ticket import JobSlip, Slip
from tests.paper import ROOT, signs, words_of

GOLDEN = ROOT / "tests" / "golden" / "tickets"


def drawn(slip: Slip, width: int, faces: Faces, language: str = "zh_Hans") -> Image.Image:
    return draw(slip, width, faces, words_of(language), signs)


def job_slip(name: str = "job_slip") -> JobSlip:
    slip = load_sample(name, "zh_Hans")
    assert isinstance(slip, JobSlip)
    return slip


def golden(path: Path, picture: Image.Image) -> Image.Image:
    """Give the kept picture; with GOLDEN_UPDATE=1 the new one is kept first."""
    if os.environ.get("GOLDEN_UPDATE") == "1":
        picture.save(path, optimize=True)
    with Image.open(path) as kept:
        return kept.convert("1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("name", NAMES)
def test_the_slip_looks_as_it_was_reviewed(name: str, width: int, language: str, faces: Faces) -> None:
    picture = drawn(load_sample(name, language), width, faces, language)
    kept = golden(GOLDEN / f"{name}-{width}-{language}.png", picture)
    assert picture.size == kept.size
    assert ImageChops.logical_xor(picture, kept).getbbox() is None


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_every_code_scans_and_nothing_is_wider_than_the_paper(name: str, width: int, faces: Faces) -> None:
    slip = load_sample(name, "zh_Hans")
    picture = drawn(slip, width, faces)
    assert (picture.mode, picture.width) == ("1", width)
    assert [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))] == [slip.qr_text]


class WatchedFaces:
    """The real faces, remembering which sizes were asked for."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self.sizes: set[int] = set()

    def font(self, weight: Weight, size: int) -> ImageFont.FreeTypeFont:
        self.sizes.add(size)
        return self._faces.font(weight, size)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_smaller_than_28_dots(name: str, width: int, faces: Faces) -> None:
    watched = WatchedFaces(faces)
    drawn(load_sample(name, "zh_Hans"), width, watched)
    assert min(watched.sizes) >= MIN_SIZE == 28


@pytest.mark.parametrize("char", "㐀𠮷·￥①—（）")
def test_a_rare_character_has_a_shape_of_its_own(char: str, faces: Faces) -> None:
    font = faces.font(Weight.BOLD, 36)
    assert bytes(font.getmask(char)) != bytes(font.getmask("\U0010fffd"))


def test_the_same_slip_gives_the_same_dots(faces: Faces) -> None:
    assert drawn(job_slip(), 576, faces).tobytes() == drawn(job_slip(), 576, faces).tobytes()


def test_a_missing_sign_is_replaced_by_its_name_and_the_slip_still_prints(faces: Faces) -> None:
    slip = job_slip()
    assert slip.bus is not None
    nameless = replace(slip, bus=replace(slip.bus, sign="comet", sign_name=""))
    named = replace(slip, bus=replace(slip.bus, sign="comet", sign_name="彗星"))
    assert drawn(named, 576, faces).tobytes() != drawn(nameless, 576, faces).tobytes()


def test_a_missing_picture_of_the_trade_is_left_out(faces: Faces) -> None:
    slip = job_slip()
    unknown, none = replace(slip, trade_sign="juggler"), replace(slip, trade_sign="")
    assert drawn(unknown, 576, faces).tobytes() == drawn(none, 576, faces).tobytes()
    assert drawn(slip, 576, faces).tobytes() != drawn(none, 576, faces).tobytes()


def test_an_empty_fact_leaves_its_row_out(faces: Faces) -> None:
    slip = job_slip()
    assert drawn(replace(slip, board=""), 576, faces).height < drawn(slip, 576, faces).height


def test_a_slip_without_any_fact_still_prints(faces: Faces) -> None:
    bare = replace(job_slip(), bus=None, day="", hours="", employer="", address="", contact="", way_back="", board="")
    assert zxingcpp.read_barcodes(drawn(bare, 384, faces).convert("L"))


def test_a_reprint_is_marked(faces: Faces) -> None:
    slip = job_slip()
    assert drawn(replace(slip, is_reprint=True), 384, faces).height > drawn(slip, 384, faces).height


def test_a_time_that_is_no_time_of_day_prints_without_a_dial(faces: Faces) -> None:
    slip = job_slip()
    assert slip.bus is not None
    drawn(replace(slip, bus=replace(slip.bus, time="待定")), 384, faces)


def test_a_long_qr_text_keeps_five_dots_a_module_and_moves_above_its_code(faces: Faces) -> None:
    slip = replace(job_slip(), qr_text="https://hall.example/t/" + "7KQ4M2XH9TBE5RD8W3NC" * 2)
    assert zxingcpp.read_barcodes(drawn(slip, 384, faces).convert("L"))[0].text == slip.qr_text


def test_a_qr_text_too_long_for_the_paper_is_refused(faces: Faces) -> None:
    with pytest.raises(SlipTooWide):
        drawn(replace(job_slip(), qr_text="x" * 900), 384, faces)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_very_long_word_is_chopped_at_the_edge(language: str, faces: Faces) -> None:
    picture = drawn(replace(job_slip(), employer="W" * 90), 384, faces, language)
    margin = picture.crop((picture.width - 4, 0, picture.width, picture.height))
    assert margin.convert("L").getextrema() == (255, 255)
