"""How each slip looks, from what matters most downwards; pure: faces, pictograms and words come in as arguments."""

import re

from PIL import Image

from printer.faults import PictogramMissing
from printer.layouts import parts, sheet
from printer.layouts.page import MIN_SIZE, Page, Pictograms, Words, page_for
from printer.layouts.typeset import Align, Faces, Style, largest, text_block
from printer.ticket import BusPart, JobSlip, NumberSlip, OwnWayPart, Slip, TestPage


def draw(slip: Slip, width_dots: int, faces: Faces, words: Words, pictograms: Pictograms) -> Image.Image:
    """Lay out a slip for a paper width; gives a 1-bit picture of that width, 0 is ink.

    Raises SlipTooWide where the QR code does not fit; a pictogram that is missing is replaced by its name.
    """
    page = page_for(width_dots, faces, words, pictograms)
    match slip:
        case JobSlip():
            blocks = _job(page, slip)
        case NumberSlip():
            blocks = _number(page, slip)
        case TestPage():
            blocks = _test(page, slip)
    strip = sheet.stack([sheet.centred(block, width_dots) for block in blocks], gap=page.sizes.gap)
    return sheet.to_dots(sheet.padded(strip, 0, 6, 0, 10))


def _job(page: Page, slip: JobSlip) -> list[Image.Image]:
    return [
        *_marks(page, slip),
        parts.heading(page, slip.hall_name, slip.printed_at),
        *_way_there(page, slip),
        _work(page, slip),
        *parts.facts(page, _job_facts(page, slip)),
        parts.code_part(page, _job_code_lines(page, slip), slip.code, slip.qr_text),
        parts.footer_part(page, slip.footer),
    ]


def _marks(page: Page, slip: JobSlip) -> list[Image.Image]:
    marks = []
    if slip.is_reprint:
        marks.append(parts.banner(page, page.say("reprint")))
    if slip.standby is not None:
        marks.append(parts.banner(page, page.say("standby", place=slip.standby)))
    return marks


def _way_there(page: Page, slip: JobSlip) -> list[Image.Image]:
    if slip.bus is not None:
        return [_bus_box(page, slip.bus)]
    if slip.own_way is not None:
        return [_own_way_box(page, slip.own_way)]
    return []


def _bus_box(page: Page, bus: BusPart) -> Image.Image:
    sizes, pad = page.sizes, page.sizes.gap + page.sizes.frame
    inner = page.inner - 2 * pad
    right = inner - sizes.sign - sizes.gap * 2
    left_column = [_sign(page, bus), *(sheet.centred(dial, sizes.sign) for dial in _dial(page, bus.time))]
    bay = page.say("bay", bay=bus.bay)
    right_column = [
        _time(page, bus.time, right),
        text_block(bay, right, largest(bay, right, _bold(page, (sizes.bay, sizes.unit, sizes.value)))),
    ]
    if bus.seat_count > 1:
        right_column.append(text_block(page.say("seats", count=bus.seat_count), right, page.bold(sizes.value)))
    columns = sheet.beside([sheet.stack(left_column, gap=sizes.gap), sheet.stack(right_column)], sizes.gap * 2)
    early = page.say("bring_early", minutes=bus.bring_early_minutes)
    note = text_block(early, inner, page.bold(sizes.value, Align.CENTRE))
    return sheet.framed(sheet.stack([columns, note], gap=4), pad, sizes.frame)


def _sign(page: Page, bus: BusPart) -> Image.Image:
    try:
        return page.pictograms(f"signs/{bus.sign}", page.sizes.sign)
    except PictogramMissing:
        looks = [page.bold(size, Align.CENTRE) for size in range(page.sizes.bay, MIN_SIZE - 1, -4)]
        return text_block(bus.sign_name, page.sizes.sign, largest(bus.sign_name, page.sizes.sign, looks))


def _dial(page: Page, time: str) -> list[Image.Image]:
    shown = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", time)
    if shown is None:
        return []
    dial = sheet.clock_face(int(shown[1]), int(shown[2]), page.sizes.clock)
    return [dial]


def _time(page: Page, time: str, width: int) -> Image.Image:
    sizes = range(page.sizes.time, page.sizes.bay, -4)
    return text_block(time, width, largest(time, width, [page.figures(size) for size in sizes]))


def _bold(page: Page, sizes: range | tuple[int, ...]) -> list[Style]:
    return [page.bold(size) for size in sizes]


