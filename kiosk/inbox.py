"""The one way from threads to the glass: they put, the main thread drains once per frame. Knows nothing of what is in
it."""

import queue
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

BOUND = 10_000


class Inbox(Generic[T]):
    """First in, first out. `put` from any thread, `drain` from one."""

    def __init__(self) -> None:
        self._queue: queue.Queue[T] = queue.Queue(BOUND)
        self.lost = 0

    def put(self, thing: T) -> None:
        """Never blocks a thread of the machine; beyond the bound the glass has stood still for minutes, and is
        counted."""
        try:
            self._queue.put_nowait(thing)
        except queue.Full:
            self.lost += 1

    def drain(self) -> Iterator[T]:
        """What is there now, not what comes meanwhile."""
        for _ in range(self._queue.qsize()):
            try:
                yield self._queue.get_nowait()
            except queue.Empty:
                return
