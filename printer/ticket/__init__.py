"""What the slips say, as plain values, so that server and kiosk agree on them; must not know how they look or print.

Texts arrive worded in the reader's language; labels are added by the layout from the catalogue. The JSON form carries
the tag `layout`; an unknown key is ignored, so that an older kiosk prints a newer server's slip. Every slip can be a
reprint and then says so.
"""

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from printer.faults import SlipUnreadable
from printer.ticket.footer import Footer
from printer.ticket.job import BusPart, JobSlip, NumberSlip, OwnWayPart
from printer.ticket.kit import KitBus, KitBuses, KitCover, KitNumber, KitNumbers, KitPart, KitPost, KitPosts
from printer.ticket.person import Hotline, ListedJob, ListSlip, Point, ResumePage, RightsCard, WorkDone, WorkerCard
from printer.ticket.testing import TestPage
from printer.ticket.trip import Manifest, Rider, WindscreenSheet

__all__ = [
    "BusPart",
    "Footer",
    "Hotline",
    "JobSlip",
    "KitBus",
    "KitBuses",
    "KitCover",
    "KitNumber",
    "KitNumbers",
    "KitPart",
    "KitPost",
    "KitPosts",
    "ListSlip",
    "ListedJob",
    "Manifest",
    "NumberSlip",
    "OwnWayPart",
    "Point",
    "ResumePage",
    "Rider",
    "RightsCard",
    "Slip",
    "TestPage",
    "WindscreenSheet",
    "WorkDone",
    "WorkerCard",
    "code_on",
    "from_json",
    "to_json",
]

Slip = (
    JobSlip
    | NumberSlip
    | WorkerCard
    | ListSlip
    | RightsCard
    | ResumePage
    | WindscreenSheet
    | Manifest
    | KitCover
    | KitNumbers
    | KitBuses
    | KitPosts
    | TestPage
)

_ONE_CODE = JobSlip | NumberSlip | WorkerCard | ResumePage | Manifest | TestPage

_ADAPTER: TypeAdapter[Slip] = TypeAdapter(Annotated[Slip, Field(discriminator="layout")])


def to_json(slip: Slip) -> str:
    """Write a slip as one line of JSON with its `layout` tag; `from_json` gives back an equal slip."""
    return _ADAPTER.dump_json(slip).decode()


def code_on(slip: Slip) -> str:
    """Give what a scanner reads of a slip that stands for one thing; empty for a paper with no code, or with many."""
    return slip.qr_text if isinstance(slip, _ONE_CODE) else ""


def from_json(text: str) -> Slip:
    """Read a slip; raises SlipUnreadable with the first mistake."""
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SlipUnreadable(f"{where}: {first['msg']}") from error
