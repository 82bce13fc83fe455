"""What is derived at set-up: catalogues, pictures, colours, faces, and that nothing is built twice."""

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from config.derive import DERIVED, DeriveFault, catalogues, look, pictures
from config.derive.ledger import Ledger

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals={n}; plural={rule};\\n"

"""
STAR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect x="2" y="2" width="6" height="6"/></svg>'
HOLE = STAR.replace("</svg>", '<rect x="4" y="4" width="2" height="2" fill="#fff"/></svg>')


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


Write = Callable[[str, str], Path]


def po(body: str, n: int = 2, rule: str = "(n != 1)") -> str:
    return HEAD.format(n=n, rule=rule) + body


def test_parts_of_a_language_become_one_domain(write: Write, tmp_path: Path) -> None:
    write("locales/en/wall.po", po('msgid "wall.full"\nmsgstr "full"\n'))
    write("locales/en/ticket.po", po('msgid "ticket.star"\nmsgstr "star"\n'))
    catalogues.derive(tmp_path / "locales", Ledger(tmp_path / "out"))
    page = json.loads((tmp_path / "out/locales/en.json").read_text(encoding="utf-8"))
    assert page == {"language": "en", "texts": {"wall.full": "full", "ticket.star": "star"}}
    assert (tmp_path / "out/locales/en/LC_MESSAGES/gighall.mo").stat().st_size > 0


def test_pages_get_plural_forms_by_their_unicode_category(write: Write, tmp_path: Path) -> None:
    seats = 'msgid "seats"\nmsgid_plural "seats"\nmsgstr[0] "{count} seat"\nmsgstr[1] "{count} seats"\n'
    write("locales/en/wall.po", po(seats))
    catalogues.derive(tmp_path / "locales", Ledger(tmp_path / "out"))
    page = json.loads((tmp_path / "out/locales/en.json").read_text(encoding="utf-8"))
    assert page["texts"] == {"seats": {"one": "{count} seat", "other": "{count} seats"}}


def test_an_id_that_stands_in_two_parts_is_refused(write: Write, tmp_path: Path) -> None:
    write("locales/en/kiosk.po", po('msgid "full"\nmsgstr "full"\n'))
    write("locales/en/wall.po", po('msgid "full"\nmsgstr "no place left"\n'))
    with pytest.raises(DeriveFault, match=r"en/wall\.po: full stands in en/kiosk\.po already"):
        catalogues.merge(tmp_path / "locales", "en")


def test_an_id_that_stands_twice_in_a_part_is_refused(write: Write, tmp_path: Path) -> None:
    write("locales/en/wall.po", po('msgid "full"\nmsgstr "full"\n\nmsgid "full"\nmsgstr "no place left"\n'))
    with pytest.raises(DeriveFault, match=r"en/wall\.po: full stands there twice"):
        catalogues.merge(tmp_path / "locales", "en")


def test_a_text_that_lacks_a_plural_form_is_refused(write: Write, tmp_path: Path) -> None:
    write("locales/en/wall.po", po('msgid "seats"\nmsgid_plural "seats"\nmsgstr[0] "seats"\n', 1, "0"))
    with pytest.raises(DeriveFault, match="seats needs 2 plural forms"):
        catalogues.merge(tmp_path / "locales", "en")


@pytest.mark.parametrize("body", ['msgid "full"\nmsgstr ""\n', '#, fuzzy\nmsgid "full"\nmsgstr "full?"\n'])
def test_an_unfinished_text_is_refused(write: Write, tmp_path: Path, body: str) -> None:
    write("locales/en/wall.po", po(body))
    with pytest.raises(DeriveFault, match="full has no finished text"):
        catalogues.merge(tmp_path / "locales", "en")


def test_a_drawing_becomes_white_masks_and_one_bit_paper(write: Write, tmp_path: Path) -> None:
    write("drawings/trades/star.svg", STAR)
    pictures.derive(tmp_path / "drawings", Ledger(tmp_path / "out"))
    base = tmp_path / "out/pictograms"
    mask = Image.open(base / "kivy/128/trades/star.png")
    assert (mask.size, mask.getpixel((64, 64)), mask.getpixel((2, 2))) == ((128, 128), (255,) * 4, (255, 255, 255, 0))
    paper = Image.open(base / "paper/96/trades/star.png")
    assert (paper.size, paper.mode, paper.getpixel((48, 48)), paper.getpixel((2, 2))) == ((96, 96), "1", 0, 255)
    assert (base / "web/trades/star.svg").read_text(encoding="utf-8") == STAR


def test_what_is_drawn_white_on_black_stays_open(write: Write, tmp_path: Path) -> None:
    write("drawings/star.svg", HOLE)
    pictures.derive(tmp_path / "drawings", Ledger(tmp_path / "out"))
    mask = Image.open(tmp_path / "out/pictograms/kivy/256/star.png")
    assert mask.getpixel((128, 128)) == (255, 255, 255, 0)
    assert mask.getpixel((64, 64)) == (255, 255, 255, 255)


@pytest.mark.parametrize(("text", "words"), [("<svg", "cannot be drawn"), (STAR.replace("rect", "g"), "draws nothing")])
def test_a_broken_or_empty_drawing_is_refused_by_name(write: Write, tmp_path: Path, text: str, words: str) -> None:
    write("drawings/star.svg", text)
    with pytest.raises(DeriveFault, match=rf"star\.svg: {words}"):
        pictures.derive(tmp_path / "drawings", Ledger(tmp_path / "out"))


def test_the_style_sheet_sets_a_look_by_one_attribute() -> None:
    sheet = look.to_css({"wall": {"call_panel": "#20305a", "tiles": {"me": "#374151"}}, "radius": {"card": 24}})
    wall = '[data-look="wall"] {\n  --call-panel: #20305a;\n  --tiles-me: #374151;\n}\n'
    assert sheet == wall + ":root {\n  --radius-card: 24px;\n}\n"


def test_names_of_several_words_are_quoted_in_the_style_sheet() -> None:
    assert '--type-stack: "Noto Sans SC", sans-serif;' in look.to_css(
        {"type": {"stack": ["Noto Sans SC", "sans-serif"]}}
    )


def test_without_sources_nothing_is_derived_and_nothing_fails(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "out")
    look.derive(tmp_path / "look.toml", ledger)
    pictures.derive(tmp_path / "pictograms", ledger)
    catalogues.derive(tmp_path / "locales", ledger)
    assert (ledger.made, ledger.kept, ledger.close()) == (0, 0, 0)


def build(tmp_path: Path, source: Path) -> tuple[int, int, int]:
    ledger = Ledger(tmp_path / "out")
    if source.exists():
        target = tmp_path / "out" / source.name
        ledger.build([target], [source], partial(shutil.copy, source, target))
    return ledger.made, ledger.kept, ledger.close()


def test_an_unchanged_source_is_not_built_again(write: Write, tmp_path: Path) -> None:
    source = write("a.txt", "one")
    assert build(tmp_path, source) == (1, 0, 0)
    assert build(tmp_path, source) == (0, 1, 0)


def test_a_changed_source_is_built_again(write: Write, tmp_path: Path) -> None:
    build(tmp_path, write("a.txt", "one"))
    assert build(tmp_path, write("a.txt", "two")) == (1, 0, 0)
    assert (tmp_path / "out/a.txt").read_text() == "two"


def test_an_output_that_was_deleted_is_built_again(write: Write, tmp_path: Path) -> None:
    source = write("a.txt", "one")
    build(tmp_path, source)
    (tmp_path / "out/a.txt").unlink()
    assert build(tmp_path, source) == (1, 0, 0)


def test_the_output_of_a_deleted_source_is_deleted(write: Write, tmp_path: Path) -> None:
    source = write("a.txt", "one")
    build(tmp_path, source)
    source.unlink()
    assert build(tmp_path, source) == (0, 0, 1)
    assert not (tmp_path / "out/a.txt").exists()


@pytest.mark.parametrize("face", ["Regular", "Bold"])
def test_kiosk_and_paper_have_the_simplified_chinese_face(face: str) -> None:
    with TTFont(DERIVED / "fonts" / f"NotoSansSC-{face}.otf", lazy=True) as font:
        assert font["name"].getDebugName(6) == f"NotoSansCJKsc-{face}"
        assert {ord(sign) for sign in "零工市场元0A，"} <= set(font.getBestCmap())


def test_pages_have_both_weights_and_every_file_their_sheet_names() -> None:
    web = DERIVED / "fonts" / "web"
    sheet = (web / "noto-sans-sc.css").read_text(encoding="utf-8")
    assert {"font-weight: 400", "font-weight: 700"} <= {line.strip(" ;") for line in sheet.splitlines()}
    named = {part.split(")")[0] for part in sheet.split("url(")[1:]}
    assert len(named) > 100
    assert [name for name in named if not (web / name).is_file()] == []
