"""From the tap to the printer: when the first and the last byte of the slip arrive, through a real hall.

A claim by REST at a hall process, the spool and the drawing of a kiosk's process, a printer on the same machine that
answers as a real one and takes bytes as fast as they come. The first claims are not counted: faces and tables load.
How long a ticket takes to draw alone comes from print_render.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from measured import Aim, Measured, percentile, table

from benches import print_render
from printer.encode import INITIALISE
from printer.sink.machine import Build, Machine
from tests.crowd.people import DAY, Supply, gather_crowd
from tests.support import hall

FIRST_BYTE_AIM_MS, LAST_BYTE_AIM_MS = 150.0, 300.0
WARM_UP = 2
EVERYTHING = 1 << 30
COLUMNS = ("from the tap to", "slips", "p50 ms", "p95 ms", "most ms")


@dataclass(frozen=True)
class Arrival:
    """When the first and the last byte of a slip came (monotonic clock) and how many they were."""

    first: float
    last: float
    size_bytes: int


class TimedPrinter:
    """A printer on a loopback port that writes down when each slip's bytes came; one connection at a time."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._machine = Machine(Build(576, True))
        self._first: float | None = None
        self._size = 0
        self._thread = threading.Thread(target=self._run, name="timed-printer")

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> TimedPrinter:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _run(self) -> None:
        while True:
            try:
                host, _ = self._listener.accept()
            except OSError:  # the bench has ended
                return
            with host:
                host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._machine.connected()
                while data := host.recv(65536):
                    self._note(data, time.monotonic())
                    self._machine.arrive(data)
                    self._machine.work(EVERYTHING)
                    host.sendall(self._machine.take_answers())

    def _note(self, data: bytes, moment: float) -> None:
        """A slip begins with ESC @; what follows `GS ( H`, its last command, ends it."""
        if self._first is None and INITIALISE in data:
            self._first, self._size = moment, 0
        self._size += len(data)
        if self._first is not None and data[-11:-4] == b"\x1d(H\x06\x00\x30\x30":
            self.arrivals.append(Arrival(self._first, moment, self._size))
            self._first = None


def run(words: Sequence[str]) -> Measured:
    """`[--slips 40] [--tickets 60]`: slips through the hall, tickets drawn alone."""
    parser = argparse.ArgumentParser(prog="scripts/bench print", description=__doc__)
    parser.add_argument("--slips", type=int, default=40)
    parser.add_argument("--tickets", type=int, default=60)
    asked = parser.parse_args(words)
    slips, drawn = asked.slips, print_render.renders(asked.tickets, [576])
    drawing = print_render.measured(drawn, print_render.first_ms())
    with tempfile.TemporaryDirectory(prefix="gighall-print-") as folder, TimedPrinter() as printer:
        taps = _taps(Path(folder), printer, slips + WARM_UP)
        arrivals = printer.arrivals
    if len(arrivals) != len(taps):
        raise RuntimeError(f"{len(taps)} taps, {len(arrivals)} slips")
    way = _measured(taps[WARM_UP:], arrivals[WARM_UP:])
    print(table(drawing.columns, drawing.rows))
    return replace(way, figures={**way.figures, "drawing": drawing.figures}, aims=(*way.aims, *drawing.aims))


def _taps(folder: Path, printer: TimedPrinter, count: int) -> list[dict[str, float]]:
    process = hall.HallProcess(folder / "hall")
    hall.found_hall(process)
    process.start()
    try:
        crowd = gather_crowd(process, 0, 0, Supply(buses=1, seats=count, places=count, cards=count))
        given = {
            "url": process.url,
            "token": hall.add_device(process, "kiosk", "tapped"),
            "printer": printer.address,
            "folder": str(folder / "kiosk"),
            "job": crowd.posts[0],
            "cards": crowd.cards,
            "today": DAY,
        }
        return _tap(given, process.environment())
    finally:
        process.stop()


def _tap(given: dict[str, Any], environment: dict[str, str]) -> list[dict[str, float]]:
    """In a process of its own, as a kiosk is."""
    tapping = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("tapping.py"))],
        input=json.dumps(given),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60 + 5 * len(given["cards"]),
        env=environment,
    )
    taps: list[dict[str, float]] = json.loads(tapping.stdout)["taps"]
    return taps


def _measured(taps: Sequence[dict[str, float]], arrivals: Sequence[Arrival]) -> Measured:
    spans = {
        "the hall's answer": [tap["answered"] - tap["tapped"] for tap in taps],
        "the first byte": [came.first - tap["tapped"] for tap, came in zip(taps, arrivals, strict=True)],
        "the last byte": [came.last - tap["tapped"] for tap, came in zip(taps, arrivals, strict=True)],
        "the proof on the glass": [tap["proven"] - tap["tapped"] for tap in taps],
    }
    rows = [[name, len(took), *(_ms(took, at) for at in (50, 95, 100))] for name, took in spans.items()]
    keys = ("p50_ms", "p95_ms", "most_ms")
    figures: dict[str, Any] = {
        name: dict(zip(keys, row[2:], strict=True)) for name, row in zip(spans, rows, strict=True)
    }
    first, last = _ms(spans["the first byte"], 95), _ms(spans["the last byte"], 95)
    aims = (
        Aim(f"first byte within {FIRST_BYTE_AIM_MS:.0f} ms of the tap (p95): {first} ms", first <= FIRST_BYTE_AIM_MS),
        Aim(f"last byte within {LAST_BYTE_AIM_MS:.0f} ms of the tap (p95): {last} ms", last <= LAST_BYTE_AIM_MS),
    )
    size = round(sum(came.size_bytes for came in arrivals) / len(arrivals))
    return Measured("bench print", COLUMNS, rows, {**figures, "slip_bytes": size, "slips": len(taps)}, aims)


def _ms(took_s: Sequence[float], percent: float) -> float:
    return round(percentile(took_s, percent) * 1e3, 1)
