"""Numbers and calls: who comes next, one customer at a counter, one counter for a number, on both data bases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from hallserver.services import queue
from hallserver.services.commands import CallAgain, CallNext, Finish, TakeNumber
from hallserver.store.tables import call, counter, queue_ticket, service
from tests.service.conftest import Store, two_at_once


def _number(store: Store, name: str = "placement") -> str:
    store.later(seconds=1)
    return str(store.do(lambda work: queue.take_number(work, TakeNumber(service=name)))["number"])


def _call(store: Store, desk: int = 2) -> str:
    return str(store.do(lambda work: queue.call_next(work, desk, CallNext()))["number"])


def test_the_longest_waiting_comes_first_whatever_its_service(store: Store) -> None:
    taken = [_number(store, name) for name in ("registration", "placement", "bus-help", "placement")]
    assert taken == ["D001", "A001", "M001", "A002"]
    assert [_call(store) for _ in taken] == taken


def test_a_counter_calls_only_what_it_serves(store: Store) -> None:
    _number(store, "guidance")
    placed = _number(store, "placement")
    assert _call(store, 2) == placed
    assert store.refusal(lambda work: queue.call_next(work, 2, CallNext())) == ("NOBODY_WAITING", {})


def test_when_nobody_waits_the_customer_at_the_counter_stays(store: Store) -> None:
    _number(store)
    _call(store)
    store.refusal(lambda work: queue.call_next(work, 2, CallNext()))
    assert store.one(select(queue_ticket.c.state)) == ("called",)


def test_the_next_call_ends_the_one_before(store: Store) -> None:
    _number(store), _number(store)
    _call(store), _call(store)
    with store.engine.connect() as conn:
        states = conn.execute(select(queue_ticket.c.state).order_by(queue_ticket.c.number)).scalars().all()
    assert states == ["served", "called"]


def test_a_recall_is_a_second_call_of_the_same_number(store: Store) -> None:
    number = _number(store)
    assert store.refusal(lambda work: queue.call_again(work, 2, CallAgain())) == ("NOBODY_CALLED", {})
    _call(store)
    assert store.do(lambda work: queue.call_again(work, 2, CallAgain()))["number"] == number
    with store.engine.connect() as conn:
        assert conn.execute(select(call.c.nth, call.c.order).order_by(call.c.order)).all() == [(1, 1), (2, 2)]


@pytest.mark.parametrize("outcome", ["served", "no_show"])
def test_finishing_frees_the_counter(store: Store, outcome: Any) -> None:
    _number(store)
    _call(store)
    store.do(lambda work: queue.finish(work, 2, Finish(outcome=outcome)))
    assert store.one(select(queue_ticket.c.state)) == (outcome,)
    assert store.refusal(lambda work: queue.finish(work, 2, Finish())) == ("NOBODY_CALLED", {})


def test_what_is_closed_or_unknown_says_so(store: Store) -> None:
    with store.engine.begin() as conn:
        conn.execute(update(counter).where(counter.c.number == 2).values(state="closed"))
        conn.execute(update(service).where(service.c.id == "lawyer").values(is_open=0))
    assert store.refusal(lambda work: queue.call_next(work, 2, CallNext()))[0] == "COUNTER_CLOSED"
    assert store.refusal(lambda work: queue.call_next(work, 77, CallNext())) == ("NOT_FOUND", {"what": "counter"})
    assert store.refusal(lambda work: queue.take_number(work, TakeNumber(service="lawyer")))[0] == "SERVICE_CLOSED"
    assert store.refusal(lambda work: queue.take_number(work, TakeNumber(service="none")))[0] == "NOT_FOUND"


def test_two_counters_that_call_at_once_get_two_people(postgres_store: Store) -> None:
    store = postgres_store
    first, second = _number(store), _number(store)

    def call_at(desk: int) -> Any:
        return lambda conn: store.perform(conn, lambda work: queue.call_next(work, desk, CallNext()))["number"]

    with two_at_once(store, call_at(2), call_at(3)) as called:
        assert called == [first, second]


def test_two_kiosks_that_ask_at_once_get_two_numbers(postgres_store: Store) -> None:
    store = postgres_store

    def take(conn: Any) -> Any:
        return store.perform(conn, lambda work: queue.take_number(work, TakeNumber(service="placement")))["number"]

    with two_at_once(store, take, take) as taken:
        assert taken == ["A001", "A002"]
