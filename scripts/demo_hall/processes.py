"""Starts the demo's programs and brings each to its end, whatever it started; must not know what they do.

A child dies with the thread that started it (PDEATHSIG is a thread's), so `start` belongs to the main thread.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ENDS_IN_S = 8.0
LOOKS_EVERY_S = 0.05
LOG_TAIL_LINES = 12
PR_SET_CHILD_SUBREAPER = 36


class PartFault(Exception):
    """A part did not start or ended by itself; the text says which and holds the end of what it wrote."""


class Ending(Exception):
    """The demo is ending; nothing new is begun."""


@dataclass(frozen=True)
class Part:
    """A program to run: its name, its words, and what it needs in its environment."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Running:
    """A part at work; what it says goes into `out` (standard output) and `log` (errors)."""

    name: str
    process: subprocess.Popen[bytes]
    out: Path
    log: Path

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def said(self) -> str:
        """All of its standard output so far."""
        return self.out.read_text(encoding="utf-8", errors="replace")

    def tail(self) -> str:
        """The last lines of what it wrote, errors last."""
        text = self.said() + self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-LOG_TAIL_LINES:])


class Crew:
    """Every process of the demo. `folder` takes what they write; grandchildren that lose their parent become ours."""

    def __init__(self, folder: Path) -> None:
        self.ending = threading.Event()
        """Set once the demo is told to end; nothing is waited for then."""
        self._folder = folder
        self._parts: dict[str, Running] = {}
        folder.mkdir(parents=True, exist_ok=True)
        self._scratch = tempfile.mkdtemp(prefix="gighall-")  # short: Chromium puts a socket there
        os.environ["TMPDIR"] = self._scratch  # for whatever a part of ours starts by itself, too
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def start(self, part: Part, keeps: Sequence[int] = ()) -> Running:
        """Runs it in a session of its own, to be killed if we die. `keeps` are descriptors it inherits."""
        out, log = self._folder / f"{part.name}.out", self._folder / f"{part.name}.log"
        with out.open("wb") as to_out, log.open("ab") as to_log:
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *part.command],
                env=dict(part.environment) | {"TMPDIR": self._scratch},
                stdin=subprocess.DEVNULL,
                stdout=to_out,
                stderr=to_log,
                start_new_session=True,
                pass_fds=tuple(keeps),
            )
        running = Running(part.name, process, out, log)
        self._parts[part.name] = running
        return running

    def wait_ready(self, running: Running, is_ready: Callable[[], bool], timeout_s: float) -> None:
        """Returns when it is ready. Raises PartFault when it ended or time is up, Ending when the demo ends."""
        deadline = time.monotonic() + timeout_s
        while not is_ready():
            if self.ending.is_set():
                raise Ending
            if not running.is_alive:
                raise PartFault(f"{running.name} ended with {running.process.returncode}:\n{running.tail()}")
            if time.monotonic() > deadline:
                raise PartFault(f"{running.name} was not ready within {timeout_s:.0f} s:\n{running.tail()}")
            time.sleep(LOOKS_EVERY_S)

    def ended(self) -> list[Running]:
        """Parts that ended by themselves since last asked; each is told once."""
        gone = [part for part in self._parts.values() if not part.is_alive]
        for part in gone:
            del self._parts[part.name]
        return gone

    def kill(self, name: str) -> None:
        """kill -9, nothing is said good-bye to."""
        self._end(self._parts.pop(name), signal.SIGKILL)

    def end(self, name: str) -> None:
        """Asks it to end, kills it when it does not."""
        part = self._parts.pop(name, None)
        if part is not None:
            self._end(part, signal.SIGTERM)

    def end_all(self) -> None:
        """Last started, first ended; then whatever they left."""
        for name in reversed(list(self._parts)):
            self.end(name)
        for orphan in psutil.Process().children(recursive=True):
            _kill(orphan)
        _reap()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _end(self, part: Running, how: signal.Signals) -> None:
        heirs = _heirs(part.process.pid)
        if part.is_alive:
            os.killpg(part.process.pid, how)
        try:
            part.process.wait(ENDS_IN_S)
        except subprocess.TimeoutExpired:
            os.killpg(part.process.pid, signal.SIGKILL)
            part.process.wait()
        for heir in heirs:
            _kill(heir)


def _heirs(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def _reap() -> None:
    """Waits for the orphans that became ours."""
    deadline = time.monotonic() + ENDS_IN_S
    while time.monotonic() < deadline:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            time.sleep(LOOKS_EVERY_S)
