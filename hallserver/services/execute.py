"""Carries one command out: the same key repeats its first answer, a refusal undoes what the verb wrote, every
audience's
view is derived, the trace is kept. Everything in the transaction of the connection it is given; knows no HTTP."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from hallserver.domain.hall_time import rfc3339
from hallserver.domain.ids import RandomBytes
from hallserver.domain.refusals import Refusal
from hallserver.services.halls import Frames, read_frame
from hallserver.services.projection import project
from hallserver.store import answers
from hallserver.store.feeds import dumps
from hallserver.store.tables import audit
from hallserver.store.vault import Vault
from hallserver.store.work import Actor, Work

REFUSED = 409
"""Status that marks a stored refusal; the edge maps its code to an HTTP status."""


@dataclass(frozen=True)
class Sources:
    """Where a command's moment, dice and secrets come from."""

    now: Callable[[], datetime]
    random_bytes: RandomBytes
    vault: Vault
    frames: Frames = field(default_factory=dict)


def open_work(conn: Connection, sources: Sources, actor: Actor) -> Work:
    """A `Work` of this moment for reading or for a verb."""
    return Work(
        conn=conn,
        now=sources.now(),
        actor=actor,
        hall=read_frame(conn, sources.frames),
        vault=sources.vault,
        random_bytes=sources.random_bytes,
    )


def perform(conn: Connection, sources: Sources, actor: Actor, name: str, verb: Callable[[Work], Any]) -> Any:
    """A verb without a key (ticks, seeding): written, projected, traced."""
    work = open_work(conn, sources, actor)
    value = verb(work)
    project(work)
    _trace(work, name)
    return value


def answer_command(
    conn: Connection,
    sources: Sources,
    actor: Actor,
    key: answers.CommandKey,
    named_verb: tuple[str, Callable[[Work], Any]],
) -> answers.Answer:
    """A verb under a client-made key. Raises `Refusal(KEY_REUSED)`; every other refusal is a stored answer."""
    name, verb = named_verb
    work = open_work(conn, sources, actor)
    first = answers.reserve(conn, key, sources.vault, work.now)
    if first is not None:
        return first
    try:
        with conn.begin_nested():
            body = verb(work)
            project(work)
            _trace(work, name)
        answer = answers.Answer(200, {**body, "seq": work.seq})
    except Refusal as refusal:
        answer = answers.Answer(REFUSED, {"refusal": {"code": refusal.code.value, "facts": refusal.facts}})
    answers.keep(conn, key, answer, sources.vault)
    return answer


def _trace(work: Work, name: str) -> None:
    if not work.touched:
        return
    touched = [f"{kind}/{key}" for kind, key in work.touched]
    work.conn.execute(
        insert(audit).values(
            id=work.new_id(), at=rfc3339(work.now), actor=work.actor.owner, verb=name, touched=dumps(touched[:50])
        )
    )
