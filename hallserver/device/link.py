"""Keeps a replica of one feed true: connects, says hello, folds, comes back by itself. A thread of its own; tells a
listener what changed. Knows no screen: a listener must only hand over (an inbox), never draw."""

from __future__ import annotations

import contextlib
import queue
import random
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import engineio
import socketio

from config.clock import elapsed_s
from hallserver.device.hall_clock import HallMark, read_mark
from hallserver.device.replica_file import ReplicaFile
from hallserver.device.rest import Done, HallRest
from hallserver.wire.replica import Verdict

COMES_BACK_S, COMES_BACK_MAX_S = 0.5, 5.0
SILENT_AFTER_S = 12.0
"""Four heartbeats missed: the connection is dead even where the socket does not say so."""

RENDERED_EVERY_S = 1.0
LETS_GO_S = 5.0


@dataclass(frozen=True)
class Changed:
    """Keys that were set or dropped; None: everything (a snapshot, or the picture from disk)."""

    keys: frozenset[str] | None
    seq: int


@dataclass(frozen=True)
class Heard:
    """A heartbeat: the server is there and the picture is current."""

    mark: HallMark


@dataclass(frozen=True)
class Lost:
    """The connection is gone; the picture stays and grows old."""


@dataclass(frozen=True)
class ShutOut:
    """The device was revoked: pair anew."""


LinkEvent = Changed | Heard | Lost | ShutOut


@dataclass(frozen=True)
class LinkPlace:
    """Where a link goes: server, token, feed, and the file of its replica."""

    server_url: str
    token: str
    feed: str
    file: Path


class _EndLast(queue.Queue[Any]):
    """Engine.IO's client takes all that waits at once and drops the None that ends its sending where another packet
    stands before it: then it waits 20 s for a packet that never comes, and the connection is not given up for as
    long."""

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """A None is only given to who waits for one packet."""
        with self.mutex:
            if not block and self.queue and self.queue[0] is None:
                raise queue.Empty
        return super().get(block, timeout)


class _InOrderEngine(engineio.Client):  # type: ignore[misc]
    """Engine.IO's client hands each message to a thread of its own; frames of a feed must be folded in order."""

    def _trigger_event(self, event: str, *arguments: Any, **options: Any) -> Any:
        return super()._trigger_event(event, *arguments, **(options | {"run_async": False}))

    def create_queue(self, *arguments: Any, **options: Any) -> queue.Queue[Any]:
        return _EndLast(*arguments, **options)


class _InOrderClient(socketio.Client):  # type: ignore[misc]
    def _engineio_client_class(self) -> type[engineio.Client]:
        return _InOrderEngine


