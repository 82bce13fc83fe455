"""The hall server as it is, but for one thing: it writes down when each change of the wall's feed was committed.

Run as a process by the benches; GIGHALL_BENCH_STAMPS names the file: lines of `sequence moment` (monotonic clock).
"""

import hallserver.launcher as launcher  # isort: skip - patches gevent first

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hallserver import app
from hallserver.store.answers import Answer
from hallserver.store.writer import Outcome, TogetherWriter, Verb


class StampingWriter(TogetherWriter):
    """Knows the moment after the commit, in the thread that made it."""

    def __init__(self, engine: Any) -> None:
        super().__init__(engine)
        self._stamps = Path(os.environ["GIGHALL_BENCH_STAMPS"]).open("a", encoding="ascii", buffering=1)  # noqa: SIM115 - as long as it runs

    def run_together(self, verbs: Sequence[Verb]) -> list[Outcome]:
        """As the real one."""
        outcomes = super().run_together(verbs)
        moment = time.monotonic()
        for outcome in outcomes:
            if isinstance(outcome.value, Answer) and "wall" in outcome.value.body.get("seq", {}):
                self._stamps.write(f"{outcome.value.body['seq']['wall']} {moment:.6f}\n")
        return outcomes


if __name__ == "__main__":
    setattr(app, "TogetherWriter", StampingWriter)  # noqa: B010 - not an export of the application
    sys.exit(launcher.main())
