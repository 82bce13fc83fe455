"""A Redis of its own for a test run, in memory only; must not know what is said through it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import redis

from tests.support.servant import Servant, ServantFault, free_port

_STARTS = 5


class RedisServer:
    """Starts on a loopback port, keeps nothing on disk."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._servant: Servant | None = None
        self._port = 0

    def start(self) -> RedisServer:
        """Serves an empty Redis. Raises ServantFault."""
        binary = shutil.which("redis-server")
        if binary is None:
            raise ServantFault("no redis-server: run scripts/setup")
        self._folder = Path(tempfile.mkdtemp(prefix="gighall-redis-"))
        for attempt in range(1, _STARTS + 1):
            try:
                self._serve(binary, self._folder)
            except ServantFault:  # the free port was taken in between
                if attempt == _STARTS:
                    raise
            else:
                break
        return self

    @property
    def pid(self) -> int:
        """Process id of the running server. Raises ServantFault when it does not run."""
        if self._servant is None:
            raise ServantFault("not started")
        return self._servant.pid

    def url(self, database: int = 0) -> str:
        """URL of one of the sixteen data bases."""
        return f"redis://127.0.0.1:{self._port}/{database}"

    def flush(self) -> None:
        """Forgets everything in every data base."""
        with redis.Redis.from_url(self.url()) as client:
            client.flushall()

    def stop(self) -> None:
        """Ends the server and deletes its folder. Fine to call twice."""
        if self._servant:
            self._servant.stop()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._servant = self._folder = None

    def _serve(self, binary: str, folder: Path) -> None:
        self._port = free_port()
        options = [
            "--port",
            str(self._port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            str(folder),
        ]
        self._servant = Servant([binary, *options], folder / "server.log", None)
        self._servant.wait_ready(self._answers, timeout_s=20)

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url(), socket_timeout=2) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False
