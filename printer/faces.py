"""Loads the faces from this machine so that the layouts need no file, and keeps the ink of what was set before.

Noto Sans CJK SC sets everything it has; a rare character it lacks comes from the first of the other faces on this
machine that has it. Knows nothing of slips.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from printer.faults import FaceMissing
from printer.layouts.typeset import Faces, Glyph, Weight

FOLDER = Path("/usr/share/fonts/opentype/noto")  # where Debian's fonts-noto-cjk puts it
SIMPLIFIED_CHINESE = 2  # face of the .ttc: 0 Japanese, 1 Korean, 2 Simplified Chinese
OTHERS_ROOT = Path("/usr/share/fonts")
OTHERS = ("HanaMinB.ttf", "HanaMinA.ttf", "DejaVuSans-Bold.ttf", "unifont.otf")
"""Of Debian's fonts-hanazono, fonts-dejavu-core and fonts-unifont; those that are installed are used, in this order."""

_FILES = {Weight.REGULAR: "NotoSansCJK-Regular.ttc", Weight.BOLD: "NotoSansCJK-Bold.ttc"}
_NO_CHARACTER = "\U0010ffff"  # every face draws its box for a missing character here
_PROOF_SIZE = 24  # dots: large enough to tell any character from the box
_MOST_GLYPHS = 4000  # kept of one weight and size: a few megabytes at the sizes of running text
_NOTHING = Glyph(None, 0, 0, 0)
_UNSEEN = {"Cc", "Cf"}  # Unicode categories of characters without ink: controls, joiners, directions
_RIGHT_TO_LEFT = {"R", "AL"}

_Source = tuple[Path, int]  # a file and the number of the face in it


class NotoFaces:
    """The glyphs of Noto Sans CJK SC and of the faces behind it; one instance a thread, FreeType is not shared."""

    def __init__(self, folder: Path, others: tuple[Path, ...] = ()) -> None:
        self._folder = folder
        self._others = others
        self._kept: dict[tuple[Weight, int], dict[str, Glyph | None]] = {}
        self._open = lru_cache(maxsize=128)(_open)
        self._source = lru_cache(maxsize=20_000)(self._find)

    def glyph(self, weight: Weight, size: int, char: str) -> Glyph | None:
        """Give a character's ink with an em of `size` dots; None where no face of this machine has it.

        So it is also for what is written from the right: its letters take their shape from their neighbours.
        """
        kept = self._kept.setdefault((weight, size), {})
        try:
            return kept[char]
        except KeyError:
            if len(kept) >= _MOST_GLYPHS:
                kept.clear()
            kept[char] = self._draw(weight, size, char)
            return kept[char]

    def _draw(self, weight: Weight, size: int, char: str) -> Glyph | None:
        if _is_unseen(char):
            return _NOTHING
        source = self._source(weight, char)
        return None if source is None else _ink(self._open(*source, size), char)

    def _find(self, weight: Weight, char: str) -> _Source | None:
        """Give the first face that has the character: one that draws something else than its box."""
        if unicodedata.category(char) == "Cs" or unicodedata.bidirectional(char) in _RIGHT_TO_LEFT:
            return None
        for source in ((self._folder / _FILES[weight], SIMPLIFIED_CHINESE), *((path, 0) for path in self._others)):
            font = self._open(*source, _PROOF_SIZE)
            if bytes(font.getmask(char)) != bytes(font.getmask(_NO_CHARACTER)):
                return source
        return None


def _open(path: Path, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, index=index, layout_engine=ImageFont.Layout.BASIC)


def _ink(font: ImageFont.FreeTypeFont, char: str) -> Glyph:
    left, top, right, bottom = (round(edge) for edge in font.getbbox(char, anchor="ls"))
    room = Image.new("L", (max(1, right - left), max(1, bottom - top)), 0)
    ImageDraw.Draw(room).text((-left, -top), char, fill=255, font=font, anchor="ls")
    ink = room.getbbox()  # the font's own box reaches to the pen
    advance = round(font.getlength(char))
    return Glyph(room.crop(ink), left + ink[0], top + ink[1], advance) if ink else Glyph(None, 0, 0, advance)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN or "VARIATION SELECTOR" in unicodedata.name(char, "")


def other_faces(root: Path = OTHERS_ROOT) -> tuple[Path, ...]:
    """Find the faces on this machine that may stand in for a character Noto Sans CJK lacks."""
    found = {path.name: path for path in root.rglob("*.[ot]tf") if path.name in OTHERS}
    return tuple(found[name] for name in OTHERS if name in found)


def load_faces(folder: Path = FOLDER) -> Faces:
    """Open the fonts; raises FaceMissing and says which Debian package holds them."""
    missing = [name for name in _FILES.values() if not (folder / name).is_file()]
    if missing:
        raise FaceMissing(f"{folder / missing[0]} is missing: install the package fonts-noto-cjk")
    return NotoFaces(folder, other_faces())
