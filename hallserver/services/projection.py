"""Turns "this changed" into what each audience may see of it, and into the log: the only writer of feeds.

A table says which kinds reach which audience; content words them; equal items make no entry.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from hallserver.content import jobs, queue, shuttle
from hallserver.domain.call_order import slip_number
from hallserver.domain.hall_time import rfc3339
from hallserver.services import gather
from hallserver.store import feeds
from hallserver.store.log_tables import feed_item, revisit
from hallserver.store.tables import application, counter, device, paper_entry, print_job, printer, queue_ticket, seat
from hallserver.store.work import TouchedKind, Work
from hallserver.wire.feeds import Feed

View = dict[Feed, dict[str, feeds.Item | None]]
"""Per audience: key -> item, or None where the key must not be there."""

_PUBLIC = (Feed.KIOSK, Feed.NETWORK, Feed.WALL)

REACHES: dict[TouchedKind, tuple[Feed, ...]] = {
    "hall": tuple(Feed),
    "job": (*_PUBLIC, Feed.STAFF),
    "trip": (Feed.KIOSK, Feed.STAFF, Feed.WALL),
    "seat": (Feed.STAFF,),
    "call": (Feed.STAFF, Feed.WALL),
    "queue": (Feed.KIOSK, Feed.STAFF, Feed.WALL),
    "ticket": (Feed.STAFF,),
    "counter": (Feed.STAFF,),
    "device": (Feed.STAFF,),
    "print": (Feed.KIOSK, Feed.PRINTER, Feed.STAFF),
    "printer": (Feed.STAFF,),
    "paper": (Feed.STAFF,),
}


def project(work: Work) -> None:
    """Writes what `work` touched into the feeds and fills `work.seq`. The last thing a command does."""
    if not work.touched:
        return
    feeds.lock_counters(work.conn, {feed.value for kind, _ in work.touched for feed in REACHES[kind]})
    merged: View = {}
    for kind, key in work.touched:
        for feed, items in _VIEWS[kind](work, key).items():
            merged.setdefault(feed, {}).update(items)
    for feed in sorted(merged):
        change = feeds.difference(work.conn, feed.value, merged[feed])
        if change.set or change.drop:
            work.seq[feed.value] = feeds.append(work.conn, feed.value, change, work.now)


def due_revisits(work: Work, limit: int = 500) -> list[str]:
    """Keys (`kind/id`) whose appearance time alone may have changed by now."""
    rows = work.conn.execute(
        select(revisit.c.key).where(revisit.c.at <= rfc3339(work.now)).order_by(revisit.c.at).limit(limit)
    )
    return list(rows.scalars())


def _remember(work: Work, key: str, at: datetime | None) -> None:
    work.conn.execute(delete(revisit).where(revisit.c.key == key))
    if at is not None:
        insert = postgresql.insert if work.conn.dialect.name == "postgresql" else sqlite.insert
        work.conn.execute(insert(revisit).values(key=key, at=rfc3339(at)))


def _same(audiences: Iterable[Feed], key: str, item: feeds.Item | None) -> View:
    return {feed: {key: item} for feed in audiences}


def _hall(work: Work, key: str) -> View:
    return _same(Feed, "hall/main", work.hall.item)


def _job(work: Work, job_id: str) -> View:
    key = f"job/{job_id}"
    facts = gather.job_facts(work.conn, job_id, work.hall)
    if facts is None:
        return _same(REACHES["job"], key, None)
    _remember(work, key, jobs.next_look(facts, work.now))
    shown = jobs.is_shown(facts, work.now)
    page = jobs.page(facts, work.now) if shown else None
    is_over = facts.state in ("closed", "expired") or facts.review == "refused"
    return {
        Feed.WALL: {key: jobs.row(facts, work.now) if shown else None},
        Feed.KIOSK: {key: page},
        Feed.NETWORK: {key: page},
        Feed.STAFF: {key: None if is_over else jobs.file(facts, work.now)},
    }


def _trip(work: Work, trip_id: str) -> View:
    key = f"trip/{trip_id}"
    ride = gather.ride_facts(work.conn, trip_id)
    if ride is None:
        return _same(REACHES["trip"], key, None)
    _remember(work, key, shuttle.next_look(ride, work.now))
    row = shuttle.row(ride, work.hall.calendar) if shuttle.is_shown(ride, work.now) else None
    return {
        Feed.WALL: {key: row},
        Feed.KIOSK: {key: row},
        Feed.STAFF: {key: shuttle.door(ride, work.hall.calendar)},
    }


def _seat(work: Work, seat_id: str) -> View:
    row = work.conn.execute(
        select(seat, application.c.series, application.c.number)
        .join(application, seat.c.application_id == application.c.id)
        .where(seat.c.id == seat_id)
    ).one()
    item = {
        "trip": row.trip_id,
        "number": slip_number(row.series, row.number),
        "tail": work.vault.open(row.tail_sealed),
        "state": row.state,
        "party": row.party_size,
        "at": row.boarded_at,
    }
    return _same(REACHES["seat"], f"seat/{seat_id}", None if row.state == "released" else item)


def _call(work: Work, key: str) -> View:
    held = work.conn.execute(
        select(feed_item.c.key).where(feed_item.c.feed == Feed.WALL.value, feed_item.c.key.like("call/%"))
    ).scalars()
    items: dict[str, feeds.Item | None] = dict.fromkeys(held)
    items |= {f"call/{call_id}": queue.call(facts) for call_id, facts in gather.last_calls(work.conn, work.today)}
    return {feed: dict(items) for feed in REACHES["call"]}


def _queue(work: Work, service_id: str) -> View:
    facts = gather.queue_facts(work.conn, service_id, work.today, work.hall)
    return _same(REACHES["queue"], f"queue/{service_id}", queue.line(facts) if facts else None)


def _ticket(work: Work, ticket_id: str) -> View:
    row = work.conn.execute(
        select(queue_ticket, counter.c.number.label("counter_number"))
        .outerjoin(counter, queue_ticket.c.counter_id == counter.c.id)
        .where(queue_ticket.c.id == ticket_id)
    ).one()
    item = {
        "number": slip_number(row.series, row.number),
        "service": row.service_id,
        "state": row.state,
        "issued_at": row.arrived_at,
        "counter": row.counter_number,
    }
    return _same(REACHES["ticket"], f"ticket/{ticket_id}", item if row.state in ("waiting", "called") else None)


def _counter(work: Work, number: str) -> View:
    row = work.conn.execute(select(counter).where(counter.c.number == int(number))).one()
    current = work.conn.execute(
        select(queue_ticket.c.series, queue_ticket.c.number).where(
            queue_ticket.c.counter_id == row.id, queue_ticket.c.state == "called"
        )
    ).one_or_none()
    item = {
        "state": row.state,
        "current": slip_number(*current) if current else None,
        "services": json.loads(row.services),
    }
    return _same(REACHES["counter"], f"counter/{number}", item)


def _device(work: Work, device_id: str) -> View:
    row = work.conn.execute(select(device).where(device.c.id == device_id)).one()
    item = {"name": row.name, "role": row.role, "state": row.state}
    return _same(REACHES["device"], f"device/{device_id}", item)


def _print(work: Work, print_job_id: str) -> View:
    row = work.conn.execute(
        select(print_job, device.c.name.label("device_name"), device.c.role)
        .join(device, device.c.id == print_job.c.device_id)
        .where(print_job.c.id == print_job_id)
    ).one()
    key = f"print/{print_job_id}"
    is_over = row.state in ("printed", "sent", "withdrawn", "reprinted")
    brief: Mapping[str, Any] = {
        "device": row.device_id,
        "state": row.state,
        "is_withdrawn": row.move_to_id is not None,
        "is_copy": row.copy_of_id is not None,
    }
    waits_at_kiosk = row.role == "kiosk" and row.state == "queued"
    full = dict(brief) | {
        "device_name": row.device_name,
        "kind": row.kind,
        "number": row.number,
        "reason": row.reason,
        "at": row.reported_at or row.created_at,
    }
    return {
        Feed.KIOSK: {key: brief if waits_at_kiosk else None},
        Feed.PRINTER: {key: None if is_over else brief},
        Feed.STAFF: {key: None if is_over else full},
    }


def _printer(work: Work, device_id: str) -> View:
    row = work.conn.execute(select(printer, device.c.name).join(device).where(printer.c.device_id == device_id)).one()
    item = {
        "name": row.name,
        "stop": row.stop,
        "is_near_end": bool(row.is_near_end),
        "slips_left": row.slips_left,
        "can_prove": bool(row.can_prove),
        "at": row.reported_at,
    }
    return _same(REACHES["printer"], f"printer/{device_id}", item)


def _paper(work: Work, entry_id: str) -> View:
    """A line of paper that could not be carried out; what was written on it beside numbers and ids stays sealed."""
    row = work.conn.execute(select(paper_entry).where(paper_entry.c.id == entry_id)).one()
    line = json.loads(work.vault.open(row.body_sealed))
    item = {name: line.get(name) for name in ("number", "service", "job", "way", "party_size", "trip")} | {
        "kind": row.kind,
        "day": row.business_day,
        "at": row.at,
        "code": row.code,
        "facts": json.loads(row.facts),
        "entered_by": row.entered_by,
    }
    return _same(REACHES["paper"], f"paper/{entry_id}", item if row.state == "open" else None)


_VIEWS: dict[TouchedKind, Callable[[Work, str], View]] = {
    "hall": _hall,
    "job": _job,
    "trip": _trip,
    "seat": _seat,
    "call": _call,
    "queue": _queue,
    "ticket": _ticket,
    "counter": _counter,
    "device": _device,
    "print": _print,
    "printer": _printer,
    "paper": _paper,
}
