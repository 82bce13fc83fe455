"""Renders the pictograms for Kivy, paper and pages; must not know what a pictogram means.

Out: `pictograms/web/<name>.svg` as drawn, `pictograms/kivy/<128|256>/<name>.png` white masks for code to tint,
`pictograms/paper/<96|160>/<name>.png` black on white, one bit; trip signs also as large as the paper.
"""

from __future__ import annotations

import io
import shutil
from functools import partial
from pathlib import Path

import cairosvg
from PIL import Image

from config.derive import DeriveFault
from config.derive.ledger import Ledger

KIVY_PX = (128, 256)
PAPER_DOTS = (96, 160)
SIGN_DOTS = (*PAPER_DOTS, 568)
"""Trip signs are printed as large as the paper (576 dots across) for a bus's windscreen."""
_DRAWN_PX = 512
"""Drawn larger than any output and averaged down, which keeps thin lines on one-bit paper."""


def derive(drawings: Path, ledger: Ledger) -> None:
    """Renders every `**/*.svg` under `drawings`. Raises DeriveFault for one that cannot be drawn or draws nothing."""
    base = ledger.folder / "pictograms"
    for svg in sorted(drawings.rglob("*.svg")):
        name = svg.relative_to(drawings)
        web = base / "web" / name
        kivy = {px: base / "kivy" / str(px) / name.with_suffix(".png") for px in KIVY_PX}
        paper = {dots: base / "paper" / str(dots) / name.with_suffix(".png") for dots in paper_dots(name)}
        ledger.build([web, *kivy.values(), *paper.values()], [svg], partial(_render, svg, web, kivy, paper))


def paper_dots(name: Path) -> tuple[int, ...]:
    """In which sizes a drawing is derived for paper."""
    return SIGN_DOTS if name.parent == Path("signs") else PAPER_DOTS


def _render(svg: Path, web: Path, kivy: dict[int, Path], paper: dict[int, Path]) -> None:
    ink = _ink(svg, _DRAWN_PX)
    shutil.copyfile(svg, web)
    for px, target in kivy.items():
        mask = Image.new("RGBA", (px, px), (255, 255, 255, 0))
        mask.putalpha(ink.resize((px, px), Image.Resampling.LANCZOS))
        mask.save(target)
    for dots, target in paper.items():
        fine = ink if dots * 2 <= _DRAWN_PX else _ink(svg, dots * 2)
        grey = fine.resize((dots, dots), Image.Resampling.LANCZOS)
        grey.point([255 if level < 128 else 0 for level in range(256)], mode="1").save(target)


def _ink(svg: Path, side: int) -> Image.Image:
    """How much ink each of side × side pixels gets, 0-255 (mode L): opaque and dark is ink, white and clear are not."""
    try:
        png = cairosvg.svg2png(url=str(svg), output_width=side, output_height=side)
    except Exception as error:  # the parser raises whatever its layers raise; each means "this drawing is broken"
        raise DeriveFault(f"{svg}: cannot be drawn: {error}") from error
    drawn = Image.open(io.BytesIO(png)).convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    ink = paper.convert("L").point([255 - level for level in range(256)])
    if ink.getbbox() is None:
        raise DeriveFault(f"{svg}: draws nothing that can be seen in black on white")
    return ink
