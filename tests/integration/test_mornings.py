"""Every morning, played by fake screens over real HTTP and sockets, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hallserver.device.rest import HallRest
from tests.mornings.player import Player, Stage
from tests.mornings.screens import DeviceScreen, PollingScreen, Screen, StaffSession
from tests.mornings.script import all_mornings, read_morning
from tests.promises import Promise
from tests.support import hall
from tests.support.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, postgres_server: PostgresServer) -> str:
    if request.param == "sqlite":
        return ""
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def hall_of(tmp_path: Path, database_url: str) -> Iterator[Callable[..., hall.HallProcess]]:
    running: list[hall.HallProcess] = []

    def start(at: str, rate: float) -> hall.HallProcess:
        process = hall.HallProcess(tmp_path / "hall", database_url, f"2026-11-20T{at}:00+08:00", rate)
        hall.found_hall(process)
        running.append(process.start())
        return process

    yield start
    for process in running:
        process.stop()


def _stage(process: hall.HallProcess, folder: Path) -> tuple[Stage, Callable[[], None]]:
    staff = {login: StaffSession(process.url, login, hall.PASSWORD) for login in ("demo", "review")}
    kiosks = {name: HallRest(process.url, hall.add_device(process, "kiosk", f"kiosk {name}")) for name in "ab"}
    screens: dict[str, Screen] = {"staff": PollingScreen(staff["demo"], "staff")}
    for name, role, feed in (
        ("wall-1", "wall", "wall"),
        ("wall-2", "wall", "wall"),
        ("kiosk-1", "kiosk", "kiosk"),
        ("printer-1", "printer", "printer"),
        ("network-1", "network", "network"),
    ):
        token = hall.add_device(process, role, name)
        screens[name] = DeviceScreen(process.url, token, feed, folder / f"{name}.sqlite")
    known: dict[str, str] = {}

    def card(name: str) -> str:
        return known.setdefault(name, hall.add_card(process, name) if name not in known else "")

    employers = {one["name"]: one["id"] for one in staff["demo"].get("/employers").json()["employers"]}
    by_reference = _by_reference(employers)
    stage = Stage(
        staff, kiosks, screens, "2026-11-20", by_reference, card, process.kill, lambda: process.start() and None
    )

    def close() -> None:
        for screen in screens.values():
            screen.close()
        for held in (*staff.values(), *kiosks.values()):
            held.close()

    return stage, close


def _by_reference(ids_by_name: dict[str, str]) -> dict[str, str]:
    from config.pack import Pack

    return {one.id: ids_by_name[one.name] for one in Pack.load(hall.DEMO_HALL).employers}


@pytest.mark.parametrize("name", all_mornings())
def test_a_morning_shows_every_audience_what_is_true(
    name: str, hall_of: Callable[..., hall.HallProcess], tmp_path: Path, promise: Promise, database_url: str
) -> None:
    morning = read_morning(name)
    process = hall_of(morning.at, morning.rate)
    stage, close = _stage(process, tmp_path)
    try:
        Player(stage).play(morning)
        for screen in stage.screens.values():
            if isinstance(screen, DeviceScreen):
                _expect_no_gap(screen)
    finally:
        close()
    kind = "PostgreSQL" if database_url else "SQLite"
    promise("every audience shows what is true", f"{morning.title}: {len(morning.steps)} steps on {kind}")


def _expect_no_gap(screen: DeviceScreen) -> None:
    steps = [after - before for before, after in zip(screen.seqs, screen.seqs[1:], strict=False)]
    assert all(step >= 0 for step in steps), screen.seqs
