"""One attempt at a source in a thread of its own: a read that never returns holds this thread up and nothing else.

Knows neither who looks nor whether there will be another attempt.
"""

import threading
from collections.abc import Callable

import cv2

from config.clock import elapsed_s
from kiosk.scanning.image import Image
from kiosk.scanning.source import CameraSettings, Capture


class Grabber:
    """`start` once, `stop` once. `show` is called in its thread with every frame until `stop`; `ended` when it is
    over."""

    def __init__(self, opened: Callable[[], Capture], show: Callable[[Image], None], ended: Callable[[], None]) -> None:
        self._opened, self._show, self._ended = opened, show, ended
        self._stopping, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._grab, name="camera-grabber", daemon=True)
        self.began_s = elapsed_s()
        self.newest_s: float | None = None

    def start(self) -> None:
        """Opens the source and takes frames."""
        self._thread.start()

    def stop(self) -> None:
        """No frame is shown from now on; the source is given back as soon as the present read returns."""
        self._stopping.set()

    @property
    def is_over(self) -> bool:
        """Whether there will be no more frames."""
        return self._over.is_set()

    def has_gone(self, patient_s: float = 0.0) -> bool:
        """Whether the thread has ended and the source is given back, waiting so long for it."""
        self._thread.join(patient_s)
        return not self._thread.is_alive()

    def _grab(self) -> None:
        try:
            capture = self._opened()
            try:
                self._take_frames(capture)
            finally:
                capture.release()
        except cv2.error:
            pass  # a torn frame or a driver gone mid-read: as good as unplugged, and tried again
        finally:
            self._over.set()
            self._ended()

    def _take_frames(self, capture: Capture) -> None:
        while not self._stopping.is_set():
            frame = capture.next_frame()
            if frame is None or self._stopping.is_set():
                return
            self.newest_s = elapsed_s()
            self._show(frame)
            self._stopping.wait(capture.rest_s())


def opener(settings: CameraSettings, opens_s: float, quiet_s: float) -> Callable[[], Capture]:
    """Opens this source in the grabber's own thread."""
    return lambda: Capture(settings, opens_s, quiet_s)
