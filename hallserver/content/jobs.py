"""A post for each audience: row for the wall, page for kiosk and network, file for staff. Contacts stay out of
feeds."""

from datetime import datetime, timedelta
from typing import Any

from hallserver.content.facts import JobFacts
from hallserver.content.words import Message, amount, day, hours, listed, message, perks_of, text, yuan
from hallserver.domain.hall_time import rfc3339

FULL_IS_SHOWN_FOR = timedelta(seconds=10)
"""Hall time for which `招满` stands on a wall before the row leaves."""

RAISE_IS_SHOWN_FOR = timedelta(minutes=10)

Item = dict[str, Any]


def is_shown(job: JobFacts, now: datetime) -> bool:
    """Only an approved, unexpired, unfilled post is on a wall or kiosk; a filled one for a moment."""
    if from_text(job.valid_until) <= now:
        return False
    if job.state == "filled":
        return bool(now < from_text(job.filled_at) + FULL_IS_SHOWN_FOR)
    return bool(job.state == "live")


def next_look(job: JobFacts, now: datetime) -> datetime | None:
    """When time alone will change what is shown of the post; None where it will not."""
    moments = [from_text(job.valid_until)] if job.state in ("live", "filled") else []
    if job.state == "filled":
        moments.append(from_text(job.filled_at) + FULL_IS_SHOWN_FOR)
    if job.raised_at is not None:
        moments.append(from_text(job.raised_at) + RAISE_IS_SHOWN_FOR)
    return min((moment for moment in moments if moment > now), default=None)


def from_text(instant: str) -> datetime:
    """An instant as the store keeps it."""
    return datetime.fromisoformat(instant)


def row(job: JobFacts, now: datetime) -> Item:
    """What a crowd reads in one line."""
    return {
        "trade": job.trade,
        "title": text(job.title),
        "pictogram": job.pictogram,
        "employer": job.employer,
        "place": job.place,
        "day": job.business_day,
        "starts_at": job.starts_at,
        "when": when(job),
        "pay": pay(job),
        "settlement": job.settlement,
        "settle": settle(job),
        "bus": bus(job, now),
        "perks": perks_of(job.meals, job.lodging, job.suits),
        "left": job.left,
        "state": "full" if job.state == "filled" else job.state,
        "raised": raised(job, now),
        "rank": rank(job),
    }


def page(job: JobFacts, now: datetime) -> Item:
    """What one person reads before saying yes; the contact stays hidden until then."""
    return row(job, now) | {
        "address": job.address,
        "work": job.work,
        "return": way_back(job),
        "board": board(job),
        "gear": job.gear or None,
        "insurance": message("job.insurance." + job.insurance),
        "headcount": job.headcount,
        "giving": job.giving,
        "ways": list(job.ways),
        "reviewed": message(job.review_reader),
        "suits": list(job.suits),
        "party_max": job.party_max,
    }


def file(job: JobFacts, now: datetime) -> Item:
    """What staff see: also posts that nobody else may see yet."""
    return page(job, now) | {
        "review": job.review,
        "state": job.state,
        "taken": job.taken,
        "valid_until": job.valid_until,
        "reasons": [
            message("review." + finding["reason"], evidence=finding["evidence"]) | {"severity": finding["severity"]}
            for finding in job.findings
        ],
        "version": job.version,
    }


def pay(job: JobFacts) -> Item:
    """Amount as digits, unit as a message, and the numbers that machines sort by."""
    return {
        "amount": amount(job.pay_min_fen, job.pay_max_fen),
        "unit": message("job.unit." + job.pay_unit),
        "unit_id": job.pay_unit,
        "min_fen": job.pay_min_fen,
        "max_fen": job.pay_max_fen,
    }


def settle(job: JobFacts) -> Message:
    """When pay is handed out; a monthly pay day is said as a day."""
    if job.settlement == "monthly" and job.pay_day is not None:
        return message("job.settle.monthly_on", day=job.pay_day)
    return message("job.settle." + job.settlement)


def when(job: JobFacts) -> list[Any]:
    """Day and hours, and for how many days: a list to be joined."""
    first = day(job.day)
    opening = first if job.days == 1 else message("job.from_day", day=first)
    length = message("job.days", count=job.days) if job.days and job.days > 1 else None
    return listed(message("job.day_hours", day=opening, hours=shift(job)), length)


def shift(job: JobFacts) -> Any:
    """`7:00—17:00`, or that the time is free."""
    if job.starts_at is None:
        return message("job.free_time")
    clock = job.calendar.clock
    return hours(clock(from_text(job.starts_at)), clock(from_text(job.ends_at)))


def bus(job: JobFacts, now: datetime) -> Item | None:
    """The hall's bus to this post, while one can still be caught."""
    ride = job.ride
    if ride is None or "bus" not in job.ways or ride.state not in ("planned", "boarding") or ride.departs_at <= now:
        return None
    return {"trip": ride.trip_id, "sign": ride.sign, "at": job.calendar.clock(ride.departs_at), "bay": ride.bay}


def way_back(job: JobFacts) -> Any:
    """How one comes home: with the same bus, or as the employer says."""
    if job.ride is not None and job.ride.return_at is not None and "bus" in job.ways:
        return message("job.return_bus", at=job.calendar.clock(job.ride.return_at))
    return job.return_note or message("job.return_own")


def board(job: JobFacts) -> list[Message]:
    """Food and lodging, or that there is none."""
    return perks_of(job.meals, job.lodging, ()) or [message("job.board_none")]


def raised(job: JobFacts, now: datetime) -> Item | None:
    """A raise worth lighting up: old and new amount."""
    if job.raised_at is None or now >= from_text(job.raised_at) + RAISE_IS_SHOWN_FOR:
        return None
    return {"from": yuan(job.raised_from_fen), "to": yuan(job.pay_min_fen), "at": job.raised_at}


def rank(job: JobFacts) -> str:
    """What can still be reached soonest comes first; long-term posts after the day's."""
    is_long = "0" if job.days == 1 else "1"
    return f"{job.business_day}{is_long}{job.starts_at or rfc3339(from_text(job.valid_until))}"
