"""How the test page looks: whatever a printer can get wrong. Pure."""

from PIL import Image

from printer.layouts import parts, sheet
from printer.layouts.page import Page
from printer.layouts.typeset import text_block
from printer.ticket import TestPage


def test_page(page: Page, slip: TestPage) -> list[Image.Image]:
    """Lay out what staff print after setting up or changing a printer."""
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
        sheet.centred(sheet.qr_block(slip.qr_text, page.inner, page.sizes.qr), page.inner),
        text_block(page.say("test_check"), page.inner, page.bold(page.sizes.small)),
    ]
