"""How the proof of a place in a job looks: bus first, then work, pay, facts, code. Pure."""

from PIL import Image

from printer.layouts import parts, pictures, sheet
from printer.layouts.page import Page
from printer.layouts.typeset import Align, largest, text_block
from printer.ticket import BusPart, JobSlip, OwnWayPart


def job_slip(page: Page, slip: JobSlip) -> list[Image.Image]:
    """Lay out the proof of a place."""
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
    return [] if slip.standby is None else [parts.banner(page, page.say("standby", place=slip.standby))]


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
    left_column = [
        pictures.sign(page, bus.sign, bus.sign_name, sizes.sign),
        *(sheet.centred(dial, sizes.sign) for dial in pictures.dial(page, bus.time)),
    ]
    bay = page.say("bay", bay=bus.bay)
    right_column = [
        _time(page, bus.time, right),
        text_block(bay, right, largest(bay, right, page.bolds((sizes.bay, sizes.unit, sizes.value)))),
    ]
    if bus.seat_count > 1:
        right_column.append(text_block(page.say("seats", count=bus.seat_count), right, page.bold(sizes.value)))
    columns = sheet.beside([sheet.stack(left_column, gap=sizes.gap), sheet.stack(right_column)], sizes.gap * 2)
    early = page.say("bring_early", minutes=bus.bring_early_minutes)
    note = text_block(early, inner, page.bold(sizes.value, Align.CENTRE))
    return sheet.framed(sheet.stack([columns, note], gap=4), pad, sizes.frame)


def _time(page: Page, time: str, width: int) -> Image.Image:
    sizes = range(page.sizes.time, page.sizes.bay, -4)
    return text_block(time, width, largest(time, width, [page.figures(size) for size in sizes]))


def _own_way_box(page: Page, way: OwnWayPart) -> Image.Image:
    pad = page.sizes.gap + page.sizes.frame
    inner = page.inner - 2 * pad
    look = largest(way.directions, inner, page.bolds((page.sizes.bay, page.sizes.unit, page.sizes.value)))
    lines = [text_block(way.directions, inner, look), *_be_there(page, way.arrive_by, inner)]
    return sheet.framed(sheet.stack(lines, gap=4), pad, page.sizes.frame)


def _be_there(page: Page, time: str, inner: int) -> list[Image.Image]:
    if not time:
        return []
    right = inner - page.sizes.clock - page.sizes.gap * 2
    words = page.say("arrive_by", time=time)
    line = text_block(words, right, largest(words, right, page.bolds(range(page.sizes.pay, page.sizes.unit, -4))))
    row = sheet.beside([*pictures.dial(page, time), line], page.sizes.gap * 2)
    return [sheet.padded(row, 0, 0, inner - row.width, 0)]


def _work(page: Page, slip: JobSlip) -> Image.Image:
    unit = page.say("pay", unit=slip.pay_unit, settlement=slip.settlement)
    blocks = [pictures.trade_title(page, slip.trade, slip.trade_sign), parts.amount(page, slip.pay_amount, unit)]
    if slip.party_size > 1:
        blocks.append(text_block(page.say("party", count=slip.party_size), page.inner, page.bold(page.sizes.unit)))
    return sheet.stack(blocks)


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
