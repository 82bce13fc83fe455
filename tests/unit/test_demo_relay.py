"""The cable of the demo: passes everything, holds everything while it is out, and goes on when it is back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from demo_hall.relay import Relay


class Echo:
    """A server that gives back what it gets, one connection at a time."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="echo")
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                talk, _ = self._listener.accept()
            except OSError:
                return
            with talk:
                while data := talk.recv(65536):
                    talk.sendall(data)

    def stop(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.stop()


@pytest.fixture
def relay(echo: Echo) -> Iterator[Relay]:
    cable = Relay(echo.port).start()
    yield cable
    cable.stop()


def connect(relay: Relay, timeout_s: float = 5.0) -> socket.socket:
    return socket.create_connection(("127.0.0.1", relay.port), timeout=timeout_s)


def receive(talk: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count:
        data = talk.recv(65536)
        if not data:
            break
        got += data
    return got


def test_every_byte_passes_both_ways_in_order(relay: Relay) -> None:
    sent = bytes(range(256)) * 4096
    with connect(relay) as talk:
        sender = threading.Thread(target=talk.sendall, args=(sent,))
        sender.start()
        assert receive(talk, len(sent)) == sent
        sender.join()


def test_a_cut_cable_is_silent_and_what_was_on_its_way_arrives_when_it_is_back(relay: Relay) -> None:
    with connect(relay) as talk:
        talk.sendall(b"before")
        assert receive(talk, 6) == b"before"
        relay.cut()
        assert relay.is_cut
        talk.sendall(b"during")
        talk.settimeout(0.3)
        with pytest.raises(TimeoutError):
            talk.recv(1)
        talk.settimeout(5)
        relay.mend()
        assert receive(talk, 6) == b"during"


def test_who_comes_while_the_cable_is_out_waits_and_is_served_when_it_is_back(relay: Relay) -> None:
    relay.cut()
    with connect(relay) as talk:
        talk.sendall(b"hello")
        talk.settimeout(0.3)
        with pytest.raises(TimeoutError):
            talk.recv(1)
        talk.settimeout(5)
        relay.mend()
        assert receive(talk, 5) == b"hello"


def test_without_a_server_behind_it_a_connection_is_closed_as_it_would_be_without_the_cable(echo: Echo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = taken.getsockname()[1]
    relay = Relay(nobody).start()
    try:
        with connect(relay) as talk:
            assert talk.recv(1) == b""
    finally:
        relay.stop()


def test_stopping_ends_connections_and_a_relay_that_never_began_can_be_stopped(echo: Echo) -> None:
    relay = Relay(echo.port).start()
    with connect(relay) as talk:
        talk.sendall(b"x")
        assert receive(talk, 1) == b"x"
        relay.stop()
        assert talk.recv(1) == b""
    Relay(echo.port).stop()
