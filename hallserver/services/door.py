"""The hall as its doors (api, tablet, live) see it: write a command, read. Who runs a transaction is given."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services.execute import Sources, answer_command, open_work, perform
from hallserver.store.answers import Answer, CommandKey, hash_of
from hallserver.store.work import SYSTEM, Actor, Work

T = TypeVar("T")
KEY = re.compile("[!-~]{16,64}")

Runner = Callable[[Callable[[Connection], Any]], Any]
"""Runs a verb in a transaction of its own or with others, and gives its value after the commit, or raises."""


@dataclass(frozen=True)
class Door:
    """`run` writes, and tells the pumps of all server processes after the commit that the log may have grown."""

    engine: Engine
    run: Runner
    sources: Sources

    def command(self, actor: Actor, key: str | None, name: str, body: Any, verb: Callable[[Work], Any]) -> Answer:
        """A command under its client-made key. Raises Refusal for a missing, malformed or reused key."""
        if key is None or KEY.fullmatch(key) is None:
            raise Refusal(RefusalCode.KEY_MISSING)
        command_key = CommandKey(actor.owner, key, hash_of(self.sources.vault, name, body))
        answer: Answer = self.run(lambda conn: answer_command(conn, self.sources, actor, command_key, (name, verb)))
        return answer

    def perform(self, name: str, verb: Callable[[Work], T], actor: Actor = SYSTEM) -> T:
        """A write without a key: ticks, sessions, pairing polls."""
        value: T = self.run(lambda conn: perform(conn, self.sources, actor, name, verb))
        return value

    def read(self, verb: Callable[[Work], T], actor: Actor = SYSTEM) -> T:
        """A consistent read; nothing it might write is kept."""
        with self.engine.connect() as conn, conn.begin() as transaction:
            value = verb(open_work(conn, self.sources, actor))
            transaction.rollback()
            return value
