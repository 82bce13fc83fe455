"""Loads the faces from this machine so that the layouts need no file, and keeps the ink of what was set before.

Noto Sans CJK SC sets everything it has; a rare character it lacks comes from the first of the other faces on this
machine that has it. Knows nothing of slips.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from printer.faults import FaceMissing
from printer.layouts.typeset import Faces, Glyph, Weight, is_han

FOLDER = Path("/usr/share/fonts/opentype/noto")  # where Debian's fonts-noto-cjk puts it
SIMPLIFIED_CHINESE = 2  # face of the .ttc: 0 Japanese, 1 Korean, 2 Simplified Chinese
OTHERS_ROOT = Path("/usr/share/fonts")
OTHERS = ("HanaMinB.ttf", "HanaMinA.ttf", "DejaVuSans-Bold.ttf", "unifont.otf")
"""Of Debian's fonts-hanazono, fonts-dejavu-core and fonts-unifont; those that are installed are used, in this order."""

_FILES = {Weight.REGULAR: "NotoSansCJK-Regular.ttc", Weight.BOLD: "NotoSansCJK-Bold.ttc"}
_NO_CHARACTER = "\U0010ffff"  # every face draws its box for a missing character here
_MOST_GLYPHS = 4000  # kept of one weight and size: a few megabytes at the sizes of running text
_NOTHING = Glyph(None, 0, 0, 0)
_UNSEEN = {"Cc", "Cf"}  # Unicode categories of characters without ink: controls, joiners, directions
_RIGHT_TO_LEFT = {"R", "AL"}


class NotoFaces:
    """The glyphs of Noto Sans CJK SC and of the faces behind it; one instance a thread, FreeType is not shared."""

    def __init__(self, folder: Path, others: tuple[Path, ...] = ()) -> None:
        self._folder = folder
        self._others = others
        self._kept: dict[tuple[Weight, int], dict[str, Glyph | None]] = {}
        self._open = lru_cache(maxsize=128)(_Face)

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
        if unicodedata.category(char) == "Cs" or unicodedata.bidirectional(char) in _RIGHT_TO_LEFT:
            return None
        sources = ((self._folder / _FILES[weight], SIMPLIFIED_CHINESE), *((path, 0) for path in self._others))
        drawn = (self._open(path, index, size).glyph(char) for path, index in sources)
        return next((glyph for glyph in drawn if glyph is not None), None)


class _Face:
    """One face in one size."""

    def __init__(self, path: Path, index: int, size: int) -> None:
        self._font = ImageFont.truetype(str(path), size, index=index, layout_engine=ImageFont.Layout.BASIC)
        self._size = size
        self._box = self._render(_NO_CHARACTER)

    def glyph(self, char: str) -> Glyph | None:
        """Give the character's ink; None where the face draws its box for a missing character."""
        drawn = self._render(char)
        return None if _is_same(drawn, self._box) else drawn

    def _advance(self, char: str) -> int:
        return self._size if is_han(char) else round(self._font.getlength(char))

    def _render(self, char: str) -> Glyph:
        size, advance = self._size, self._advance(char)
        room = Image.new("L", (advance + 2 * size, 3 * size), 0)
        ImageDraw.Draw(room).text((size, 2 * size), char, fill=255, font=self._font, anchor="ls")
        ink = room.getbbox()
        return Glyph(room.crop(ink), ink[0] - size, ink[1] - 2 * size, advance) if ink else Glyph(None, 0, 0, advance)


def _is_same(one: Glyph, other: Glyph) -> bool:
    if one.mask is None or other.mask is None or one.mask.size != other.mask.size:
        return False
    return one.mask.tobytes() == other.mask.tobytes()


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
