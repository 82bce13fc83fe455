"""The event log: contiguous numbers per feed, whole items, given inside the transaction that makes the change.

The log is the outbox of every screen; `feed_item` is the folded state of a feed, so that a snapshot costs one read.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from hallserver.domain.hall_time import rfc3339
from hallserver.store.log_tables import feed_counter, feed_entry, feed_item

KEPT_ENTRIES = 50_000
Item = Mapping[str, Any]


@dataclass
class Change:
    """What one transaction sets and drops in one feed; empty where nothing differs from what the feed holds."""

    set: dict[str, Item] = field(default_factory=dict)
    drop: list[str] = field(default_factory=list)


def dumps(value: Any) -> str:
    """Compact JSON with sorted keys: equal items are equal texts."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def lock_counters(conn: Connection, feeds: Iterable[str]) -> None:
    """Takes the counters in name order, so that two transactions never wait for each other in a circle."""
    for feed in sorted(feeds):
        conn.execute(update(feed_counter).where(feed_counter.c.feed == feed).values(seq=feed_counter.c.seq))


def difference(conn: Connection, feed: str, items: Mapping[str, Item | None]) -> Change:
    """What of `items` (None = must not be there) the feed does not hold yet."""
    held = dict(
        conn.execute(
            select(feed_item.c.key, feed_item.c.body).where(feed_item.c.feed == feed, feed_item.c.key.in_(list(items)))
        ).all()
    )
    change = Change()
    for key, item in items.items():
        if item is None:
            if key in held:
                change.drop.append(key)
        elif held.get(key) != dumps(item):
            change.set[key] = item
    return change


def append(conn: Connection, feed: str, change: Change, now: datetime) -> int:
    """Writes one entry and folds it into the held state -> its sequence number. Call with the counter locked."""
    seq = conn.execute(
        update(feed_counter)
        .where(feed_counter.c.feed == feed)
        .values(seq=feed_counter.c.seq + 1)
        .returning(feed_counter.c.seq)
    ).scalar_one()
    body = {"at": rfc3339(now), "set": dict(change.set), "drop": change.drop}
    conn.execute(feed_entry.insert().values(feed=feed, seq=seq, at=rfc3339(now), body=dumps(body)))
    if change.drop:
        conn.execute(delete(feed_item).where(feed_item.c.feed == feed, feed_item.c.key.in_(change.drop)))
    if change.set:
        rows = [{"feed": feed, "key": key, "body": dumps(item)} for key, item in change.set.items()]
        _upsert_items(conn, rows)
    return int(seq)


def _upsert_items(conn: Connection, rows: list[dict[str, str]]) -> None:
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    statement = insert(feed_item)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=[feed_item.c.feed, feed_item.c.key], set_={"body": statement.excluded.body}
        ),
        rows,
    )


@dataclass(frozen=True)
class Entry:
    """One numbered delta; `body` is JSON text `{"at", "set", "drop"}`."""

    seq: int
    body: str


def head(conn: Connection, feed: str) -> tuple[int, int]:
    """(newest sequence, sequence up to which the log was trimmed) of a feed."""
    row = conn.execute(
        select(feed_counter.c.seq, feed_counter.c.trimmed_to).where(feed_counter.c.feed == feed)
    ).one_or_none()
    return (int(row.seq), int(row.trimmed_to)) if row else (0, 0)


def heads(conn: Connection) -> dict[str, int]:
    """Newest sequence of every feed, in one read."""
    return dict(conn.execute(select(feed_counter.c.feed, feed_counter.c.seq)).all())


def entries_after(conn: Connection, feed: str, since: int, limit: int) -> list[Entry]:
    """At most `limit` entries with `seq > since`, in order."""
    rows = conn.execute(
        select(feed_entry.c.seq, feed_entry.c.body)
        .where(feed_entry.c.feed == feed, feed_entry.c.seq > since)
        .order_by(feed_entry.c.seq)
        .limit(limit)
    )
    return [Entry(row.seq, row.body) for row in rows]


def snapshot(conn: Connection, feed: str) -> tuple[int, str]:
    """(seq, JSON text of `{key: item}`) of one consistent read; call inside one transaction."""
    seq, _ = head(conn, feed)
    rows = conn.execute(select(feed_item.c.key, feed_item.c.body).where(feed_item.c.feed == feed))
    return seq, "{" + ",".join(f"{json.dumps(key)}:{body}" for key, body in rows) + "}"


def trim(conn: Connection, feed: str, older_than: datetime) -> None:
    """Forgets entries that are both past `older_than` and not needed, and whatever exceeds `KEPT_ENTRIES`."""
    newest, trimmed_to = head(conn, feed)
    aged = conn.execute(
        select(func.max(feed_entry.c.seq)).where(feed_entry.c.feed == feed, feed_entry.c.at < rfc3339(older_than))
    ).scalar()
    upto = max(aged or 0, newest - KEPT_ENTRIES)
    if upto <= trimmed_to:
        return
    conn.execute(update(feed_counter).where(feed_counter.c.feed == feed).values(trimmed_to=upto))
    conn.execute(delete(feed_entry).where(feed_entry.c.feed == feed, feed_entry.c.seq <= upto))
