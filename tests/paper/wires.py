"""The sink's machine at the other end of wires that are no network: a serial line, a queue of CUPS."""

import os
import select
import struct
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image

from printer.ipp import JobState, Operation
from printer.sink.machine import Machine

TICK_S = 0.01


class SerialPrinter:
    """A machine behind one end of a pseudo-terminal; `path` is the line as the host sees it. Paused, it takes bytes and
    answers what is asked in real time, but obeys nothing."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.is_paused, self.bytes_a_tick = False, 10**6
        self.papers: list[Image.Image] = []
        self._own, far = os.openpty()
        tty.setraw(self._own)
        self.path = os.ttyname(far)
        self._far = far
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="serial-printer")

    def _run(self) -> None:
        while not self._ends.is_set():
            while select.select([self._own], [], [], 0)[0]:
                self.machine.arrive(os.read(self._own, 4096))
            time.sleep(TICK_S)
            self.machine.work(0 if self.is_paused else self.bytes_a_tick)
            self.papers += self.machine.take_papers()
            said = self.machine.take_answers()
            if said:
                os.write(self._own, said)

    def start(self) -> None:
        self._thread.start()

    def unplug(self) -> None:
        """The line goes away under the host."""
        self._ends.set()
        self._thread.join()
        os.close(self._own)
        os.close(self._far)


@contextmanager
def serial_printer(machine: Machine) -> Iterator[SerialPrinter]:
    printer = SerialPrinter(machine)
    printer.start()
    try:
        yield printer
    finally:
        if not printer._ends.is_set():
            printer.unplug()


class CupsQueue:
    """What CUPS 2.4.2 answers for one raw queue, as far as it was seen to; `job_states` are given one after the other,
    the last again and again."""

    def __init__(self, job_states: list[JobState], reasons: tuple[str, ...] = ("none",)) -> None:
        self.job_states, self.reasons = job_states, reasons
        self.is_accepting, self.printer_state = True, 3
        self.documents: list[bytes] = []
        self.cancelled = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="cups-queue")

    def answer(self, asked: bytes) -> bytes:
        """One IPP answer."""
        operation = struct.unpack_from(">H", asked, 2)[0]
        if operation == Operation.GET_PRINTER_ATTRIBUTES:
            told = b"\x04" + _named(0x23, "printer-state", struct.pack(">i", self.printer_state))
            told += _named(0x44, "printer-state-reasons", self.reasons[0].encode())
            told += b"".join(_named(0x44, "", reason.encode()) for reason in self.reasons[1:])
            told += _named(0x22, "printer-is-accepting-jobs", bytes([self.is_accepting]))
        elif operation == Operation.PRINT_JOB:
            self.documents.append(asked[asked.index(b"cups-raw\x03") + 9 :])
            told = b"\x02" + _named(0x21, "job-id", struct.pack(">i", 7))
        elif operation == Operation.CANCEL_JOB:
            self.cancelled += 1
            told = b""
        else:
            state = self.job_states.pop(0) if len(self.job_states) > 1 else self.job_states[0]
            told = b"\x02" + _named(0x23, "job-state", struct.pack(">i", state))
        return b"\x01\x01\x00\x00\x00\x00\x00\x01\x01" + _named(0x47, "attributes-charset", b"utf-8") + told + b"\x03"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _named(tag: int, name: str, raw: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(raw)) + raw


def _handler(queue: CupsQueue) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            said = queue.answer(asked) if self.path == "/printers/counter" else b""
            self.send_response(200 if said else 404)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
