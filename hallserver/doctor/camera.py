"""Looks through the camera as the kiosk does and says whether it can be read by; writes a picture only where one is
asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import Settings
from hallserver.doctor.findings import Finding, fine, lack, note

if TYPE_CHECKING:
    from kiosk.scanning.examination import Examined

DARK, GLARING, BLURRED, SLOW_FPS = 0.18, 0.85, 0.22, 10.0


def look(settings: Settings) -> Iterator[Finding]:
    """Whether a picture comes out of it, how good that is, and what is in view."""
    missing = _missing(settings)
    if missing is not None:
        yield missing
        return
    from kiosk.scanning.examination import examine, glimpse
    from kiosk.scanning.source import CameraSettings, spoken_source

    name = spoken_source(settings.camera)
    seen = examine(glimpse(CameraSettings.of(settings)), settings.public_base_url)
    if seen is None:
        yield lack("camera_silent", camera=name)
        return
    yield fine("camera", camera=name, width=seen.width, height=seen.height, fps=round(seen.fps))
    yield from _judge(seen)
    yield from _in_view(seen)


def shoot(settings: Settings, file: Path) -> bool:
    """Writes what the camera sees as a PNG -> False: there is no picture. Raises OSError."""
    import cv2

    from kiosk.scanning.examination import glimpse
    from kiosk.scanning.source import CameraSettings

    newest = glimpse(CameraSettings.of(settings)).newest if _missing(settings) is None else None
    if newest is None:
        return False
    file.write_bytes(cv2.imencode(".png", newest)[1].tobytes())
    return True


def _missing(settings: Settings) -> Finding | None:
    camera = settings.camera
    if camera == "off":
        return note("camera_off")
    device = f"/dev/video{camera}" if camera.isdecimal() else camera
    if device.startswith("/dev/") and not Path(device).exists():
        return lack("no_camera", camera=device)
    return None


def _judge(seen: Examined) -> Iterator[Finding]:
    percent = round(seen.brightness * 100)
    if 0 < seen.fps < SLOW_FPS:
        yield note("camera_slow", fps=round(seen.fps))
    if seen.brightness < DARK:
        yield note("camera_dark", percent=percent)
    elif seen.brightness > GLARING:
        yield note("camera_glaring", percent=percent)
    else:
        yield fine("camera_light", percent=percent)
    sharp = round(seen.sharpness * 100)
    yield note("camera_blurred", percent=sharp) if seen.sharpness < BLURRED else fine("camera_sharp", percent=sharp)


def _in_view(seen: Examined) -> Iterator[Finding]:
    for code in seen.codes:
        yield fine(f"camera_code_{code.meaning}", symbology=code.symbology, px=code.width_px)
    if not seen.codes:
        yield note("camera_no_code")
    yield {
        "read": fine("camera_card"),
        "unread": note("camera_no_card"),
        "no_reader": note("camera_no_card_reader"),
    }[seen.id_card]
