"""Idempotency: the first answer to a command is kept with the command, in the same transaction. Knows no command."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from hallserver.domain.hall_time import rfc3339
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.store.log_tables import command_answer
from hallserver.store.vault import Vault

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Answer:
    """HTTP status and JSON body of a carried-out or refused command."""

    status: int
    body: dict[str, Any]


@dataclass(frozen=True)
class CommandKey:
    """Who sent the command (device or staff), under which client-made key, with which body."""

    owner: str
    key: str
    body_hash: str


def hash_of(vault: Vault, verb: str, body: Any) -> str:
    """Hash that tells the same command from another one under the same key. Keyed: a body may hold an ID number, and
    there are few enough of these to try them all against a plain hash."""
    return vault.look_up(f"{verb}\n{json.dumps(body, sort_keys=True)}")


def reserve(conn: Connection, key: CommandKey, vault: Vault, now: datetime) -> Answer | None:
    """None where the command is new (its row is now taken), else the first answer.

    A second request with the same key waits on PostgreSQL until the first has committed. Raises `Refusal(KEY_REUSED)`
    where the body differs.
    """
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    taken = conn.execute(
        insert(command_answer)
        .values(owner=key.owner, key=key.key, body_hash=key.body_hash, at=rfc3339(now))
        .on_conflict_do_nothing()
        .returning(command_answer.c.key)
    ).one_or_none()
    if taken is not None:
        return None
    row = conn.execute(
        select(command_answer).where(command_answer.c.owner == key.owner, command_answer.c.key == key.key)
    ).one()
    if row.body_hash != key.body_hash:
        raise Refusal(RefusalCode.KEY_REUSED)
    return Answer(row.status, json.loads(vault.open(row.answer_sealed)))


def keep(conn: Connection, key: CommandKey, answer: Answer, vault: Vault) -> None:
    """Stores the answer of a reserved command; sealed, because a slip's payload names a contact and a code."""
    conn.execute(
        update(command_answer)
        .where(command_answer.c.owner == key.owner, command_answer.c.key == key.key)
        .values(status=answer.status, answer_sealed=vault.seal(json.dumps(answer.body)))
    )


def forget_old(conn: Connection, now: datetime) -> None:
    """Drops answers older than `KEPT_FOR`."""
    conn.execute(delete(command_answer).where(command_answer.c.at < rfc3339(now - KEPT_FOR)))
