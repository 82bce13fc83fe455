"""How a queue number looks: the number as large as the paper. Pure."""

from PIL import Image

from printer.layouts import parts, pictures, sheet
from printer.layouts.page import Page
from printer.layouts.typeset import Align, text_block
from printer.ticket import NumberSlip


def number_slip(page: Page, slip: NumberSlip) -> list[Image.Image]:
    """Lay out a place in the row for a service."""
    sizes = page.sizes
    ahead = page.say("waiting_ahead" if slip.waiting_ahead else "nobody_ahead", count=slip.waiting_ahead)
    return [
        parts.heading(page, slip.hall_name, slip.printed_at),
        _service(page, slip),
        parts.figures_line(page, slip.number, page.inner, range(sizes.number, sizes.title, -8)),
        text_block(ahead, page.inner, page.bold(sizes.unit, Align.CENTRE)),
        parts.note(page, page.say("listen"), Align.CENTRE),
        parts.code_part(page, [], slip.code, slip.qr_text),
        parts.footer_part(page, slip.footer),
    ]


def _service(page: Page, slip: NumberSlip) -> Image.Image:
    name = f"services/{slip.service_sign}" if slip.service_sign else ""
    found = pictures.picture(page, name, page.sizes.trade_sign) if name else None
    if found is None:
        return parts.headline(page, slip.service, Align.CENTRE)
    room = page.inner - found.width - page.sizes.gap * 2
    look = page.bold(page.sizes.title)
    words = text_block(slip.service, min(room, look.width(slip.service)), look)
    return sheet.centred(sheet.beside([found, words], page.sizes.gap * 2), page.inner)
