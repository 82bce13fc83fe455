"""Hands waiting commands to the one native thread that writes SQLite, as many at a time as wait: they share a commit.

The queue is bounded; whoever finds it full is refused in plain words and may come back with the same key.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

import gevent
from gevent.event import AsyncResult
from gevent.threadpool import ThreadPool
from prometheus_client import Histogram

from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.store.writer import TogetherWriter, Verb

WAITING_MAX = 500
TOGETHER_MAX = 64

BATCH = Histogram("gighall_commands_per_commit", "Commands that shared one commit", buckets=(1, 2, 4, 8, 16, 32, 64))


class WriterQueue:
    """`run(verb)` from any greenlet; the verb runs in the native thread. `committed` is told after each commit."""

    def __init__(self, writer: TogetherWriter, committed: Callable[[], None]) -> None:
        self._writer, self._committed = writer, committed
        self._pool = ThreadPool(1)
        self._waiting: deque[tuple[Verb, AsyncResult]] = deque()
        self._worker: gevent.Greenlet | None = None

    def run(self, verb: Verb) -> Any:
        """The verb's value after the commit; raises what it raised, or SERVER_BUSY where too many wait."""
        if len(self._waiting) >= WAITING_MAX:
            raise Refusal(RefusalCode.SERVER_BUSY)
        answer = AsyncResult()
        self._waiting.append((verb, answer))
        if self._worker is None:
            self._worker = gevent.spawn(self._work)
        return answer.get()

    def _work(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), TOGETHER_MAX))]
            BATCH.observe(len(batch))
            outcomes = self._pool.apply(self._writer.run_together, ([verb for verb, _ in batch],))
            self._committed()  # before the answers: the pump comes first, then the writing of responses
            for (_, answer), outcome in zip(batch, outcomes, strict=True):
                if outcome.error is None:
                    answer.set(outcome.value)
                else:
                    answer.set_exception(outcome.error)
        self._worker = None

    def close(self) -> None:
        """Ends the native thread after what is being written."""
        self._pool.apply(self._writer.close)
        self._pool.kill()
