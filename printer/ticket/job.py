"""A worker's slips for one place: in a job, or in the row for a service. Knows neither look nor printer."""

from dataclasses import dataclass
from typing import Literal

from printer.ticket.footer import Footer


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
    """A place in the row for a service; `waiting_ahead` counts the people before this number when it was taken.

    `service_sign` is a pictogram of the service, or empty.
    """

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
    service_sign: str = ""
    layout: Literal["number"] = "number"
