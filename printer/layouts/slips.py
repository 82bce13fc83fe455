"""From any slip to its dots: which layout draws it, and what every strip has. Pure: it opens nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from printer.layouts import job, kit, number, parts, person, sheet, testing, trip
from printer.layouts.page import Page, Pictograms, Words, page_for
from printer.layouts.typeset import Faces
from printer.ticket import (
    JobSlip,
    KitBuses,
    KitCover,
    KitNumbers,
    KitPosts,
    ListSlip,
    Manifest,
    NumberSlip,
    ResumePage,
    RightsCard,
    Slip,
    TestPage,
    WindscreenSheet,
    WorkerCard,
)

_LAYOUTS: Mapping[type, Callable[[Page, Any], list[Image.Image]]] = {
    JobSlip: job.job_slip,
    NumberSlip: number.number_slip,
    WorkerCard: person.worker_card,
    ListSlip: person.list_slip,
    RightsCard: person.rights_card,
    ResumePage: person.resume_page,
    WindscreenSheet: trip.windscreen_sheet,
    Manifest: trip.manifest,
    KitCover: kit.kit_cover,
    KitNumbers: kit.kit_numbers,
    KitBuses: kit.kit_buses,
    KitPosts: kit.kit_posts,
    TestPage: testing.test_page,
}


@dataclass(frozen=True)
class Drawn:
    """A slip as a 1-bit picture of the paper's width, 0 is ink; `missing` are the characters that no face has."""

    picture: Image.Image
    missing: str


def draw(slip: Slip, width_dots: int, faces: Faces, words: Words, pictograms: Pictograms) -> Drawn:
    """Lay out a slip for a paper width.

    Raises SlipTooWide where a QR code does not fit; a pictogram that is missing is replaced by its name. A character
    that no face has is set as a mark, and the slip says at its end what the mark means. A reprint says so at its head.
    """
    page = page_for(width_dots, faces, words, pictograms)
    blocks = [parts.banner(page, page.say("reprint"))] if slip.is_reprint else []
    blocks += _LAYOUTS[type(slip)](page, slip)
    missing = "".join(page.case.missing)
    if missing:
        blocks.append(parts.note(page, page.say("missing")))
    strip = sheet.stack([sheet.centred(block, width_dots) for block in blocks], gap=page.sizes.gap)
    return Drawn(sheet.to_dots(sheet.padded(strip, 0, 6, 0, 10)), missing)
