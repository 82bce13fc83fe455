"""Slips for one person that are no place: card, list of jobs, rights, résumé. Knows neither look nor printer."""

from dataclasses import dataclass
from typing import Literal

from printer.ticket.footer import Footer


@dataclass(frozen=True)
class WorkerCard:
    """What a worker shows at kiosk, bus and counter instead of typing: `qr_text` is what these scan.

    `name` as the hall says it (a surname is enough); `trades` are the kinds of work looked for, in words.
    """

    language: str
    printed_at: str
    hall_name: str
    name: str
    number: str
    trades: str
    code: str
    qr_text: str
    footer: Footer
    is_reprint: bool = False
    layout: Literal["worker_card"] = "worker_card"


@dataclass(frozen=True)
class ListedJob:
    """One suitable job: `number` is what to say at the counter or type at the kiosk, `why` why it was chosen.

    `bus_sign` is the pictogram of its bus, or empty; an empty text leaves its row out.
    """

    number: str
    trade: str
    trade_sign: str
    pay_amount: str
    pay_unit: str
    settlement: str
    day: str
    hours: str
    address: str
    way: str
    places: str
    why: str
    bus_sign: str = ""


@dataclass(frozen=True)
class ListSlip:
    """Jobs that suit one person, the best first; `name` may be empty."""

    language: str
    printed_at: str
    hall_name: str
    name: str
    jobs: tuple[ListedJob, ...]
    footer: Footer
    is_reprint: bool = False
    layout: Literal["list"] = "list"


@dataclass(frozen=True)
class Hotline:
    """Who to ring: `label` says what for."""

    label: str
    number: str


@dataclass(frozen=True)
class Point:
    """One thing to know or to do, in a sentence."""

    text: str


@dataclass(frozen=True)
class RightsCard:
    """What may be asked of no worker, what to do without pay, and who to ring; the hall's own words.

    `checked_on` is the day on which somebody rang the numbers.
    """

    language: str
    printed_at: str
    hall_name: str
    points: tuple[Point, ...]
    hotlines: tuple[Hotline, ...]
    checked_on: str
    footer: Footer
    is_reprint: bool = False
    layout: Literal["rights"] = "rights"


@dataclass(frozen=True)
class WorkDone:
    """A job done before: `period` in words, `work` what was done, `employer` where."""

    period: str
    work: str
    employer: str


@dataclass(frozen=True)
class ResumePage:
    """A worker's own page for an employer, printed on the worker's wish; an empty text leaves its row out.

    `qr_text` opens it for the hall's staff, empty: none.
    """

    language: str
    printed_at: str
    hall_name: str
    name: str
    trade_sign: str
    wants: str
    pay_wish: str
    can_start: str
    area: str
    skills: str
    certificates: str
    contact: str
    work_done: tuple[WorkDone, ...]
    hall_phone: str
    qr_text: str = ""
    is_reprint: bool = False
    layout: Literal["resume"] = "resume"
