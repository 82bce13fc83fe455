"""The hall of the demo: seeded data, tokens of its machines, and the server that can be killed and started again."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import requests

from config.pack import Pack
from config.settings import load_settings
from config.texts import Catalogue
from demo_hall.plan import DEMO_PACK, PREFIX, Plan, clean_environment
from demo_hall.processes import Crew, Part
from hallserver import administration
from hallserver.services import seed

STARTS_IN_S = 30.0
DATA_BASE, MACHINES = "hall.sqlite", "machines"
"""What a demo leaves in its folder: the data base, and everything that its machines write."""

DEVICES = {
    "wall": "wall",
    "kiosk": "kiosk",
    "kiosk-2": "kiosk",
    "kiosk-3": "kiosk",
    "wall-1": "wall",
    "kiosk-1": "kiosk",
}
"""Machines of the demo and their roles, named `demo.device.<name>`. The first two have a glass; at `kiosk-2` and
`kiosk-3` the people of a morning act, `wall-1` and `kiosk-1` look over the shoulder of the real ones."""


class NotOurs(Exception):
    """The folder holds something that a demo must not touch."""


@dataclass(frozen=True)
class DemoHall:
    """What was seeded. Credentials of fictional staff and of machines on this machine."""

    folder: Path
    password: str
    tokens: Mapping[str, str]
    cards: tuple[str, ...]
    posts: int
    clock: Mapping[str, str]
    today: date
    pack: Pack = field(repr=False)


def found(plan: Plan) -> DemoHall:
    """Seeds the hall in the plan's folder. Raises NotOurs, RealPeople."""
    pack = Pack.load(DEMO_PACK)
    words = Catalogue.load(pack.hall.languages[0])
    real = datetime.now(UTC)
    hall_time = plan.hall_time(pack.hall.zone, real)
    clock = {
        "clock_hall_time": hall_time,
        "clock_real_time": real.isoformat(timespec="milliseconds"),
        "clock_rate": str(plan.speed),
    }
    _forget_earlier_settings()
    settings = load_settings(data_dir=plan.folder, **clock)
    _make_room(plan.folder)
    office = administration.open_office(settings)
    try:
        seeded = administration.seed_demo(office, pack, plan.seed, plan.posts)
        tokens = {
            name: administration.add_device(office, role, words.text(f"demo.device.{name.replace('-', '_')}"))
            for name, role in DEVICES.items()
        }
    finally:
        office.engine.dispose()
    return DemoHall(
        plan.folder,
        seeded.password,
        tokens,
        tuple(seeded.cards),
        seeded.posts,
        clock,
        date.fromisoformat(hall_time[:10]),
        pack,
    )


def _forget_earlier_settings() -> None:
    for key in [key for key in os.environ if key.startswith(PREFIX)]:
        del os.environ[key]


def _make_room(folder: Path) -> None:
    """An earlier demo in this folder gives way to a new one; anything else stays untouched."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / DATA_BASE).is_file():
        raise NotOurs(str(folder))
    office = administration.open_office(load_settings(data_dir=folder))
    try:
        office.write("check-demo", seed.refuse_real_people)
    finally:
        office.engine.dispose()
    for file in (*folder.glob(f"{DATA_BASE}*"), folder / "hall.key"):
        file.unlink(missing_ok=True)
    shutil.rmtree(folder / MACHINES, ignore_errors=True)


def free_port() -> int:
    """A loopback port that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`start`, `kill`, `start`: the port stays the same, as it would in a hall."""

    def __init__(self, crew: Crew, hall: DemoHall) -> None:
        self._crew, self._hall = crew, hall
        self.port = free_port()
        self.is_up = False

    @property
    def url(self) -> str:
        """Where it listens, without the relay."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers; running already is fine. Raises PartFault."""
        if self.is_up:
            return
        given = {"data_dir": str(self._hall.folder), "port": str(self.port), "log_level": "warning", **self._hall.clock}
        environment = clean_environment() | {f"{PREFIX}{key.upper()}": value for key, value in given.items()}
        running = self._crew.start(Part("server", (sys.executable, "-m", "hallserver.launcher"), environment))
        self._crew.wait_ready(running, self._answers, STARTS_IN_S)
        self.is_up = True

    def kill(self) -> None:
        """kill -9."""
        if self.is_up:
            self.is_up = False
            self._crew.kill("server")

    def _answers(self) -> bool:
        with requests.Session() as asking:
            asking.trust_env = False
            try:
                return asking.get(f"{self.url}/readyz", timeout=1).status_code == 200
            except requests.RequestException:
                return False
