"""Loads bus signs as black-on-white pictures so that the layouts need no file; knows nothing of slips."""

from pathlib import Path

from PIL import Image

from printer.faults import PictogramMissing


class PictogramFolder:
    """Pictures `<name>.png` of one folder, transparent or white ground, scaled to a square of the asked size."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[tuple[str, int], Image.Image] = {}

    def __call__(self, name: str, size: int) -> Image.Image:
        """Give an "L" picture of size × size dots, 0 is ink; raises PictogramMissing."""
        key = (name, size)
        if key not in self._kept:
            self._kept[key] = self._read(name).resize((size, size), Image.Resampling.LANCZOS)
        return self._kept[key]

    def _read(self, name: str) -> Image.Image:
        path = self._folder / f"{name}.png"
        if not name.replace("_", "").replace("-", "").isalnum() or not path.is_file():
            raise PictogramMissing(name)
        with Image.open(path) as stored:
            picture = stored.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture)
        return ground.convert("L")
