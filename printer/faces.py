"""Loads the one typeface from this machine so that the layouts need no file; knows nothing of slips."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from printer.faults import FaceMissing
from printer.layouts.typeset import Faces, Weight

FOLDER = Path("/usr/share/fonts/opentype/noto")  # where Debian's fonts-noto-cjk puts it
SIMPLIFIED_CHINESE = 2  # face of the .ttc: 0 Japanese, 1 Korean, 2 Simplified Chinese

_FILES = {Weight.REGULAR: "NotoSansCJK-Regular.ttc", Weight.BOLD: "NotoSansCJK-Bold.ttc"}


class NotoFaces:
    """Noto Sans CJK SC in two weights, each size loaded once; one instance per thread, FreeType is not shared."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._load = lru_cache(maxsize=64)(self._open)

    def font(self, weight: Weight, size: int) -> ImageFont.FreeTypeFont:
        """Give the font with an em of `size` dots."""
        return self._load(weight, size)

    def _open(self, weight: Weight, size: int) -> ImageFont.FreeTypeFont:
        path = str(self._folder / _FILES[weight])
        return ImageFont.truetype(path, size, index=SIMPLIFIED_CHINESE, layout_engine=ImageFont.Layout.BASIC)


def load_faces(folder: Path = FOLDER) -> Faces:
    """Open the fonts; raises FaceMissing and says which Debian package holds them."""
    missing = [name for name in _FILES.values() if not (folder / name).is_file()]
    if missing:
        raise FaceMissing(f"{folder / missing[0]} is missing: install the package fonts-noto-cjk")
    return NotoFaces(folder)
