"""Commands that must reach the hall, kept on disk until they are answered: no report of a printer is lost to a reboot.

In order, one at a time, each with its own key for every repetition; an entry expires after three days.
"""

from __future__ import annotations

import json
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hallserver.device.rest import HallRest, Refused, Reply, Unreachable, new_key

EXPIRES_AFTER_S = 3 * 24 * 3600
COMES_BACK_S, COMES_BACK_MAX_S = 0.5, 5.0
BOUND = 10_000

_SCHEMA = """
    PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
    CREATE TABLE IF NOT EXISTS entry (
        nth INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE NOT NULL,
        path TEXT NOT NULL, body TEXT NOT NULL, at REAL NOT NULL);
"""


class OutboxFull(Exception):
    """More waits than `BOUND`: the hall was away for very long."""


class Outbox:
    """`put` from any thread; a thread of its own sends. `on_reply(key, reply)` hears every final answer."""

    def __init__(self, file: Path, rest: HallRest, on_reply: Callable[[str, Reply], None]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._rest, self._on_reply = rest, on_reply
        self._lock = threading.Lock()
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._db.executescript(_SCHEMA)
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        """Begins to send, first what an earlier run left."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread; what waits stays on disk."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(timeout=15)
        self._db.close()

    def put(self, path: str, body: dict[str, Any]) -> str:
        """On disk when this returns -> the command's key. Raises OutboxFull."""
        key = new_key()
        with self._lock:
            if self.waiting() >= BOUND:
                raise OutboxFull
            row = (key, path, json.dumps(body), time.time())
            self._db.execute("INSERT INTO entry (key, path, body, at) VALUES (?, ?, ?, ?)", row)
        self._wake.set()
        return key

    def waiting(self) -> int:
        """How many commands are not answered yet."""
        return int(self._db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def _run(self) -> None:
        pause_s = COMES_BACK_S
        while not self._stopping.is_set():
            sent = self._send_first()
            if sent is None:
                self._wake.wait(5.0)
                self._wake.clear()
            elif sent:
                pause_s = COMES_BACK_S
            else:
                self._stopping.wait(random.uniform(0, pause_s))
                pause_s = min(pause_s * 2, COMES_BACK_MAX_S)

    def _send_first(self) -> bool | None:
        """True: answered; False: not reached; None: nothing waits."""
        with self._lock:
            row = self._db.execute("SELECT nth, key, path, body, at FROM entry ORDER BY nth LIMIT 1").fetchone()
        if row is None:
            return None
        nth, key, path, body, at = row
        reply: Reply = Refused("EXPIRED", {}) if time.time() - at > EXPIRES_AFTER_S else self._send(path, body, key)
        if isinstance(reply, Unreachable):
            return False
        with self._lock:
            self._db.execute("DELETE FROM entry WHERE nth = ?", (nth,))
        self._on_reply(key, reply)
        return True

    def _send(self, path: str, body: str, key: str) -> Reply:
        return self._rest.command(path, json.loads(body), key)
