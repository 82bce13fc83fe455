"""What the tests of paper share: the catalogue's words, signs of their own, random slips.

The golden pictures use these signs, so that a better drawing of a fish changes no slip here.
"""

import json
import random
from pathlib import Path

from PIL import Image, ImageDraw

from config.texts import Catalogue
from printer.faults import PictogramMissing
from printer.layouts import Words
from printer.samples import load_sample
from printer.ticket import Slip, from_json, to_json

ROOT = Path(__file__).parents[2]


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
    elif name in ("trades/loader", "trades/machine-operator", "trades/kitchen-help"):
        pen.rectangle((40, 100, 360, 360), outline=0, width=28)
        pen.line((40, 200, 360, 200), fill=0, width=28)
    else:
        raise PictogramMissing(name)
    return big.resize((size, size), Image.Resampling.LANCZOS)


def random_slip(dice: random.Random) -> Slip:
    """Give the main job's slip with random Chinese in every text and a random code."""
    facts = json.loads(to_json(load_sample("job_slip", "zh_Hans")))
    for field in ("trade", "employer", "address", "contact", "way_back", "board", "day"):
        facts[field] = _random_chinese(dice, facts[field])
    code = "".join(dice.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(20))
    facts["qr_text"], facts["code"] = code, " ".join(code[start : start + 4] for start in range(0, 20, 4))
    return from_json(json.dumps(facts))


def _random_chinese(dice: random.Random, like: str) -> str:
    length = max(4, len(like) + dice.randint(-3, 6))
    return "".join(chr(dice.randint(0x4E00, 0x9FA5)) for _ in range(length))
