"""The printer beside the kiosk: words a slip, hands it to the spool, and carries the spool's word to the hall.

Knows no window. What was reported waits in the outbox until the hall has it.
"""

from collections.abc import Callable
from datetime import date

import structlog

from config.texts import Catalogue, TextFault
from config.words import Speaker
from kiosk.errands import SlipOrdered
from kiosk.flow.events import PaperTold
from kiosk.flow.scenes import Paper
from printer.faults import SlipUnreadable
from printer.orders import Fetch, Orders, OrderTaker
from printer.orders import Picture as OrdersPicture
from printer.outcomes import Reason
from printer.pressroom import PressRoom
from printer.reports import PrintReports
from printer.spool import JobState, PrintJob, SpoolFull
from printer.ticket import to_json
from printer.wording import word_slip

_log = structlog.get_logger(__name__)

NO_PRINTER = "no_printer"
OWN_ANSWER_LOOKS = 3
"""For so many looks an order of this kiosk's own claim is left to the claim's answer, which knows the language."""


class PaperDesk:
    """`order` from the errands' thread. `told` hears of every change, in the printer's thread or the caller's."""

    def __init__(self, room: PressRoom | None, reports: PrintReports, told: Callable[[PaperTold], None]) -> None:
        self._room, self._reports, self._told = room, reports, told
        self._taker: OrderTaker | None = None
        if room is not None:
            room.listen(self._hear)
            room.report_to(reports)

    def follow(self, device_id: str, language: str, fetch: Fetch, look: Callable[[], OrdersPicture | None]) -> None:
        """Before `start`: take what the hall itself orders for this printer, too: slips moved here or taken back, and
        reprints. `fetch` runs in a thread of its own."""
        if self._room is not None:
            self._taker = OrderTaker(Orders(device_id, self._room, language, fetch, OWN_ANSWER_LOOKS), look, _not_taken)

    @property
    def has_printer(self) -> bool:
        """Whether a slip can come out of this machine at all."""
        return self._room is not None

    def start(self) -> None:
        """Begins to print what an earlier run left, too."""
        if self._room is not None:
            self._room.start()
        if self._taker is not None:
            self._taker.start()

    def stop(self) -> None:
        """Ends the printer's threads."""
        if self._taker is not None:
            self._taker.stop()
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
        except (SlipUnreadable, TextFault) as fault:
            _log.error("slip_not_queued", fault=type(fault).__name__, print_job=ordered.print_job)
            self._room.bury(ordered.print_job, Reason.UNREADABLE)
        except SpoolFull:
            _log.error("spool_full", print_job=ordered.print_job)
            self._room.bury(ordered.print_job, Reason.FULL)

    def _hear(self, job: PrintJob) -> None:
        reason = str(job.reason) if job.reason else None
        self._told(PaperTold(job.job_id, Paper(job.state.value, reason)))


def _not_taken(line: str) -> None:
    _log.warning("print_order_not_taken", said=line)
