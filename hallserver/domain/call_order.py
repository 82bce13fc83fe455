"""Whose number is called next at a counter. Pure; the store then takes that ticket only if it still waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Waiting:
    """A ticket in the hall."""

    ticket_id: str
    service_id: str
    arrived_at: datetime
    number: int


def next_in_line(waiting: Sequence[Waiting], services: Sequence[str]) -> Waiting | None:
    """The longest-waiting ticket of the services that a counter serves; equal times go by number."""
    served = [ticket for ticket in waiting if ticket.service_id in services]
    return min(served, key=lambda ticket: (ticket.arrived_at, ticket.number, ticket.ticket_id), default=None)


def slip_number(letter: str, number: int) -> str:
    """As printed, shown and spoken: series letter and at least three digits, `A012`."""
    return f"{letter}{number:03d}"
