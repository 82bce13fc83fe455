"""The printer beside the kiosk: words a slip, hands it to the spool, and carries the spool's word to the hall.

Knows no window. What was reported waits in the outbox until the hall has it.
"""

from collections.abc import Callable
from datetime import date
from typing import Protocol

import structlog

from config.texts import Catalogue, TextFault
from config.words import Speaker
from kiosk.errands import SlipOrdered
from kiosk.flow.events import PaperTold
from kiosk.flow.scenes import Paper
from printer.faults import SlipUnreadable
from printer.pressroom import PressRoom
from printer.spool import JobState, PrintJob, SpoolFull
from printer.ticket import to_json
from printer.wording import word_slip

_log = structlog.get_logger(__name__)

NO_PRINTER = "no_printer"


class Reports(Protocol):
    """Where the truth about paper goes."""

    def tell(self, print_job: str, state: str, reason: str) -> None: ...


class PaperDesk:
    """`order` from the errands' thread. `told` hears of every change, in the printer's thread or the caller's."""

    def __init__(self, room: PressRoom | None, reports: Reports, told: Callable[[PaperTold], None]) -> None:
        self._room, self._reports, self._told = room, reports, told
        if room is not None:
            room.listen(self._hear)

    @property
    def has_printer(self) -> bool:
        """Whether a slip can come out of this machine at all."""
        return self._room is not None

    def start(self) -> None:
        """Begins to print what an earlier run left, too."""
        if self._room is not None:
            self._room.start()

    def stop(self) -> None:
        """Ends the printer's thread."""
        if self._room is not None:
            self._room.stop()

    def order(self, ordered: SlipOrdered, today: date) -> None:
        """Queues a slip; what cannot be printed is told at once."""
        if self._room is None:
            self._reports.tell(ordered.print_job, JobState.FAILED, NO_PRINTER)
            return
        try:
            slip = word_slip(ordered.slip, Speaker(Catalogue.load(ordered.language), today))
            self._room.submit(ordered.print_job, to_json(slip))
        except (SlipUnreadable, TextFault, SpoolFull) as fault:
            _log.error("slip_not_queued", fault=type(fault).__name__, print_job=ordered.print_job)
            self._fail(ordered.print_job)

    def _fail(self, print_job: str) -> None:
        self._told(PaperTold(print_job, Paper("failed", "unreadable")))
        self._reports.tell(print_job, JobState.FAILED, "unreadable")

    def _hear(self, job: PrintJob) -> None:
        reason = str(job.reason) if job.reason else None
        self._told(PaperTold(job.job_id, Paper(job.state.value, reason)))
        if job.state is not JobState.QUEUED:
            self._reports.tell(job.job_id, job.state.value, reason or "")
