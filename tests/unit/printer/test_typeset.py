"""Drawn lines keep all their ink."""

from pathlib import Path

import pytest
from PIL import ImageChops

from printer.faces import FOLDER, NotoFaces, load_faces, other_faces
from printer.faults import FaceMissing
from printer.layouts import Faces, Weight
from printer.layouts.typeset import FIGURE_LINE, SUBSTITUTE, Case, Style, text_block


@pytest.mark.parametrize("text", ["260", "4,200—4,500", "jpqy"])
@pytest.mark.parametrize("size", [28, 75, 100, 200])
def test_nothing_that_hangs_below_the_line_is_cut_off(text: str, size: int, faces: Faces) -> None:
    case = Case(faces)
    tight = Style(case, Weight.BOLD, size, leading=FIGURE_LINE)
    roomy = Style(case, Weight.BOLD, size, leading=2.0)
    inks = [text_block(text, 2000, look).histogram()[0] for look in (tight, roomy)]
    assert inks[0] == inks[1]


def ink_of(text: str, faces: Faces) -> bytes:
    return text_block(text, 400, Style(Case(faces), Weight.BOLD, 40)).tobytes()


@pytest.mark.parametrize("char", "㐀𠮷·￥①—（）")
def test_a_rare_character_has_a_shape_of_its_own(char: str, faces: Faces) -> None:
    assert ink_of(char, faces) not in (ink_of(SUBSTITUTE, faces), ink_of(" ", faces))


def test_a_character_that_no_face_has_is_set_as_a_mark_and_remembered(faces: Faces) -> None:
    case = Case(faces)
    drawn = text_block("张\U0002a6a5张\U0002a6a5", 400, Style(case, Weight.BOLD, 40))
    assert case.missing == ["\U0002a6a5"]
    assert drawn.tobytes() == ink_of(f"张{SUBSTITUTE}张{SUBSTITUTE}", faces)


def test_letters_written_from_the_right_are_not_set_one_by_one_from_the_left(faces: Faces) -> None:
    case = Case(faces)
    Style(case, Weight.BOLD, 40).width("ئۇ")
    assert case.missing == ["ئ", "ۇ"]


def test_characters_without_ink_take_no_room(faces: Faces) -> None:
    case = Case(faces)
    look = Style(case, Weight.BOLD, 40)
    assert look.width("葛\U000e0100\u200b\ufe0f") == look.width("葛")
    assert case.missing == []


def test_a_face_behind_the_first_sets_what_the_first_lacks() -> None:
    path = next(iter(other_faces()), None)
    assert path is not None, "fonts-dejavu-core belongs to every machine of ours"
    alone, with_other = NotoFaces(FOLDER), NotoFaces(FOLDER, (path,))
    assert alone.glyph(Weight.BOLD, 40, "\u16a0") is None or path.name != "DejaVuSans-Bold.ttf"
    assert with_other.glyph(Weight.BOLD, 40, "\U0001d54f") is not None
    assert alone.glyph(Weight.BOLD, 40, "\U0001d54f") is None


def test_a_line_that_begins_with_a_wide_bracket_is_not_indented_by_its_white_half(faces: Faces) -> None:
    look = Style(Case(faces), Weight.BOLD, 40)
    assert ImageChops.invert(text_block("（一）", 400, look)).getbbox()[0] <= 4  # type: ignore[index]


def test_a_machine_without_the_font_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(FaceMissing, match="fonts-noto-cjk"):
        load_faces(tmp_path)
