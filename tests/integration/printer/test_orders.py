"""What a feed says becomes what a spool holds: fetched once, taken back, too old, unreadable, put off."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.settings import load_settings
from printer.orders import Fetched, NotFetched, Orders, OrderTaker, Picture, ordered_at, own_orders
from printer.outcomes import Reason
from printer.pressroom import PressRoom, open_pressroom
from printer.reports import hall_state
from printer.spool import BOUND, JobState
from tests.paper.printing import now, until
from tests.paper.slips import NUMBER_SLIP

AT = datetime(2026, 11, 20, 5, 43, tzinfo=UTC)


def job_of(at: datetime, nth: int = 0) -> str:
    """An id as the hall makes them at this moment."""
    return f"{int(at.timestamp() * 1000):012x}7{nth:03x}8000000000000000"


def ordered(*jobs: str, **more: Any) -> Picture:
    items = {f"print/{job}": {"device": "mine", "state": "queued"} | more for job in jobs}
    return Picture(items, AT, date(2026, 11, 20))


class Counter:
    """A room without a running worker, and a hall that counts how often it is asked."""

    def __init__(self, room: PressRoom) -> None:
        self.room = room
        self.asked: list[str] = []
        self.answer: Fetched | NotFetched = Fetched(NUMBER_SLIP)
        self.orders = Orders("mine", room, "en", self._fetch)

    def _fetch(self, job_id: str) -> Fetched | NotFetched:
        self.asked.append(job_id)
        return self.answer

    def state(self, job_id: str) -> tuple[JobState, Reason | None] | None:
        job = self.room.spool.job(job_id)
        return (job.state, job.reason) if job else None


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    room = open_pressroom(tmp_path / "paper", load_settings(printer_address="127.0.0.1:1"), now)
    yield Counter(room)
    room.spool.close()


def test_only_own_orders_that_nobody_has_begun_or_taken_back_are_fetched() -> None:
    items = {
        "print/b": {"device": "mine", "state": "queued", "is_withdrawn": False},
        "print/a": {"device": "mine", "state": "queued"},
        "print/c": {"device": "mine", "state": "sending"},
        "print/d": {"device": "theirs", "state": "queued"},
        "print/e": {"device": "mine", "state": "queued", "is_withdrawn": True},
        "hall/main": {},
    }
    assert own_orders(items, "mine") == ["a", "b"]


def test_an_order_is_fetched_once(counter: Counter) -> None:
    job = job_of(AT)
    for _ in range(3):
        assert counter.orders.take(ordered(job)) == []
    assert counter.asked == [job]
    assert counter.state(job) == (JobState.QUEUED, None)


def test_an_order_is_asked_for_again_while_the_hall_is_away_and_a_refusal_is_told(counter: Counter) -> None:
    job = job_of(AT)
    counter.answer = NotFetched(None)
    assert counter.orders.take(ordered(job)) == []
    counter.answer = NotFetched("NOT_FOUND")
    assert counter.orders.take(ordered(job)) == [f"{job} refused NOT_FOUND"]
    counter.answer = Fetched(NUMBER_SLIP)
    counter.orders.take(ordered(job))
    assert counter.state(job) == (JobState.QUEUED, None)


@pytest.mark.parametrize("came_here", [True, False])
def test_an_order_taken_back_never_prints_and_the_hall_hears_that_it_may_go_elsewhere(
    counter: Counter, came_here: bool
) -> None:
    job = job_of(AT)
    if came_here:
        counter.orders.take(ordered(job))
    counter.orders.take(ordered(job, is_withdrawn=True))
    assert counter.state(job) == (JobState.FAILED, Reason.WITHDRAWN)
    assert [hall_state(told) for told in counter.room.spool.untold()] == ["withdrawn"]
    counter.orders.take(ordered(job))
    assert counter.state(job) == (JobState.FAILED, Reason.WITHDRAWN)


def test_an_order_taken_back_too_late_goes_its_way(counter: Counter) -> None:
    job = job_of(AT)
    counter.orders.take(ordered(job))
    counter.room.spool.start(job)
    counter.orders.take(ordered(job, is_withdrawn=True))
    assert counter.state(job) == (JobState.SENDING, None)


def test_an_order_of_yesterday_is_not_printed_today(counter: Counter) -> None:
    old, fresh = job_of(AT - timedelta(minutes=31)), job_of(AT - timedelta(minutes=29))
    assert ordered_at(old) == AT - timedelta(minutes=31)
    counter.orders.take(ordered(old, fresh))
    assert counter.asked == [fresh]
    assert counter.state(old) == (JobState.FAILED, Reason.EXPIRED)


def test_an_order_nobody_can_word_fails_once_and_is_not_fetched_again(counter: Counter) -> None:
    job = job_of(AT)
    counter.answer = Fetched({"layout": "number"})
    assert len(counter.orders.take(ordered(job))) == 1
    assert counter.orders.take(ordered(job)) == []
    assert counter.state(job) == (JobState.FAILED, Reason.UNREADABLE)


def test_what_finds_the_spool_full_stays_at_the_hall(counter: Counter) -> None:
    for number in range(BOUND):
        counter.room.spool.submit(str(number), "{}")
    job = job_of(AT)
    assert "waits at the hall" in counter.orders.take(ordered(job))[0]
    assert counter.state(job) is None
    counter.room.bury("0", Reason.WITHDRAWN)
    assert counter.orders.take(ordered(job)) == []
    assert counter.state(job) == (JobState.QUEUED, None)


def test_a_machine_that_may_not_wait_takes_orders_in_a_thread(counter: Counter) -> None:
    pictures = iter([None, ordered(job_of(AT))])
    counter.answer = NotFetched("NOT_FOUND")
    said: list[str] = []
    taker = OrderTaker(counter.orders, lambda: next(pictures, None), said.append, looks_every_s=0.02)
    taker.start()
    until(lambda: said == [f"{job_of(AT)} refused NOT_FOUND"])
    taker.stop()


def test_a_kiosk_leaves_its_own_fresh_orders_to_the_answer_of_its_claim_and_takes_copies_at_once(
    counter: Counter,
) -> None:
    orders = Orders("mine", counter.room, "en", counter._fetch, waits_looks=2)
    own, moved = job_of(AT, 1), job_of(AT, 2)
    picture = ordered(own)
    picture = Picture(
        {**picture.items, f"print/{moved}": {**picture.items[f"print/{own}"], "is_copy": True}}, AT, picture.today
    )
    for asked in ([moved], [moved], [moved, own], [moved, own]):
        orders.take(picture)
        assert counter.asked == asked
