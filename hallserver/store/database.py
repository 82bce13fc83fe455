"""Opens the data base: one URL, two engines. The only place that knows how SQLite and PostgreSQL differ in opening."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

BUSY_TIMEOUT_MS = 5_000


def open_engine(url: str, pool_size: int = 8) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql+psycopg://…`.

    SQLite gets WAL, synchronous=FULL (an acknowledged command survives a power cut), foreign keys, and explicit
    transactions: `BEGIN IMMEDIATE` where the connection was taken by `for_writing`, a plain `BEGIN` elsewhere.
    `pool_size` 0 opens a connection at each use.
    """
    pool: dict[str, Any] = {"poolclass": NullPool}
    if pool_size:
        pool = {"poolclass": QueuePool, "pool_size": pool_size, "max_overflow": 0, "pool_timeout": 5}
    if not url.startswith("sqlite"):
        return create_engine(url, **pool)
    engine = create_engine(url, connect_args={"check_same_thread": False}, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(dbapi_connection: Any, record: Any) -> None:
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "cache_size=-65536",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("gighall_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def for_writing(engine: Engine) -> Connection:
    """A connection whose transactions take SQLite's write lock at once; close it yourself."""
    return engine.connect().execution_options(gighall_writes=True)


def is_sqlite(engine: Engine) -> bool:
    """Whether all writing must go through one thread."""
    return engine.dialect.name == "sqlite"
