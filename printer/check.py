"""Says in plain words how this machine's printer is, for the person who stands beside it; changes nothing.

Looks into the spool only where there is one, and asks the printer as before every slip.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from config.settings import Settings
from config.texts import Catalogue
from printer.outcomes import Reason, Status
from printer.pressroom import open_device
from printer.spool import JobState, Spool
from printer.watch import PrinterState, PrinterWatch


@dataclass(frozen=True)
class Check:
    """How the printer at `address` is and how many of its slips wait or came to an unknown end."""

    address: str
    status: Status
    state: PrinterState
    waiting: int
    unknown: int

    @property
    def can_print(self) -> bool:
        return self.state.stop is None


def check_printer(folder: Path, own: Settings) -> Check:
    """Ask now; `folder` holds spool and marks. Raises UnknownProfile."""
    device = open_device(folder, own)
    file = folder / "spool.db"
    spool = Spool(file if file.exists() else Path(":memory:"), lambda: datetime.now(UTC))
    try:
        status = device.status()
        state = PrinterWatch(spool, device, own.printer_near_end_mm).state(status)
        waiting, unknown = len(spool.jobs(JobState.QUEUED)), len(spool.jobs(JobState.UNKNOWN))
    finally:
        spool.close()
    return Check(own.printer_address, status, state, waiting, unknown)


def say_check(check: Check, catalogue: Catalogue) -> Iterator[str]:
    """One line each, the most important first."""
    text, state = catalogue.text, check.state
    if state.stop is not None:
        yield text("printer.stopped", address=check.address, fault=text(f"ticket.fault.{state.stop}"))
    elif check.status.answers:
        yield text("printer.ready", address=check.address)
    else:
        yield text("printer.not_asked", address=check.address)
    if state.slips_left:
        yield text("printer.near_end", count=state.slips_left)
    if state.stop is Reason.NO_ANSWER:
        yield text("printer.probe_hint")
    elif state.stop is not Reason.UNREACHABLE:
        yield text("printer.proves" if state.can_prove else "printer.cannot_prove")
    if check.waiting:
        yield text("printer.waiting", count=check.waiting)
    if check.unknown:
        yield text("printer.unknown", count=check.unknown)
