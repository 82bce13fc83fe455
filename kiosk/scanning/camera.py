"""A camera in its own threads that runs only while it is wanted; newest frame wins. Knows no window and no flow.

A device number, a /dev/video* path or a video file, which loops, so that tests and demo go the same way. A camera that
was unplugged is noticed, told and tried again.
"""

import threading
from pathlib import Path
from typing import Any, Protocol

import cv2

from config.clock import elapsed_s
from kiosk.scanning.codes import Image, LiveReader
from kiosk.scanning.told import CameraTold, CodeRead, Expects, Listener

COMES_BACK_S, COMES_BACK_MAX_S = 0.5, 5.0
SAME_CODE_AGAIN_S = 1.0
FRAME_SIZE = (1280, 720)
FASTEST_FPS = 30.0


class Eye(Protocol):
    """What the kiosk needs of a camera."""

    def open(self, expects: Expects = "codes") -> None: ...

    def close(self) -> None: ...

    def newest(self) -> tuple[int, Image] | None: ...


class Camera:
    """`start` once, `stop` once; between them `open` and `close` as scanning screens come and go.

    The listener is called in the camera's threads: it must hand over and return.
    """

    def __init__(self, source: str, listener: Listener) -> None:
        self._source, self._listener = source, listener
        self._wanted, self._stopping = threading.Event(), threading.Event()
        self._fresh = threading.Condition()
        self._frame: Image | None = None
        self._nth = 0
        self._threads = [
            threading.Thread(target=self._look, name="camera", daemon=True),
            threading.Thread(target=self._read, name="camera-reader", daemon=True),
        ]

    def start(self) -> None:
        """Begins to wait for being wanted."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Gives the device back; returns when both threads have ended."""
        self._stopping.set()
        self._wanted.set()
        with self._fresh:
            self._fresh.notify_all()
        for thread in self._threads:
            thread.join(timeout=5)

    def open(self, expects: Expects = "codes") -> None:
        """A scanning screen is there that looks for this; called again while open, it only looks for something else."""
        self._wanted.set()

    def close(self) -> None:
        """Nobody is to be seen any more: device given back, last frame dropped."""
        self._wanted.clear()
        with self._fresh:
            self._frame = None

    def newest(self) -> tuple[int, Image] | None:
        """(number of the frame, BGR picture), or None while there is none."""
        with self._fresh:
            return None if self._frame is None else (self._nth, self._frame)

    def _look(self) -> None:
        pause_s = COMES_BACK_S
        while self._is_wanted():
            self._listener(CameraTold("opening"))
            if self._see():
                pause_s = COMES_BACK_S
            if self._wanted.is_set() and not self._stopping.is_set():
                self._drop_frame()
                self._listener(CameraTold("lost"))
                self._stopping.wait(pause_s)
                pause_s = min(pause_s * 2, COMES_BACK_MAX_S)

    def _is_wanted(self) -> bool:
        self._wanted.wait()
        return not self._stopping.is_set()

    def _see(self) -> bool:
        """Frames until unwanted or lost -> whether there was any."""
        capture = open_capture(self._source)
        seen = False
        try:
            pace = _Pace(capture, is_file(self._source))
            while self._wanted.is_set() and not self._stopping.is_set():
                frame = pace.next_frame()
                if frame is None:
                    return seen
                if not seen:
                    self._listener(CameraTold("seeing"))
                seen = True
                self._show(frame)
                self._stopping.wait(pace.rest_s())
        finally:
            capture.release()
        return True

    def _show(self, frame: Image) -> None:
        with self._fresh:
            if self._wanted.is_set():
                self._frame, self._nth = frame, self._nth + 1
                self._fresh.notify_all()

    def _drop_frame(self) -> None:
        with self._fresh:
            self._frame = None

    def _read(self) -> None:
        reader, done, told = LiveReader(), 0, ("", 0.0)
        while not self._stopping.is_set():
            with self._fresh:
                self._fresh.wait_for(lambda: self._stopping.is_set() or self._is_newer(done), 1.0)  # noqa: B023
                newest = None if self._frame is None else (self._nth, self._frame)
            if newest is None or newest[0] == done:
                continue
            done = newest[0]
            for code in reader.read(newest[1]):
                if code.text != told[0] or elapsed_s() - told[1] > SAME_CODE_AGAIN_S:
                    told = (code.text, elapsed_s())
                    self._listener(CodeRead(code.text))

    def _is_newer(self, done: int) -> bool:
        return self._frame is not None and self._nth != done


class _Pace:
    """Frames of a capture at the speed at which they were taken; a file begins again at its end."""

    def __init__(self, capture: Any, loops: bool) -> None:
        self._capture, self._loops = capture, loops
        fps = capture.get(cv2.CAP_PROP_FPS) if loops else 0.0
        self._step_s = 1.0 / min(max(fps, 1.0), FASTEST_FPS) if loops else 0.0
        self._due_s = elapsed_s()

    def next_frame(self) -> Image | None:
        """None: there are no frames any more."""
        is_read, frame = self._capture.read()
        if not is_read and self._loops:
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            is_read, frame = self._capture.read()
        return frame if is_read else None

    def rest_s(self) -> float:
        """How long until the next frame of a file is due; a device waits by itself."""
        self._due_s = max(self._due_s + self._step_s, elapsed_s())
        return max(0.0, self._due_s - elapsed_s()) if self._loops else 0.0


def is_file(source: str) -> bool:
    """Whether the source is a video or picture file, not a device."""
    return not source.isdigit() and not source.startswith("/dev/") and Path(source).is_file()


def open_capture(source: str) -> Any:
    """An OpenCV capture; one that could not be opened gives no frames."""
    capture = cv2.VideoCapture(int(source) if source.isdigit() else source)
    if not is_file(source):
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, FRAME_SIZE[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, FRAME_SIZE[1])
    return capture
