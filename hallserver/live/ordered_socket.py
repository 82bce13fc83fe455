"""One ordered, bounded, non-blocking writer per socket, through which every byte passes: handshake, Engine.IO packets,
pings and our shared frames.

simple-websocket's own `send()` loses the rest of a partial write under gevent, and Engine.IO's queues have no bound;
here a slow reader delays nobody, and one who falls behind `BOUND_BYTES` is shut and comes back by sequence.
"""

import contextlib
import socket
from collections import deque
from collections.abc import Callable
from typing import Any

import gevent
import gevent.event
import gevent.selectors
from engineio.async_drivers._websocket_wsgi import SimpleWebSocketWSGI
from engineio.async_drivers.gevent import Thread
from gevent import get_hub
from gevent.pywsgi import WSGIHandler
from simple_websocket import Server

BOUND_BYTES = 256 * 1024
STALLED_AFTER_S = 20.0
"""A socket that takes not one byte for so long is shut even below the bound."""

WRITER_KEY = "gighall.writer"
"""Where the handshake's WSGI environment holds the socket's writer."""


class OrderedSocket:
    """Wraps a gevent socket; `send` never blocks, never reorders, never cuts."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._raw = getattr(sock, "_sock", sock)
        self._waiting: deque[memoryview] = deque()
        self.waiting_bytes = 0
        self.is_shut = False
        self.on_drained: Callable[[], None] | None = None
        self._drainer: gevent.Greenlet | None = None
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes) -> int:
        """Takes the whole of `data`, or shuts the socket where the reader is too far behind.

        A single piece may be larger than the bound: what counts is what already waits. Raises OSError once shut.
        """
        if self.is_shut:
            raise OSError("socket is shut")
        if self.waiting_bytes > BOUND_BYTES:
            self.shut()
            raise OSError("reader too far behind")
        if not self._waiting:
            sent = self._send_some(data)
            if sent == len(data):
                return sent  # nearly always: a screen that keeps up
            rest = memoryview(data)[sent:]
        else:
            rest = memoryview(data)
        self._waiting.append(rest)
        self.waiting_bytes += len(rest)
        if self._drainer is None:
            self._drainer = gevent.spawn(self._drain)
        return len(data)

    def _send_some(self, data: bytes | memoryview) -> int:
        """What the system takes now, perhaps nothing. Raises OSError where the connection is gone."""
        try:
            return int(self._raw.send(data, socket.MSG_DONTWAIT))
        except BlockingIOError:
            return 0
        except OSError:
            self.shut()
            raise

    def _drain(self) -> None:
        watcher = get_hub().loop.io(self._raw.fileno(), 2)
        try:
            while self._waiting and not self.is_shut:
                with gevent.Timeout(STALLED_AFTER_S, False):
                    get_hub().wait(watcher)
                    self._drain_some()
                    continue
                self.shut()
        except OSError:
            self.shut()
        finally:
            watcher.close()
            self._drainer = None
        if not self.is_shut and self.on_drained is not None:
            self.on_drained()

    def _drain_some(self) -> None:
        while self._waiting:
            piece = self._waiting[0]
            sent = self._send_some(piece)
            self.waiting_bytes -= sent
            if sent < len(piece):
                self._waiting[0] = piece[sent:]
                return
            self._waiting.popleft()

    def shut(self) -> None:
        """Ends the connection for both directions; what waits is forgotten, the client asks again by sequence."""
        if not self.is_shut:
            self.is_shut = True
            self._waiting.clear()
            self.waiting_bytes = 0
            with contextlib.suppress(OSError):
                self._raw.shutdown(socket.SHUT_RDWR)

    def recv(self, size: int) -> bytes:
        """As of a socket."""
        return bytes(self._sock.recv(size))

    def fileno(self) -> int:
        """As of a socket."""
        return int(self._sock.fileno())

    def close(self) -> None:
        """As of a socket; the drainer ends by itself."""
        self.shut()
        self._sock.close()


class _OrderedServer(Server):  # type: ignore[misc]
    """simple-websocket's server side over an ordered socket; puts it where the namespace finds it."""

    def handshake(self) -> None:
        self.sock: Any = OrderedSocket(self.sock)
        self.environ[WRITER_KEY] = self.sock
        # a compressed frame cannot be shared between sockets
        self.environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        super().handshake()


class WebHandler(WSGIHandler):  # type: ignore[misc]
    """gevent's handler of one connection; after a WebSocket it must not wait for another request on it."""

    def handle_one_response(self) -> None:
        """Serves one request."""
        super().handle_one_response()
        if WRITER_KEY in (self.environ or {}):
            self.close_connection = True


class OrderedWebSocket(SimpleWebSocketWSGI):  # type: ignore[misc]
    """Takes the place of Engine.IO's WebSocket for gevent."""

    def __init__(self, handler: Any, server: Any) -> None:
        super().__init__(
            handler,
            server,
            thread_class=Thread,
            event_class=gevent.event.Event,
            selector_class=gevent.selectors.DefaultSelector,
        )

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Serves one WebSocket until it ends."""
        self.ws = _OrderedServer(environ, **self.server_args)
        return self.app(self)
