"""Puts spool, device and worker of one printer together for a kiosk or an agent; must not know what is printed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from config.settings import Settings
from printer.device import Device
from printer.encode import encode_paper, profile_for
from printer.marks import Marks, keep_marks, load_marks
from printer.outcomes import Reason
from printer.press import open_press
from printer.probe import probe
from printer.reports import PrintReports, Reporter
from printer.spool import Listener, PrintJob, Spool
from printer.talk import Patience
from printer.ticket import Slip
from printer.transport import dial_of
from printer.watch import PrinterWatch
from printer.worker import Pace, Worker, lock_spool

MARKS = "printer.json"
LOCK = "spool.lock"
PROBE_PATIENCE = Patience(progress_s=5)  # a page is out in two seconds; a silent printer is waited for twice


@dataclass
class PressRoom:
    """One printer with its spool; `submit` queues a slip's JSON, `start` and `stop` belong to a composition root."""

    spool: Spool
    device: Device
    worker: Worker
    watch: PrinterWatch
    lock_path: Path
    _reporters: list[Reporter] = field(default_factory=list)

    def report_to(self, reports: PrintReports) -> None:
        """Before `start`: let the hall hear of every slip and of the printer, also of what an earlier run left."""
        reporter = Reporter(self.spool, reports)
        self.watch.listen(reporter.hear)
        self._reporters.append(reporter)

    def start(self) -> None:
        """Begin to print; raises SpoolInUse where another process prints from this folder."""
        self.worker.start(self.lock_path)
        for reporter in self._reporters:
            reporter.start()

    def stop(self) -> None:
        """End the worker, tell the hall what it left, then close the spool."""
        self.worker.stop()
        for reporter in self._reporters:
            reporter.stop()
        self.spool.close()

    def submit(self, job_id: str, slip_json: str) -> PrintJob:
        """Queue a slip; raises SpoolFull."""
        return self.spool.submit(job_id, slip_json)

    def bury(self, job_id: str, reason: Reason) -> None:
        """End a job of which nothing was sent, or that never came here: withdrawn, too old, unreadable."""
        self.spool.bury(job_id, reason)

    def listen(self, listener: Listener) -> None:
        """Hear of every change of a job, in the worker's thread: put it into an inbox and return."""
        self.spool.listen(listener)


def open_pressroom(folder: Path, own: Settings, now: Callable[[], datetime]) -> PressRoom:
    """Open the spool in `folder` for this machine's printer; nothing runs yet. Raises FaceMissing, UnknownProfile."""
    folder.mkdir(parents=True, exist_ok=True)
    spool = Spool(folder / "spool.db", now)
    device = open_device(folder, own)
    watch = PrinterWatch(spool, device, own.printer_near_end_mm)
    worker = Worker(spool, device, open_press().draw, Pace(), watch)
    return PressRoom(spool, device, worker, watch, folder / LOCK)


def probe_printer(folder: Path, own: Settings, page: Slip) -> Marks | Reason:
    """Print a test page -> what the printer answers, or what stopped it. Raises SpoolInUse, and what opening raises."""
    profile = profile_for(own.printer_profile, own.printer_width_dots)
    paper = encode_paper(open_press().draw(page, profile.width_dots), profile)
    with lock_spool(folder / LOCK):
        return probe(dial_of(own.printer_address), profile, PROBE_PATIENCE, paper)


def note_marks(folder: Path, own: Settings, marks: Marks) -> None:
    """What a probe found holds for this address from the next start on."""
    keep_marks(folder / MARKS, own.printer_address, marks)


def open_device(folder: Path, own: Settings) -> Device:
    """This machine's printer with what a probe found out about it; connects to nothing. Raises UnknownProfile."""
    profile = profile_for(own.printer_profile, own.printer_width_dots)
    marks = load_marks(folder / MARKS, own.printer_address)
    return Device(dial_of(own.printer_address), profile, Patience(), marks)