class Link:
    """`start()` once, `stop()` once. `replica` may be read by the listener's thread between frames through
    `items()`."""

    def __init__(self, place: LinkPlace, listener: Callable[[LinkEvent], None]) -> None:
        self._place, self._listener = place, listener
        self._file = ReplicaFile(place.file, place.feed)
        self._lock = threading.Lock()
        self._replica, aged_s = self._file.load()
        self._heard_at_s = elapsed_s() - aged_s if aged_s is not None else None
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._told_rendered = (0, 0.0)
        self._client: socketio.Client | None = None
        self._thread = threading.Thread(target=self._run, name=f"link-{place.feed}", daemon=True)

    def start(self) -> None:
        """Shows what is on disk, then follows the server for good."""
        if self._replica.is_loaded:
            self._listener(Changed(None, self._replica.seq))
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread; the replica stays on disk."""
        self._stopping.set()
        self._ended.set()
        self._thread.join(timeout=10)
        self._file.close()

    def items(self) -> dict[str, Mapping[str, Any]]:
        """A copy of the replica's items."""
        with self._lock:
            return dict(self._replica.items)

    @property
    def seq(self) -> int:
        """Newest folded sequence."""
        return self._replica.seq

    @property
    def is_loaded(self) -> bool:
        """False until a first picture came from the server or the disk."""
        return self._replica.is_loaded

    def age_s(self) -> float | None:
        """Elapsed seconds since the last frame of any kind; None where there never was one."""
        return None if self._heard_at_s is None else elapsed_s() - self._heard_at_s

    def rendered(self, seq: int) -> None:
        """Tells the server what is on the glass, at most once a second."""
        before, at_s = self._told_rendered
        client = self._client
        if client is None or seq <= before or elapsed_s() - at_s < RENDERED_EVERY_S:
            return
        self._told_rendered = (seq, elapsed_s())
        with contextlib.suppress(socketio.exceptions.SocketIOError):  # gone now; the next connection tells anew
            client.emit("rendered", {"feed": self._place.feed, "seq": seq})

    def _run(self) -> None:
        pause_s = COMES_BACK_S
        while not self._stopping.is_set():
            began = elapsed_s()
            if self._follow_once():
                self._listener(Lost())
            pause_s = COMES_BACK_S if elapsed_s() - began > 10 else min(pause_s * 2, COMES_BACK_MAX_S)
            self._stopping.wait(random.uniform(0, pause_s))

    def _follow_once(self) -> bool:
        """One connection from beginning to end -> whether it ever stood."""
        client = _InOrderClient(reconnection=False, handle_sigint=False)
        client.on("delta", self._on_delta)
        client.on("snapshot_at", self._on_snapshot_at)
        client.on("mark", self._on_mark)
        client.on("reset", self._on_reset)
        self._ended.clear()
        client.on("disconnect", lambda *_: self._ended.set())
        try:
            client.connect(
                self._place.server_url, transports=["websocket"], auth={"token": self._place.token}, wait_timeout=5
            )
        except (socketio.exceptions.SocketIOError, OSError, ValueError):
            _let_go(client)
            return False
        self._client = client
        self._told_rendered = (0, 0.0)
        joined_at = elapsed_s()
        self._hello()
        while not self._stopping.is_set() and not self._ended.wait(1.0):
            if elapsed_s() - max(self._heard_at_s or 0.0, joined_at) > SILENT_AFTER_S:
                break
        self._client = None
        _let_go(client)
        return True

    def _hello(self) -> None:
        client = self._client
        if client is not None:
            try:
                client.emit("hello", self._replica.hello())
            except socketio.exceptions.SocketIOError:
                self._ended.set()

    def _on_delta(self, delta: dict[str, Any]) -> None:
        with self._lock:
            verdict = self._replica.apply(delta)
        self._heard_at_s = elapsed_s()
        if verdict is Verdict.APPLIED:
            self._file.keep_delta(self._replica, delta)
            self._listener(Changed(frozenset(delta["set"]) | frozenset(delta["drop"]), self._replica.seq))
        self._mend(verdict)

    def _on_snapshot_at(self, place: dict[str, Any]) -> None:
        rest = HallRest(self._place.server_url, self._place.token)
        reply = rest.get(place["url"])
        rest.close()
        if not isinstance(reply, Done):
            self._ended.set()
            return
        with self._lock:
            self._replica.load(reply.body)
        self._heard_at_s = elapsed_s()
        self._file.keep_all(self._replica)
        self._listener(Changed(None, self._replica.seq))
        if self._replica.seq < place["seq"]:
            self._hello()

    def _on_mark(self, mark: dict[str, Any]) -> None:
        self._heard_at_s = elapsed_s()
        if self._replica.is_loaded:
            self._file.keep_heard(self._replica)
        self._listener(Heard(read_mark(mark)))
        self._mend(self._replica.check_mark(mark))

    def _on_reset(self, told: dict[str, Any]) -> None:
        if told.get("reason") == "revoked":
            self._stopping.set()
            self._listener(ShutOut())
        self._ended.set()

    def _mend(self, verdict: Verdict) -> None:
        if verdict is Verdict.FOREIGN:
            with self._lock:
                self._replica.forget()
        if verdict in (Verdict.GAP, Verdict.FOREIGN):
            self._hello()


def _let_go(client: socketio.Client) -> None:
    """Ends a connection at once, whatever the server does. Engine.IO's own farewell waits until a reader that hangs in
    its socket wakes up, and where the server died in the middle of a word it keeps the socket: a kiosk runs for years.
    """
    websocket, reading = client.eio.ws, client.eio.read_loop_task
    if websocket is not None:
        if websocket.sock is not None:
            with contextlib.suppress(OSError):
                websocket.sock.shutdown(socket.SHUT_RDWR)  # closing alone would not wake who reads from it
        websocket.shutdown()
    if reading is not None:
        reading.join(LETS_GO_S)
