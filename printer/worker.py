"""Takes one printer's slips from its spool to paper in a thread of its own; must not know who ordered them.

One worker per spool, ensured by a lock on a file beside it. A composition root makes, starts and stops it.
"""

import fcntl
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from PIL import Image

from printer.device import Device, Order
from printer.encode import encode_paper, encode_separation
from printer.faults import PrinterFault, SlipTooWide, SlipUnreadable
from printer.outcomes import Outcome, Printed, Reason, Refused, Sent, Unknown
from printer.spool import JobState, NotQueued, PrintJob, Spool
from printer.ticket import Slip, from_json
from printer.watch import PrinterWatch

Draw = Callable[[Slip, int], Image.Image]  # slip and width in dots -> 1-bit picture


REPRINT = "is_reprint"  # the key of every slip that may be one

_log = logging.getLogger(__name__)


class SpoolInUse(PrinterFault):
    """Another process already prints from this spool."""


def lock_spool(path: Path) -> IO[str]:
    """Hold the spool's printer until the file is closed; raises SpoolInUse."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise SpoolInUse(f"another process prints from {path.parent}: stop it first") from error
    return lock


@dataclass(frozen=True)
class Pace:
    """When to look and how long to hold on, in seconds."""

    look_s: float = 1.0  # for jobs that another process put into the file
    first_retry_s: float = 0.5
    longest_retry_s: float = 5.0
    expire_s: float = 30 * 60.0
    end_s: float = 5.0  # a slip under way may come to its end before the worker gives it up
    watch_s: float = 30.0  # an idle printer is asked how it is
    stopped_watch_s: float = 3.0  # one that somebody has to look after


@dataclass(frozen=True)
class _Sheet:
    """A slip on its way: how it looks, and whether the printer is emptied first."""

    job: PrintJob
    paper: bytes
    height_dots: int
    is_reprint: bool


class Worker:
    """Prints what is queued, oldest first. `step` does one round and may be called directly by tests."""

    def __init__(self, spool: Spool, device: Device, draw: Draw, pace: Pace, watch: PrinterWatch | None = None) -> None:
        self._spool = spool
        self._device = device
        self._draw = draw
        self._pace = pace
        self._watch = watch or PrinterWatch(spool, device)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="printer-worker")
        self._lock: IO[str] | None = None
        self._has_disk_fault = False
        self._looked_at: float | None = None

    def start(self, lock_path: Path) -> None:
        """Lock the spool, mark what a crash left behind, and begin; raises SpoolInUse."""
        self._lock = lock_spool(lock_path)
        self._spool.recover()
        self._spool.forget()
        self._thread.start()

    def stop(self) -> None:
        """End: a slip under way gets `end_s`, then counts as unknown. Returns when the thread has ended."""
        self._ends.set()
        self._spool.wake()
        self._thread.join(self._pace.end_s)
        self._device.give_up()
        self._thread.join()
        if self._lock is not None:
            self._lock.close()

    def step(self) -> Outcome | None:
        """Print the oldest queued slip; None when none waits. A refused one stays queued with its reason."""
        self._spool.expire(timedelta(seconds=self._pace.expire_s))
        job = self._spool.next_queued()
        if job is None:
            return None
        sheet = self._draw_sheet(job)
        if sheet is None:
            return None
        try:
            return self._print(sheet)
        except NotQueued:  # withdrawn while the printer was being asked
            return None

    def _draw_sheet(self, job: PrintJob) -> _Sheet | None:
        """None: it cannot be drawn and has failed; whatever a slip holds, those behind it are printed."""
        try:
            slip = from_json(job.slip)
            picture = self._draw(slip, self._device.profile.width_dots)
            paper = encode_paper(picture, self._device.profile)
        except (SlipUnreadable, SlipTooWide):
            self._spool.fail(job.job_id, Reason.UNREADABLE)
            return None
        except Exception:  # noqa: BLE001 - a font, a word or a picture that is missing; a dead worker prints nothing
            _log.exception("slip %s cannot be drawn", job.job_id)
            self._spool.fail(job.job_id, Reason.UNREADABLE)
            return None
        return _Sheet(job, paper, picture.height, _facts(job)[1])

    def _print(self, sheet: _Sheet) -> Outcome:
        job_id = sheet.job.job_id

        def stopped(reason: Reason | None) -> None:
            """Whether it still comes out is unknown from the moment the printer stops; its proof may come late."""
            if reason is not None:
                self._spool.finish(job_id, JobState.UNKNOWN, reason)
            self._note_waiting(reason)
            self._watch.stopped(reason)

        def goes_on() -> bool:
            self._note_waiting(self._watch.stop)
            return not self._is_reprint_queued(sheet.job)

        order = Order(
            sheet.paper,
            sheet.job.process_id,
            lambda: self._start(job_id),
            stopped,
            goes_on,
            sheet.is_reprint,
        )
        outcome = self._device.print_paper(order)
        self._settle(job_id, outcome)
        self._looked_at = time.monotonic()
        self._watch.saw(sheet.height_dots if isinstance(outcome, Printed | Sent) else 0)
        return outcome

    def _start(self, job_id: str) -> None:
        self._spool.start(job_id)
        self._note_waiting(None)

    def _settle(self, job_id: str, outcome: Outcome) -> None:
        match outcome:
            case Printed():
                self._spool.prove(job_id)
            case Sent():
                self._spool.finish(job_id, JobState.SENT, None)
            case Unknown(reason):
                self._spool.finish(job_id, JobState.UNKNOWN, reason)
            case Refused(reason):
                self._note_waiting(reason)

    def _note_waiting(self, reason: Reason | None) -> None:
        for waiting in self._spool.jobs(JobState.QUEUED):
            self._spool.note(waiting, reason)

    def _is_reprint_queued(self, under_way: PrintJob) -> bool:
        facts, _ = _facts(under_way)
        return any(_facts(job) == (facts, True) for job in self._spool.jobs(JobState.QUEUED))

    def _run(self) -> None:
        encode_separation(self._device.profile)  # loads the encoder's tables now and not while the first worker waits
        retry_s = self._pace.first_retry_s
        while not self._ends.is_set():
            seen = self._spool.version
            outcome = self._step_safely()
            if isinstance(outcome, Refused):
                self._spool.wait(self._spool.version, retry_s)
                retry_s = min(2 * retry_s, self._pace.longest_retry_s)
            else:
                retry_s = self._pace.first_retry_s
                if outcome is None:
                    self._spool.wait(seen, self._pace.look_s)

    def _step_safely(self) -> Outcome | None:
        try:
            if self._has_disk_fault:
                self._spool.recover()  # this thread sends nothing now: what still says so has an unknown end
                self._has_disk_fault = False
                _log.info("the print spool can be written again")
            outcome = self.step()
            if outcome is None:
                self._look()
            return outcome
        except sqlite3.Error as error:  # disk full or gone: nothing is sent without `sending` on the disk
            if not self._has_disk_fault:
                _log.error("the print spool cannot be written: %s", error)
            self._has_disk_fault = True
            return Refused(Reason.PRINTER_ERROR)

    def _look(self) -> None:
        """An idle printer is asked now and then: its roll is changed before somebody stands there."""
        every_s = self._pace.stopped_watch_s if self._watch.stop else self._pace.watch_s
        if self._looked_at is not None and time.monotonic() - self._looked_at < every_s:
            return
        if self._looked_at is None:
            self._device.make_ready()
        else:
            self._device.status()
        self._looked_at = time.monotonic()
        self._watch.saw(0)


def _facts(job: PrintJob) -> tuple[dict[str, Any], bool]:
    """(what the slip says, whether it is a reprint): of one slip and its reprint the first are equal."""
    try:
        facts = dict(json.loads(job.slip))
    except ValueError:  # its turn will come to fail
        return {}, False
    return facts, bool(facts.pop(REPRINT, False))
