"""Colours and sizes of the glass from config/look.toml: drafts' px scaled to the window, never below what a hand and
old eyes need in millimetres."""

from dataclasses import dataclass, fields
from pathlib import Path

from config.look import Look, NearColours, NearTiles

Rgba = tuple[float, float, float, float]

DRAFT_PORTRAIT, DRAFT_WIDE = (1080, 1920), (1920, 1080)
TARGET_MM, GAP_MM, TEXT_MM, BODY_MM = 20.0, 5.0, 5.0, 8.0


@dataclass(frozen=True)
class Theme:
    """`px` of a draft become px of this window: `u` for lengths, `text` and `body` for type, `target` for what is
    pressed, `gap` for what parts two of them."""

    look: Look
    width: int
    height: int
    px_per_mm: float

    @property
    def is_wide(self) -> bool:
        """A screen that lies on its side."""
        return self.width > self.height

    @property
    def scale(self) -> float:
        """px of this window per px of the draft."""
        draft = DRAFT_WIDE if self.is_wide else DRAFT_PORTRAIT
        return min(self.width / draft[0], self.height / draft[1])

    def u(self, px: float) -> float:
        """A length."""
        return px * self.scale

    def text(self, px: float) -> float:
        """A small label's size of type."""
        return max(self.u(px), TEXT_MM * self.px_per_mm)

    def body(self, px: float) -> float:
        """The size of type of what must be read."""
        return max(self.u(px), BODY_MM * self.px_per_mm)

    def target(self, px: float) -> float:
        """Height or width of what is pressed."""
        return max(self.u(px), TARGET_MM * self.px_per_mm)

    def gap(self, px: float) -> float:
        """Between two things that are pressed."""
        return max(self.u(px), GAP_MM * self.px_per_mm)

    def colour(self, name: str) -> Rgba:
        """A token of `[near]`, or of `[near.tiles]` as `tile_<name>`."""
        if name.startswith("tile_"):
            return rgba(getattr(self.look.near.tiles, name.removeprefix("tile_")))
        return rgba(getattr(self.look.near, name))


def rgba(colour: str) -> Rgba:
    """`#rrggbb` as four numbers from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue, 1.0


def token_names() -> set[str]:
    """Every colour that a view may name."""
    near = {field.name for field in fields(NearColours)} - {"tiles"}
    return near | {f"tile_{field.name}" for field in fields(NearTiles)}


FACES = ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf")


def faces_in(derived: Path) -> tuple[Path, Path]:
    """Regular and bold face of the one typeface."""
    return derived / "fonts" / FACES[0], derived / "fonts" / FACES[1]
