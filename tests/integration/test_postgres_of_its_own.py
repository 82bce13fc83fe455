"""The private PostgreSQL: real server, real copies, nothing left behind."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.support.postgres import PostgresServer
from tests.support.servant import ServantFault, until


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


@pytest.fixture
def migrated(postgres_server: PostgresServer) -> Iterator[str]:
    with connect(postgres_server.create("migrated")) as connection:
        connection.execute("CREATE TABLE place (id int PRIMARY KEY)")
        connection.execute("INSERT INTO place VALUES (7)")
    yield "migrated"
    postgres_server.drop("migrated")


def test_a_data_base_made_from_a_template_holds_its_rows(postgres_server: PostgresServer, migrated: str) -> None:
    url = postgres_server.create("copied", template=migrated)
    with connect(url) as connection:
        assert connection.execute("SELECT id FROM place").fetchall() == [(7,)]
    postgres_server.drop("copied")


def test_writing_in_a_copy_leaves_the_template_as_it_was(postgres_server: PostgresServer, migrated: str) -> None:
    with connect(postgres_server.create("written", template=migrated)) as connection:
        connection.execute("DELETE FROM place")
    with connect(postgres_server.url(migrated)) as connection:
        assert connection.execute("SELECT count(*) FROM place").fetchall() == [(1,)]
    postgres_server.drop("written")


def test_every_test_gets_an_empty_data_base(postgres_database: str) -> None:
    with connect(postgres_database) as connection:
        assert connection.execute("SELECT count(*) FROM pg_stat_user_tables").fetchall() == [(0,)]


def test_it_syncs_to_disk_as_a_hall_does(postgres_url: str) -> None:
    with connect(postgres_url) as connection:
        assert connection.execute("SHOW fsync").fetchall() == [("on",)]
        assert connection.execute("SHOW synchronous_commit").fetchall() == [("on",)]


def test_it_answers_on_a_unix_socket_too(postgres_server: PostgresServer) -> None:
    port = postgres_server.url("").rsplit(":", 1)[1].strip("/")
    with psycopg.connect(
        f"host={postgres_server.socket_folder()} port={port} user=gighall dbname=postgres"
    ) as connection:
        assert connection.execute("SELECT 1").fetchall() == [(1,)]


def test_dropping_cuts_whoever_is_still_connected(postgres_server: PostgresServer) -> None:
    connection = connect(postgres_server.create("crowded"))
    postgres_server.drop("crowded")
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    connection.close()


def test_stopping_deletes_its_folder() -> None:
    server = PostgresServer().start()
    folder = server.socket_folder()
    server.stop()
    server.stop()
    assert not folder.exists()
    with pytest.raises(ServantFault):
        server.socket_folder()


DYING_TEST_RUN = """
import os, signal
from tests.support.postgres import PostgresServer
server = PostgresServer().start()
print(server._servant.pid, server.socket_folder(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def has_ended(pid: int) -> bool:
    """Ended, even if the first process of a container never asks for its exit code."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_it_ends_when_the_test_run_is_killed(request: pytest.FixtureRequest) -> None:
    died = subprocess.run(
        [sys.executable, "-c", DYING_TEST_RUN], capture_output=True, text=True, cwd=request.config.rootpath, timeout=60
    )
    pid, folder = died.stdout.split()
    try:
        assert until(lambda: has_ended(int(pid)), timeout_s=20)
    finally:
        subprocess.run(["rm", "-rf", str(Path(folder))], check=True)
