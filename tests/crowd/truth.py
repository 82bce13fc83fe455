"""What must hold in a data base after a crowd, read from its tables and compared with what everybody was told."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from sqlalchemy import Connection, func, select

from hallserver.store import feeds
from hallserver.store.database import open_engine
from hallserver.store.log_tables import feed_entry
from hallserver.store.tables import application, call, job, print_job, queue_ticket, seat, trip
from hallserver.wire.feeds import Feed
from tests.crowd.people import Crowd
from tests.crowd.senders import Ledger
from tests.mornings.screens import Screen

CONVERGES_WITHIN_S = 20.0


@dataclass(frozen=True)
class Verdict:
    """Sentences about what does not hold, and figures of what was done."""

    broken: list[str]
    figures: dict[str, int]


def judge(crowd: Crowd, ledger: Ledger) -> Verdict:
    """Reads the data base beside the server, which has nothing left to do."""
    engine = open_engine(crowd.process.settings().database, 0)
    try:
        with engine.connect() as conn:
            broken = [*ledger.wrong, *_queue(conn, ledger), *_places(conn, ledger), *_persons(conn), *_feeds(conn)]
            figures = _figures(conn, ledger)
    finally:
        engine.dispose()
    return Verdict(broken, figures)


def _figures(conn: Connection, ledger: Ledger) -> dict[str, int]:
    counted = {
        table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (queue_ticket, call, application, seat, print_job, feed_entry)
    }
    return {
        "requests": ledger.requests,
        "told_to_wait": ledger.told_to_wait,
        "commands": len(ledger.answered),
        **counted,
        **ledger.refused(),
    }


def _same(what: str, told: int, held: int) -> Iterator[str]:
    if told != held:
        yield f"{what}: {told} acknowledged, {held} in the data base"


def _queue(conn: Connection, ledger: Ledger) -> Iterator[str]:
    tickets = conn.execute(select(queue_ticket)).all()
    calls = conn.execute(select(call).order_by(call.c.order)).all()
    numbers = [one.answer["number"] for one in ledger.done("/queue-tickets")]
    yield from (f"number {number} was given {count} times" for number, count in Counter(numbers).items() if count > 1)
    yield from _same("numbers", len(numbers), len(tickets))
    yield from _contiguous("numbers of a series", _by(tickets, "series", "number"))
    yield from _contiguous("calls of the day", {"": [one.order for one in calls]})
    called = [one.answer["ticket"] for one in ledger.done("/call-next")]
    yield from (f"ticket {one} was called to {n} customers' turns" for one, n in Counter(called).items() if n > 1)
    yield from _same("calls", len(called) + len(ledger.done("/recall")), len(calls))
    for ticket, counters in _by(calls, "queue_ticket_id", "counter_id").items():
        if len(set(counters)) > 1:
            yield f"ticket {ticket} was called to {len(set(counters))} counters"
    yield from (f"ticket {one.id} was left {one.state}" for one in tickets if one.state in ("waiting", "called"))
    for counter_id, turns in _turns(tickets).items():
        if any(after[0] < before[1] for before, after in pairwise(turns)):
            yield f"counter {counter_id} had two customers at once"


def _turns(tickets: Any) -> dict[str, list[tuple[str, str]]]:
    served = [one for one in tickets if one.counter_id]
    by_counter: dict[str, list[tuple[str, str]]] = {one.counter_id: [] for one in served}
    for one in served:
        by_counter[one.counter_id].append((one.called_at, one.ended_at or "~"))
    return {counter_id: sorted(turns) for counter_id, turns in by_counter.items()}


def _by(rows: Any, group: str, value: str) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {}
    for row in rows:
        grouped.setdefault(getattr(row, group), []).append(getattr(row, value))
    return grouped


def _contiguous(what: str, series: Mapping[str, list[int]]) -> Iterator[str]:
    for name, numbers in series.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"{what} {name} are not 1 to {len(numbers)}: {sorted(numbers)}"


def _places(conn: Connection, ledger: Ledger) -> Iterator[str]:
    claims = ledger.done("/claims")
    held = conn.execute(select(application)).all()
    yield from _same("claims", len(claims), len(held))
    yield from _contiguous("slips", _by(held, "series", "number"))
    posts = conn.execute(select(job)).all()
    bus_of = {post.id: post.trip_id for post in posts}
    for post in posts:
        given = sum(one.body["party_size"] for one in claims if one.body["job"] == post.id)
        if not given == post.taken <= post.headcount:
            yield f"post {post.id}: {given} places promised, {post.taken} written, of {post.headcount}"
    for ride in conn.execute(select(trip)).all():
        by_bus = [one.body for one in claims if one.body["way"] == "bus" and bus_of[one.body["job"]] == ride.id]
        promised = sum(body["party_size"] for body in by_bus)
        sold = sum(row.party_size for row in conn.execute(select(seat).where(seat.c.trip_id == ride.id)))
        if not promised == sold == ride.taken <= ride.capacity:
            yield f"bus {ride.sign}: {promised} seats promised, {sold} sold, {ride.taken} counted, of {ride.capacity}"


def _persons(conn: Connection) -> Iterator[str]:
    known = conn.execute(select(application).where(application.c.worker_id.is_not(None))).all()
    for one, other in combinations(known, 2):
        overlap = one.starts_at < other.ends_at and other.starts_at < one.ends_at
        if one.worker_id == other.worker_id and overlap:
            yield f"one person holds {one.number} and {other.number} at the same time"


def _feeds(conn: Connection) -> Iterator[str]:
    for feed in Feed:
        seqs = list(conn.execute(select(feed_entry.c.seq).where(feed_entry.c.feed == feed.value)).scalars())
        yield from _contiguous(f"feed {feed.value}:", {"": seqs})


def unlike(crowd: Crowd, screens: Mapping[str, Screen]) -> list[str]:
    """Names of screens whose replica does not become the server's own snapshot in time."""
    engine = open_engine(crowd.process.settings().database, 0)
    try:
        deadline = time.monotonic() + CONVERGES_WITHIN_S
        while wrong := [name for name, screen in screens.items() if screen.items() != _snapshot(engine, screen.feed)]:
            if time.monotonic() > deadline:
                return wrong
            time.sleep(0.05)
    finally:
        engine.dispose()
    return []


def _snapshot(engine: Any, feed: str) -> dict[str, Any]:
    with engine.connect() as conn:
        items: dict[str, Any] = json.loads(feeds.snapshot(conn, feed)[1])
    return items
