"""Carries bytes to and from a printer on the network; must not know what they mean.

Every wait has a limit. A lost connection is always an exception, never a silent success.
"""

import select
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from printer.faults import PrinterFault

READ_BYTES = 4096


class PortLost(PrinterFault):
    """The connection could not be made or is gone."""


class Port(Protocol):
    """An open connection to a printer."""

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        """Wait until some of `data` could be handed over or something came back, at most `timeout_s`.

        Gives how many bytes were taken and what was received; (0, b"") when nothing happened. Raises PortLost.
        """

    def close(self) -> None: ...


Dial = Callable[[], Port]


@dataclass(frozen=True)
class NetworkAddress:
    """Where a raw network printer listens, usually port 9100; call it to connect."""

    host: str
    port: int
    connect_timeout_s: float = 2.0

    def __call__(self) -> Port:
        """Connect; raises PortLost."""
        try:
            connection = socket.create_connection((self.host, self.port), timeout=self.connect_timeout_s)
        except OSError as error:
            raise PortLost(f"{self.host}:{self.port}: {error}") from error
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return NetworkPort(connection)


def network_address(text: str) -> NetworkAddress:
    """Read `HOST:PORT`; raises ValueError."""
    host, colon, port = text.rpartition(":")
    if not (host and colon and port.isdecimal() and 0 < int(port) < 65536):
        raise ValueError(f"not HOST:PORT: {text!r}")
    return NetworkAddress(host, int(port))


class NetworkPort:
    """An open TCP connection to a printer."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        writers = [self._connection] if data else []
        readable, writable, _ = select.select([self._connection], writers, [], timeout_s)
        try:
            received = self._receive() if readable else b""
            sent = self._connection.send(data) if writable else 0
        except BlockingIOError:
            return 0, b""
        except OSError as error:
            raise PortLost(str(error)) from error
        return sent, received

    def _receive(self) -> bytes:
        received = self._connection.recv(READ_BYTES)
        if not received:
            raise PortLost("closed by the printer")
        return received

    def close(self) -> None:
        self._connection.close()
