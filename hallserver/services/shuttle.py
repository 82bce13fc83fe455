"""Buses: plan, open, board, undo, depart. A seat's state changes only under the lock of its trip's row."""

import json
import secrets
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from hallserver.content.words import message
from hallserver.domain import codes, shuttle
from hallserver.domain.call_order import slip_number
from hallserver.domain.hall_time import from_rfc3339, rfc3339
from hallserver.domain.people import masked_name
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.domain.shuttle import SeatState, SoldSeat, TripState
from hallserver.services import gather
from hallserver.services.commands import Board, Depart, OpenBoarding, PlanTrip, UndoBoarding
from hallserver.store.feeds import dumps
from hallserver.store.tables import application, job, seat, trip, worker
from hallserver.store.work import Work

_NAME = func.coalesce(worker.c.name_sealed, application.c.name_sealed).label("name_sealed")
"""Of the person's card, else as written on paper."""

_OVER = (TripState.DEPARTED, TripState.CANCELLED)
_SEATS = (
    select(seat, application.c.worker_id, trip.c.sign, trip.c.bay, trip.c.departs_at)
    .join(application, seat.c.application_id == application.c.id)
    .join(trip, seat.c.trip_id == trip.c.id)
)

KNOWS_NAMES = frozenset({"clerk", "admin"})
"""Roles that may read who is on a bus; a volunteer sees no private data."""


def plan_trip(work: Work, command: PlanTrip) -> dict[str, Any]:
    """Writes a bus of a day down -> `{trip}`."""
    calendar, trip_id = work.hall.calendar, work.new_id()
    if command.line is not None and command.line not in {one.id for one in work.hall.pack.lines}:
        raise Refusal(RefusalCode.NOT_FOUND, what="line")
    departs = calendar.instant(command.day, time.fromisoformat(command.departs_at))
    if departs <= work.now:
        raise Refusal(RefusalCode.BUS_GONE)
    back = calendar.instant(command.day, time.fromisoformat(command.returns_at)) if command.returns_at else None
    if back is not None and back <= departs:
        back += timedelta(days=1)
    values = command.model_dump(exclude={"line", "day", "departs_at", "returns_at"})
    work.conn.execute(
        insert(trip).values(
            **values,
            id=trip_id,
            line_id=command.line,
            hall_id=work.hall.id,
            business_day=command.day.isoformat(),
            departs_at=rfc3339(departs),
            return_at=rfc3339(back) if back else None,
            key_sealed=work.vault.seal(secrets.token_hex(16)),
        )
    )
    work.touch("trip", trip_id)
    return {"trip": trip_id}


def open_boarding(work: Work, trip_id: str, command: OpenBoarding) -> dict[str, Any]:
    """The door is open; opening an open door is no error."""
    row = _locked(work, trip_id)
    if row.state in _OVER:
        raise Refusal(RefusalCode.BUS_GONE)
    work.conn.execute(update(trip).where(trip.c.id == trip_id).values(state="boarding"))
    work.touch("trip", trip_id)
    return {"trip": trip_id}


def board(work: Work, trip_id: str, command: Board) -> dict[str, Any]:
    """A slip at the door -> `{seat, label, tail, party, aboard, expected, capacity}`."""
    code, _ = codes.read_code(command.code)
    door = _locked(work, trip_id)
    found = _find_seat(work, code)
    shuttle.refuse_boarding(found and _sold(work, found), trip_id, TripState(door.state))
    _seat_taken(work, found, work.now)
    ride = gather.ride_facts(work.conn, trip_id)
    assert ride is not None
    return {
        "seat": found.id,
        "label": _label(work, found),
        "tail": codes.tail(code),
        "party": found.party_size,
        "aboard": ride.count.aboard,
        "expected": ride.count.expected,
        "capacity": ride.count.capacity,
    }


def _seat_taken(work: Work, found: Any, at: datetime) -> None:
    taken = work.conn.execute(
        update(seat)
        .where(seat.c.id == found.id, seat.c.state == "expected")
        .values(state="aboard", boarded_at=rfc3339(at), boarded_by=work.actor.label)
    )
    if taken.rowcount != 1:
        raise Refusal(RefusalCode.NO_SEAT)
    work.touch("seat", found.id)
    work.touch("trip", found.trip_id)


def board_on_paper(work: Work, trip_id: str, claim_id: str, at: datetime) -> None:
    """Somebody was ticked on the list of a bus; who is known to sit in it already is no news. Where the bus is known to
    have left its list gets a new version. Raises NO_SEAT, WRONG_BUS, BUS_GONE, ALREADY_ABOARD in another bus."""
    door = _locked(work, trip_id)
    found = work.conn.execute(_SEATS.where(seat.c.application_id == claim_id)).one_or_none()
    if found is not None and (found.trip_id, found.state) == (trip_id, SeatState.ABOARD):
        return
    shuttle.refuse_boarding(_sold(work, found) if found else None, trip_id, TripState.BOARDING)
    if door.state == TripState.CANCELLED:
        raise Refusal(RefusalCode.BUS_GONE)
    _seat_taken(work, found, at)
    if door.state == TripState.DEPARTED:
        _freeze(work, trip_id, from_rfc3339(door.departed_at))


