"""How slips for one person look that are no place: card, list of jobs, rights, résumé. Pure."""

from dataclasses import replace

from PIL import Image

from printer.layouts import parts, pictures, sheet
from printer.layouts.page import Page
from printer.layouts.typeset import Align, largest, parts_block, text_block
from printer.ticket import Hotline, ListedJob, ListSlip, ResumePage, RightsCard, WorkDone, WorkerCard


def worker_card(page: Page, slip: WorkerCard) -> list[Image.Image]:
    """Lay out a worker's card: its code larger than on a slip, as it is scanned every morning."""
    sizes, look = page.sizes, page.bold(page.sizes.code, Align.CENTRE)
    code = sheet.qr_block(slip.qr_text, page.inner, page.inner * 7 // 10)
    return [
        parts.heading(page, slip.hall_name, slip.printed_at),
        parts.banner(page, page.say("card.title")),
        parts.headline(page, slip.name, Align.CENTRE),
        parts.figures_line(page, slip.number, page.inner, range(sizes.pay, sizes.unit, -4)),
        sheet.centred(code, page.inner),
        text_block(slip.code, page.inner, look),
        *parts.facts(page, [(page.say("card.wants"), slip.trades)]),
        parts.note(page, page.say("card.use")),
        parts.footer_part(page, slip.footer),
    ]


def list_slip(page: Page, slip: ListSlip) -> list[Image.Image]:
    """Lay out a list of jobs, each as on its own slip but shorter; jobs without a number are to be looked for."""
    title = page.say("list.title_for" if slip.name else "list.title", name=slip.name, count=len(slip.jobs))
    return [
        parts.heading(page, slip.hall_name, slip.printed_at),
        parts.headline(page, title, Align.CENTRE),
        *(block for nth, job in enumerate(slip.jobs, 1) for block in _listed(page, nth, job)),
        sheet.rule(page.inner, page.sizes.frame),
        parts.note(page, page.say("list.use" if any(job.number for job in slip.jobs) else "list.use_plain")),
        parts.footer_part(page, slip.footer),
    ]


def _listed(page: Page, nth: int, job: ListedJob) -> list[Image.Image]:
    rows = {
        "day": job.day,
        "hours": job.hours,
        "address": job.address,
        "list.way": job.way,
        "list.places": job.places,
        "list.why": job.why,
    }
    unit = page.say("pay", unit=job.pay_unit, settlement=job.settlement)
    work = [pictures.trade_title(page, job.trade, job.trade_sign), parts.amount(page, job.pay_amount, unit)]
    return [
        _list_head(page, nth, job),
        sheet.stack(work),
        *parts.facts(page, [(page.say(name), value) for name, value in rows.items()]),
    ]


def _list_head(page: Page, nth: int, job: ListedJob) -> Image.Image:
    """Which of the jobs it is, what to say for it, and the sign of its bus, on one black bar."""
    sizes = page.sizes
    words = page.say("list.head" if job.number else "list.head_plain", nth=nth, number=job.number)
    found = pictures.picture(page, f"signs/{job.bus_sign}", sizes.bay) if job.bus_sign else None
    room = page.inner - sizes.bay - sizes.gap * 3
    line = parts_block(words, room, largest(words, room, page.bolds((sizes.unit, sizes.label, sizes.small))))
    row = sheet.beside([line, found or sheet.blank(sizes.bay, sizes.bay)], sizes.gap)
    return sheet.inverted(sheet.padded(row, sizes.gap, 4, sizes.gap, 4))


def rights_card(page: Page, slip: RightsCard) -> list[Image.Image]:
    """Lay out what to know and who to ring; the numbers to ring are the largest on it."""
    checked = page.say("rights.checked", day=slip.checked_on)
    return [
        parts.heading(page, slip.hall_name, slip.printed_at),
        parts.banner(page, page.say("rights.title")),
        *(_point(page, nth, point.text) for nth, point in enumerate(slip.points, 1)),
        sheet.rule(page.inner, page.sizes.frame),
        *(_hotline(page, line) for line in slip.hotlines),
        *([parts.note(page, checked, Align.CENTRE)] if slip.checked_on else []),
        parts.footer_part(page, replace(slip.footer, hotlines="")),
    ]


def _point(page: Page, nth: int, text: str) -> Image.Image:
    look = page.bold(page.sizes.value)
    start = page.bold(page.sizes.code).width("0.") + page.sizes.gap
    words = text_block(text, page.inner - start, look)
    strip = sheet.blank(page.inner, words.height)
    strip.paste(text_block(f"{nth}.", start, look), (0, 0))
    strip.paste(words, (start, 0))
    return strip


def _hotline(page: Page, line: Hotline) -> Image.Image:
    sizes = page.sizes
    label = text_block(line.label, page.inner, largest(line.label, page.inner, page.bolds((sizes.unit, sizes.value))))
    found = pictures.picture(page, "ui/phone", sizes.pay * 3 // 4)
    room = page.inner - (found.width + sizes.gap if found else 0)
    digits = parts.figures_line(page, line.number, room, range(sizes.pay, sizes.unit, -4), Align.LEFT)
    row = sheet.beside([found, digits], sizes.gap) if found else digits
    return sheet.stack([label, row])


def resume_page(page: Page, slip: ResumePage) -> list[Image.Image]:
    """Lay out a worker's own page, with a line to sign."""
    rows = {
        "resume.wants": slip.wants,
        "resume.pay": slip.pay_wish,
        "resume.start": slip.can_start,
        "resume.area": slip.area,
        "resume.skills": slip.skills,
        "resume.certificates": slip.certificates,
        "resume.contact": slip.contact,
    }
    return [
        parts.heading(page, slip.hall_name, slip.printed_at),
        pictures.trade_title(page, slip.name, slip.trade_sign),
        sheet.rule(page.inner, page.sizes.frame),
        *parts.facts(page, [(page.say(name), value) for name, value in rows.items()]),
        *_work_done(page, slip.work_done),
        *([sheet.centred(sheet.qr_block(slip.qr_text, page.inner, page.sizes.qr), page.inner)] if slip.qr_text else []),
        parts.note(page, page.say("resume.true")),
        parts.pen_line(page, page.say("resume.signed"), page.inner),
        parts.hall_phone(page, slip.hall_phone),
    ]


def _work_done(page: Page, done: tuple[WorkDone, ...]) -> list[Image.Image]:
    if not done:
        return []
    blocks = [parts.banner(page, page.say("resume.done"))]
    for each in done:
        head = text_block(each.work, page.inner, page.bold(page.sizes.unit))
        below = page.say("resume.at", period=each.period, employer=each.employer)
        blocks.append(sheet.stack([head, parts_block(below, page.inner, page.regular(page.sizes.label))]))
    return blocks
