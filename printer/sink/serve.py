"""The sink on the network: a raw port like a printer's 9100 and a loopback HTTP port to break it by hand.

It must not know slips or the spool: what it shows is only what its bytes say.
"""

import json
import queue
import select
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from PIL import Image

from printer.sink.machine import BUFFER_BYTES, Build, Condition, Machine

TICK_S = 0.02
IDLE_S = 0.5
OBEY_S = 5.0
RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER 0: closing sends RST
CONTROL_BYTES = 4096


@dataclass(frozen=True)
class Order:
    """What to do to the printer, at once or when it has obeyed `at_byte` more bytes.

    `action` is a Condition's value, or `reset` (the connection breaks), `vanish` (off the network until `ready`),
    `stall` (takes nothing, says nothing until `ready`), `reboot` (the connection breaks and what it held is gone).
    """

    action: str
    at_byte: int = 0


ACTIONS = (*(condition.value for condition in Condition), "reset", "vanish", "stall", "reboot")


class Sink:
    """A printer on a TCP port of its own thread. `start` opens it, `stop` ends it and waits for the thread.

    Each slip is written to `folder` as `paper-0001.png` …; `bytes_per_s` 0 prints at once.
    """

    def __init__(self, build: Build, folder: Path, bytes_per_s: int = 0) -> None:
        self.port = 0
        self._machine = Machine(build)
        self._folder = folder
        self._bytes_per_s = bytes_per_s
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self._host: socket.socket | None = None
        self._orders: list[Order] = []  # with `at_byte` counted from the first byte ever
        self._inbox: queue.SimpleQueue[tuple[Order, threading.Event]] = queue.SimpleQueue()
        self._is_stalled = False
        self._papers = 0
        self._ends = False
        self._wake_out, self._wake_in = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="printer-sink")

    def start(self, port: int = 0) -> None:
        """Listen on a loopback port (0: any; then in `port`) and begin."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._listen(port)
        self._thread.start()

    def stop(self) -> None:
        """Close everything; returns when the thread has ended."""
        self._ends = True
        self._wake()
        self._thread.join()
        for end in (self._listener, self._host, self._wake_in, self._wake_out):
            if end is not None:
                end.close()

    def obey(self, order: Order) -> None:
        """Do this to the printer and return when it is done or noted; raises ValueError for an unknown action."""
        if order.action not in ACTIONS:
            raise ValueError(f"unknown action {order.action}")
        taken = threading.Event()
        self._inbox.put((order, taken))
        self._wake()
        if not taken.wait(OBEY_S):
            raise RuntimeError("the sink's thread does not run")

    def status(self) -> dict[str, Any]:
        """Say how the printer is, as the control page shows it."""
        with self._lock:
            return {
                "condition": self._machine.condition.value,
                "is_stalled": self._is_stalled,
                "is_on_network": self._listener is not None,
                "papers": self._papers,
                "consumed_bytes": self._machine.consumed,
                "cleared": self._machine.cleared,
                "backlog_bytes": self._machine.backlog,
                "errors": list(self._machine.errors),
            }

    def _wake(self) -> None:
        self._wake_in.send(b".")

    def _listen(self, port: int) -> None:
        listener = socket.create_server(("127.0.0.1", port), backlog=4)
        listener.setblocking(False)
        self.port, self._listener = listener.getsockname()[1], listener

    def _run(self) -> None:
        while not self._ends:
            readable = self._wait()
            with self._lock:
                if self._wake_out in readable:
                    self._wake_out.recv(1024)
                    self._take_orders()
                if self._listener is not None and self._listener in readable:
                    self._accept(self._listener)
                if self._host is not None and self._host in readable:
                    self._receive(self._host)
                self._work()
                self._answer()

    def _take_orders(self) -> None:
        while not self._inbox.empty():
            order, taken = self._inbox.get()
            if order.at_byte > 0:
                self._orders.append(Order(order.action, self._machine.consumed + order.at_byte))
            else:
                self._act(order.action)
            taken.set()

    def _wait(self) -> list[socket.socket]:
        watched = [self._wake_out]
        if self._listener is not None and self._host is None:
            watched.append(self._listener)
        if self._host is not None and not self._is_stalled and self._machine.room > 0:
            watched.append(self._host)
        is_busy = self._bytes_per_s and self._machine.backlog and not self._machine.is_stopped
        return select.select(watched, [], [], TICK_S if is_busy else IDLE_S)[0]

    def _accept(self, listener: socket.socket) -> None:
        self._host, _ = listener.accept()
        self._host.setblocking(False)
        self._machine.connected()

    def _receive(self, host: socket.socket) -> None:
        try:
            data = host.recv(min(self._machine.room, 16384))
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._machine.arrive(data)
        else:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._host is not None:
            self._host.close()
            self._host = None

    def _work(self) -> None:
        most = round(self._bytes_per_s * TICK_S) or BUFFER_BYTES
        while not self._is_stalled:
            due = min((order.at_byte for order in self._orders), default=self._machine.consumed + most)
            done = self._machine.work(min(most, due - self._machine.consumed))
            for paper in self._machine.take_papers():
                self._keep(paper)
            most -= done
            ready = [order for order in self._orders if order.at_byte <= self._machine.consumed]
            self._orders = [order for order in self._orders if order not in ready]
            for order in ready:
                self._act(order.action)
            if not ready and (not done or most <= 0):
                return

    def _act(self, action: str) -> None:
        if action == "stall":
            self._is_stalled = True
            return
        if action == "reboot":
            self._machine.lose_power()
        if action in ("reset", "vanish", "reboot"):
            self._break_off()
        if action == "vanish" and self._listener is not None:
            self._listener.close()
            self._listener = None
        if action in {condition.value for condition in Condition}:
            self._is_stalled = False
            self._machine.set_condition(Condition(action))
        if action == Condition.READY.value and self._listener is None:
            self._listen(self.port)

    def _break_off(self) -> None:
        if self._host is not None:
            self._host.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            self._hang_up()

    def _answer(self) -> None:
        if self._is_stalled:
            return
        said = self._machine.take_answers()
        if said and self._host is not None:
            try:
                self._host.send(said)
            except OSError:  # the host has gone: like a printer, nobody hears it
                self._hang_up()

    def _keep(self, paper: Image.Image) -> None:
        self._papers += 1
        final = self._folder / f"paper-{self._papers:04d}.png"
        draft = final.with_suffix(".part")
        paper.save(draft, format="PNG")
        draft.rename(final)


class Controls:
    """The loopback HTTP port of a sink: GET /status, POST /orders {"action", "at_byte"}, GET /papers/1.png."""

    def __init__(self, sink: Sink, folder: Path) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(sink, folder))
        self._server.daemon_threads = False
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="sink-controls")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(sink: Sink, folder: Path) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            if self.path == "/status":
                self._say(200, "application/json", json.dumps(sink.status()).encode())
                return
            name = self.path.removeprefix("/papers/").removesuffix(".png")
            paper = folder / f"paper-{int(name):04d}.png" if name.isascii() and name.isdigit() else None
            if paper is not None and paper.is_file():
                self._say(200, "image/png", paper.read_bytes())
            else:
                self._say(404, "text/plain", b"not here")

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            try:
                asked = json.loads(self.rfile.read(min(length, CONTROL_BYTES)))
                sink.obey(Order(str(asked["action"]), int(asked.get("at_byte", 0))))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                self._say(400, "text/plain", str(error).encode())
                return
            self._say(200, "application/json", json.dumps(sink.status()).encode())

        def _say(self, code: int, kind: str, body: bytes) -> None:
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: the demo's terminal is for people."""

    return Handler
