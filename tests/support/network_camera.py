"""A camera on the network that tests unplug, hang and plug in again: MJPEG over HTTP on loopback; knows no reader."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from contextlib import suppress

BOUNDARY = b"frame"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"


class NetworkCamera:
    """Shows JPEG pictures one after the other, again and again, to one viewer at a time, always on the same port."""

    def __init__(self, pictures: Sequence[bytes], fps: float = 25.0) -> None:
        self._pictures, self._step_s = pictures, 1.0 / fps
        with socket.create_server(("127.0.0.1", 0)) as place:
            self.port: int = place.getsockname()[1]
        self.viewers = 0
        self._out, self._hangs = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """What a camera's source is set to."""
        return f"http://127.0.0.1:{self.port}/video.mjpg"

    def plug(self) -> None:
        """Pictures come from now on."""
        self._out.clear()
        self._hangs.clear()
        door = socket.create_server(("127.0.0.1", self.port))
        door.settimeout(0.05)
        self._thread = threading.Thread(target=self._serve, args=(door,), name="network camera")
        self._thread.start()

    def unplug(self) -> None:
        """Nobody answers any more."""
        self._out.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def hang(self) -> None:
        """The connection stays; no picture comes."""
        self._hangs.set()

    def _serve(self, door: socket.socket) -> None:
        with door:
            while not self._out.is_set():
                with suppress(TimeoutError):
                    viewer, _ = door.accept()
                    self.viewers += 1
                    with viewer, suppress(OSError):
                        self._show(viewer)

    def _show(self, viewer: socket.socket) -> None:
        viewer.settimeout(1.0)
        viewer.recv(65536)
        viewer.sendall(HEAD)
        nth = 0
        while not self._out.is_set():
            if not self._hangs.is_set():
                jpeg = self._pictures[nth % len(self._pictures)]
                nth += 1
                length = str(len(jpeg)).encode()
                viewer.sendall(
                    b"--" + BOUNDARY + b"\r\nContent-Type: image/jpeg\r\nContent-Length: " + length + b"\r\n\r\n"
                )
                viewer.sendall(jpeg + b"\r\n")
            self._out.wait(self._step_s)
