"""What time alone changes: the day turns at three, posts expire, on both data bases."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from hallserver.services import day, printing, queue
from hallserver.services.commands import CallNext, ReportPrint, TakeNumber
from hallserver.store import feeds
from hallserver.store.tables import job, queue_ticket
from tests.service.conftest import Store

BEFORE_THREE = datetime(2026, 11, 20, 18, 59, 59, tzinfo=UTC)
AT_THREE = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)


def _wall(store: Store, feed: str = "wall") -> dict[str, Any]:
    with store.engine.connect() as conn:
        items: dict[str, Any] = json.loads(feeds.snapshot(conn, feed)[1])
    return items


def _number(store: Store) -> str:
    return str(store.do(lambda work: queue.take_number(work, TakeNumber(service="placement")))["number"])


def test_at_three_the_days_tickets_are_closed_and_numbers_begin_anew(store: Store) -> None:
    _number(store), _number(store)
    store.do(lambda work: queue.call_next(work, 2, CallNext()))
    store.now = BEFORE_THREE
    store.do(day.tick)
    assert _wall(store)["queue/placement"]["waiting"] == 1
    assert any(key.startswith("call/") for key in _wall(store))
    store.now = AT_THREE
    store.do(day.tick)
    with store.engine.connect() as conn:
        assert set(conn.execute(select(queue_ticket.c.state)).scalars()) == {"closed"}
    wall = _wall(store)
    assert wall["queue/placement"]["waiting"] == 0
    assert not any(key.startswith("call/") for key in wall)
    assert not any(key.startswith("ticket/") for key in _wall(store, "staff"))
    assert _wall(store, "staff")["counter/2"]["current"] is None
    assert _number(store) == "A001"


def test_at_three_slips_that_surely_did_not_come_out_are_put_away_and_unknown_ones_stay(store: Store) -> None:
    orders = {
        state: str(store.do(lambda work: queue.take_number(work, TakeNumber(service="placement")))["print_job"])
        for state in ("queued", "failed", "unknown")
    }
    for state in ("failed", "unknown"):
        store.do(lambda work, state=state: printing.report_print(work, orders[state], ReportPrint(state=state)))
    store.now = BEFORE_THREE
    store.do(day.tick)
    assert {key for key in _wall(store, "staff") if key.startswith("print/")} == {
        f"print/{key}" for key in orders.values()
    }
    store.now = AT_THREE
    store.do(day.tick)
    assert {key for key in _wall(store, "staff") if key.startswith("print/")} == {f"print/{orders['unknown']}"}


def test_a_post_expires_and_leaves_every_screen(store: Store) -> None:
    post = store.post()
    key = f"job/{post}"
    assert key in _wall(store)
    store.later(hours=2, minutes=59)
    store.do(day.tick)
    assert key in _wall(store), "half an hour after its shift began late comers are still asked for"
    store.later(minutes=2)
    store.do(day.tick)
    assert store.one(select(job.c.state)) == ("expired",)
    assert all(key not in _wall(store, feed) for feed in ("wall", "kiosk", "staff", "network"))


def test_a_departed_bus_leaves_the_wall_thirty_seconds_later(store: Store) -> None:
    from hallserver.services import shuttle
    from hallserver.services.commands import Depart, OpenBoarding

    ride = store.bus()
    store.do(lambda work: shuttle.open_boarding(work, ride, OpenBoarding()))
    store.do(lambda work: shuttle.depart(work, ride, Depart()))
    assert _wall(store)[f"trip/{ride}"]["state"] == "departed"
    store.later(seconds=31)
    store.do(day.tick)
    assert f"trip/{ride}" not in _wall(store)
