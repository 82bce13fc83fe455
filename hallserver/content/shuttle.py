"""A trip for each audience. A departed trip never comes back; names never enter a feed."""

from datetime import datetime, timedelta
from typing import Any

from hallserver.content.facts import RideFacts
from hallserver.domain.hall_time import Calendar, rfc3339
from hallserver.domain.shuttle import TripState

DEPARTED_IS_SHOWN_FOR = timedelta(seconds=30)

Item = dict[str, Any]


def is_shown(ride: RideFacts, now: datetime) -> bool:
    """On walls and kiosks: trips that can be caught, and a departed or cancelled one for a moment."""
    leaves_at = _leaves_at(ride)
    return leaves_at is None or now < leaves_at


def next_look(ride: RideFacts, now: datetime) -> datetime | None:
    """When time alone changes what is shown."""
    leaves_at = _leaves_at(ride)
    return leaves_at if leaves_at is not None and leaves_at > now else None


def _leaves_at(ride: RideFacts) -> datetime | None:
    return ride.departed_at + DEPARTED_IS_SHOWN_FOR if ride.departed_at is not None else None


def row(ride: RideFacts, calendar: Calendar) -> Item:
    """What wall and kiosk show of a bus."""
    return {
        "sign": ride.sign,
        "line": ride.line,
        "dest": ride.destination,
        "at": calendar.clock(ride.departs_at),
        "departs_at": rfc3339(ride.departs_at),
        "bay": ride.bay,
        "capacity": ride.count.capacity,
        "left": ride.count.empty,
        "state": ride.state,
        "return": calendar.clock(ride.return_at) if ride.return_at else None,
    }


def door(ride: RideFacts, calendar: Calendar) -> Item:
    """What staff see at the door: the four numbers, and whose day it is."""
    return row(ride, calendar) | {
        "day": calendar.business_day(ride.departs_at).isoformat(),
        "taken": ride.count.expected,
        "expected": ride.count.expected,
        "aboard": ride.count.aboard,
        "missing": ride.count.missing,
        "empty": ride.count.empty,
        "plate": ride.plate,
        "manifest_version": ride.manifest_version,
        "is_over": ride.state in (TripState.DEPARTED, TripState.CANCELLED),
    }
