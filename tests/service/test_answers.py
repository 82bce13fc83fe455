"""A command is carried out once: its first answer is kept with it, refusals too, faults not, on both data bases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection

from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services import queue
from hallserver.services.commands import TakeNumber
from hallserver.services.execute import answer_command
from hallserver.store import answers
from hallserver.store.answers import Answer
from hallserver.store.log_tables import command_answer
from hallserver.store.tables import queue_ticket
from hallserver.store.vault import Vault
from hallserver.store.work import Actor, Work
from hallserver.store.writer import TogetherWriter, run_alone
from tests.service.conftest import Store, command_key, two_at_once

KEY = "k" * 16


def _take(work: Work) -> Any:
    return queue.take_number(work, TakeNumber(service="placement"))


def _verb(store: Store, body: Any, verb: Any = _take, owner: Actor | None = None) -> Any:
    actor = owner or store.kiosk

    def run(conn: Connection) -> Answer:
        return answer_command(conn, store.sources, actor, command_key(actor, KEY, body), ("test", verb))

    return run


def test_the_same_key_and_body_repeat_the_first_answer(store: Store) -> None:
    first = run_alone(store.engine, _verb(store, {"a": 1}))
    again = run_alone(store.engine, _verb(store, {"a": 1}))
    assert (first.status, again) == (200, first)
    assert store.count(queue_ticket, command_answer) == [1, 1]


def test_the_same_key_with_another_body_is_refused(store: Store) -> None:
    run_alone(store.engine, _verb(store, {"a": 1}))
    with pytest.raises(Refusal) as refused:
        run_alone(store.engine, _verb(store, {"a": 2}))
    assert refused.value.code is RefusalCode.KEY_REUSED
    assert store.count(queue_ticket) == [1]


def test_a_key_is_of_one_device_alone(store: Store) -> None:
    other = Actor("device", "f" * 32, "other", frozenset({"kiosk"}), None)
    run_alone(store.engine, _verb(store, {"a": 1}))
    run_alone(store.engine, _verb(store, {"a": 2}, owner=other))
    assert store.count(queue_ticket) == [2]


def test_a_refusal_undoes_what_was_written_and_is_repeated_even_when_it_no_longer_holds(store: Store) -> None:
    def write_then_refuse(work: Work) -> Any:
        _take(work)
        raise Refusal(RefusalCode.JOB_FULL, left=0)

    first = run_alone(store.engine, _verb(store, {}, write_then_refuse))
    assert first.body == {"refusal": {"code": "JOB_FULL", "facts": {"left": 0}}}
    assert run_alone(store.engine, _verb(store, {})) == first
    assert store.count(queue_ticket, command_answer) == [0, 1]


def test_a_fault_is_not_kept_so_that_the_same_key_may_come_again(store: Store) -> None:
    def fail(work: Work) -> Any:
        _take(work)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run_alone(store.engine, _verb(store, {}, fail))
    assert store.count(queue_ticket, command_answer) == [0, 0]
    assert run_alone(store.engine, _verb(store, {})).status == 200


def test_one_commands_fault_does_not_undo_those_that_share_its_commit(store: Store) -> None:
    def fail(conn: Connection) -> Any:
        store.perform(conn, _take)
        raise OSError("torn")

    writer = TogetherWriter(store.engine)
    outcomes = writer.run_together([_verb(store, {}), fail, lambda conn: store.perform(conn, _take)])
    writer.close()
    assert [type(outcome.error) for outcome in outcomes] == [type(None), OSError, type(None)]
    assert store.count(queue_ticket) == [2]


def test_answers_are_forgotten_after_seven_days(store: Store) -> None:
    run_alone(store.engine, _verb(store, {}))
    store.later(days=7)
    store.do(lambda work: answers.forget_old(work.conn, work.now))
    assert store.count(command_answer) == [1]
    store.later(seconds=1)
    store.do(lambda work: answers.forget_old(work.conn, work.now))
    assert store.count(command_answer) == [0]


def test_the_copy_of_a_command_waits_for_the_first_and_gets_its_answer(postgres_store: Store) -> None:
    store = postgres_store
    with two_at_once(store, _verb(store, {}), _verb(store, {})) as (first, second):
        assert second == first
    assert store.count(queue_ticket) == [1]


def test_a_body_cannot_be_guessed_from_its_hash_without_the_halls_key() -> None:
    body = {"number": "99010119700101001X"}
    assert answers.hash_of(Vault(b"a" * 32), "claim", body) != answers.hash_of(Vault(b"b" * 32), "claim", body)
