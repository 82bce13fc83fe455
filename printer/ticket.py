"""What the slips say, as plain values, so that server and kiosk agree on them; must not know how they look or print.

Texts arrive worded in the reader's language; labels are added by the layout from the catalogue. The JSON form carries
the tag `layout`; an unknown key is ignored, so that an older kiosk prints a newer server's slip.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from printer.faults import SlipUnreadable


@dataclass(frozen=True)
class BusPart:
    """The bus of the seat: `sign` is a pictogram's name, `time` is H:MM in the hall's zone, `bay` its number."""

    sign: str
    sign_name: str
    time: str
    bay: str
    seat_count: int
    bring_early_minutes: int


@dataclass(frozen=True)
class OwnWayPart:
    """Getting there without the hall's bus: `directions` in one sentence; `arrive_by` is H:MM, empty if not known."""

    arrive_by: str
    directions: str


@dataclass(frozen=True)
class Footer:
    """What stands at the end of every slip: the promise line, who to ring when cheated, the hall's phone."""

    promise: str
    hotlines: str
    hall_phone: str


@dataclass(frozen=True)
class JobSlip:
    """Proof of a place in a job and, with `bus`, of seats.

    `code` is grouped for the eye, `qr_text` is what a scanner reads. `standby` None: the place is sure; a number:
    the position in the waiting row. An empty text leaves its row out; `trade_sign` is a pictogram of the trade.
    Without `bus` and `own_way` the box is left out.
    """

    slip_number: str
    language: str
    printed_at: str
    hall_name: str
    bus: BusPart | None
    own_way: OwnWayPart | None
    trade: str
    pay_amount: str
    pay_unit: str
    settlement: str
    day: str
    hours: str
    employer: str
    address: str
    contact: str
    way_back: str
    board: str
    code: str
    qr_text: str
    footer: Footer
    is_reprint: bool = False
    party_size: int = 1
    standby: int | None = None
    trade_sign: str = ""
    layout: Literal["job"] = "job"


@dataclass(frozen=True)
class NumberSlip:
    """A place in the row for a service; `waiting_ahead` counts the people before this number when it was taken."""

    number: str
    language: str
    printed_at: str
    hall_name: str
    service: str
    waiting_ahead: int
    code: str
    qr_text: str
    footer: Footer
    is_reprint: bool = False
    layout: Literal["number"] = "number"


@dataclass(frozen=True)
class TestPage:
    """What staff print after setting up or changing a printer; `qr_text` lets a scanner prove the print is sharp."""

    __test__ = False  # pytest would take the name for a test case

    language: str
    printed_at: str
    hall_name: str
    printer_name: str
    sample_text: str
    qr_text: str
    layout: Literal["test"] = "test"


Slip = JobSlip | NumberSlip | TestPage

_ADAPTER: TypeAdapter[Slip] = TypeAdapter(Annotated[Slip, Field(discriminator="layout")])


def to_json(slip: Slip) -> str:
    """Write a slip as one line of JSON with its `layout` tag; `from_json` gives back an equal slip."""
    return _ADAPTER.dump_json(slip).decode()


def from_json(text: str) -> Slip:
    """Read a slip; raises SlipUnreadable with the first mistake."""
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SlipUnreadable(f"{where}: {first['msg']}") from error
