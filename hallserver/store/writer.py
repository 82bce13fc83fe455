"""Carries out waiting commands in one transaction with a savepoint each, answered after its commit (group commit).

Knows no command and no thread: who runs `run_together`, and where, is decided at the top. SQLite gets one native
thread, because a greenlet that switches inside a SQLite transaction hangs the whole server.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from hallserver.store.database import for_writing

Verb = Callable[[Connection], Any]
"""What is done inside a transaction; its return value is the answer, an exception undoes all it wrote."""


@dataclass(frozen=True)
class Outcome:
    """What became of one verb: a value after the commit, or the error that undid it."""

    value: Any = None
    error: BaseException | None = None

    def unwrap(self) -> Any:
        """The value, or the error raised."""
        if self.error is not None:
            raise self.error
        return self.value


class TogetherWriter:
    """Keeps one connection open for writing; use from one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._conn: Connection | None = None

    def run_together(self, verbs: Sequence[Verb]) -> list[Outcome]:
        """One commit for all. Where the commit itself fails, no verb is acknowledged and the connection is renewed."""
        try:
            if self._conn is None:
                self._conn = for_writing(self._engine)
            with self._conn.begin():
                return [_in_savepoint(self._conn, verb) for verb in verbs]
        except Exception as error:  # noqa: BLE001 - disk full, locked, torn file: every waiting command must hear of it
            self.close()
            return [Outcome(error=error) for _ in verbs]

    def close(self) -> None:
        """Gives the connection back; the next command opens a new one."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None


def _in_savepoint(conn: Connection, verb: Verb) -> Outcome:
    savepoint = conn.begin_nested()
    try:
        value = verb(conn)
    except Exception as error:  # noqa: BLE001 - one command's fault must not undo its neighbours
        savepoint.rollback()
        return Outcome(error=error)
    savepoint.commit()
    return Outcome(value=value)


def run_alone(engine: Engine, verb: Verb) -> Any:
    """One verb in one transaction: what PostgreSQL and the command line use."""
    with for_writing(engine) as conn, conn.begin():
        return verb(conn)
