"""Looks at what is plugged in: the printer says how it is. Prints nothing."""

from __future__ import annotations

from config.settings import Settings
from hallserver.doctor.findings import Finding, fine, lack, note
from printer.pressroom import open_device


def look_at_printer(settings: Settings) -> Finding:
    """Asks it how it is, as before every slip."""
    if not settings.printer_address:
        return note("no_printer")
    status = open_device(settings.data_dir / settings.device_name / "paper", settings).status()
    if status.stop is not None:
        return lack(f"printer_{status.stop.value}", address=settings.printer_address)
    if status.is_paper_near_end:
        return note("printer_near_end", address=settings.printer_address)
    return fine("printer", address=settings.printer_address)
