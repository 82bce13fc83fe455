"""Fails a test that leaves a thread or a child process behind; must not know what started it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psutil
import pytest

from tests.support.servant import until

_DAEMONS = ("pytest_timeout", "ThreadPoolExecutor-playwright", "asyncio_", "AnyIO worker")
"""Name prefixes of threads that a library keeps for the whole process on purpose."""
_session_servers: set[int] = set()
_PATIENCE_S = 3.0
"""A joined thread or a waited-for child may take this long to vanish from the system's tables."""


@pytest.fixture(autouse=True)
def leaves_nothing_running() -> Iterator[None]:
    """Compares threads and descendants before and after. Servers of the whole session count as there before."""
    threads, children = _threads(), _children()
    yield
    until(lambda: not (_threads() - threads or _new(children)), _PATIENCE_S)
    left = [f"thread {thread.name}" for thread in _threads() - threads]
    left += [f"process {_describe(child)}" for child in _new(children)]
    if left:
        pytest.fail(f"left running: {', '.join(sorted(left))}", pytrace=False)


def _threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if not thread.name.startswith(_DAEMONS)}


def _children() -> set[psutil.Process]:
    return {child for child in psutil.Process().children() if child.pid not in _session_servers}


def lasts_for_the_session(pid: int) -> None:
    """A server that a session fixture started, perhaps in the middle of a test, is no leak of that test."""
    _session_servers.add(pid)


def _new(before: set[psutil.Process]) -> set[psutil.Process]:
    """Descendants that hang from a child which is new; a session server may fork as it likes."""
    fresh = _children() - before
    return fresh | {heir for child in fresh for heir in _heirs(child)}


def _heirs(child: psutil.Process) -> list[psutil.Process]:
    try:
        return child.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _describe(child: psutil.Process) -> str:
    try:
        return f"{child.pid} {' '.join(child.cmdline())[:120] or child.name()}"
    except psutil.NoSuchProcess:
        return f"{child.pid} (just ended)"
