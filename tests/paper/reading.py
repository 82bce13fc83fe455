"""Reads the bytes of a paper as strictly as a printer would, and says in sentences what is wrong with them."""

import random
from dataclasses import dataclass, field

from PIL import Image, ImageChops

from printer.encode import closing_request, encode_paper
from printer.layouts import Faces, draw
from printer.profiles import PROFILES, Knife, Profile
from printer.reader import REAL_TIME, Beep, Cut, Feed, Illegal, Padding, Raster, Step, StrictReader
from printer.ticket import Slip
from tests.paper import codes_of, random_slip, scanned, signs, words_of

ENDINGS: dict[Knife, list[Step]] = {
    Knife.FEEDS_AND_CUTS: [Cut()],
    Knife.CUTS_IN_PLACE: [Feed(6), Cut()],
    Knife.NONE: [Feed(4)],
}


@dataclass
class Reading:
    """What was found in many papers."""

    papers: int = 0
    trapped: int = 0
    traps: int = 0
    wrong: list[str] = field(default_factory=list)


def read_random_papers(dice: random.Random, count: int, faces: Faces) -> Reading:
    """Draw papers of random words for one make after the other, and read what would be sent."""
    reading, words, makes = Reading(), words_of("zh_Hans"), list(PROFILES.values())
    for nth in range(count):
        slip, profile = random_slip(dice), makes[nth % len(makes)]
        picture = draw(slip, profile.width_dots, faces, words, signs).picture
        sent = encode_paper(picture, profile) + closing_request(profile.closing, b"%04d" % (nth % 10_000))
        before = ImageChops.invert(picture).tobytes()
        found = sum(before.count(trap) for trap in REAL_TIME)
        reading.papers, reading.trapped, reading.traps = nth + 1, reading.trapped + (found > 0), reading.traps + found
        reading.wrong += [
            f"paper {nth}, {slip.layout}, {profile.name}: {fault}" for fault in faults(sent, slip, profile)
        ]
    return reading


def faults(sent: bytes, slip: Slip, profile: Profile) -> list[str]:
    """What a strict reader has to say of a paper's bytes; nothing, if all is well."""
    steps = StrictReader().feed(sent)
    slices = [step for step in steps if isinstance(step, Raster)]
    last = max(at for at, step in enumerate(steps) if isinstance(step, Raster))
    ending = ENDINGS[profile.knife] + ([Beep(profile.buzz.times, profile.buzz.tenths)] if profile.buzz else [])
    checks = {
        "it holds a real-time command": any(trap in sent for trap in REAL_TIME),
        "a byte is illegal": any(isinstance(step, Illegal | Padding) for step in steps),
        "a slice is too high": any(one.rows > 255 for one in slices),
        "a slice is not as wide as the paper": any(one.width_bytes != (profile.width_dots + 7) // 8 for one in slices),
        "it is not cut as this make cuts": steps[last + 1 : last + 1 + len(ending)] != ending,
        "a code does not scan": scanned(picture_in(slices)) != codes_of(slip),
    }
    return [sentence for sentence, is_so in checks.items() if is_so]


def picture_in(slices: list[Raster]) -> Image.Image:
    """Put the raster slices of a stream together again."""
    data = b"".join(each.data for each in slices)
    size = (slices[0].width_bytes * 8, sum(each.rows for each in slices))
    return ImageChops.invert(Image.frombytes("1", size, data))
