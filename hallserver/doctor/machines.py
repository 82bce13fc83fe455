"""Looks at what is plugged in: the camera gives a picture, the printer says how it is. Prints nothing, keeps no
picture."""

from __future__ import annotations

from pathlib import Path

from config.settings import Settings
from hallserver.doctor.findings import Finding, fine, lack, note
from printer.device import Device, Patience
from printer.encode import profile_for
from printer.transport import network_address

FRAMES_TRIED = 10
"""Some cameras give a few empty pictures when they wake."""


def look_at_camera(settings: Settings) -> Finding:
    """Whether one picture comes out of it."""
    if settings.camera == "off":
        return note("camera_off")
    if settings.camera.isdecimal() and not Path(f"/dev/video{settings.camera}").exists():
        return lack("no_camera", camera=f"/dev/video{settings.camera}")
    size = _picture_size(settings.camera)
    if size is None:
        return lack("camera_silent", camera=settings.camera)
    return fine("camera", camera=settings.camera, width=size[0], height=size[1])


def _picture_size(camera: str) -> tuple[int, int] | None:
    import cv2

    source = cv2.VideoCapture(int(camera) if camera.isdecimal() else camera)
    try:
        for _ in range(FRAMES_TRIED):
            is_there, picture = source.read()
            if is_there:
                return picture.shape[1], picture.shape[0]
        return None
    finally:
        source.release()


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
