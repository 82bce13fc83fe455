"""Pictures beside words: a bus's sign, a trade, a dial; the word alone where the picture is missing. Pure."""

import re

from PIL import Image

from printer.faults import PictogramMissing
from printer.layouts import sheet
from printer.layouts.breaks import wrap
from printer.layouts.page import MIN_SIZE, Page
from printer.layouts.typeset import Align, largest, text_block

TITLE_LINES = 3


def sign(page: Page, name: str, words: str, size: int) -> Image.Image:
    """A trip's sign; what it is called, where there is no such picture."""
    found = picture(page, f"signs/{name}", size)
    if found is not None:
        return found
    return text_block(words, size, largest(words, size, page.bolds(range(size // 2, MIN_SIZE - 1, -4), Align.CENTRE)))


def picture(page: Page, name: str, size: int) -> Image.Image | None:
    """A pictogram, None where there is no such picture."""
    try:
        return page.pictograms(name, size)
    except PictogramMissing:
        return None


def dial(page: Page, time: str) -> list[Image.Image]:
    """A clock face of a time of day H:MM; nothing for any other text."""
    shown = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", time)
    if shown is None:
        return []
    return [sheet.clock_face(int(shown[1]), int(shown[2]), page.sizes.clock)]


def trade_title(page: Page, trade: str, trade_sign: str) -> Image.Image:
    """A trade's picture and name; the name stands in the middle beside it, or begins at its top where it is long."""
    return titled(page, f"trades/{trade_sign}" if trade_sign else "", trade)


def _title(page: Page, text: str, width: int) -> Image.Image:
    """A title in the largest size in which it takes three lines, or in the smallest."""
    looks = page.bolds(range(page.sizes.title, page.sizes.code - 1, -6))
    fitting = (look for look in looks if len(wrap(text, width, look.width)) <= TITLE_LINES)
    return text_block(text, width, next(fitting, looks[-1]))


def titled(page: Page, name: str, title: str) -> Image.Image:
    """Any pictogram and a title beside it."""
    found = picture(page, name, page.sizes.trade_sign) if name else None
    if found is None:
        return _title(page, title, page.inner)
    gap = page.sizes.gap + 4
    words = _title(page, title, page.inner - found.width - gap)
    return sheet.beside([sheet.padded(found, 0, 0, 0, max(0, words.height - found.height)), words], gap)
