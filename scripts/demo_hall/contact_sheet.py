"""Puts the pictures of a demo on one page that needs nothing but the files beside it. Takes no picture."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from PIL import Image

from config.derive import DERIVED
from config.texts import Catalogue

PAGE = Path(__file__).parent / "page" / "sheet.html"
SCREENS = ("wall", "kiosk", "tablet", "paper")


@dataclass(frozen=True)
class Shot:
    """A picture beside the page; its caption is `demo.shot.<screen>.<name>`."""

    screen: str
    name: str
    file: Path


def write_sheet(folder: Path, shots: Sequence[Shot], facts: Mapping[str, object]) -> Path:
    """`index.html` in `folder`, captions in both languages, by screen in the order taken."""
    zh, en = Catalogue.load("zh_Hans"), Catalogue.load("en")
    page = Template(PAGE.read_text(encoding="utf-8")).substitute(
        look=(DERIVED / "look.css").read_text(encoding="utf-8"),
        title=zh.text("demo.sheet.title"),
        title_zh=zh.text("demo.sheet.title"),
        title_en=en.text("demo.sheet.title"),
        facts_zh=zh.text("demo.sheet.facts", **facts),
        facts_en=en.text("demo.sheet.facts", **facts),
        sections="\n".join(_section(zh, en, screen, shots) for screen in SCREENS),
    )
    file = folder / "index.html"
    file.write_text(page, encoding="utf-8")
    return file


def _section(zh: Catalogue, en: Catalogue, screen: str, shots: Sequence[Shot]) -> str:
    mine = [shot for shot in shots if shot.screen == screen]
    if not mine:
        return ""
    id = f"demo.sheet.{screen}"
    head = f'<h2>{zh.text(id)}<span lang="en">{en.text(id)}</span></h2>'
    return f'<section class="{screen}">{head}<div>{"".join(_figure(zh, en, shot) for shot in mine)}</div></section>'


def _figure(zh: Catalogue, en: Catalogue, shot: Shot) -> str:
    id = f"demo.shot.{shot.screen}.{shot.name}"
    words = html.escape(zh.text(id))
    with Image.open(shot.file) as picture:
        width, height = picture.size
    name = html.escape(shot.file.name)
    image = f'<a href="{name}"><img src="{name}" alt="{words}" width="{width}" height="{height}" loading="lazy"></a>'
    return f'<figure>{image}<figcaption>{words}<span lang="en">{html.escape(en.text(id))}</span></figcaption></figure>'
