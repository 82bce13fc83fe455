"""Slips as pictures: golden files, sizes, missing signs and characters, scannable codes."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from printer.faces import load_faces
from printer.faults import SlipTooWide
from printer.layouts import MIN_SIZE, WIDTHS, Faces, draw
from printer.samples import LANGUAGES, NAMES, PAPER_KIT, SHEETS, load_sample, load_sheets
from printer.ticket import JobSlip, KitPosts, Manifest, Slip
from tests.paper import ROOT, codes_of, drawn_sample, scanned, signs, words_of

GOLDEN = ROOT / "tests" / "golden" / "tickets"


def drawn(slip: Slip, width: int, faces: Faces, language: str = "zh_Hans") -> Image.Image:
    return draw(slip, width, faces, words_of(language), signs).picture


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


def difference(kept: Image.Image, picture: Image.Image) -> Image.Image:
    """What only the kept picture has is red, what only the new one has is cyan, what both have is black."""
    size = (max(kept.width, picture.width), max(kept.height, picture.height))
    sheets = [Image.new("L", size, 255) for _ in range(2)]
    for sheet, each in zip(sheets, (kept, picture), strict=True):
        sheet.paste(each.convert("L"), (0, 0))
    return Image.merge("RGB", (sheets[1], sheets[0], sheets[0]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_the_slip_looks_as_it_was_reviewed(name: str, width: int, language: str, faces: Faces, tmp_path: Path) -> None:
    picture = drawn_sample(name, width, language, faces).picture
    kept = golden(GOLDEN / f"{name}-{width}-{language}.png", picture)
    if picture.size != kept.size or ImageChops.logical_xor(picture, kept).getbbox():
        told = tmp_path / f"{name}-{width}-{language}.png"
        difference(kept, picture).save(told)
        pytest.fail(f"it looks otherwise, see {told}; if it is right: GOLDEN_UPDATE=1")


def test_the_golden_pictures_are_those_of_the_samples_and_small_enough_to_review() -> None:
    drawn_names = {f"{name}-{width}-{language}.png" for name in NAMES for width in WIDTHS for language in LANGUAGES}
    assert {path.name for path in GOLDEN.iterdir()} == drawn_names
    assert sum(path.stat().st_size for path in GOLDEN.iterdir()) < 3_000_000


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_every_code_scans_and_nothing_is_wider_than_the_paper(name: str, width: int, faces: Faces) -> None:
    picture = drawn_sample(name, width, "zh_Hans", faces).picture
    assert picture.width == width
    assert scanned(picture) == codes_of(load_sample(name, "zh_Hans"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_smaller_than_28_dots(name: str, width: int, language: str, faces: Faces) -> None:
    assert drawn_sample(name, width, language, faces).smallest >= MIN_SIZE == 28


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


@pytest.mark.parametrize("name", NAMES)
def test_a_reprint_says_so_above_everything_else(name: str, faces: Faces) -> None:
    slip = load_sample(name, "zh_Hans")
    first = drawn(replace(slip, is_reprint=False), 384, faces)
    again = drawn(replace(slip, is_reprint=True), 384, faces)
    banner = again.crop((0, 8, 384, 56)).convert("L")
    assert banner.histogram()[0] > 384 * 48 * 0.6
    extra = again.height - first.height
    is_same_below = again.crop((0, extra + 8, *again.size)).tobytes() == first.crop((0, 8, *first.size)).tobytes()
    assert is_same_below is (name != "kit_numbers")  # each number is torn off and says so by itself


def test_a_time_that_is_no_time_of_day_prints_without_a_dial(faces: Faces) -> None:
    slip = job_slip()
    assert slip.bus is not None
    undecided, decided = (drawn(replace(slip, bus=replace(slip.bus, time=at)), 384, faces) for at in ("待定", "6:20"))
    assert undecided.tobytes() != decided.tobytes()


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


def test_a_sign_on_a_windscreen_is_as_large_as_the_paper(faces: Faces) -> None:
    picture = ImageChops.invert(drawn(load_sample("windscreen", "zh_Hans"), 576, faces).convert("L"))
    left, _, right, _ = picture.crop((0, 0, 576, 560)).getbbox() or (0, 0, 0, 0)
    assert right - left > 540


def test_a_character_no_face_has_is_told_on_the_slip_and_to_the_caller(faces: Faces) -> None:
    rare = replace(job_slip(), employer="\U0002a6a5氏仓储")
    told = draw(rare, 576, faces, words_of("zh_Hans"), signs)
    whole = drawn(replace(rare, employer="〓氏仓储"), 576, faces)
    assert told.missing == "\U0002a6a5"
    assert told.picture.height > whole.height
    assert draw(job_slip(), 576, faces, words_of("zh_Hans"), signs).missing == ""


def test_a_blank_manifest_has_a_line_for_each_row_asked_for(faces: Faces) -> None:
    slip = load_sample("manifest_blank", "zh_Hans")
    assert isinstance(slip, Manifest)
    longer = replace(slip, blank_rows=slip.blank_rows + 2)
    assert drawn(longer, 576, faces).height - drawn(slip, 576, faces).height >= 140


def test_a_post_of_the_kit_has_a_line_to_write_on_for_each_place(faces: Faces) -> None:
    sheet = load_sample("kit_posts", "zh_Hans")
    assert isinstance(sheet, KitPosts)
    heights = [
        drawn(replace(sheet, posts=(replace(sheet.posts[0], places=places),)), 576, faces).height
        for places in (0, 1, 2, 5)
    ]
    none, one, two, five = (height - heights[0] for height in heights)
    assert (none, two, five) == (0, 2 * one, 5 * one)
    assert one >= 70


def test_the_paper_kit_is_its_sheets() -> None:
    assert SHEETS["paper_kit"] == PAPER_KIT
    kinds = [type(slip).__name__ for slip in load_sheets("paper_kit", "en")]
    assert kinds == ["KitCover", "KitNumbers", "KitBuses", "KitPosts", "Manifest", "RightsCard"]


SHARED_FACES = load_faces()


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=40), width=st.sampled_from(WIDTHS))
def test_any_text_prints_within_the_paper(text: str, width: int) -> None:
    slip = replace(job_slip(), trade=text, employer=text, day=text, hall_name=text, pay_amount=text, code=text)
    assert drawn(slip, width, SHARED_FACES).width == width
