"""Many screens in one thread: raw WebSockets that only look whether a frame holds what they wait for.

Lean on purpose, and the same for every server: what is measured is the server, not its client. Knows no server but by
its `Greeting`.
"""

from __future__ import annotations

import base64
import contextlib
import os
import resource
import select
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

PING, PONG = b"\x81\x012", b"3"
"""Engine.IO's heartbeat as a WebSocket text frame, and its answer."""

PATIENCE_S = 10.0


class ScreenFault(Exception):
    """A screen was shut or did not get its frame in time."""


@dataclass(frozen=True)
class Greeting:
    """How to become a screen of a server: path of the upgrade, then texts to send, each after `awaits` was read."""

    path: str
    steps: Sequence[tuple[bytes, str]] = ()
    settled: bytes = b""


def allow_sockets() -> None:
    """As many open files as the machine allows; children inherit it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def masked(text: str) -> bytes:
    """A client's text frame; the mask is zero, which RFC 6455 does not forbid and which costs nothing."""
    payload = text.encode()
    head = bytes((0x81, 0x80 | len(payload))) if len(payload) < 126 else b"\x81\xfe" + len(payload).to_bytes(2, "big")
    return head + b"\0\0\0\0" + payload


class Screens:
    """Sockets to one server; `until_all_have` drives them."""

    def __init__(self, port: int, greeting: Greeting, count: int) -> None:
        self._poll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        self._rest: dict[int, bytes] = {}
        for _ in range(count):
            sock = _greet(port, greeting)
            sock.setblocking(False)
            self._sockets[sock.fileno()] = sock
            self._poll.register(sock.fileno(), select.EPOLLIN)

    def until_all_have(self, marker: bytes) -> list[float]:
        """Moments (monotonic) at which each screen had a frame with `marker`, in order of arrival. Raises
        ScreenFault."""
        missing, moments = set(self._sockets), []
        deadline = time.monotonic() + PATIENCE_S
        while missing:
            for number, _ in self._poll.poll(1.0):
                data = self._read(number)
                if number in missing and (marker in data or marker in self._joined(number, data)):
                    missing.discard(number)
                    moments.append(time.monotonic())
            if time.monotonic() > deadline:
                raise ScreenFault(f"{len(missing)} of {len(self._sockets)} screens did not get {marker!r}")
        self._rest.clear()
        return moments

    def idle(self, seconds: float) -> None:
        """Reads and answers heartbeats for a while."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for number, _ in self._poll.poll(left):
                self._read(number)

    def _joined(self, number: int, data: bytes) -> bytes:
        self._rest[number] = self._rest.get(number, b"")[-400:] + data
        return self._rest[number]

    def _read(self, number: int) -> bytes:
        sock = self._sockets[number]
        try:
            data = sock.recv(65536)
        except BlockingIOError:
            return b""
        if not data:
            raise ScreenFault("a screen was shut")
        if PING in data:
            sock.send(masked(PONG.decode()))
        return data

    def close(self) -> None:
        """Ends all."""
        for sock in self._sockets.values():
            sock.close()
        self._poll.close()


def _greet(port: int, greeting: Greeting) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    key = base64.b64encode(os.urandom(16)).decode()
    lines = (
        f"GET {greeting.path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    )
    sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    said = _await(sock, b"\r\n\r\n", b"")
    if b" 101 " not in said.split(b"\r\n", 1)[0]:
        raise ScreenFault(said[:200].decode(errors="replace"))
    said = said.partition(b"\r\n\r\n")[2]
    for awaited, text in greeting.steps:
        said = _await(sock, awaited, said)
        said = said.partition(awaited)[2]
        sock.sendall(masked(text))
    _await(sock, greeting.settled, said)
    return sock


def _await(sock: socket.socket, marker: bytes, said: bytes) -> bytes:
    while marker not in said:
        data = sock.recv(65536)
        if not data:
            raise ScreenFault(f"shut before {marker!r}: {said[-200:]!r}")
        said += data
    return said


class Listener:
    """One screen in a thread of its own, that keeps what it reads with the moment of reading; a context."""

    def __init__(self, port: int, greeting: Greeting) -> None:
        self._sock = _greet(port, greeting)
        self._heard: list[tuple[float, bytes]] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Listener:
        self._thread.start()
        return self

    def heard(self) -> list[tuple[float, bytes]]:
        """(monotonic moment, bytes) of every read so far."""
        return list(self._heard)

    def _listen(self) -> None:
        self._sock.settimeout(None)
        with contextlib.suppress(OSError):
            while data := self._sock.recv(1 << 20):
                self._heard.append((time.monotonic(), data))
                if PING in data:
                    self._sock.send(masked(PONG.decode()))

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._sock.close()
