"""Fixtures for the data bases and Redis that tests run on; must not know our tables beyond `postgres_template`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.leaks import lasts_for_the_session
from tests.support.postgres import PostgresServer
from tests.support.redis import RedisServer

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One private PostgreSQL for the whole run, started when first asked for."""
    server = PostgresServer()
    try:
        lasts_for_the_session(server.start().pid)
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """SQLAlchemy URL of the server's own `postgres` data base."""
    return postgres_server.url("postgres")


@pytest.fixture(scope="session")
def postgres_template() -> str | None:
    """Name of the data base that `postgres_database` copies. A folder whose tests need tables overrides this."""
    return None


@pytest.fixture
def postgres_database(postgres_server: PostgresServer, postgres_template: str | None) -> Iterator[str]:
    """SQLAlchemy URL of a data base for one test, a copy of the template, dropped afterwards."""
    name = f"test_{next(_numbers)}"
    yield postgres_server.create(name, postgres_template)
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """One private Redis for the whole run, started when first asked for."""
    server = RedisServer()
    try:
        lasts_for_the_session(server.start().pid)
        yield server
    finally:
        server.stop()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> Iterator[str]:
    """URL of an empty Redis; emptied again afterwards."""
    yield redis_server.url()
    redis_server.flush()
