"""A hall server as a real process on a free port with its own data, that can be killed and come back; knows no test."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from config.pack import Pack
from config.settings import Settings, load_settings
from hallserver import administration
from tests.support.servant import free_port, until

ROOT = Path(__file__).parents[2]
DEMO_HALL = ROOT / "config" / "halls" / "qingshi"
STARTS_IN_S = 20.0
PASSWORD = "demo-password"  # of fictional staff in a data base that a test throws away


class HallFault(Exception):
    """The server did not start or did not answer; the text holds the end of its log."""


@dataclass
class HallProcess:
    """`start()`, `kill()`, `start()` … `stop()`; the port stays the same, as it would in a hall.

    `module` is what runs, `extra` its environment beside that of every hall.
    """

    folder: Path
    database_url: str = ""
    hall_time: str = "2026-11-20T05:30:00+08:00"
    rate: float = 1.0
    redis_url: str = ""
    log_level: str = "warning"
    metrics_port: int = 0
    started_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="milliseconds"))
    port: int = field(default_factory=free_port)
    module: str = "hallserver.launcher"
    extra: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it wrote on standard error."""
        return self.folder / "server.log"

    def environment(self) -> dict[str, str]:
        """What a process of this hall needs, over the test's own environment."""
        return os.environ | {
            "GIGHALL_DATA_DIR": str(self.folder),
            "GIGHALL_DATABASE_URL": self.database_url,
            "GIGHALL_REDIS_URL": self.redis_url,
            "GIGHALL_CLOCK_HALL_TIME": self.hall_time,
            "GIGHALL_CLOCK_REAL_TIME": self.started_at,
            "GIGHALL_CLOCK_RATE": str(self.rate),
            "GIGHALL_PORT": str(self.port),
            "GIGHALL_LOG_LEVEL": self.log_level,
            "GIGHALL_METRICS_PORT": str(self.metrics_port),
            "PYTHONPATH": str(ROOT),
            **self.extra,
        }

    def settings(self) -> Settings:
        """The same settings inside this process."""
        return load_settings(
            data_dir=self.folder,
            database_url=self.database_url,
            clock_hall_time=self.hall_time,
            clock_real_time=self.started_at,
            clock_rate=self.rate,
        )

    def office(self) -> administration.Office:
        """The administrator's way in, beside the server."""
        return administration.open_office(self.settings())

    def start(self) -> HallProcess:
        """Returns when it listens. Raises HallFault."""
        self.folder.mkdir(parents=True, exist_ok=True)
        said = self.folder / "server.out"
        with self.log.open("a") as log, said.open("w") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self.module],
                env=self.environment(),
                stdout=out,
                stderr=log,
                cwd=self.folder,
            )
        self._wait_until_listening(self._process, said)
        return self

    def _wait_until_listening(self, process: subprocess.Popen[bytes], said: Path) -> None:
        def is_settled() -> bool:
            return "listening" in said.read_text() or process.poll() is not None

        if not until(is_settled, STARTS_IN_S) or process.poll() is not None:
            self.kill()
            raise HallFault(self.log.read_text()[-3000:])

    @property
    def pid(self) -> int:
        """Of the running server."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """kill -9: nothing is said good-bye to."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As an administrator does; not running is no error."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._process = None


def found_hall(process: HallProcess, pack_folder: Path = DEMO_HALL) -> dict[str, str]:
    """Puts pack and staff into an empty data base: `demo` (clerk, admin) and `review` (authority) -> recovery codes.

    A hall on SQLite is a copy of one that was founded once: it has the same epoch as every other copy.
    """
    if process.database_url:
        return _found(process, pack_folder)
    template, codes = _founded(pack_folder, process.hall_time)
    shutil.copytree(template, process.folder, dirs_exist_ok=True)
    return codes


@cache
def _founded(pack_folder: Path, hall_time: str) -> tuple[Path, dict[str, str]]:
    folder = Path(mkdtemp(prefix="gighall-founded-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder, _found(HallProcess(folder, hall_time=hall_time), pack_folder)


def _found(process: HallProcess, pack_folder: Path) -> dict[str, str]:
    from hallserver.services import seed

    office = process.office()
    administration.put_pack(office, Pack.load(pack_folder), is_demo=True)
    made = office.write("seed-staff", lambda work: seed.seed_staff(work, PASSWORD))
    office.engine.dispose()
    return dict(zip(("demo", "review"), (one["recovery_code"] for one in made), strict=True))


def add_device(process: HallProcess, role: str, name: str) -> str:
    """-> its token."""
    office = process.office()
    try:
        return administration.add_device(office, role, name)
    finally:
        office.engine.dispose()


def add_card(process: HallProcess, name: str) -> str:
    """A fictional worker -> the code on the card."""
    from hallserver.services.commands import RegisterWorker
    from hallserver.services.people import register_worker

    office = process.office()
    try:
        command = RegisterWorker(name=name, is_fictional=True)
        return str(office.write("register-worker", lambda work: register_worker(work, command))["code"])
    finally:
        office.engine.dispose()
