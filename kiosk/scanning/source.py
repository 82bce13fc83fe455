"""Opens what a camera is - device, file or address - and takes frames from it one by one; knows neither threads nor
readers."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np

from config.clock import elapsed_s
from config.settings import Settings
from kiosk.scanning.image import Image

Rotation = Literal[0, 90, 180, 270]
Kind = Literal["device", "file", "stream"]

FASTEST_FPS = 30.0
STILL_THERE_EVERY_S = 1.0
STREAMS = ("rtsp://", "rtsps://", "http://", "https://")

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_UVC_BY_HAND, _UVC_BY_ITSELF = 1, 3
"""V4L2_EXPOSURE_MANUAL and V4L2_EXPOSURE_APERTURE_PRIORITY of linux/v4l2-controls.h: the two that UVC cameras know."""


@dataclass(frozen=True)
class CameraSettings:
    """`source` as the setting `camera`; `size` width × height in px, asked of a device; `exposure` in 0.1 ms, 0: the
    camera chooses; `rotation` in degrees clockwise, put on every frame."""

    source: str = field(repr=False)
    size: tuple[int, int] = (1280, 720)
    exposure: int = 0
    rotation: int = 0

    @classmethod
    def of(cls, settings: Settings) -> CameraSettings:
        """This machine's."""
        width, height = settings.camera_size.split("x")
        return cls(settings.camera, (int(width), int(height)), settings.camera_exposure, settings.camera_rotation)


def kind_of(source: str) -> Kind:
    """By its form alone: a number or /dev/… is a device, an address a stream, everything else a file."""
    if source.isdecimal() or source.startswith("/dev/"):
        return "device"
    return "stream" if source.startswith(STREAMS) else "file"


def spoken_source(source: str) -> str:
    """The source without name and password of an address."""
    scheme, slashes, rest = source.partition("://")
    return f"{scheme}{slashes}{rest.rpartition('@')[2]}" if slashes else source


def hush_backends() -> None:
    """OpenCV and its ffmpeg write every failed attempt to stderr, with the password of an address: who tries again
    and again says it once himself. ffmpeg's loudness is read at the first capture only."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)


class Capture:
    """One opened source. `next_frame` in one thread; `release` in the same.

    `opens_s` and `quiet_s` bound the waiting where OpenCV can (addresses: its ffmpeg backend has the two timeouts; a
    device's read is bounded by the driver alone).
    """

    def __init__(self, settings: CameraSettings, opens_s: float, quiet_s: float) -> None:
        self._kind, self._turn = kind_of(settings.source), _TURNS.get(settings.rotation)
        self._file = Path(settings.source)
        self._capture = _opened(settings, opens_s, quiet_s)
        fps = self._capture.get(cv2.CAP_PROP_FPS) if self._kind == "file" else 0.0
        self._step_s = 1.0 / min(max(fps, 1.0), FASTEST_FPS)
        self._due_s = self._looked_s = elapsed_s()

    def next_frame(self) -> Image | None:
        """The next BGR picture, turned as set; a file begins again at its end. None: there are none any more."""
        is_read, frame = self._capture.read()
        if not is_read and self._kind == "file":
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            is_read, frame = self._capture.read()
        if not is_read or self._has_vanished():
            return None
        return np.asarray(frame if self._turn is None else cv2.rotate(frame, self._turn))

    def rest_s(self) -> float:
        """How long until the next frame of a file is due; a device or address waits by itself."""
        if self._kind != "file":
            return 0.0
        self._due_s = max(self._due_s + self._step_s, elapsed_s())
        return max(0.0, self._due_s - elapsed_s())

    def release(self) -> None:
        """Gives the source back."""
        self._capture.release()

    def _has_vanished(self) -> bool:
        """An open file would play on after it was taken away."""
        if self._kind != "file" or elapsed_s() - self._looked_s < STILL_THERE_EVERY_S:
            return False
        self._looked_s = elapsed_s()
        return not self._file.is_file()


def _opened(settings: CameraSettings, opens_s: float, quiet_s: float) -> Any:
    """An OpenCV capture; one that could not be opened gives no frames."""
    source = settings.source
    match kind_of(source):
        case "stream":
            bounds = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, int(opens_s * 1000)]
            bounds += [cv2.CAP_PROP_READ_TIMEOUT_MSEC, int(quiet_s * 1000)]
            return cv2.VideoCapture(source, cv2.CAP_FFMPEG, bounds)
        case "device":
            return _device(settings)
        case "file":
            return cv2.VideoCapture(source if Path(source).is_file() else "")


def _device(settings: CameraSettings) -> Any:
    """Motion JPEG first: most USB cameras give 1280 × 720 uncompressed at 10 frames a second only."""
    source = settings.source
    capture = cv2.VideoCapture(int(source) if source.isdecimal() else source, cv2.CAP_V4L2)
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.size[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.size[1])
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, _UVC_BY_HAND if settings.exposure else _UVC_BY_ITSELF)
    if settings.exposure:
        capture.set(cv2.CAP_PROP_EXPOSURE, settings.exposure)
    return capture
