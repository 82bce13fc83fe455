"""The parts that slips share: heading, banner, rows of facts, code, footer. Pure; opens nothing."""

from PIL import Image

from printer.layouts import sheet
from printer.layouts.page import MIN_SIZE, Page
from printer.layouts.typeset import Align, largest, parts_block, text_block
from printer.ticket import Footer

PAIR = "0000 0000"  # two groups of the code stand on one line


def heading(page: Page, hall_name: str, printed_at: str) -> Image.Image:
    """Hall and time of printing, one line where it fits."""
    text = page.say("heading", hall=hall_name, printed_at=printed_at)
    return parts_block(text, page.inner, page.bold(page.sizes.small, Align.CENTRE))


def banner(page: Page, text: str) -> Image.Image:
    """White words on black: what changes the meaning of the whole slip."""
    look = page.bold(page.sizes.unit, Align.CENTRE)
    return sheet.inverted(sheet.padded(parts_block(text, page.inner, look), 0, 2, 0, 6))


def note(page: Page, text: str, align: Align = Align.LEFT) -> Image.Image:
    """A sentence in the size of values."""
    return parts_block(text, page.inner, page.bold(page.sizes.value, align))


def headline(page: Page, text: str, align: Align = Align.LEFT) -> Image.Image:
    """Words in the size of a title; smaller where they then stand on one line."""
    sizes = range(page.sizes.title, page.sizes.unit, -4)
    looks = page.bolds(sizes, align)
    one_line = largest(text, page.inner, looks)
    return text_block(text, page.inner, one_line if one_line.width(text) <= page.inner else looks[0])


def figures_line(page: Page, text: str, width: int, sizes: range, align: Align = Align.CENTRE) -> Image.Image:
    """Digits as large as the width allows."""
    return text_block(text, width, largest(text, width, [page.figures(size, align) for size in sizes]))


def pen_line(page: Page, label: str, width: int) -> Image.Image:
    """A label and a line to write on."""
    look = page.regular(page.sizes.label)
    start = look.width(label) + page.sizes.gap
    strip = sheet.blank(width, page.sizes.pen_row)
    strip.paste(sheet.ruled(max(1, width - start), page.sizes.pen_row), (min(start, width - 1), 0))
    words = text_block(label, start, look)
    strip.paste(words, (0, page.sizes.pen_row - look.line_height))
    return strip


def facts(page: Page, rows: list[tuple[str, str]]) -> list[Image.Image]:
    """Label and value in two columns; a row without a value is left out, and so are all where none has one."""
    shown = [(label, value) for label, value in rows if value]
    if not shown:
        return []
    look = page.regular(page.sizes.label)
    column = max(look.width(label) for label, _ in shown)
    return [sheet.stack([_fact(page, label, value, column) for label, value in shown], gap=2)]


def _fact(page: Page, label: str, value: str, column: int) -> Image.Image:
    gap = page.sizes.gap * 2
    room, size = page.inner - column - gap, page.sizes.value
    looks = [page.bold(size), page.bold(size - 2), page.bold(size - 4)]
    one_line = largest(value, room, looks)
    value_look = one_line if one_line.width(value) <= room else looks[0]
    words = parts_block(value, room, value_look)
    strip = sheet.blank(page.inner, words.height)
    look = page.regular(page.sizes.label)
    strip.paste(text_block(label, column, look), (0, value_look.base_line - look.base_line))
    strip.paste(words, (column + gap, 0))
    return strip


def code_part(page: Page, above: list[tuple[str, int]], code: str, qr_text: str) -> Image.Image:
    """QR code and the grouped code, side by side, or below each other where a long QR text leaves no room.

    `above` are the lines over the code: text and size in dots.
    """
    picture = sheet.qr_block(qr_text, page.inner, page.sizes.qr)
    room = page.inner - picture.width
    if room >= page.bold(page.sizes.code).width(PAIR):
        return sheet.beside([picture, _code_text(page, above, code, room)], 0)
    return sheet.stack([sheet.centred(picture, page.inner), _code_text(page, above, code, page.inner)])


def _code_text(page: Page, above: list[tuple[str, int]], code: str, width: int) -> Image.Image:
    looks = page.bolds(range(page.sizes.code, MIN_SIZE - 1, -2), Align.CENTRE)
    groups = code.split()
    pairs = [" ".join(groups[start : start + 2]) for start in range(0, len(groups), 2)] or [""]
    look = largest(max(pairs, key=looks[0].width), width, looks)
    heads = [text_block(text, width, page.bold(size, Align.CENTRE)) for text, size in above]
    return sheet.stack([*heads, *(text_block(pair, width, look) for pair in pairs)])


def footer_part(page: Page, footer: Footer) -> Image.Image:
    """Promise line, hotlines, the hall's phone, under a dashed line."""
    small = page.bold(page.sizes.small, Align.CENTRE)
    promise = page.bolds((page.sizes.value, page.sizes.label, page.sizes.small), Align.CENTRE)
    lines = [parts_block(footer.promise, page.inner, largest(footer.promise, page.inner, promise))]
    lines += [parts_block(footer.hotlines, page.inner, small)] if footer.hotlines else []
    return sheet.stack([cut_here(page), *lines, hall_phone(page, footer.hall_phone)])


def hall_phone(page: Page, phone: str) -> Image.Image:
    """Who to ring."""
    return parts_block(page.say("hall_phone", phone=phone), page.inner, page.bold(page.sizes.small, Align.CENTRE))


def cut_here(page: Page) -> Image.Image:
    """A dashed line with air around it."""
    return sheet.padded(sheet.dashes(page.inner, 4), 0, page.sizes.gap, 0, page.sizes.gap)


def amount(page: Page, figure: str, unit: str) -> Image.Image:
    """Large digits with their unit on the same base line, or below them where the line is full."""
    sizes = (page.sizes.pay, page.sizes.pay * 3 // 4, page.sizes.unit * 16 // 10)
    look = largest(figure, page.inner, [page.figures(size) for size in sizes])
    digits, start = text_block(figure, page.inner, look), look.width(figure) + page.sizes.gap
    unit_looks = page.bolds(range(page.sizes.unit, page.sizes.small - 1, -2))
    unit_look = largest(unit, page.inner - start, unit_looks)
    if start + unit_look.width(unit) > page.inner:
        return sheet.stack([digits, parts_block(unit, page.inner, unit_looks[0])])
    words = text_block(unit, page.inner - start, unit_look)
    strip = sheet.padded(digits, 0, 0, 0, max(0, words.height - unit_look.base_line - look.height_below))
    strip.paste(words, (start, look.base_line - unit_look.base_line))
    return strip
