"""Slips as facts and messages under the field names of `printer.ticket`; the machine beside the printer words them."""

from datetime import date, datetime
from typing import Any

from hallserver.content import jobs
from hallserver.content.facts import ClaimFacts, JobFacts
from hallserver.content.words import listed, message, text
from hallserver.domain.codes import grouped
from hallserver.domain.hall_time import Calendar

Slip = dict[str, Any]


def heading(hall: dict[str, Any], calendar: Calendar, printed_at: datetime) -> Slip:
    """Whose paper it is, and of when."""
    local_day = printed_at.astimezone(calendar.zone).date()
    time = f"{calendar.clock(printed_at):0>5}"
    return {"hall_name": hall["name"], "printed_at": message("slip.printed_at", date=_date(local_day), time=time)}


def letterhead(hall: dict[str, Any], calendar: Calendar, printed_at: datetime) -> Slip:
    """What stands at the head and at the foot of what a worker takes home."""
    return heading(hall, calendar, printed_at) | {
        "footer": {
            "promise": hall["promise"],
            "hotlines": [
                message("slip.hotline", label=line["label"], number=line["number"])
                for line in hall["hotlines"]
                if line["number"] != hall["phone"]
            ],
            "hall_phone": hall["phone"],
        },
    }


def _date(value: date) -> Any:
    name = message(f"day.month.{value.month}")
    return message("day.date", month=value.month, day=value.day, month_name=name)


def whole_day(value: date) -> Any:
    """A day that is right whenever it is read: date and weekday."""
    return message("slip.day", date=_date(value), weekday=message(f"day.weekday.{value.isoweekday()}"))


def job_slip(job: JobFacts, claim: ClaimFacts, hall: dict[str, Any]) -> Slip:
    """The proof of a place and, where the worker chose it, of seats in a bus."""
    length = message("job.days", count=job.days) if job.days else message("job.long_term")
    return letterhead(hall, job.calendar, claim.printed_at) | {
        "layout": "job",
        "slip_number": claim.number,
        "bus": _bus_part(job, claim, hall["bring_early_min"]),
        "own_way": _own_way_part(job, claim),
        "trade": text(job.title),
        "trade_sign": job.pictogram,
        "pay_amount": jobs.pay(job)["amount"],
        "pay_unit": message("job.unit." + job.pay_unit),
        "settlement": jobs.settle(job),
        "day": message("slip.day_length", day=whole_day(job.day), length=length),
        "hours": jobs.shift(job),
        "employer": job.employer,
        "address": job.address,
        "contact": f"{job.contact_name} {job.contact_phone}",
        "way_back": jobs.way_back(job),
        "board": jobs.board(job),
        "code": grouped(claim.code),
        "qr_text": claim.code + claim.tag,
        "party_size": claim.party_size,
        "standby": claim.standby,
        "is_reprint": claim.is_reprint,
    }


def _bus_part(job: JobFacts, claim: ClaimFacts, early_min: int) -> Slip | None:
    if claim.way != "bus" or job.ride is None or claim.standby is not None:
        return None
    return {
        "sign": job.ride.sign,
        "sign_name": message("sign." + job.ride.sign),
        "time": job.calendar.clock(job.ride.departs_at),
        "bay": str(job.ride.bay),
        "seat_count": claim.party_size,
        "bring_early_minutes": early_min,
    }


def _own_way_part(job: JobFacts, claim: ClaimFacts) -> Slip | None:
    if claim.way == "bus" or claim.standby is not None or job.starts_at is None:
        return None
    return {
        # the employer's car fetches people at the hall: when is for its driver to say
        "arrive_by": job.calendar.clock(jobs.from_text(job.starts_at)) if claim.way == "own" else "",
        "directions": message("slip.by_" + claim.way),
    }


def number_slip(taken: dict[str, Any], code: str, hall: dict[str, Any], calendar: Calendar) -> Slip:
    """A number for a counter; `taken` has `number`, `service` (text), `service_sign`, `waiting_ahead`, `at`."""
    return letterhead(hall, calendar, taken["at"]) | {
        "layout": "number",
        "number": taken["number"],
        "service": taken["service"],
        "service_sign": taken["service_sign"],
        "waiting_ahead": taken["waiting_ahead"],
        "code": grouped(code),
        "qr_text": code,
    }


def spoken_claim(job: JobFacts, claim: ClaimFacts) -> list[Any]:
    """The result as the kiosk reads it back; the same facts as the slip."""
    ride = message("job.spoken_bus", sign=message("sign." + job.ride.sign)) if job.ride and claim.way == "bus" else None
    return listed(text(job.title), jobs.settle(job), ride)
