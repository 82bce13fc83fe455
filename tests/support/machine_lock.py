"""One lock per machine for what measures time or fills both cores: benches, soaks, e2e; must not know who holds it.

A process started under the lock sees that in its environment and does not wait for its own parent.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HELD = "GIGHALL_MACHINE_LOCK_HELD"
_NAME = "gighall-machine.lock"
_LOOK_AGAIN_S = 0.2


class MachineBusy(Exception):
    """Somebody else kept the lock for longer than we were ready to wait."""


@contextmanager
def machine_lock(who: str, wait_s: float = 1800) -> Iterator[None]:
    """Holds the lock while the block runs. Says on stderr that it waits, for `who`. Raises MachineBusy."""
    if os.environ.get(_HELD):
        yield
        return
    descriptor = _open(lock_file())
    try:
        _wait(descriptor, who, wait_s)
        os.environ[_HELD] = who
        yield
    finally:
        os.environ.pop(_HELD, None)
        os.close(descriptor)


def lock_file() -> Path:
    """Where the lock is: the user's runtime folder, else /tmp, so that every checkout on a machine shares it."""
    return Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp") / _NAME


def _open(path: Path) -> int:
    """Opens for reading, enough for a lock: another user's file in a sticky /tmp may not be opened for writing."""
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _wait(descriptor: int, who: str, wait_s: float) -> None:
    deadline = time.monotonic() + wait_s
    is_told = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise MachineBusy(f"{who}: {lock_file()} was held for {wait_s:.0f} s") from error
        if not is_told:
            print(f"{who}: another bench, soak or e2e runs on this machine; waiting for it", file=sys.stderr)
            is_told = True
        time.sleep(_LOOK_AGAIN_S)
