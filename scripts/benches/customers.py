"""Connections that send one command after the other and time each answer; one thread, like many kiosks at once.

As a process it reads `{port, headers, seconds, count}` as JSON and prints `{seconds, took_s, wrong}`.
"""

from __future__ import annotations

import json
import re
import secrets
import select
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass
class _Customer:
    sock: socket.socket
    asked_at: float = 0.0
    said: bytes = b""


@dataclass
class Customers:
    """`took_s` holds a time per answered command; `wrong` the status lines of answers that were not 200."""

    port: int
    headers: Mapping[str, str]
    took_s: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def ask_for(self, seconds: float, connections: int) -> float:
        """Closed loop: a connection asks again when it was answered -> seconds until the last answer."""
        began, poll = time.monotonic(), select.epoll()
        held: dict[int, _Customer] = {}
        for _ in range(connections):
            sock = socket.create_connection(("127.0.0.1", self.port), timeout=10)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            held[sock.fileno()] = _Customer(sock)
            poll.register(sock.fileno(), select.EPOLLIN)
            self._ask(held[sock.fileno()])
        while held:
            for number, _ in poll.poll(10):
                if self._answered(held[number]):
                    if time.monotonic() - began < seconds:
                        self._ask(held[number])
                    else:
                        poll.unregister(number)
                        held.pop(number).sock.close()
        poll.close()
        return time.monotonic() - began

    def _ask(self, customer: _Customer) -> None:
        body = b'{"service": "placement"}'
        lines = [
            "POST /api/v1/queue-tickets HTTP/1.1",
            "Host: 127.0.0.1",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            f"Idempotency-Key: {secrets.token_hex(16)}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        customer.said, customer.asked_at = b"", time.monotonic()
        customer.sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode() + body)

    def _answered(self, customer: _Customer) -> bool:
        data = customer.sock.recv(65536)
        if not data:
            raise ConnectionError("the server shut a connection")
        customer.said += data
        head, _, body = customer.said.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length is None or len(body) < int(length.group(1)):
            return False
        self.took_s.append(time.monotonic() - customer.asked_at)
        if b" 200 " not in head[:20]:
            self.wrong.append(head.split(b"\r\n", 1)[0].decode())
        return True


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    customers = Customers(asked["port"], asked["headers"])
    took = customers.ask_for(asked["seconds"], asked["count"])
    print(json.dumps({"seconds": took, "took_s": customers.took_s, "wrong": customers.wrong}))
