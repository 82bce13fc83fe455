"""Keeps what is to be printed and how far it came, through any crash; must not know printers or slips' contents.

`queued -> sending -> printed | sent | failed | unknown`. `sending` is on the disk before the first byte goes out; a job
found in it after a crash becomes `unknown` and is never sent again by itself, but a late proof makes it `printed`.
`failed` means: surely nothing came out; `sent`: every byte was taken by a printer that cannot say more. A job belongs
to this printer for good: one that shall come out elsewhere is withdrawn here and is a new job there.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from printer.faults import PrinterFault
from printer.outcomes import Reason

BOUND = 200  # queued jobs; a kiosk that far behind has to say so
KEPT = timedelta(days=7)  # as long as a repeated command may name the same job

_TABLE = """
CREATE TABLE IF NOT EXISTS print_job (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id TEXT NOT NULL UNIQUE,
  slip TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'sent', 'failed', 'unknown')),
  reason TEXT,
  submitted_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  told TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS print_job_state ON print_job (state, number);
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""
"""`told` is the last state that the hall's outbox holds; `kept` what the worker counts (see printer.roll)."""
_FROM_BEFORE = """
BEGIN IMMEDIATE;
ALTER TABLE print_job RENAME TO print_job_before;
DROP INDEX print_job_state;
%s
INSERT INTO print_job SELECT *, state FROM print_job_before;
DROP TABLE print_job_before;
COMMIT;
"""
_COLUMNS = "number, job_id, slip, state, reason, submitted_at, changed_at"


class JobState(StrEnum):
    """How far a job came; `sent`, `printed` and `failed` are final, `unknown` but for a late proof."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PrintJob:
    """One slip for one printer. `reason` on a queued or sending job says what it waits for; times are RFC 3339 UTC."""

    number: int
    job_id: str
    slip: str
    state: JobState
    reason: Reason | None
    submitted_at: str
    changed_at: str

    @property
    def process_id(self) -> bytes:
        """Four characters by which the printer's proof names this job."""
        return b"%04d" % (self.number % 10_000)


class SpoolFull(PrinterFault):
    """More slips wait than the printer could print in any useful time."""


class NotQueued(PrinterFault):
    """The job is not waiting any more, so it may not be started."""


Listener = Callable[[PrintJob], None]


