"""The main thread of the demo: does what may only be done there, hears signals, notices parts that end by themselves.

Other threads ask it: a child process dies with the thread that started it.
"""

from __future__ import annotations

import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from demo_hall.processes import Crew, Ending, PartFault, Running

LOOKS_EVERY_S = 0.2
ENDED_BY_SIGNAL = 0


class Director:
    """`run` on the main thread; `ask` and `end` from any."""

    def __init__(self, crew: Crew, on_ended: Callable[[Running], None]) -> None:
        self._crew, self._on_ended = crew, on_ended
        self._asked: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = queue.SimpleQueue()
        self._code: int | None = None
        self._ending = crew.ending

    def hear_signals(self) -> None:
        """Ctrl-C and SIGTERM end the demo."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, lambda *_: self.end(ENDED_BY_SIGNAL))

    def ask(self, act: Callable[[], Any]) -> Any:
        """Done on the main thread -> its answer. Raises what it raises, and Ending."""
        if threading.current_thread() is threading.main_thread():
            return act()
        future: Future[Any] = Future()
        self._asked.put((act, future))
        while not self._ending.is_set():
            try:
                return future.result(LOOKS_EVERY_S)
            except TimeoutError:
                if future.done():
                    raise
        raise Ending

    def end(self, code: int) -> None:
        """The first call decides."""
        if self._code is None:
            self._code = code
        self._ending.set()

    @property
    def is_ending(self) -> bool:
        """Whether everything is being taken down."""
        return self._ending.is_set()

    def sleep(self, seconds: float) -> None:
        """Waits unless the demo ends. Raises Ending."""
        if self._ending.wait(seconds):
            raise Ending

    def run(self) -> int:
        """Until somebody ends it -> the exit code."""
        while not self._ending.is_set():
            self._do_one()
            for part in self._crew.ended():
                self._on_ended(part)
        return self._code or 0

    def _do_one(self) -> None:
        try:
            act, future = self._asked.get(timeout=LOOKS_EVERY_S)
        except queue.Empty:
            return
        try:
            future.set_result(act())
        except (PartFault, OSError) as fault:
            future.set_exception(fault)
