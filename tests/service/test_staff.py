"""Log-in: wrong secrets lock for minutes, the sealed code opens at once and once, on both data bases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from hallserver.services import staff
from hallserver.store.tables import staff as staff_table
from hallserver.store.tables import staff_session
from tests.service.conftest import Store

PASSWORD = "right-password"


@pytest.fixture
def recovery(store: Store) -> str:
    new = staff.NewStaff("li", "Li", PASSWORD, ("clerk",), "1234")
    return str(store.do(lambda work: staff.add_staff(work, new))["recovery_code"])


def _row(store: Store) -> Any:
    return store.one(select(staff_table))


def _fail(store: Store, times: int) -> None:
    for _ in range(times):
        store.do(lambda work: staff.count_failure(work, staff.find_login(work, "li")))


def _refuse_locked(store: Store) -> Any:
    return lambda work: staff.refuse_locked(work, _row(store))


def test_secrets_are_checked_each_for_itself(store: Store, recovery: str) -> None:
    row = _row(store)
    assert staff.secret_fits(row, PASSWORD, "password")
    assert staff.secret_fits(row, "1234", "pin")
    assert staff.secret_fits(row, recovery, "recovery")
    assert not staff.secret_fits(row, "1234", "password")
    assert not staff.secret_fits(None, PASSWORD, "password")


def test_the_fifth_wrong_secret_locks_for_minutes_and_the_lock_ends_by_itself(store: Store, recovery: str) -> None:
    _fail(store, 4)
    store.do(_refuse_locked(store))
    _fail(store, 1)
    assert store.refusal(_refuse_locked(store)) == ("LOCKED_OUT", {"minutes": 6})
    store.later(minutes=4, seconds=59)
    assert store.refusal(_refuse_locked(store)) == ("LOCKED_OUT", {"minutes": 1})
    store.later(seconds=1)
    store.do(_refuse_locked(store))


def test_a_right_log_in_forgets_wrong_ones(store: Store, recovery: str) -> None:
    _fail(store, 4)
    store.do(lambda work: staff.open_session(work, _row(store).id, None))
    _fail(store, 4)
    store.do(_refuse_locked(store))


def test_the_sealed_code_opens_at_once_and_is_spent(store: Store, recovery: str) -> None:
    store.do(lambda work: staff.open_session(work, _row(store).id, None))
    _fail(store, 5)
    fresh = store.do(lambda work: staff.use_recovery(work, _row(store), "another-password"))
    store.do(_refuse_locked(store))
    row = _row(store)
    assert staff.secret_fits(row, "another-password", "password")
    assert not staff.secret_fits(row, PASSWORD, "password")
    assert not staff.secret_fits(row, recovery, "recovery")
    assert staff.secret_fits(row, fresh, "recovery")
    assert store.count(staff_session) == [0], "whoever had the old password is out"


def test_a_session_ends_with_its_time_or_by_leaving(store: Store, recovery: str) -> None:
    sessions = [store.do(lambda work: staff.open_session(work, _row(store).id, None))["token"] for _ in range(2)]

    def who(token: str) -> Any:
        return store.do(lambda work: staff.actor_of_session(work, token))

    assert who(sessions[0])[0].roles == {"clerk", "staff"}
    store.do(lambda work: staff.end_session(work, sessions[0]))
    assert who(sessions[0]) is None
    store.later(hours=14, seconds=1)
    assert who(sessions[1]) is None
