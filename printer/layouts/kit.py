"""How the sheets of the paper kit look: everything to be read at arm's length and written on with a thick pen. Pure."""

from PIL import Image

from printer.layouts import parts, pictures, sheet
from printer.layouts.breaks import SEPARATOR
from printer.layouts.page import Page
from printer.layouts.typeset import Align, largest, parts_block, text_block
from printer.ticket import KitBus, KitBuses, KitCover, KitNumber, KitNumbers, KitPost, KitPosts

STEPS = ("give", "write", "tick", "type_in")


def kit_cover(page: Page, slip: KitCover) -> list[Image.Image]:
    """Lay out what the kit holds and what to do with it, in four steps."""
    rows = [(part.name, page.say("kit.sheets", count=part.count)) for part in slip.parts]
    return [
        parts.heading(page, slip.hall_name, slip.printed_at),
        parts.banner(page, page.say("kit.title")),
        parts.headline(page, slip.day, Align.CENTRE),
        *(_step(page, nth, page.say(f"kit.step.{step}")) for nth, step in enumerate(STEPS, 1)),
        sheet.rule(page.inner, page.sizes.frame),
        *parts.facts(page, rows),
        parts.hall_phone(page, slip.hall_phone),
    ]


def _step(page: Page, nth: int, text: str) -> Image.Image:
    look = page.bold(page.sizes.unit)
    start = look.width("0") + page.sizes.gap * 2
    words = text_block(text, page.inner - start, page.bold(page.sizes.value))
    digit = text_block(str(nth), start, look)
    return sheet.beside([sheet.padded(digit, 0, 0, 0, max(0, words.height - digit.height)), words], 0)


def kit_numbers(page: Page, slip: KitNumbers) -> list[Image.Image]:
    """Lay out numbers to tear off, each with what makes it valid: hall, day, code."""
    head = page.say("kit.number_head", hall=slip.hall_name, day=slip.day)
    if slip.is_reprint:  # each is torn off, and must say so by itself
        head = SEPARATOR.join([page.say("reprint"), head])
    return [block for number in slip.numbers for block in (_chit(page, head, number), parts.cut_here(page))]


def _chit(page: Page, head: str, number: KitNumber) -> Image.Image:
    sizes = page.sizes
    code = sheet.qr_block(number.qr_text, page.inner, sizes.qr * 3 // 4)
    room = page.inner - code.width - sizes.gap
    digits = parts.figures_line(page, number.number, room, range(sizes.number, sizes.unit, -4))
    heading = parts_block(head, page.inner, page.bold(sizes.small, Align.CENTRE))
    row = sheet.beside([digits, code], sizes.gap)
    return sheet.stack([heading, row, parts.pen_line(page, page.say("kit.for_what"), page.inner)])


def kit_buses(page: Page, slip: KitBuses) -> list[Image.Image]:
    """Lay out the day's buses."""
    return [
        parts.heading(page, slip.hall_name, slip.printed_at),
        parts.banner(page, page.say("kit.buses")),
        parts.headline(page, slip.day, Align.CENTRE),
        *(block for bus in slip.buses for block in (sheet.rule(page.inner, 3), _bus(page, bus))),
    ]


def _bus(page: Page, bus: KitBus) -> Image.Image:
    sizes = page.sizes
    room = page.inner - sizes.sign - sizes.gap * 2
    place = page.say("kit.bay_seats", bay=page.say("bay", bay=bus.bay), seats=page.say("seats", count=bus.seat_count))
    lines = [
        parts.figures_line(page, bus.time, room, range(sizes.pay, sizes.unit, -4), Align.LEFT),
        parts_block(place, room, largest(place, room, page.bolds((sizes.unit, sizes.value)))),
        text_block(bus.destination, room, page.bold(sizes.value)),
    ]
    return sheet.beside([pictures.sign(page, bus.sign, bus.sign_name, sizes.sign), sheet.stack(lines)], sizes.gap * 2)


def kit_posts(page: Page, slip: KitPosts) -> list[Image.Image]:
    """Lay out the day's posts, a line to write on for each place."""
    return [
        parts.heading(page, slip.hall_name, slip.printed_at),
        parts.banner(page, page.say("kit.posts")),
        parts.headline(page, slip.day, Align.CENTRE),
        *(block for post in slip.posts for block in _post(page, post)),
    ]


def _post(page: Page, post: KitPost) -> list[Image.Image]:
    rows = {"hours": post.hours, "employer": post.employer, "address": post.address, "contact": post.contact}
    unit = page.say("pay", unit=post.pay_unit, settlement=post.settlement)
    return [
        sheet.padded(sheet.rule(page.inner, page.sizes.frame), 0, page.sizes.gap * 2, 0, 0),
        sheet.stack(
            [pictures.trade_title(page, post.trade, post.trade_sign), parts.amount(page, post.pay_amount, unit)]
        ),
        *parts.facts(
            page, [*((page.say(name), value) for name, value in rows.items()), (page.say("list.way"), post.way)]
        ),
        _places_head(page, post),
        *(parts.pen_line(page, f"{nth}.", page.inner) for nth in range(1, post.places + 1)),
    ]


def _places_head(page: Page, post: KitPost) -> Image.Image:
    """How many places there are and what to write on their lines; beside it the post's code."""
    code = [sheet.qr_block(post.qr_text, page.inner, page.sizes.qr * 3 // 4)] if post.qr_text else []
    room = page.inner - sum(block.width for block in code)
    wanted = text_block(page.say("kit.places", count=post.places), room, page.bold(page.sizes.title))
    to_write = text_block(page.say("kit.write_here"), room, page.regular(page.sizes.label))
    return sheet.beside([sheet.stack([wanted, to_write]), *code], 0)
