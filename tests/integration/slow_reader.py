"""A raw WebSocket client that decides itself when it reads; knows no feed."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
from typing import Any

MASK = b"\0\0\0\0"


class RawSocket:
    """One WebSocket over a plain TCP socket with a small receive buffer; `headers` holds the server's answer."""

    def __init__(self, port: int, path: str, extra: tuple[str, ...] = (), buffer_bytes: int = 8192) -> None:
        self._sock = socket.socket()
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
        self._sock.settimeout(15)
        self._sock.connect(("127.0.0.1", port))
        self._held = b""
        lines = (
            f"GET {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            *extra,
        )
        self._sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        while b"\r\n\r\n" not in self._held:
            self._held += self._some()
        head, _, self._held = self._held.partition(b"\r\n\r\n")
        self.headers = head.decode().lower()

    def _some(self) -> bytes:
        data = self._sock.recv(65536)
        if not data:
            raise ConnectionError("shut")
        return data

    def _exactly(self, count: int) -> bytes:
        parts, size = [self._held], len(self._held)
        while size < count:
            parts.append(self._some())
            size += len(parts[-1])
        joined = b"".join(parts)
        self._held = joined[count:]
        return joined[:count]

    def read(self) -> tuple[int, bytes]:
        """(first byte: flags and opcode, payload) of the next frame. Raises ConnectionError, TimeoutError."""
        first, size = self._exactly(2)
        if size == 126:
            (size,) = struct.unpack("!H", self._exactly(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", self._exactly(8))
        return first, self._exactly(size)

    def send(self, text: str) -> None:
        """One text frame."""
        payload = text.encode()
        assert len(payload) < 1 << 16
        size = (
            struct.pack("!BB", 0x81, 0x80 | len(payload))
            if len(payload) < 126
            else struct.pack("!BBH", 0x81, 0xFE, len(payload))
        )
        self._sock.sendall(size + MASK + payload)

    def enter(self, token: str, feed: str, since: tuple[str | None, int]) -> None:
        """Engine.IO and Socket.IO open, then `hello` for a feed with what is on hand: (epoch, sequence)."""
        self.read()
        self.send("40" + json.dumps({"token": token}))
        self.read()
        self.send("42" + json.dumps(["hello", {"feed": feed, "epoch": since[0], "since": since[1]}]))

    def event(self) -> tuple[str, dict[str, Any]]:
        """The next Socket.IO event; heartbeats are answered on the way."""
        while True:
            _, payload = self.read()
            if payload == b"2":
                self.send("3")
            elif payload.startswith(b"42"):
                name, body = json.loads(payload[2:])
                return str(name), body

    def close(self) -> None:
        """Ends the connection."""
        self._sock.close()
