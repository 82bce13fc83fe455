"""A PostgreSQL of its own for a test run, on disk as in a hall; must not know our tables."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.servant import Servant, ServantFault, free_port

_BINARIES = Path("/usr/lib/postgresql")
_DEBIAN_ACCOUNT = "postgres"
_OWNER = "gighall"
_STARTS = 5
_INITDB = ("--no-sync", "-A", "trust", "-U", _OWNER, "-E", "UTF8", "--locale=C.UTF-8")


class PostgresServer:
    """Starts on loopback and a unix socket, fsync on. As root it runs as Debian's `postgres`: initdb refuses root."""

    def __init__(self) -> None:
        self._account = _DEBIAN_ACCOUNT if os.geteuid() == 0 else None
        self._folder: Path | None = None
        self._servant: Servant | None = None
        self._port = 0

    def start(self) -> PostgresServer:
        """Makes an empty cluster in a folder of its own and serves it. Raises ServantFault."""
        self._folder = Path(tempfile.mkdtemp(prefix="gighall-pg-"))
        if self._account:
            shutil.chown(self._folder, self._account, self._account)
        binaries = _newest_binaries()
        self._initdb(binaries, self._folder)
        for attempt in range(1, _STARTS + 1):
            try:
                self._serve(binaries, self._folder)
            except ServantFault:  # the free port was taken in between
                if attempt == _STARTS:
                    raise
            else:
                break
        return self

    def url(self, name: str) -> str:
        """SQLAlchemy URL of the data base `name`, over loopback."""
        return f"postgresql+psycopg://{_OWNER}@127.0.0.1:{self._port}/{name}"

    @property
    def pid(self) -> int:
        """Process id of the running server. Raises ServantFault when it does not run."""
        if self._servant is None:
            raise ServantFault("not started")
        return self._servant.pid

    def socket_folder(self) -> Path:
        """Folder of the unix socket (`host=` of a connection string)."""
        if self._folder is None:
            raise ServantFault("not started")
        return self._folder

    def create(self, name: str, template: str | None = None) -> str:
        """Makes the data base `name`, a copy of `template` (in which nobody may be) where one is named; its URL."""
        copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
        self._administer(sql.SQL("CREATE DATABASE {}{}").format(sql.Identifier(name), copied))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Deletes the data base `name` if it is there, and cuts who is still connected."""
        self._administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Ends the server and deletes its folder. Fine to call twice."""
        if self._servant:
            self._servant.stop()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._servant = self._folder = None

    def _initdb(self, binaries: Path, folder: Path) -> None:
        identity = ["runuser", "-u", self._account, "--"] if self._account else []
        made = subprocess.run(
            [*identity, str(binaries / "initdb"), "-D", str(folder / "data"), *_INITDB],
            capture_output=True,
            text=True,
            cwd=folder,
            timeout=120,
        )
        if made.returncode:
            raise ServantFault(f"initdb: {made.stderr[-2000:]}")

    def _serve(self, binaries: Path, folder: Path) -> None:
        self._port = free_port()
        command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-p", str(self._port)]
        settings = ["listen_addresses=127.0.0.1", "fsync=on", "max_connections=200", "shared_buffers=64MB"]
        options = [word for setting in settings for word in ("-c", setting)]
        self._servant = Servant([*command, *options], folder / "server.log", self._account)
        self._servant.wait_ready(self._answers, timeout_s=60)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._libpq_url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _administer(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._libpq_url(), autocommit=True) as connection:
            connection.execute(statement)

    def _libpq_url(self) -> str:
        return self.url("postgres").replace("+psycopg", "")


def _newest_binaries() -> Path:
    found = sorted(_BINARIES.glob("*/bin/postgres"), key=lambda binary: float(binary.parts[-3]))
    if not found:
        raise ServantFault(f"no PostgreSQL under {_BINARIES}: run scripts/setup")
    return found[-1].parent
