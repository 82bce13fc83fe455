"""The pages a wall shows without its hall: six digits to pair, or that the server cannot be reached. Pure."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from string import Template

from config.derive import DERIVED
from config.texts import Catalogue

STATIC = Path(__file__).parent / "static"
STYLES = (DERIVED / "fonts" / "web" / "noto-sans-sc.css", DERIVED / "look.css", STATIC / "local.css")


@dataclass(frozen=True)
class LocalPage:
    """What stands on it: a sentence, a large figure or nothing, and what happens next."""

    heading: str
    digits: str
    next: str


def pairing(words: Catalogue, digits: str) -> LocalPage:
    """Six digits for staff to type, in two groups of three."""
    return LocalPage(words.text("wall.pair"), f"{digits[:3]} {digits[3:]}", words.text("wall.pair_next"))


def unreachable(words: Catalogue) -> LocalPage:
    """The hall's server does not answer, and there is no picture from before."""
    return LocalPage(words.text("wall.unreachable"), "", words.text("wall.unreachable_next"))


def starting(words: Catalogue) -> LocalPage:
    """While the hall is being reached for the first time."""
    return LocalPage(words.text("wall.loading"), "", "")


def to_html(page: LocalPage, language: str, template: str) -> str:
    """`template` with the page's words in it."""
    styles = "\n".join(f'<link rel="stylesheet" href="{path.resolve().as_uri()}">' for path in STYLES)
    facts = {"heading": page.heading, "digits": page.digits, "next": page.next, "language": language.replace("_", "-")}
    return Template(template).substitute({name: html.escape(text) for name, text in facts.items()}, styles=styles)