def depart_on_paper(work: Work, trip_id: str, at: datetime) -> None:
    """A bus left at a time that was written down, its door open or not; one that is known to have left is no news."""
    row = _locked(work, trip_id)
    if row.state == TripState.CANCELLED:
        raise Refusal(RefusalCode.BUS_GONE)
    if row.state != TripState.DEPARTED:
        _freeze(work, trip_id, at)


def undo_boarding(work: Work, trip_id: str, command: UndoBoarding) -> dict[str, Any]:
    """The scan is taken back; a departed bus's manifest stays frozen."""
    if _locked(work, trip_id).state != TripState.BOARDING:
        raise Refusal(RefusalCode.TRIP_NOT_BOARDING)
    undone = work.conn.execute(
        update(seat)
        .where(seat.c.id == command.seat, seat.c.trip_id == trip_id, seat.c.state == "aboard")
        .values(state="expected", boarded_at=None, boarded_by=None)
    )
    if undone.rowcount != 1:
        raise Refusal(RefusalCode.NOTHING_TO_UNDO)
    work.touch("seat", command.seat)
    work.touch("trip", trip_id)
    return {"seat": command.seat}


def depart(work: Work, trip_id: str, command: Depart) -> dict[str, Any]:
    """The bus leaves and its manifest is frozen as version 1 -> `{trip, aboard, missing}`."""
    row = _locked(work, trip_id)
    if row.state != TripState.BOARDING:
        raise Refusal(RefusalCode.BUS_GONE if row.state != TripState.PLANNED else RefusalCode.TRIP_NOT_BOARDING)
    _freeze(work, trip_id, work.now)
    ride = gather.ride_facts(work.conn, trip_id)
    assert ride is not None
    return {"trip": trip_id, "aboard": ride.count.aboard, "missing": ride.count.missing}


def _freeze(work: Work, trip_id: str, departed_at: datetime) -> None:
    work.conn.execute(
        update(trip)
        .where(trip.c.id == trip_id)
        .values(
            state="departed",
            departed_at=rfc3339(departed_at),
            manifest=work.vault.seal(dumps(_seats(work, trip_id))).hex(),
            manifest_version=trip.c.manifest_version + 1,
        )
    )
    work.touch("trip", trip_id)
    for job_id in work.conn.execute(select(job.c.id).where(job.c.trip_id == trip_id)).scalars():
        work.touch("job", job_id)


def read_manifest(work: Work, trip_id: str) -> dict[str, Any]:
    """Who is on the list: frozen once departed, as it stands before. A volunteer reads masked names."""
    row = work.conn.execute(select(trip).where(trip.c.id == trip_id)).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="trip")
    seats = json.loads(work.vault.open(bytes.fromhex(row.manifest))) if row.manifest else _seats(work, trip_id)
    if not work.actor.roles & KNOWS_NAMES:
        seats = [line | {"name": line["name"] and _masked(line["name"])} for line in seats]
    return {"trip": trip_id, "version": row.manifest_version, "departed_at": row.departed_at, "seats": seats}


def _seats(work: Work, trip_id: str) -> list[dict[str, Any]]:
    rows = work.conn.execute(
        select(seat, application.c.series, application.c.number, application.c.job_id, _NAME)
        .join(application, seat.c.application_id == application.c.id)
        .outerjoin(worker, application.c.worker_id == worker.c.id)
        .where(seat.c.trip_id == trip_id, seat.c.state != "released")
        .order_by(application.c.series, application.c.number)
    )
    return [
        {
            "number": slip_number(row.series, row.number),
            "tail": work.vault.open(row.tail_sealed),
            "name": work.vault.open(row.name_sealed) if row.name_sealed else None,
            "job": row.job_id,
            "party": row.party_size,
            "state": row.state,
            "at": row.boarded_at,
        }
        for row in rows
    ]


def _locked(work: Work, trip_id: str) -> Any:
    row = work.conn.execute(
        update(trip).where(trip.c.id == trip_id).values(bay=trip.c.bay).returning(trip)
    ).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="trip")
    return row


def _find_seat(work: Work, code: str) -> Any:
    return work.conn.execute(_SEATS.where(application.c.code_hash == work.vault.look_up(code))).one_or_none()


def _sold(work: Work, found: Any) -> SoldSeat:
    clock = work.hall.calendar.clock
    boarded = gather.instant_or_none(found.boarded_at)
    return SoldSeat(
        trip_id=found.trip_id,
        state=SeatState(found.state),
        boarded_at=boarded,
        boarded_by=found.boarded_by or "",
        where={
            "sign": found.sign,
            "bay": found.bay,
            "at": clock(from_rfc3339(found.departs_at)),
            "boarded_at": clock(boarded) if boarded else "",
            "tail": work.vault.open(found.tail_sealed),
        },
    )


def _label(work: Work, found: Any) -> dict[str, Any] | None:
    if found.worker_id is None:
        return None
    sealed = work.conn.execute(select(worker.c.name_sealed).where(worker.c.id == found.worker_id)).scalar_one()
    name = work.vault.open(sealed)
    return _masked(name) if name else None


def _masked(name: str) -> dict[str, Any]:
    return message("people.label", surname=masked_name(name))
