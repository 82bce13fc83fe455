"""A migrated data base with the demo hall in it, SQLite and PostgreSQL, and work on it without a server; no rule."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, func, select, text

from config.pack import Pack
from hallserver import administration
from hallserver.domain.refusals import Refusal
from hallserver.services import devices, jobs, people, shuttle
from hallserver.services.commands import ClaimPlace, CodeHeld, PlanTrip, PostJob, RegisterWorker, Unidentified
from hallserver.services.execute import Sources, perform
from hallserver.store.answers import CommandKey, hash_of
from hallserver.store.database import for_writing, open_engine
from hallserver.store.schema import migrate
from hallserver.store.tables import employer
from hallserver.store.vault import Vault
from hallserver.store.work import SYSTEM, Actor, Work
from hallserver.store.writer import run_alone
from tests.support.hall import DEMO_HALL
from tests.support.postgres import PostgresServer
from tests.support.servant import until

HALF_PAST_FIVE = datetime(2026, 11, 19, 21, 30, tzinfo=UTC)
"""5:30 in the morning of 20 November in the demo hall's zone."""

DAY = "2026-11-20"
VAULT = Vault(b"k" * 32)


@dataclass
class Store:
    """A data base with a hall: `do` is one transaction. `now` is what the hall's clock says."""

    engine: Engine
    now: datetime = HALF_PAST_FIVE
    kiosk: Actor = SYSTEM
    sources: Sources = field(init=False)

    def __post_init__(self) -> None:
        self.sources = Sources(lambda: self.now, secrets.token_bytes, VAULT)

    @property
    def is_postgres(self) -> bool:
        """Whether two transactions can be open at once."""
        return self.engine.dialect.name == "postgresql"

    def later(self, **span: float) -> None:
        """Time passes."""
        self.now += timedelta(**span)

    def do(self, verb: Callable[[Work], Any], actor: Actor | None = None) -> Any:
        """The verb, projected, committed."""
        return run_alone(self.engine, lambda conn: self.perform(conn, verb, actor))

    def perform(self, conn: Connection, verb: Callable[[Work], Any], actor: Actor | None = None) -> Any:
        """The verb on a connection whose transaction is the caller's."""
        return perform(conn, self.sources, actor or self.kiosk, "test", verb)

    def refusal(self, verb: Callable[[Work], Any], actor: Actor | None = None) -> tuple[str, dict[str, Any]]:
        """(code, facts) of the refusal that the verb must meet."""
        with pytest.raises(Refusal) as refused:
            self.do(verb, actor)
        return refused.value.code.value, refused.value.facts

    def count(self, *tables: Table) -> list[int]:
        """Rows of each."""
        with self.engine.connect() as conn:
            return [conn.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]

    def one(self, query: Any) -> Any:
        """The one row of a query."""
        with self.engine.connect() as conn:
            return conn.execute(query).one()

    # -- what a morning needs ----------------------------------------------------------------------------------

    def bus(self, seats: int = 3, **other: Any) -> str:
        """A bus at 6:20."""
        values: dict[str, Any] = {"sign": "star", "destination": "Harbour", "bay": 2, "capacity": seats, "day": DAY}
        command = PlanTrip(**(values | {"departs_at": "06:20", "returns_at": "17:20"} | other))
        return str(self.do(lambda work: shuttle.plan_trip(work, command))["trip"])

    def post(self, headcount: int = 2, trip: str | None = None, **other: Any) -> str:
        """A live post of today from 8 to 17."""
        with self.engine.connect() as conn:
            first = conn.execute(select(employer.c.id).limit(1)).scalar_one()
        values: dict[str, Any] = {
            "employer": first,
            "trade": "loader",
            "headcount": headcount,
            "pay_min_fen": 26000,
            "pay_max_fen": 26000,
            "pay_unit": "day",
            "settlement": "daily",
            "place": "Lake East",
            "address": "18 Harbour Road",
            "work": "Loading boxes",
            "first_day": DAY,
            "starts_at": "08:00",
            "ends_at": "17:00",
            "ways": ["bus", "own"] if trip else ["own"],
            "trip": trip,
            "contact_name": "Gate",
            "contact_phone": "0512-0000-0018",
        }
        posted = self.do(lambda work: jobs.post_job(work, PostJob(**(values | other))))
        assert posted["review"] == "approved", posted
        return str(posted["job"])

    def card(self, name: str = "Zhang") -> str:
        """A person's code."""
        command = RegisterWorker(name=name, is_fictional=True)
        return str(self.do(lambda work: people.register_worker(work, command))["code"])


def claim(job: str, card: str | None = None, **other: Any) -> ClaimPlace:
    """A wish for a place, on foot where nothing else is said."""
    identity = CodeHeld(kind="code", code=card) if card else Unidentified()
    values: dict[str, Any] = {"job": job, "way": "own", "identity": identity}
    return ClaimPlace(**(values | other))


def command_key(owner: Actor, key: str, body: Any) -> CommandKey:
    """As the door makes it."""
    return CommandKey(owner.owner, key, hash_of(VAULT, "test", body))


def _found(engine: Engine) -> None:
    migrate(engine)
    office = administration.Office(engine, Store(engine).sources)
    administration.put_pack(office, Pack.load(DEMO_HALL), is_demo=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The hall, once; every test copies it."""
    engine = open_engine(postgres_server.create("template_hall"), 0)
    _found(engine)
    engine.dispose()
    return "template_hall"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hall, once; every test copies it."""
    path = tmp_path_factory.mktemp("template") / "hall.sqlite"
    engine = open_engine(f"sqlite:///{path}", 0)
    _found(engine)
    engine.dispose()
    return path


def _opened(url: str) -> Iterator[Store]:
    engine = open_engine(url, 0)
    store = Store(engine)
    device_id, _ = store.do(lambda work: devices.add_device(work, "kiosk", "kiosk"), SYSTEM)
    store.kiosk = Actor("device", device_id, "kiosk", frozenset({"kiosk"}), device_id)
    yield store
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Runs the test on both data bases."""
    if request.param == "postgresql":
        yield from _opened(str(request.getfixturevalue("postgres_database")))
        return
    copy = request.getfixturevalue("tmp_path") / "hall.sqlite"
    shutil.copy(request.getfixturevalue("sqlite_template"), copy)
    yield from _opened(f"sqlite:///{copy}")


ON_ONE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
"""For what is decided before any data base is asked."""


@pytest.fixture
def postgres_store(postgres_database: str) -> Iterator[Store]:
    """For what only happens where two transactions are open at once."""
    yield from _opened(postgres_database)


@contextmanager
def two_at_once(
    store: Store, first: Callable[[Connection], Any], second: Callable[[Connection], Any]
) -> Iterator[list[Any]]:
    """`first` in an open transaction, then `second` in another, which must come to wait; then the first commits.

    Gives [value of first, value or exception of second].
    """
    outcomes: list[Any] = []

    def run_second() -> None:
        try:
            outcomes.append(run_alone(store.engine, second))
        except Exception as error:  # noqa: BLE001 - the test judges it
            outcomes.append(error)

    waiting = threading.Thread(target=run_second)
    with for_writing(store.engine) as conn, conn.begin():
        outcomes.append(first(conn))
        waiting.start()
        assert until(lambda: _somebody_waits(store.engine), 10), "the second did not wait for the first"
    waiting.join(10)
    yield outcomes


def _somebody_waits(engine: Engine) -> bool:
    asked = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with engine.connect() as conn:
        return bool(conn.execute(asked).scalar_one())
