"""The pictures of signs and trades are found for paper, and nothing outside their folder is."""

from pathlib import Path

import pytest
from PIL import Image

from printer.faults import PictogramMissing
from printer.pictograms import PAPER, PictogramFolder
from tests.paper import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for dots in (96, 160):
        place = tmp_path / str(dots) / "signs"
        place.mkdir(parents=True)
        picture = Image.new("1", (dots, dots), 1)
        picture.paste(0, (0, 0, dots // 2, dots))
        picture.save(place / "half-moon.png")
    return tmp_path


@pytest.mark.parametrize("size", [96, 160, 120])
def test_a_sign_has_the_asked_size_and_its_ink_is_black(folder: Path, size: int) -> None:
    picture = PictogramFolder(folder)("signs/half-moon", size)
    assert (picture.mode, picture.size) == ("L", (size, size))
    assert (picture.getpixel((2, 2)), picture.getpixel((size - 3, 2))) == (0, 255)


@pytest.mark.parametrize("name", ["half-moon", "signs/../half-moon", "/etc/x", "signs/", "signs/none", "signs/*", ""])
def test_a_name_that_is_no_stored_picture_is_missing(folder: Path, name: str) -> None:
    with pytest.raises(PictogramMissing):
        PictogramFolder(folder)(name, 96)


def test_every_drawing_of_a_sign_and_a_trade_is_there_for_paper() -> None:
    drawings = [*(ROOT / "config/pictograms/signs").glob("*.svg"), *(ROOT / "config/pictograms/trades").glob("*.svg")]
    folder = PictogramFolder(PAPER)
    assert drawings
    for drawing in drawings:
        folder(f"{drawing.parent.name}/{drawing.stem}", 96)
