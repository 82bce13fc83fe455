"""Loads pictures of signs and trades for paper, so that the layouts need no file; knows nothing of slips."""

import re
from pathlib import Path

from PIL import Image

import config
from printer.faults import PictogramMissing

PAPER = Path(config.__file__).parent / "derived" / "pictograms" / "paper"  # made by config.derive
_NAME = re.compile(r"[a-z0-9_]+/[a-z0-9_-]+")


class PictogramFolder:
    """Pictures `<dots>/<kind>/<name>.png` in one bit; a size that is not stored is scaled. One a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[tuple[str, int], Image.Image] = {}

    def __call__(self, name: str, size: int, /) -> Image.Image:
        """Give an "L" picture of size × size dots, 0 is ink, of `signs/star`; raises PictogramMissing."""
        key = (name, size)
        if key not in self._kept:
            self._kept[key] = self._read(name, size)
        return self._kept[key]

    def _read(self, name: str, size: int) -> Image.Image:
        stored = self._stored(name)
        if not stored:
            raise PictogramMissing(name)
        best = stored.get(size) or stored[max(stored)]
        with Image.open(best) as picture:
            return picture.convert("L").resize((size, size), Image.Resampling.LANCZOS)

    def _stored(self, name: str) -> dict[int, Path]:
        if not _NAME.fullmatch(name):
            return {}
        return {int(path.parents[1].name): path for path in self._folder.glob(f"[0-9]*/{name}.png")}