def _own_way_box(page: Page, way: OwnWayPart) -> Image.Image:
    pad = page.sizes.gap + page.sizes.frame
    inner = page.inner - 2 * pad
    look = largest(way.directions, inner, _bold(page, (page.sizes.bay, page.sizes.unit, page.sizes.value)))
    lines = [text_block(way.directions, inner, look), *_be_there(page, way.arrive_by, inner)]
    return sheet.framed(sheet.stack(lines, gap=4), pad, page.sizes.frame)


def _be_there(page: Page, time: str, inner: int) -> list[Image.Image]:
    if not time:
        return []
    right = inner - page.sizes.clock - page.sizes.gap * 2
    words = page.say("arrive_by", time=time)
    line = text_block(words, right, largest(words, right, _bold(page, range(page.sizes.pay, page.sizes.unit, -4))))
    row = sheet.beside([*_dial(page, time), line], page.sizes.gap * 2)
    return [sheet.padded(row, 0, 0, inner - row.width, 0)]


def _work(page: Page, slip: JobSlip) -> Image.Image:
    unit = page.say("pay", unit=slip.pay_unit, settlement=slip.settlement)
    blocks = [_trade(page, slip), parts.amount(page, slip.pay_amount, unit)]
    if slip.party_size > 1:
        blocks.append(text_block(page.say("party", count=slip.party_size), page.inner, page.bold(page.sizes.unit)))
    return sheet.stack(blocks)


def _trade(page: Page, slip: JobSlip) -> Image.Image:
    look = page.bold(page.sizes.title)
    if not slip.trade_sign:
        return text_block(slip.trade, page.inner, look)
    try:
        picture = page.pictograms(f"trades/{slip.trade_sign}", page.sizes.trade_sign)
    except PictogramMissing:
        return text_block(slip.trade, page.inner, look)
    gap = page.sizes.gap + 4
    title = text_block(slip.trade, page.inner - picture.width - gap, look)
    return sheet.beside([sheet.padded(picture, 0, 0, 0, max(0, title.height - picture.height)), title], gap)


def _job_facts(page: Page, slip: JobSlip) -> list[tuple[str, str]]:
    values = {
        "day": slip.day,
        "hours": slip.hours,
        "employer": slip.employer,
        "address": slip.address,
        "contact": slip.contact,
        "way_back": slip.way_back,
        "board": slip.board,
    }
    return [(page.say(name), value) for name, value in values.items()]


def _job_code_lines(page: Page, slip: JobSlip) -> list[tuple[str, int]]:
    pass_words = [(page.say("pass"), page.sizes.small)] if slip.bus is not None and slip.standby is None else []
    return [(slip.slip_number, page.sizes.title), *pass_words]


def _number(page: Page, slip: NumberSlip) -> list[Image.Image]:
    sizes = page.sizes
    looks = [page.figures(size, Align.CENTRE) for size in range(sizes.number, sizes.title, -8)]
    ahead = page.say("waiting_ahead" if slip.waiting_ahead else "nobody_ahead", count=slip.waiting_ahead)
    return [
        *([parts.banner(page, page.say("reprint"))] if slip.is_reprint else []),
        parts.heading(page, slip.hall_name, slip.printed_at),
        text_block(slip.service, page.inner, page.bold(sizes.title, Align.CENTRE)),
        text_block(slip.number, page.inner, largest(slip.number, page.inner, looks)),
        text_block(ahead, page.inner, page.bold(sizes.unit, Align.CENTRE)),
        text_block(page.say("listen"), page.inner, page.bold(sizes.value, Align.CENTRE)),
        parts.code_part(page, [], slip.code, slip.qr_text),
        parts.footer_part(page, slip.footer),
    ]


def _test(page: Page, slip: TestPage) -> list[Image.Image]:
    sizes = page.sizes
    rows = [
        (page.say("test_printer"), slip.printer_name),
        (page.say("test_width"), page.say("test_dots", dots=page.width)),
        (page.say("test_characters"), slip.sample_text),
    ]
    return [
        parts.heading(page, slip.hall_name, slip.printed_at),
        parts.banner(page, page.say("test_page")),
        sheet.edge_ruler(page.width),
        *parts.facts(page, rows),
        sheet.centred(sheet.qr_block(slip.qr_text, page.inner, sizes.qr), page.inner),
        text_block(page.say("test_check"), page.inner, page.bold(sizes.small)),
    ]
