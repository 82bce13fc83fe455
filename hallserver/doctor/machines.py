"""Looks at what is plugged in: the printer says how it is. Prints nothing."""

from __future__ import annotations

from config.settings import Settings
from hallserver.doctor.findings import Finding, fine, lack, note
from printer.device import Device, Patience
from printer.encode import profile_for
from printer.transport import network_address


def look_at_printer(settings: Settings) -> Finding:
    """Asks it how it is, as before every slip."""
    if not settings.printer_address:
        return note("no_printer")
    device = Device(
        network_address(settings.printer_address),
        profile_for(settings.printer_profile, settings.printer_width_dots),
        Patience(),
    )
    status = device.status()
    if status.stop is not None:
        return lack(f"printer_{status.stop.value}", address=settings.printer_address)
    if status.is_paper_near_end:
        return note("printer_near_end", address=settings.printer_address)
    return fine("printer", address=settings.printer_address)
