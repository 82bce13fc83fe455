"""`gighall ticket` writes any sample as a picture or as bytes, and says what it cannot."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from hallserver.cli import main
from printer.reader import Cut, Illegal, Raster, StrictReader
from printer.samples import PAPER_KIT, SHEETS


def ticket(*words: str) -> Result:
    return CliRunner().invoke(main, ["ticket", *words])


def test_the_help_lists_every_sample() -> None:
    shown = ticket("--help").output.replace("\n", " ").replace(" ", "")
    assert all(name in shown for name in SHEETS)


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_a_sample_becomes_a_picture_of_the_paper(language: str, tmp_path: Path) -> None:
    out = tmp_path / "slip.png"
    told = ticket("--sample", "windscreen", "--language", language, "--width", "384", "--out", str(out))
    assert told.exit_code == 0, told.output
    with Image.open(out) as picture:
        assert (picture.mode, picture.width) == ("1", 384)


def test_the_paper_kit_becomes_bytes_that_cut_each_of_its_sheets_off(tmp_path: Path) -> None:
    out = tmp_path / "kit.bin"
    told = ticket("--sample", "paper_kit", "--width", "576", "--out", str(out))
    steps = StrictReader().feed(out.read_bytes())
    assert told.exit_code == 0, told.output
    assert steps.count(Cut()) == len(PAPER_KIT)
    assert any(isinstance(step, Raster) for step in steps)
    assert not [step for step in steps if isinstance(step, Illegal)]


def test_the_paper_kit_becomes_one_picture_with_its_sheets_apart(tmp_path: Path) -> None:
    out = tmp_path / "kit.png"
    assert ticket("--sample", "paper_kit", "--out", str(out)).exit_code == 0
    with Image.open(out) as picture:
        assert picture.width == 576
        assert [picture.getpixel((5, y)) for y in range(picture.height)].count(160) == 24 * (len(PAPER_KIT) - 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--width", "600", "--out", "x.bin"), "known: default"),
        (("--profile", "TM-Nothing", "--out", "x.bin"), "TM-T88V"),
        (("--out", "x.jpg"), ".png or a .bin"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    *options, name = words
    told = ticket(*options, str(tmp_path / name))
    assert told.exit_code == 1
    assert said in told.output
    assert not list(tmp_path.iterdir())
