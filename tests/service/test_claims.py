"""Places, seats and persons' time: taken all together or not at all, on both data bases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from hallserver.domain.codes import CodeKind, draw_code
from hallserver.services.claims import claim_place
from hallserver.services.people import find_worker
from hallserver.store.tables import application, day_number, job, print_job, seat, trip
from hallserver.store.work import Work
from tests.service.conftest import DAY, Store, claim, two_at_once

WRITTEN = (application, seat, print_job, day_number)


def _take(store: Store, job_id: str, card: str | None = None, **other: Any) -> Any:
    return store.do(lambda work: claim_place(work, claim(job_id, card, **other)))


def _refused(store: Store, job_id: str, card: str | None = None, **other: Any) -> tuple[str, dict[str, Any]]:
    return store.refusal(lambda work: claim_place(work, claim(job_id, card, **other)))


def test_a_place_a_seat_and_a_slip_are_taken_together(store: Store) -> None:
    ride = store.bus(seats=3)
    post = store.post(headcount=4, trip=ride)
    answer = _take(store, post, store.card(), way="bus", party_size=2)
    assert answer["number"] == "J001"
    assert store.one(select(job.c.taken).where(job.c.id == post)) == (2,)
    assert store.one(select(trip.c.taken).where(trip.c.id == ride)) == (2,)
    assert store.one(select(seat.c.party_size, seat.c.state)) == (2, "expected")
    assert store.one(select(print_job.c.id)) == (answer["print_job"],)


def test_a_full_bus_refuses_and_nothing_is_written(store: Store) -> None:
    post = store.post(headcount=9, trip=store.bus(seats=2))
    _take(store, post, way="bus", party_size=2)
    before = store.count(*WRITTEN)
    assert _refused(store, post, way="bus") == ("BUS_FULL", {"left": 0})
    assert store.count(*WRITTEN) == before
    assert _take(store, post)["number"] == "J002", "a full bus does not close a post that is reached otherwise"


def test_people_who_belong_together_get_all_places_or_none(store: Store) -> None:
    post = store.post(headcount=4)
    _take(store, post, party_size=2)
    assert _refused(store, post, party_size=3) == ("JOB_FULL", {"left": 2})
    assert store.one(select(job.c.taken)) == (2,)
    _take(store, post, party_size=2)
    assert store.one(select(job.c.taken, job.c.state)) == (4, "filled")


def test_standby_is_for_full_posts_and_counts_its_row(store: Store) -> None:
    post = store.post(headcount=1)
    assert _refused(store, post, standby=True) == ("STANDBY_NOT_NEEDED", {})
    _take(store, post)
    assert [_take(store, post, standby=True)["standby"] for _ in range(2)] == [1, 2]
    assert store.one(select(job.c.taken)) == (1,)


def test_one_person_holds_no_two_claims_that_overlap(store: Store) -> None:
    card = store.card()
    _take(store, store.post(), card)
    before = store.count(*WRITTEN)
    assert _refused(store, store.post(starts_at="16:00", ends_at="20:00"), card) == ("OVERLAP", {})
    assert store.count(*WRITTEN) == before, "a refused claim leaves no number behind"
    assert _take(store, store.post(starts_at="17:00", ends_at="20:00"), card)["number"] == "J002"


def test_claims_without_a_name_are_capped_for_a_kiosk_and_an_hour(store: Store) -> None:
    post = store.post(headcount=100)
    for _ in range(60):
        _take(store, post)
    assert _refused(store, post) == ("ANONYMOUS_CAP", {})
    _take(store, post, store.card())
    store.later(minutes=61)
    _take(store, post)


@pytest.mark.parametrize(
    ("table", "column"), [(trip, trip.c.capacity), (job, job.c.headcount)], ids=["seats", "places"]
)
def test_the_data_base_itself_refuses_more_than_there_is(store: Store, table: Any, column: Any) -> None:
    store.post(trip=store.bus())
    with pytest.raises(IntegrityError), store.engine.begin() as conn:
        conn.execute(update(table).values(taken=column + 1))


def _raw_claim(store: Store, work: Work, worker_id: str, nth: int) -> None:
    code = draw_code(CodeKind.JOB_SLIP, work.random_bytes)
    row = work.conn.execute(select(job)).one()
    values = {
        "id": work.new_id(),
        "job_id": row.id,
        "worker_id": worker_id,
        "state": "claimed",
        "way": "own",
        "party_size": 1,
        "identity_level": 0,
        "business_day": DAY,
        "series": "X",
        "number": nth,
        "code_hash": work.vault.look_up(code),
        "code_sealed": work.vault.seal(code),
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "created_at": row.created_at,
    }
    work.conn.execute(insert(application).values(**values))


def test_two_open_transactions_cannot_both_give_one_person_the_same_hours(postgres_store: Store) -> None:
    """What no service asks: rows are written beside them, the trigger alone stands."""
    store, card = postgres_store, postgres_store.card()
    store.post()
    person = store.do(lambda work: find_worker(work, card).id)

    def write(nth: int) -> Any:
        return lambda conn: store.perform(conn, lambda work: _raw_claim(store, work, person, nth))

    with two_at_once(store, write(1), write(2)) as (_, second):
        assert isinstance(second, DBAPIError)
        assert "application_overlaps" in str(second.orig)
    assert store.count(application) == [1]


def test_the_last_seat_goes_to_the_first_of_two_open_transactions(postgres_store: Store) -> None:
    store = postgres_store
    ride = store.bus(seats=1)
    posts = [store.post(headcount=5, trip=ride) for _ in range(2)]

    def take(post: str) -> Any:
        def verb(conn: Connection) -> Any:
            return store.perform(conn, lambda work: claim_place(work, claim(post, way="bus")))

        return verb

    with two_at_once(store, take(posts[0]), take(posts[1])) as (first, second):
        assert first["number"] == "J001"
        assert str(second).startswith("('BUS_FULL'"), second
    assert store.one(select(trip.c.taken)) == (1,)
    assert store.count(seat) == [1]
