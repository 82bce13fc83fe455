"""16 kiosks, 8 counters, every request sent twice at once, by real HTTP on both data bases: what is scarce stays so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.crowd import people
from tests.crowd.people import Crowd
from tests.crowd.senders import Ledger
from tests.crowd.stands import followers
from tests.crowd.truth import judge, unlike
from tests.promises import Promise
from tests.support import hall

KIOSKS, COUNTERS, ROUNDS = 16, 8, 16


@pytest.fixture(params=["sqlite", "postgresql"])
def crowd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Crowd]:
    url = "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_database"))
    process = hall.HallProcess(tmp_path / "hall", url)
    hall.found_hall(process, people.pack_with_counters(tmp_path, COUNTERS))
    process.start()
    try:
        yield people.gather_crowd(process, KIOSKS, COUNTERS, people.Supply())
    finally:
        process.stop()


def test_scarce_things_stay_scarce_when_everybody_asks_twice_at_once(
    crowd: Crowd, tmp_path: Path, promise: Promise
) -> None:
    ledger = Ledger()
    with followers(crowd, tmp_path) as screens:
        _let_loose(crowd, ledger)
        verdict = judge(crowd, ledger)
        assert verdict.broken == []
        assert unlike(crowd, screens) == []
    refused = ledger.refused()
    assert {"JOB_FULL", "BUS_FULL", "OVERLAP"} <= set(refused), f"the race was none: {refused}"
    _promise(promise, crowd, ledger, verdict.figures)


def _let_loose(crowd: Crowd, ledger: Ledger) -> None:
    is_over = threading.Event()
    desks = [partial(people.serve_counter, crowd, number, ledger, is_over) for number in crowd.counters]
    kiosks = [partial(people.use_kiosk, crowd, nth, ledger, lambda turn: turn < ROUNDS) for nth in range(KIOSKS)]
    counters = people.run_together(desks, ledger)
    for thread in people.run_together(kiosks, ledger):
        thread.join()
    is_over.set()
    for thread in counters:
        thread.join()


def _promise(promise: Promise, crowd: Crowd, ledger: Ledger, figures: dict[str, int]) -> None:
    kind = "PostgreSQL" if crowd.process.database_url else "SQLite"
    told = f"{KIOSKS} kiosks × {COUNTERS} counters × 2, {ledger.requests} requests on {kind}"
    promise("no seat sold twice", f"{told}, {figures['BUS_FULL'] + figures['JOB_FULL']} refused as full, 0 too many")
    promise("no number twice, nobody called to two counters", f"{told}, {figures['queue_ticket']} numbers, 0")
    promise("no overlapping claims of one person", f"{told}, {figures['OVERLAP']} refused, 0")
    promise("no gap in any feed", f"{told}, {figures['feed_entry']} entries in 5 feeds, 0")
    promise("a command sent twice is answered identically", f"{told}, {figures['commands']} commands, 0 differed")
