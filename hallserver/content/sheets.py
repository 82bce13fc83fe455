"""Papers that are no proof of a place, as facts and messages under the field names of `printer.ticket`: card, list,
rights, sheets of a bus, and the paper kit. The machine beside the printer words them; ids and codes come from above."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hallserver.content import jobs
from hallserver.content.facts import JobFacts, RideFacts
from hallserver.content.paper import Slip, heading, letterhead, whole_day
from hallserver.content.words import message, text
from hallserver.domain.codes import grouped
from hallserver.domain.hall_time import Calendar

RIGHTS = ("before", "at_work", "pay_day", "after")
NUMBERS_ON_A_SHEET, POSTS_ON_A_SHEET = 10, 4
"""So that a sheet which must be printed again costs little paper."""


@dataclass(frozen=True)
class Imprint:
    """Whose paper is printed, and when."""

    hall: dict[str, Any]
    calendar: Calendar
    at: datetime

    def head(self) -> Slip:
        return heading(self.hall, self.calendar, self.at)

    def letter(self) -> Slip:
        return letterhead(self.hall, self.calendar, self.at)


@dataclass(frozen=True)
class KitFacts:
    """What a hall needs on paper for a day: `numbers` are leased (number, code), nobody else gives them out."""

    day: date
    rides: Sequence[RideFacts]
    posts: Sequence[JobFacts]
    numbers: Sequence[tuple[str, str]]
    rights_cards: int


def worker_card(label: Any, number: str, code: str, trades: Sequence[Any], imprint: Imprint) -> Slip:
    """The card that is scanned instead of typing; `label` is how the hall calls its owner."""
    return imprint.letter() | {
        "layout": "worker_card",
        "name": label,
        "number": number,
        "trades": list(trades),
        "code": grouped(code),
        "qr_text": code,
    }


def list_slip(label: Any, suitable: Sequence[tuple[JobFacts, Any]], imprint: Imprint) -> Slip:
    """Jobs with the reason why each suits, best first."""
    return imprint.letter() | {
        "layout": "list",
        "name": label,
        "jobs": [_listed(job, why) for job, why in suitable],
    }


def _listed(job: JobFacts, why: Any) -> Slip:
    return _work(job) | {
        "number": "",
        "day": whole_day(job.day),
        "hours": jobs.shift(job),
        "address": job.address,
        "way": way(job),
        "places": message("slip.places", count=job.left),
        "why": why,
        "bus_sign": _bus_sign(job),
    }


def _work(job: JobFacts) -> Slip:
    return {
        "trade": text(job.title),
        "trade_sign": job.pictogram,
        "pay_amount": jobs.pay(job)["amount"],
        "pay_unit": message("job.unit." + job.pay_unit),
        "settlement": jobs.settle(job),
    }


def way(job: JobFacts) -> Any:
    """How one gets there, the hall's bus first."""
    if job.ride is not None and "bus" in job.ways:
        return message("slip.way.bus", time=job.calendar.clock(job.ride.departs_at), bay=job.ride.bay)
    return message("slip.way." + ("employer_car" if "employer_car" in job.ways else "own"))


def _bus_sign(job: JobFacts) -> str:
    return job.ride.sign if job.ride is not None and "bus" in job.ways else ""


def rights_card(imprint: Imprint, checked_on: date | None = None) -> Slip:
    """What to do without pay and who to ring; `checked_on` is when somebody last rang the numbers."""
    return imprint.letter() | {
        "layout": "rights",
        "points": [{"text": message("slip.rights." + point)} for point in RIGHTS],
        "hotlines": [{"label": line["label"], "number": line["number"]} for line in imprint.hall["hotlines"]],
        "checked_on": whole_day(checked_on) if checked_on else "",
    }


def windscreen_sheet(ride: RideFacts, imprint: Imprint) -> Slip:
    """The sheet behind the windscreen of a bus."""
    return imprint.head() | _trip(ride, imprint) | {"layout": "windscreen"}


def manifest(ride: RideFacts, seats: Sequence[dict[str, Any]], imprint: Imprint, blank_rows: int = 0) -> Slip:
    """Who rides; `seats` as `services.shuttle.read_manifest` gives them, names masked for whoever prints."""
    return (
        imprint.head()
        | _trip(ride, imprint)
        | {
            "layout": "manifest",
            "seat_count": ride.count.capacity,
            "riders": [_rider(seat) for seat in seats],
            "blank_rows": blank_rows,
        }
    )


def _rider(seat: dict[str, Any]) -> Slip:
    return {
        "number": seat["number"],
        "name": seat["name"] or "",
        "tail": seat["tail"],
        "seat_count": seat["party"],
    }


def _trip(ride: RideFacts, imprint: Imprint) -> Slip:
    return {
        "sign": ride.sign,
        "sign_name": message("sign." + ride.sign),
        "day": whole_day(imprint.calendar.business_day(ride.departs_at)),
        "time": imprint.calendar.clock(ride.departs_at),
        "bay": str(ride.bay),
        "destination": ride.destination,
    }


def kit_sheets(kit: KitFacts, imprint: Imprint) -> list[Slip]:
    """The paper kit of a day, each sheet to be printed as a job of its own; the cover counts the others."""
    parts = {
        "numbers": list(_numbers(kit, imprint)),
        "buses": [_buses(kit, imprint)] if kit.rides else [],
        "posts": list(_posts(kit, imprint)),
        "manifests": [manifest(ride, (), imprint, ride.count.capacity) for ride in kit.rides],
        "rights": [rights_card(imprint)] * kit.rights_cards,
    }
    cover = _of_day(kit, imprint) | {
        "layout": "kit_cover",
        "parts": [{"name": message("slip.kit." + name), "count": len(made)} for name, made in parts.items() if made],
        "hall_phone": imprint.hall["phone"],
    }
    return [cover, *(sheet for made in parts.values() for sheet in made)]


def _of_day(kit: KitFacts, imprint: Imprint) -> Slip:
    return imprint.head() | {"day": whole_day(kit.day)}


def _numbers(kit: KitFacts, imprint: Imprint) -> Iterator[Slip]:
    for start in range(0, len(kit.numbers), NUMBERS_ON_A_SHEET):
        chosen = kit.numbers[start : start + NUMBERS_ON_A_SHEET]
        numbers = [{"number": number, "qr_text": code} for number, code in chosen]
        yield _of_day(kit, imprint) | {"layout": "kit_numbers", "numbers": numbers}


def _buses(kit: KitFacts, imprint: Imprint) -> Slip:
    rides = sorted(kit.rides, key=lambda ride: ride.departs_at)
    buses = [_trip(ride, imprint) | {"seat_count": ride.count.capacity} for ride in rides]
    return _of_day(kit, imprint) | {"layout": "kit_buses", "buses": buses}


def _posts(kit: KitFacts, imprint: Imprint) -> Iterator[Slip]:
    for start in range(0, len(kit.posts), POSTS_ON_A_SHEET):
        posts = [_post(job) for job in kit.posts[start : start + POSTS_ON_A_SHEET]]
        yield _of_day(kit, imprint) | {"layout": "kit_posts", "posts": posts}


def _post(job: JobFacts) -> Slip:
    return _work(job) | {
        "hours": jobs.shift(job),
        "employer": job.employer,
        "address": job.address,
        "contact": f"{job.contact_name} {job.contact_phone}",
        "way": way(job),
        "places": job.left,
        "bus_sign": _bus_sign(job),
    }
