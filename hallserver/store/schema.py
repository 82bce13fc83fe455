"""Brings a data base to today's schema, and tells whether it is there. Knows no hall."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from hallserver.store import log_tables, tables
from hallserver.store.columns import metadata
from hallserver.store.database import for_writing

ALL_TABLES = (tables, log_tables)
"""Modules whose import fills the metadata: without one of them its tables would look like too many."""

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(conn: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = conn
    return config


def migrate(engine: Engine, revision: str = "head") -> None:
    """Runs what is missing up to a revision; on an up-to-date data base it does nothing."""
    with for_writing(engine) as conn, conn.begin():
        command.upgrade(_config(conn), revision)


def migrate_back(engine: Engine, revision: str) -> None:
    """Undoes what came after a revision, with the rows that it had no place for."""
    with for_writing(engine) as conn, conn.begin():
        command.downgrade(_config(conn), revision)


def write_migration(engine: Engine, message: str) -> None:
    """A new revision from the difference between the tables and a migrated data base, for people who change tables."""
    with for_writing(engine) as conn, conn.begin():
        command.revision(_config(conn), message, autogenerate=True)


def differences(engine: Engine) -> list[object]:
    """What the migrated data base lacks or has too much against the tables; empty is right."""
    with engine.connect() as conn:
        return list(compare_metadata(MigrationContext.configure(conn, opts={"compare_type": True}), metadata))
