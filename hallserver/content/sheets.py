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
TEST_TEXT = "GIGHALLTEST"
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
    checked_on: date | None = None


def worker_card(label: Any, number: str, code: str, trades: Sequence[Any], imprint: Imprint) -> Slip:
    """The card that is scanned instead of typing; `label` is how the hall calls its owner."""
    return imprint.letter() | {
        "layout": "worker_card",
        "name": label,
        "number": number,
        "trades": list(trades) or "",  # an empty list would be one of structures
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


def test_page(printer_name: str, imprint: Imprint) -> Slip:
    """What shows whether a printer is as it should be."""
    return imprint.head() | {
        "layout": "test",
        "printer_name": printer_name,
        "sample_text": message("slip.test.sample"),
        "qr_text": TEST_TEXT,
    }


def scanned_key(kind: str, item_id: str) -> str:
    """What a sheet's code says of what it is about: the key of its item in capitals, which makes the smaller QR."""
    return f"{kind}/{item_id}".upper()


def windscreen_sheet(ride: RideFacts, imprint: Imprint) -> Slip:
    """The sheet behind the windscreen of a bus."""
    return imprint.head() | _trip(ride, imprint) | {"layout": "windscreen"}


@dataclass(frozen=True)
class Riders:
    """Who is on a bus's list: `seats` as `services.shuttle.read_manifest` gives them, names masked for whoever prints,
    `standby` in the order in which they wait, `blank_rows` for who comes to the door."""

    seats: Sequence[dict[str, Any]] = ()
    standby: Sequence[dict[str, Any]] = ()
    blank_rows: int = 0


def manifest(ride: RideFacts, on_list: Riders, imprint: Imprint) -> Slip:
    """Who rides, to tick; scanned, it says which bus is meant."""
    return (
        imprint.head()
        | _trip(ride, imprint)
        | {
            "layout": "manifest",
            "seat_count": ride.count.capacity,
            "riders": [_rider(seat) for seat in on_list.seats],
            "standby": [_rider(seat) for seat in on_list.standby],
            "blank_rows": on_list.blank_rows,
            "qr_text": scanned_key("trip", ride.trip_id),
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
        "manifests": [manifest(ride, Riders(blank_rows=ride.count.capacity), imprint) for ride in kit.rides],
        "rights": [rights_card(imprint, kit.checked_on)] * kit.rights_cards,
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
        "qr_text": scanned_key("job", job.id),
    }
