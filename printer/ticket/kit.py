"""The sheets of the paper kit: what a hall works with tomorrow when no machine does. Knows neither look nor printer.

A kit is a list of slips, each printed as a job of its own: cover, numbers, buses, posts, blank manifests (of
`printer.ticket.trip`) and rights cards (of `printer.ticket.person`). What was written on it is typed in afterwards.
"""

from dataclasses import dataclass
from typing import Literal

from printer.ticket.trip import Lines


@dataclass(frozen=True)
class KitPart:
    """A line of the cover: what is in the kit, and how many sheets of it."""

    name: str
    count: int


@dataclass(frozen=True)
class KitCover:
    """Tells what the kit holds and what to do with it; `day` is the day it is for."""

    language: str
    printed_at: str
    hall_name: str
    day: str
    parts: tuple[KitPart, ...]
    hall_phone: str
    is_reprint: bool = False
    layout: Literal["kit_cover"] = "kit_cover"


@dataclass(frozen=True)
class KitNumber:
    """A leased number: nobody else gives it out that day. `qr_text` is what the batch page scans."""

    number: str
    qr_text: str


@dataclass(frozen=True)
class KitNumbers:
    """Numbers to tear off and hand out."""

    language: str
    printed_at: str
    hall_name: str
    day: str
    numbers: tuple[KitNumber, ...]
    is_reprint: bool = False
    layout: Literal["kit_numbers"] = "kit_numbers"


@dataclass(frozen=True)
class KitBus:
    """A bus of the day: `sign` is a pictogram's name, `time` H:MM in the hall's zone."""

    sign: str
    sign_name: str
    time: str
    bay: str
    destination: str
    seat_count: int


@dataclass(frozen=True)
class KitBuses:
    """All buses of the day on one sheet, to be read out and pointed at."""

    language: str
    printed_at: str
    hall_name: str
    day: str
    buses: tuple[KitBus, ...]
    is_reprint: bool = False
    layout: Literal["kit_buses"] = "kit_buses"


@dataclass(frozen=True)
class KitPost:
    """A post with a line to write on for each of its `places`; `bus_sign` is a pictogram's name, or empty.

    `qr_text` names the post for the batch page, empty: none.
    """

    trade: str
    trade_sign: str
    pay_amount: str
    pay_unit: str
    settlement: str
    hours: str
    employer: str
    address: str
    contact: str
    way: str
    places: Lines
    bus_sign: str = ""
    qr_text: str = ""


@dataclass(frozen=True)
class KitPosts:
    """Posts of the day: who goes where is written beside them."""

    language: str
    printed_at: str
    hall_name: str
    day: str
    posts: tuple[KitPost, ...]
    is_reprint: bool = False
    layout: Literal["kit_posts"] = "kit_posts"
