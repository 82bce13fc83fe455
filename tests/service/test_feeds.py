"""The log: numbers without a gap, a state that is the fold of it, and what is forgotten, on both data bases."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hallserver.services import day, queue
from hallserver.services.claims import claim_place
from hallserver.services.commands import CallNext, TakeNumber
from hallserver.store import feeds
from hallserver.store.work import Work
from hallserver.wire.feeds import Feed
from hallserver.wire.replica import Replica, Verdict
from tests.service.conftest import Store, claim


def _morning(store: Store) -> None:
    post = store.post(headcount=2, trip=store.bus())
    store.do(lambda work: claim_place(work, claim(post, way="bus")))
    store.do(lambda work: claim_place(work, claim(post)))
    for _ in range(3):
        store.do(lambda work: queue.take_number(work, TakeNumber(service="placement")))
    store.do(lambda work: queue.call_next(work, 2, CallNext()))
    store.later(minutes=1)
    store.do(day.tick)


def _entries(store: Store, feed: str, since: int = 0) -> list[feeds.Entry]:
    with store.engine.connect() as conn:
        return feeds.entries_after(conn, feed, since, 10_000)


def _snapshot(store: Store, feed: str) -> tuple[int, dict[str, Any]]:
    with store.engine.connect() as conn:
        seq, items = feeds.snapshot(conn, feed)
    return seq, json.loads(items)


@pytest.mark.parametrize("feed", [feed.value for feed in Feed])
def test_every_feed_is_numbered_without_a_gap_and_folds_to_its_snapshot(store: Store, feed: str) -> None:
    _morning(store)
    entries = _entries(store, feed)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    replica = Replica(feed, "epoch")
    for entry in entries:
        assert replica.apply({"epoch": "epoch", "seq": entry.seq, **json.loads(entry.body)}) is Verdict.APPLIED
    assert (replica.seq, replica.items) == _snapshot(store, feed)


def test_what_looks_the_same_makes_no_entry(store: Store) -> None:
    post = store.post()
    before = _entries(store, "wall")
    store.do(lambda work: work.touch("job", post))
    assert _entries(store, "wall") == before


def test_a_refused_command_leaves_no_entry_and_no_gap(store: Store) -> None:
    post = store.post(headcount=1)
    store.do(lambda work: claim_place(work, claim(post)))
    before = _entries(store, "wall")
    store.refusal(lambda work: claim_place(work, claim(post)))
    store.do(lambda work: queue.take_number(work, TakeNumber(service="placement")))
    assert [entry.seq for entry in _entries(store, "wall")] == [*(one.seq for one in before), before[-1].seq + 1]


def test_old_entries_are_forgotten_and_the_state_stays(store: Store) -> None:
    _morning(store)
    before = _snapshot(store, "wall")
    store.later(hours=25)
    store.do(lambda work: feeds.trim(work.conn, "wall", work.now))
    assert _entries(store, "wall") == []
    assert _snapshot(store, "wall") == before
    with store.engine.connect() as conn:
        assert feeds.head(conn, "wall") == (before[0], before[0])


def test_the_log_is_bounded_by_count(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _morning(store)
    head = _snapshot(store, "wall")[0]
    monkeypatch.setattr(feeds, "KEPT_ENTRIES", 2)
    store.do(lambda work: feeds.trim(work.conn, "wall", work.now.replace(year=2000)))
    assert [entry.seq for entry in _entries(store, "wall")] == [head - 1, head]


def test_a_verb_that_fails_after_its_changes_shows_nothing(store: Store) -> None:
    before = _snapshot(store, "wall")

    def fail(work: Work) -> Any:
        queue.take_number(work, TakeNumber(service="placement"))
        raise OSError("torn")

    with pytest.raises(OSError, match="torn"):
        store.do(fail)
    assert _snapshot(store, "wall") == before
