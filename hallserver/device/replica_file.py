"""A replica on disk, so that a screen that boots without a server shows the last picture with its age.

One SQLite file per feed; written in the thread of the link, in one transaction per frame.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hallserver.wire.replica import Replica

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS item (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS state (feed TEXT PRIMARY KEY, epoch TEXT, seq INTEGER NOT NULL, heard_at REAL NOT NULL);
"""


class ReplicaFile:
    """Opened, used and closed in one thread."""

    def __init__(self, path: Path, feed: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._feed = feed
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _SCHEMA)

    def load(self) -> tuple[Replica, float | None]:
        """(the replica as it was, seconds of machine time since the last frame), or an unloaded one and None."""
        row = self._db.execute("SELECT epoch, seq, heard_at FROM state WHERE feed = ?", (self._feed,)).fetchone()
        if row is None:
            return Replica(self._feed), None
        items = {key: json.loads(body) for key, body in self._db.execute("SELECT key, body FROM item")}
        return Replica(self._feed, row[0], row[1], items), max(0.0, time.time() - row[2])

    def keep_delta(self, replica: Replica, delta: Mapping[str, Any]) -> None:
        """What one applied delta changed."""
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT OR REPLACE INTO item VALUES (?, ?)", [(k, json.dumps(v)) for k, v in delta["set"].items()]
        )
        self._db.executemany("DELETE FROM item WHERE key = ?", [(key,) for key in delta["drop"]])
        self._keep_state(replica)
        self._db.execute("COMMIT")

    def keep_all(self, replica: Replica) -> None:
        """A whole snapshot."""
        self._db.execute("BEGIN")
        self._db.execute("DELETE FROM item")
        self._db.executemany("INSERT INTO item VALUES (?, ?)", [(k, json.dumps(v)) for k, v in replica.items.items()])
        self._keep_state(replica)
        self._db.execute("COMMIT")

    def keep_heard(self, replica: Replica) -> None:
        """Nothing changed, but the server is there: the age on disk starts anew."""
        self._keep_state(replica)

    def _keep_state(self, replica: Replica) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?)", (self._feed, replica.epoch, replica.seq, time.time())
        )

    def close(self) -> None:
        """Closes the file."""
        self._db.close()
