"""Every pictogram keeps one grammar and can be told from its neighbours at the size of a list and on paper."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from functools import cache
from itertools import combinations
from pathlib import Path

import cairosvg
import pytest
from PIL import Image, ImageChops

from config.pack import PICTOGRAMS

ALL = sorted(PICTOGRAMS.glob("*/*.svg"))
NAMES = [f"{path.parent.name}/{path.stem}" for path in ALL]
SIGNS = "star triangle circle fish umbrella square moon flower bird tree heart house"
UI = """
jobs bus number rights me training fair speaker staff back home camera qr printer clock meal bed seat wheelchair
sun-up noon evening night ok warning phone pin money older people2 own-way car id-card worker-card keys erase lock
no-picture paper
"""
HINTS = "closer farther too-dark glare upside-down hold-still on-a-screen other-side not-a-card"
STROKE = {"fill": "none", "stroke": "currentColor", "stroke-linecap": "round", "stroke-linejoin": "round"}


@cache
def ink(path: Path, size: int) -> Image.Image:
    """White where there is ink, on black."""
    png = cairosvg.svg2png(url=str(path), output_width=size, output_height=size)
    return Image.open(io.BytesIO(png)).getchannel("A")


def share(image: Image.Image) -> float:
    """Part of the picture that has ink, 0 to 1."""
    histogram = image.histogram()
    return sum(value * count for value, count in enumerate(histogram)) / 255 / (image.width * image.height)


def test_the_picture_signs_of_trips_and_the_signs_of_screens_are_all_there() -> None:
    assert {path.stem for path in (PICTOGRAMS / "signs").glob("*.svg")} == set(SIGNS.split())
    assert {path.stem for path in (PICTOGRAMS / "ui").glob("*.svg")} == set(UI.split())
    assert {path.stem for path in (PICTOGRAMS / "hints").glob("*.svg")} == set(HINTS.split())


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_a_pictogram_is_paths_of_one_colour_and_one_stroke_in_a_box_of_64(path: Path) -> None:
    root = ET.parse(path).getroot()
    assert root.attrib == {"viewBox": "0 0 64 64", "fill": "currentColor"}
    for shape in root:
        assert shape.tag == "{http://www.w3.org/2000/svg}path"
        look = {key: value for key, value in shape.attrib.items() if key != "d"}
        assert look in ({"fill-rule": "evenodd"}, {**STROKE, "stroke-width": "4.5"})


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_a_pictogram_fills_its_box_and_is_not_cut_off(path: Path) -> None:
    image = ink(path, 128)
    left, top, right, bottom = image.point(lambda value: value // 128 * 255).getbbox() or (0, 0, 0, 0)
    assert max(right - left, bottom - top) >= 96
    assert min(left, top, 128 - right, 128 - bottom) >= 1


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_a_pictogram_is_neither_thin_nor_a_blot(path: Path) -> None:
    assert 0.15 <= share(ink(path, 64)) <= 0.8


@pytest.mark.parametrize("kind", ["trades", "signs", "services", "ui", "hints"])
def test_no_two_pictograms_of_a_kind_look_alike_at_24_px_in_one_bit(kind: str) -> None:
    bits = {
        path.stem: ink(path, 24).point(lambda value: value // 128 * 255) for path in ALL if path.parent.name == kind
    }
    alike = [(a, b) for a, b in combinations(bits, 2) if share(ImageChops.difference(bits[a], bits[b])) < 0.1]
    assert alike == []
