"""Tells the hall how slips came out and how the printer is, through an outbox; must not know slips or printers.

What the spool says and the outbox does not hold yet is put into it, at the start, too: a process that dies between
the two tells it when it comes back.
"""

import threading
from dataclasses import asdict
from typing import Any, Protocol

import structlog

from printer.outcomes import Reason
from printer.spool import PrintJob, Spool
from printer.watch import PrinterState

_log = structlog.get_logger(__name__)

LOOKS_EVERY_S = 1.0
GATHER_S = 0.1
"""Most slips are out by then: the hall hears one word of them, and no disk is kept busy while the printer waits."""


class Outbox(Protocol):
    """Where commands wait until the hall has answered them."""

    def put(self, path: str, body: dict[str, Any]) -> str: ...


class PrintReports:
    """From any thread."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def tell(self, print_job: str, state: str, reason: str) -> None:
        """How a job came out. Raises what the outbox raises where it cannot keep it."""
        self._outbox.put(f"/print-jobs/{print_job}/report", {"state": state, "reason": reason})

    def tell_printer(self, state: PrinterState) -> None:
        """How the printer is from now on."""
        self._outbox.put("/printer-state", asdict(state))


def hall_state(job: PrintJob) -> str:
    """The hall's word for how a job came out: what was taken back to come out elsewhere did not fail."""
    return "withdrawn" if job.reason is Reason.WITHDRAWN else job.state.value


class Reporter:
    """Brings the spool's word to the reports in a thread of its own, so that no slip waits for it."""

    def __init__(self, spool: Spool, reports: PrintReports) -> None:
        self._spool, self._reports = spool, reports
        self._ends = threading.Event()
        self._has_fault = False
        self._printer: PrinterState | None = None
        self._thread = threading.Thread(target=self._run, name="printer-reports")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Tells what is left, then ends."""
        self._ends.set()
        self._spool.wake()
        self._thread.join()

    def hear(self, state: PrinterState) -> None:
        """How the printer is now; only the newest is told."""
        self._printer = state
        self._spool.wake()

    def tell_all(self) -> None:
        """One round; raises what spool and outbox raise where the disk is full."""
        untold = self._spool.untold()
        for job in untold:
            self._reports.tell(job.job_id, hall_state(job), str(job.reason or ""))
        if untold:
            self._spool.mark_told(untold)
        printer = self._printer
        if printer is not None:
            self._reports.tell_printer(printer)
            self._printer = None if self._printer is printer else self._printer

    def _run(self) -> None:
        while True:
            is_last, seen = self._ends.is_set(), self._spool.version
            self._tell_safely()
            if is_last:
                return
            self._spool.wait(seen, LOOKS_EVERY_S)
            self._ends.wait(GATHER_S)

    def _tell_safely(self) -> None:
        try:
            self.tell_all()
            self._has_fault = False
        except Exception as error:  # noqa: BLE001 - disk full or gone, outbox full: the spool keeps it, a later round tells it
            if not self._has_fault:
                _log.error("print_reports_wait", fault=repr(error))
            self._has_fault = True
