"""What can come of a paper and of asking a printer how it is; must not know how either is found out."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a paper was refused, is late or is unknown; its words are `ticket.fault.<reason>` in the catalogue."""

    UNREACHABLE = "unreachable"
    NO_ANSWER = "no_answer"
    PAPER_END = "paper_end"
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    PRINTER_ERROR = "printer_error"
    OFFLINE = "offline"
    CONNECTION_LOST = "connection_lost"
    NO_REPLY = "no_reply"
    INTERRUPTED = "interrupted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNREADABLE = "unreadable"
    FULL = "full"


@dataclass(frozen=True)
class Printed:
    """The printer said that everything is on paper."""


@dataclass(frozen=True)
class Sent:
    """Every byte was taken by a printer that cannot say what it did with them."""


@dataclass(frozen=True)
class Refused:
    """Nothing was sent; safe to try again."""

    reason: Reason


@dataclass(frozen=True)
class Unknown:
    """Something was sent and no proof came back; never to be repeated by itself."""

    reason: Reason


Outcome = Printed | Sent | Refused | Unknown


@dataclass(frozen=True)
class Status:
    """How the printer is: `stop` None while it can print; nothing is known of its paper where it never `answers`."""

    stop: Reason | None
    is_paper_near_end: bool
    answers: bool = True
