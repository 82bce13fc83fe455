"""How sheets about a bus look: the one behind its windscreen, and the list of who rides. Pure."""

from PIL import Image

from printer.layouts import parts, pictures, sheet
from printer.layouts.breaks import SEPARATOR
from printer.layouts.page import Page
from printer.layouts.typeset import Align, largest, parts_block, text_block
from printer.ticket import Manifest, Rider, WindscreenSheet

PEN_WIDTH = 220  # dots that a word and a line to write on need
EDGE = 4  # dots a sign as large as the paper keeps from its edges


def windscreen_sheet(page: Page, slip: WindscreenSheet) -> list[Image.Image]:
    """Lay out a bus's sign as large as the paper, then its time, bay and way."""
    sizes, across = page.sizes, page.width - 2 * EDGE
    bay = page.say("bay", bay=slip.bay)
    return [
        pictures.sign(page, slip.sign, slip.sign_name, across),
        parts.figures_line(page, slip.time, page.inner, range(sizes.number + 40, sizes.title, -4)),
        text_block(
            bay, page.inner, largest(bay, page.inner, page.bolds(range(sizes.pay, sizes.unit, -4), Align.CENTRE))
        ),
        parts.headline(page, slip.destination, Align.CENTRE),
        parts.note(page, slip.day, Align.CENTRE),
        parts.heading(page, slip.hall_name, slip.printed_at),
    ]


def manifest(page: Page, slip: Manifest) -> list[Image.Image]:
    """Lay out who rides, a box before each, and lines for what only the driver and staff know."""
    title = page.say("manifest.title" if slip.riders or not slip.blank_rows else "manifest.blank")
    return [
        parts.heading(page, slip.hall_name, slip.printed_at),
        parts.banner(page, title),
        trip_head(page, slip),
        _expected(page, slip),
        sheet.rule(page.inner, page.sizes.frame),
        *_section(page, [_rider(page, rider) for rider in slip.riders]),
        *_standby(page, slip.standby),
        *_section(page, [_blank_row(page, nth) for nth in range(1, slip.blank_rows + 1)]),
        *_signatures(page),
        *([sheet.centred(sheet.qr_block(slip.qr_text, page.inner, page.sizes.qr), page.inner)] if slip.qr_text else []),
    ]


def trip_head(page: Page, slip: Manifest) -> Image.Image:
    """The sign beside time and bay, then day and way."""
    sizes = page.sizes
    room = page.inner - sizes.sign - sizes.gap * 2
    bay = page.say("bay", bay=slip.bay)
    right = [
        parts.figures_line(page, slip.time, room, range(sizes.pay, sizes.unit, -4), Align.LEFT),
        text_block(bay, room, largest(bay, room, page.bolds((sizes.bay, sizes.unit, sizes.value)))),
    ]
    row = sheet.beside([pictures.sign(page, slip.sign, slip.sign_name, sizes.sign), sheet.stack(right)], sizes.gap * 2)
    return sheet.stack([row, parts.headline(page, slip.destination), parts.note(page, slip.day)])


def _expected(page: Page, slip: Manifest) -> Image.Image:
    if not slip.riders:
        return parts.note(page, page.say("manifest.seats", count=slip.seat_count))
    taken = sum(rider.seat_count for rider in slip.riders)
    return parts.note(page, page.say("manifest.expected", count=taken, seats=slip.seat_count))


def _section(page: Page, rows: list[Image.Image]) -> list[Image.Image]:
    return [sheet.stack([each for row in rows for each in (row, sheet.rule(page.inner, 2))], gap=4)] if rows else []


def _standby(page: Page, riders: tuple[Rider, ...]) -> list[Image.Image]:
    if not riders:
        return []
    title = text_block(page.say("manifest.standby"), page.inner, page.bold(page.sizes.unit))
    return [title, *_section(page, [_rider(page, rider) for rider in riders])]


def _rider(page: Page, rider: Rider) -> Image.Image:
    """A box, the slip's number and how many it is for; below them who, and the end of the code."""
    sizes = page.sizes
    box = sheet.tick_box(sizes.tick, 3)
    room = page.inner - box.width - sizes.gap * 2
    party = [page.say("manifest.party", count=rider.seat_count)] if rider.seat_count > 1 else []
    head = SEPARATOR.join([rider.number, *party])
    below = SEPARATOR.join([*([rider.name] if rider.name else []), page.say("manifest.tail", tail=rider.tail)])
    words = [parts_block(head, room, page.bold(sizes.code)), parts_block(below, room, page.regular(sizes.value))]
    return sheet.beside([box, sheet.stack(words)], sizes.gap * 2)


def _blank_row(page: Page, nth: int) -> Image.Image:
    sizes = page.sizes
    strip = sheet.blank(page.inner, sizes.pen_row)
    strip.paste(sheet.tick_box(sizes.tick, 3), (0, sizes.pen_row - sizes.tick - 6))
    look = page.regular(sizes.label)
    strip.paste(
        text_block(str(nth), look.width("000"), look), (sizes.tick + sizes.gap, sizes.pen_row - look.line_height)
    )
    return strip


def _signatures(page: Page) -> list[Image.Image]:
    words = [page.say(f"manifest.{name}") for name in ("aboard", "left_at", "driver", "staff")]
    half = (page.inner - page.sizes.gap * 2) // 2
    if half < PEN_WIDTH:
        return [parts.pen_line(page, word, page.inner) for word in words]
    rows = (words[:2], words[2:])
    return [sheet.beside([parts.pen_line(page, word, half) for word in row], page.inner - 2 * half) for row in rows]
