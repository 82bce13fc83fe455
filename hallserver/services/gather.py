"""Reads the facts that the content needs, once per touched thing. Decides nothing and words nothing."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from hallserver.content.facts import CallFacts, JobFacts, QueueFacts, RideFacts
from hallserver.domain.call_order import slip_number
from hallserver.domain.hall_time import from_rfc3339
from hallserver.domain.shuttle import Headcount
from hallserver.store.tables import call, counter, employer, job, queue_ticket, seat, service, trip
from hallserver.store.work import HallFrame

CALLS_SHOWN = 5
_DECODED = ("meals", "ways", "suits", "findings")


def instant_or_none(text: str | None) -> datetime | None:
    """A nullable instant column."""
    return from_rfc3339(text) if text is not None else None


def ride_facts(conn: Connection, trip_id: str) -> RideFacts | None:
    """A trip with its headcount, or None where there is none of that id."""
    row = conn.execute(select(trip).where(trip.c.id == trip_id)).one_or_none()
    return _ride(conn, row) if row is not None else None


def _ride(conn: Connection, row: Row[Any]) -> RideFacts:
    aboard = conn.execute(
        select(func.coalesce(func.sum(seat.c.party_size), 0)).where(seat.c.trip_id == row.id, seat.c.state == "aboard")
    ).scalar_one()
    return RideFacts(
        trip_id=row.id,
        sign=row.sign,
        line=row.line_id or "",
        destination=row.destination,
        bay=row.bay,
        plate=row.plate,
        departs_at=from_rfc3339(row.departs_at),
        return_at=instant_or_none(row.return_at),
        departed_at=instant_or_none(row.departed_at),
        state=row.state,
        count=Headcount(capacity=row.capacity, expected=row.taken, aboard=int(aboard)),
        manifest_version=row.manifest_version,
    )


def job_facts(conn: Connection, job_id: str, hall: HallFrame) -> JobFacts | None:
    """A post with employer and ride, or None where there is none of that id."""
    row = conn.execute(
        select(job, employer.c.name.label("employer_name")).join(employer).where(job.c.id == job_id)
    ).one_or_none()
    if row is None:
        return None
    columns = dict(row._mapping)
    for name in _DECODED:
        columns[name] = json.loads(columns[name])
    trade = hall.trades.get(row.trade)
    return JobFacts(
        employer=columns.pop("employer_name"),
        columns=columns,
        title=dict(trade.names) if trade else {"zh-Hans": row.trade},
        pictogram=trade.pictogram if trade else "other",
        ride=ride_facts(conn, row.trip_id) if row.trip_id else None,
        calendar=hall.calendar,
        review_reader="job.reviewed_by_rule" if row.reviewed_by == "rule" else "job.reviewed",
    )


def last_calls(conn: Connection, today: date) -> list[tuple[str, CallFacts]]:
    """The newest `CALLS_SHOWN` calls of the day with their ids, newest first."""
    rows = conn.execute(
        select(call.c.id, call.c.at, call.c.order, counter.c.number, queue_ticket.c.series, queue_ticket.c.number)
        .join(counter, call.c.counter_id == counter.c.id)
        .join(queue_ticket, call.c.queue_ticket_id == queue_ticket.c.id)
        .where(call.c.business_day == today.isoformat())
        .order_by(call.c.order.desc())
        .limit(CALLS_SHOWN)
    )
    return [
        (
            row[0],
            CallFacts(
                number=slip_number(row[4], row[5]),
                counter=row[3],
                at=from_rfc3339(row[1]),
                order=row[2],
            ),
        )
        for row in rows
    ]


def queue_facts(conn: Connection, service_id: str, today: date, hall: HallFrame) -> QueueFacts | None:
    """How many wait for a service today; None where the pack has no such service."""
    chosen = next((one for one in hall.pack.hall.services if one.id == service_id), None)
    row = conn.execute(select(service.c.letter, service.c.is_open).where(service.c.id == service_id)).one_or_none()
    if chosen is None or row is None:
        return None
    waiting = conn.execute(
        select(func.count()).where(
            queue_ticket.c.service_id == service_id,
            queue_ticket.c.business_day == today.isoformat(),
            queue_ticket.c.state == "waiting",
        )
    ).scalar_one()
    return QueueFacts(service_id, row.letter, dict(chosen.names), int(waiting), bool(row.is_open))
