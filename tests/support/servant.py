"""Runs a foreign server as a child that dies with the test process; must not know which server it is."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path


class ServantFault(Exception):
    """The server did not start; the text holds the end of its log."""


def free_port() -> int:
    """A loopback TCP port that nobody holds now. Somebody may take it before it is used: starting is tried again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(is_true: Callable[[], bool], timeout_s: float) -> bool:
    """Asks every 20 ms; whether it became true in time."""
    deadline = time.monotonic() + timeout_s
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


class Servant:
    """One child process. `user` is the account it runs as, None for our own."""

    def __init__(self, command: Sequence[str], log: Path, user: str | None) -> None:
        self._log = log
        identity = [f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []
        with log.open("ab") as out:
            self._process = subprocess.Popen(  # setpriv becomes the server: no shell stands between
                ["setpriv", *identity, "--pdeathsig", "INT", "--", *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=log.parent,
            )

    @property
    def pid(self) -> int:
        """Process id of the server itself."""
        return self._process.pid

    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def wait_ready(self, is_ready: Callable[[], bool], timeout_s: float) -> None:
        """Returns when `is_ready()`; else stops it. Raises ServantFault when the process ends first or time is up."""
        until(lambda: not self.is_running() or is_ready(), timeout_s)
        if not self.is_running() or not is_ready():
            self.stop()
            raise ServantFault(self._log.read_text(encoding="utf-8", errors="replace")[-2000:])

    def stop(self, timeout_s: float = 20) -> None:
        """Asks it to end (SIGINT), kills it when it does not. Fine to call twice."""
        if self.is_running():
            self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout_s)
