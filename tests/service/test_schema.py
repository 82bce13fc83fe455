"""The migrations and the tables say the same, on both data bases."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from hallserver.services import queue
from hallserver.services.claims import claim_place
from hallserver.services.commands import TakeNumber
from hallserver.store.schema import differences, migrate, migrate_back
from hallserver.store.tables import hall, print_job
from tests.service.conftest import Store, claim


def test_a_migrated_data_base_is_what_the_tables_say(store: Store) -> None:
    assert differences(store.engine) == []


def test_migrating_again_changes_nothing(store: Store) -> None:
    before = store.one(select(hall))
    migrate(store.engine)
    assert store.one(select(hall)) == before


def test_back_and_forth_keeps_the_slips(store: Store) -> None:
    order = store.do(lambda work: queue.take_number(work, TakeNumber(service="placement")))["print_job"]
    migrate_back(store.engine, "0001")
    migrate(store.engine)
    assert differences(store.engine) == []
    assert store.one(select(print_job.c.id, print_job.c.state)) == (order, "queued")


def test_back_and_forth_keeps_one_person_from_two_claims_at_once(store: Store) -> None:
    migrate_back(store.engine, "0002")
    migrate(store.engine)
    card, posts = store.card(), (store.post(), store.post())
    store.do(lambda work: claim_place(work, claim(posts[0], card)))
    assert store.refusal(lambda work: claim_place(work, claim(posts[1], card)))[0] == "OVERLAP"


def test_a_state_that_no_table_knows_is_refused_after_every_migration(store: Store) -> None:
    store.do(lambda work: queue.take_number(work, TakeNumber(service="placement")))
    with pytest.raises(IntegrityError), store.engine.begin() as conn:
        conn.execute(update(print_job).values(state="lost"))
