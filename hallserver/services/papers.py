"""Papers that staff let come out of a printer they choose: card, sheets of a bus, rights card, test page."""

from typing import Any

from sqlalchemy import select

from hallserver.content import sheets
from hallserver.content.facts import RideFacts
from hallserver.content.sheets import Imprint, Riders
from hallserver.content.words import message
from hallserver.domain import codes
from hallserver.domain.call_order import slip_number
from hallserver.domain.people import masked_name
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services import gather, people, shuttle
from hallserver.services.paper_commands import (
    ManifestPaper,
    OrderPaper,
    Paper,
    RightsPaper,
    TestPaper,
    WindscreenPaper,
    WorkerCardPaper,
)
from hallserver.services.printing import order_print
from hallserver.store.tables import application, device, job, worker
from hallserver.store.work import Work

WALK_UPS = 5
"""Lines on a list for people who come to the door, as far as there are seats."""


def order_paper(work: Work, command: OrderPaper) -> dict[str, Any]:
    """-> `{print_job}`. Raises NOT_FOUND for no such printer or bus, NOT_ALLOWED where a volunteer asks for what names
    a person, CODE_MISTYPED or CODE_UNKNOWN for a card."""
    number, slip = _made(work, command.paper, command.printer)
    return {"print_job": order_print(work, command.paper.kind, number, slip, command.printer)}


def imprint(work: Work) -> Imprint:
    """Whose paper is printed, now."""
    return Imprint(work.hall.item, work.hall.calendar, work.now)


def _made(work: Work, paper: Paper, printer: str) -> tuple[str, dict[str, Any]]:
    """What staff call the paper in a list of slips, and the slip."""
    match paper:
        case WorkerCardPaper():
            return _card(work, paper.code)
        case WindscreenPaper():
            ride = _ride(work, paper.trip)
            return _at(work, ride), sheets.windscreen_sheet(ride, imprint(work))
        case ManifestPaper():
            ride = _ride(work, paper.trip)
            return _at(work, ride), _manifest(work, ride)
        case RightsPaper():
            return "", rights_card(work)
        case TestPaper():
            return "", sheets.test_page(_printer_name(work, printer), imprint(work))


def _at(work: Work, ride: RideFacts) -> str:
    return work.hall.calendar.clock(ride.departs_at)


def _card(work: Work, scanned: str) -> tuple[str, dict[str, Any]]:
    if not work.actor.roles & shuttle.KNOWS_NAMES:
        raise Refusal(RefusalCode.NOT_ALLOWED)
    known = people.find_worker(work, scanned)
    code = work.vault.open(work.conn.execute(select(worker.c.code_sealed).where(worker.c.id == known.id)).scalar_one())
    label = message("people.label", surname=known.label) if known.label else ""
    return codes.tail(code), sheets.worker_card(label, codes.tail(code), code, (), imprint(work))


def rights_card(work: Work) -> dict[str, Any]:
    """With the day on which the oldest of its numbers was last rung."""
    checked_on = min(line.checked_on for line in work.hall.pack.hall.hotlines)
    return sheets.rights_card(imprint(work), checked_on)


def _printer_name(work: Work, printer: str) -> str:
    return work.conn.execute(select(device.c.name).where(device.c.id == printer)).scalar_one_or_none() or ""


def _ride(work: Work, trip_id: str) -> RideFacts:
    ride = gather.ride_facts(work.conn, trip_id)
    if ride is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="trip")
    return ride


def _manifest(work: Work, ride: RideFacts) -> dict[str, Any]:
    """Names are masked on paper; a volunteer's list has none."""
    seats = shuttle.read_manifest(work, ride.trip_id)["seats"]
    named = bool(work.actor.roles & shuttle.KNOWS_NAMES)
    riders = [seat | {"name": _label(seat["name"]) if named else ""} for seat in seats]
    blank_rows = 0 if ride.departed_at else min(WALK_UPS, ride.count.empty)
    return sheets.manifest(ride, Riders(riders, _standby(work, ride.trip_id), blank_rows), imprint(work))


def _label(name: str | None) -> Any:
    return message("people.label", surname=masked_name(name)) if name else ""


def _standby(work: Work, trip_id: str) -> list[dict[str, Any]]:
    """Who waits for a place of a post to which this bus goes, and would ride."""
    rows = work.conn.execute(
        select(application)
        .join(job)
        .where(job.c.trip_id == trip_id, application.c.state == "standby", application.c.way == "bus")
        .order_by(application.c.created_at, application.c.number)
    )
    return [
        {
            "number": slip_number(row.series, row.number),
            "name": "",
            "tail": codes.tail(work.vault.open(row.code_sealed)),
            "party": row.party_size,
        }
        for row in rows
    ]
