"""Takes one printer's slips from its spool to paper in a thread of its own; must not know who ordered them.

One worker per spool, ensured by a lock on a file beside it. A composition root makes, starts and stops it.
"""

import fcntl
import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

from PIL import Image

from printer.device import Device, Order, Outcome, Printed, Reason, Refused, Unknown
from printer.encode import encode_paper, encode_separation
from printer.faults import PrinterFault, SlipTooWide, SlipUnreadable
from printer.spool import JobState, NotQueued, PrintJob, Spool
from printer.ticket import Slip, from_json

Draw = Callable[[Slip, int], Image.Image]  # slip and width in dots -> 1-bit picture


_log = logging.getLogger(__name__)


class SpoolInUse(PrinterFault):
    """Another process already prints from this spool."""


@dataclass(frozen=True)
class Pace:
    """When to look and how long to hold on, in seconds."""

    look_s: float = 1.0  # for jobs that another process put into the file
    first_retry_s: float = 0.5
    longest_retry_s: float = 5.0
    expire_s: float = 30 * 60.0
    end_s: float = 5.0  # a slip under way may come to its end before the worker gives it up


class Worker:
    """Prints what is queued, oldest first. `step` does one round and may be called directly by tests."""

    def __init__(self, spool: Spool, device: Device, draw: Draw, pace: Pace) -> None:
        self._spool = spool
        self._device = device
        self._draw = draw
        self._pace = pace
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="printer-worker")
        self._lock: IO[str] | None = None
        self._has_disk_fault = False

    def start(self, lock_path: Path) -> None:
        """Lock the spool, mark what a crash left behind, and begin; raises SpoolInUse."""
        lock = lock_path.open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.close()
            raise SpoolInUse(str(lock_path)) from error
        self._lock = lock
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
        try:
            picture = self._draw(from_json(job.slip), self._device.profile.width_dots)
        except (SlipUnreadable, SlipTooWide):
            self._spool.fail(job.job_id, Reason.UNREADABLE)
            return None
        try:
            return self._print(job, encode_paper(picture, self._device.profile))
        except NotQueued:  # withdrawn while the printer was being asked
            return None

    def _print(self, job: PrintJob, paper: bytes) -> Outcome:
        current = job

        def starting() -> None:
            nonlocal current
            current = self._spool.start(job.job_id)

        def stopped(reason: Reason | None) -> None:
            nonlocal current
            current = self._spool.note(current, reason) or current

        outcome = self._device.print_paper(Order(paper, job.process_id, starting, stopped))
        match outcome:
            case Printed():
                self._spool.finish(job.job_id, JobState.PRINTED, None)
            case Unknown(reason):
                self._spool.finish(job.job_id, JobState.UNKNOWN, reason)
            case Refused(reason):
                for waiting in self._spool.jobs(JobState.QUEUED):
                    self._spool.note(waiting, reason)
        return outcome

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
            return self.step()
        except sqlite3.Error as error:  # disk full or gone: nothing is sent without `sending` on the disk
            if not self._has_disk_fault:
                _log.error("the print spool cannot be written: %s", error)
            self._has_disk_fault = True
            return Refused(Reason.PRINTER_ERROR)
