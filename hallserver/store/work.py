"""One command at work: its connection, its moment, its actor and its sources of ids and dice. Knows no rule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, Literal

from sqlalchemy import Connection

from config.pack import Pack
from hallserver.domain.hall_time import Calendar
from hallserver.domain.ids import RandomBytes, uuid7
from hallserver.store.vault import Vault

TouchedKind = Literal[
    "hall", "job", "trip", "seat", "call", "queue", "ticket", "counter", "device", "print", "printer", "paper"
]


@dataclass(frozen=True)
class Actor:
    """Who acts: `kind` device, staff or system; `owner` is what idempotency and audit know, never a person's name.

    `device_id` is the device that acts; `tablet_id` the paired tablet on which a person signed in by PIN.
    `pass_id` names the device or session that let them in, and is empty for the hall itself.
    """

    kind: str
    id: str
    label: str
    roles: frozenset[str]
    device_id: str | None = None
    tablet_id: str | None = None
    pass_id: str = ""

    @property
    def owner(self) -> str:
        """Stable name for idempotency and audit."""
        return f"{self.kind}:{self.id}"


SYSTEM = Actor("system", "hall", "hall", frozenset({"system"}))


@dataclass(frozen=True)
class HallFrame:
    """What a hall chose, decoded once per pack: its pack, its calendar, the item of key `hall/main`."""

    id: str
    pack: Pack
    calendar: Calendar
    item: dict[str, Any]
    is_demo: bool
    trades: dict[str, Any]


@dataclass
class Work:
    """Handed to every verb; `touch` says what changed, and every audience's view of it is derived before the commit."""

    conn: Connection
    now: datetime
    actor: Actor
    hall: HallFrame
    vault: Vault
    random_bytes: RandomBytes
    touched: dict[tuple[TouchedKind, str], None] = field(default_factory=dict)
    seq: dict[str, int] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=count)

    def new_id(self) -> str:
        """A fresh UUIDv7 of this moment; those of one command sort as they were made, a millisecond apart."""
        return uuid7(self.now + timedelta(milliseconds=next(self._ids)), self.random_bytes)

    def touch(self, kind: TouchedKind, key: str) -> None:
        """What `key` of `kind` shows may have changed."""
        self.touched[(kind, key)] = None

    @property
    def today(self) -> date:
        """The hall's business day."""
        return self.hall.calendar.business_day(self.now)


Verb = Callable[..., Any]