class Spool:
    """The file beside one printer. Safe for several threads; listeners run in the thread that made the change."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        """Open or create the file; `now` gives an aware time."""
        self._now = now
        self._listeners: list[Listener] = []
        self._changed = threading.Condition()
        self._version = 0
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._set_up()

    def _set_up(self) -> None:
        is_before = "SELECT 1 FROM sqlite_master WHERE name = 'print_job' AND sql NOT LIKE '%told%'"
        if self._connection.execute(is_before).fetchone():
            self._connection.executescript(_FROM_BEFORE % _TABLE)
        else:
            self._connection.executescript(_TABLE)

    def close(self) -> None:
        self._connection.close()

    def listen(self, listener: Listener) -> None:
        """Call `listener` with each job that changes from now on; it must return at once (put it into an inbox)."""
        self._listeners.append(listener)

    def submit(self, job_id: str, slip_json: str) -> PrintJob:
        """Queue a slip; the same `job_id` again gives the first job unchanged. Raises SpoolFull."""
        known = self.job(job_id)
        if known is not None:
            return known
        at = self._stamp()
        made = self._write(
            "INSERT INTO print_job (job_id, slip, state, submitted_at, changed_at) SELECT ?, ?, 'queued', ?, ?"
            " WHERE (SELECT count(*) FROM print_job WHERE state = 'queued') < ?"
            f" ON CONFLICT (job_id) DO NOTHING RETURNING {_COLUMNS}",
            (job_id, slip_json, at, at, BOUND),
        )
        job = made[0] if made else self.job(job_id)
        if job is None:
            raise SpoolFull(f"{BOUND} slips are waiting")
        return job

    def job(self, job_id: str) -> PrintJob | None:
        """Give a job as it stands now; None when this printer never had it."""
        found = self._read("WHERE job_id = ?", (job_id,))
        return found[0] if found else None

    def jobs(self, *states: JobState) -> list[PrintJob]:
        """Give the jobs in these states (none named: all), oldest first."""
        wanted = states or tuple(JobState)
        return self._read(f"WHERE state IN ({', '.join('?' * len(wanted))}) ORDER BY number", tuple(wanted))

    def next_queued(self) -> PrintJob | None:
        """Give the job that has waited longest."""
        found = self._read("WHERE state = 'queued' ORDER BY number LIMIT 1", ())
        return found[0] if found else None

    def start(self, job_id: str) -> PrintJob:
        """Commit that bytes may go out from now on; raises NotQueued, then nothing may be sent."""
        started = self._change("sending", None, job_id, "queued")
        if started is None:
            raise NotQueued(job_id)
        return started

    def finish(self, job_id: str, state: JobState, reason: Reason | None) -> PrintJob | None:
        """Record how a sending job ended; None when it was not sending."""
        return self._change(state, reason, job_id, "sending")

    def prove(self, job_id: str) -> PrintJob | None:
        """The printer has said that it is out, in time or late; None when it had come to another end."""
        changed = self._write(
            "UPDATE print_job SET state = 'printed', reason = NULL, changed_at = ?"
            f" WHERE job_id = ? AND state IN ('sending', 'unknown') RETURNING {_COLUMNS}",
            (self._stamp(), job_id),
        )
        return changed[0] if changed else None

    def fail(self, job_id: str, reason: Reason) -> PrintJob | None:
        """End a job of which nothing was sent; None when it is no longer queued."""
        return self._change("failed", reason, job_id, "queued")

    def bury(self, job_id: str, reason: Reason) -> PrintJob | None:
        """End a job of which nothing was sent or that never came here, so that it never will; None when it is not
        queued any more."""
        at = self._stamp()
        made = self._write(
            "INSERT INTO print_job (job_id, slip, state, reason, submitted_at, changed_at)"
            f" VALUES (?, '', 'failed', ?, ?, ?) ON CONFLICT (job_id) DO NOTHING RETURNING {_COLUMNS}",
            (job_id, reason, at, at),
        )
        return made[0] if made else self.fail(job_id, reason)

    def note(self, job: PrintJob, reason: Reason | None) -> PrintJob | None:
        """Say what a queued or sending job waits for; None when that is known or its state has changed."""
        if job.reason == reason:
            return None
        return self._change(job.state, reason, job.job_id, job.state)

    def recover(self) -> list[PrintJob]:
        """After a start: what was being sent when the last process ended is unknown. Only the worker may call this."""
        return self._write(
            "UPDATE print_job SET state = 'unknown', reason = ?, changed_at = ? WHERE state = 'sending'"
            f" RETURNING {_COLUMNS}",
            (Reason.INTERRUPTED, self._stamp()),
        )

    def expire(self, after: timedelta) -> list[PrintJob]:
        """Fail what has been queued for longer, so that nobody's old slip comes out much later."""
        return self._write(
            "UPDATE print_job SET state = 'failed', reason = ?, changed_at = ?"
            f" WHERE state = 'queued' AND submitted_at < ? RETURNING {_COLUMNS}",
            (Reason.EXPIRED, self._stamp(), _text(self._now() - after)),
        )

    def forget(self) -> None:
        """Remove jobs that ended more than seven days ago."""
        with self._changed:
            self._connection.execute(
                "DELETE FROM print_job WHERE state NOT IN ('queued', 'sending') AND changed_at < ?",
                (_text(self._now() - KEPT),),
            )

    def untold(self) -> list[PrintJob]:
        """Give the jobs that came further than the hall's outbox holds, oldest first."""
        return self._read("WHERE state != 'queued' AND state IS NOT told ORDER BY number", ())

    def mark_told(self, jobs: Iterable[PrintJob]) -> None:
        """The outbox holds the state of each of these jobs."""
        with self._changed:
            self._connection.executemany(
                "UPDATE print_job SET told = ? WHERE job_id = ?", [(job.state.value, job.job_id) for job in jobs]
            )

    def keep(self, name: str, value: str) -> None:
        """Write a word down for the next start."""
        with self._changed:
            self._connection.execute(
                "INSERT INTO kept VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
            )

    def kept(self, name: str) -> str | None:
        """The word written down; None: never."""
        with self._changed:
            found = self._connection.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    @property
    def version(self) -> int:
        """Grows with every change this process makes; for `wait`."""
        with self._changed:
            return self._version

    def wait(self, seen_version: int, timeout_s: float) -> None:
        """Sleep until this process has made a change after `seen_version`, at most so long."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != seen_version, timeout_s)

    def wake(self) -> None:
        """End every `wait` now."""
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def _change(self, state: str, reason: Reason | None, job_id: str, before: str) -> PrintJob | None:
        changed = self._write(
            "UPDATE print_job SET state = ?, reason = ?, changed_at = ? WHERE job_id = ? AND state = ?"
            f" RETURNING {_COLUMNS}",
            (state, reason, self._stamp(), job_id, before),
        )
        return changed[0] if changed else None

    def _write(self, statement: str, values: tuple[str | int | None, ...]) -> list[PrintJob]:
        with self._changed, closing(self._connection.execute(statement, values)) as cursor:
            jobs = [_job(row) for row in cursor.fetchall()]
            self._version += 1 if jobs else 0
            self._changed.notify_all()
        for job in jobs:
            for listener in self._listeners:
                listener(job)
        return jobs

    def _read(self, where: str, values: tuple[str, ...]) -> list[PrintJob]:
        with self._changed:
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM print_job {where}", values).fetchall()
        return [_job(row) for row in rows]

    def _stamp(self) -> str:
        return _text(self._now())


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _job(row: tuple[int, str, str, str, str | None, str, str]) -> PrintJob:
    number, job_id, slip, state, reason, submitted_at, changed_at = row
    return PrintJob(number, job_id, slip, JobState(state), Reason(reason) if reason else None, submitted_at, changed_at)
