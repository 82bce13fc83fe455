"""What the tests of paper share: the catalogue's words, signs of their own, random slips.

The golden pictures use these signs, so that a better drawing of a fish changes no slip here.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image, ImageDraw

from config.texts import Catalogue
from printer.faults import PictogramMissing
from printer.layouts import Faces, Glyph, Weight, Words, draw
from printer.samples import NAMES, load_sample
from printer.ticket import Slip, from_json, to_json

ROOT = Path(__file__).parents[2]
HAN = [chr(random.Random(nth).randint(0x4E00, 0x9FA5)) for nth in range(400)]
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def words_of(language: str) -> Words:
    """Give the ticket's words from the derived catalogue."""
    return Catalogue.load(language).text


def signs(name: str, size: int) -> Image.Image:
    """Draw a star, an umbrella or a crate; any other picture is missing, as it may be in a hall's own pack."""
    big = Image.new("L", (400, 400), 255)
    pen = ImageDraw.Draw(big)
    if name == "signs/star":
        star = "200,16 248,152 392,152 276,236 320,376 200,292 80,376 124,236 8,152 152,152"
        pen.polygon([tuple(map(int, point.split(","))) for point in star.split()], fill=0)
    elif name == "signs/umbrella":
        pen.pieslice((20, 30, 380, 390), 180, 360, fill=0)
        pen.rectangle((190, 200, 210, 340), fill=0)
        pen.arc((190, 300, 270, 380), 0, 180, fill=0, width=20)
    elif name in ("trades/loader", "trades/machine-operator", "trades/kitchen-help", "services/rights", "ui/phone"):
        pen.rectangle((40, 100, 360, 360), outline=0, width=28)
        pen.line((40, 200, 360, 200), fill=0, width=28)
    else:
        raise PictogramMissing(name)
    return big.resize((size, size), Image.Resampling.LANCZOS)


class WatchedFaces:
    """The real faces, remembering which sizes were asked for."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self.sizes: set[int] = set()

    def glyph(self, weight: Weight, size: int, char: str) -> Glyph | None:
        self.sizes.add(size)
        return self._faces.glyph(weight, size, char)


@dataclass(frozen=True)
class DrawnSample:
    """A sample's dots, packed, and the size of the smallest letter on it."""

    size: tuple[int, int]
    packed: bytes
    smallest: int

    @property
    def picture(self) -> Image.Image:
        return Image.frombytes("1", self.size, self.packed)


_DRAWN: dict[tuple[str, int, str], DrawnSample] = {}


def drawn_sample(name: str, width: int, language: str, faces: Faces) -> DrawnSample:
    """Draw a sample, once for all tests that look at it."""
    key = (name, width, language)
    if key not in _DRAWN:
        watched = WatchedFaces(faces)
        picture = draw(load_sample(name, language), width, watched, words_of(language), signs).picture
        assert picture.mode == "1"
        _DRAWN[key] = DrawnSample(picture.size, picture.tobytes(), min(watched.sizes))
    return _DRAWN[key]


def codes_of(slip: Slip) -> set[str]:
    """Give the text of every QR code that stands on a slip."""

    def texts(value: object) -> set[str]:
        if isinstance(value, dict):
            own = {str(value["qr_text"])} if value.get("qr_text") else set()
            return own.union(*map(texts, value.values()))
        return set().union(*map(texts, value)) if isinstance(value, list) else set()

    return texts(json.loads(to_json(slip)))


def scanned(picture: Image.Image) -> set[str]:
    """Read every code on a picture of paper."""
    return {found.text for found in zxingcpp.read_barcodes(picture.convert("L"))}


def random_slip(dice: random.Random, names: Sequence[str] = NAMES, letters: Sequence[str] = HAN) -> Slip:
    """Give one of the samples with random Chinese in place of its words, random digits, and random codes."""
    facts = json.loads(to_json(load_sample(dice.choice(names), "zh_Hans")))
    return from_json(json.dumps(_shuffled(facts, dice, letters)))


def _shuffled(value: Any, dice: random.Random, letters: Sequence[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _shuffled(part, dice, letters, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_shuffled(part, dice, letters, key) for part in value]
    if not isinstance(value, str) or key in ("layout", "language", "sign", "trade_sign", "bus_sign", "service_sign"):
        return value
    if key in ("qr_text", "code"):
        return "".join(char if char == " " else dice.choice(CROCKFORD) for char in value)
    return "".join(_like(char, dice, letters) for char in value)


def _like(char: str, dice: random.Random, letters: Sequence[str]) -> str:
    if char.isdigit():
        return dice.choice("0123456789")
    return dice.choice(letters) if "\u4e00" <= char <= "\u9fff" else char
