"""The migrations and the tables say the same, on both data bases."""

from __future__ import annotations

from sqlalchemy import select

from hallserver.store.schema import differences, migrate
from hallserver.store.tables import hall
from tests.service.conftest import Store


def test_a_migrated_data_base_is_what_the_tables_say(store: Store) -> None:
    assert differences(store.engine) == []


def test_migrating_again_changes_nothing(store: Store) -> None:
    before = store.one(select(hall))
    migrate(store.engine)
    assert store.one(select(hall)) == before
