"""Two server processes on one PostgreSQL: Redis carries nudges between them, and without Redis the pump still looks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hallserver.device.rest import Done, HallRest
from tests.mornings.screens import DeviceScreen, StaffSession
from tests.promises import Promise
from tests.support import hall
from tests.support.redis import RedisServer
from tests.support.servant import until


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """One that the test may stop."""
    server = RedisServer().start()
    yield server
    server.stop()


@pytest.fixture
def two_halls(tmp_path: Path, postgres_database: str, own_redis: RedisServer) -> Iterator[list[hall.HallProcess]]:
    url = own_redis.url()
    first = hall.HallProcess(tmp_path / "hall", postgres_database, redis_url=url)
    hall.found_hall(first)
    second = hall.HallProcess(tmp_path / "hall", postgres_database, redis_url=url, started_at=first.started_at)
    first.start()
    second.start()
    yield [first, second]
    first.stop()
    second.stop()


def _seconds_until_seen(kiosk: HallRest, wall: DeviceScreen) -> float:
    reply = kiosk.command("/queue-tickets", {"service": "rights"})
    answered = time.monotonic()
    assert isinstance(reply, Done), reply
    assert until(lambda: wall.link.seq >= reply.body["seq"]["wall"], 5)
    return time.monotonic() - answered


def test_who_is_shut_out_at_one_server_is_shut_out_at_the_other(
    two_halls: list[hall.HallProcess], tmp_path: Path
) -> None:
    first, second = two_halls
    staff = StaffSession(first.url, "demo", hall.PASSWORD)
    wall = DeviceScreen(second.url, hall.add_device(first, "wall", "wall 1"), "wall", tmp_path / "wall.sqlite")
    try:
        assert until(lambda: "hall/main" in wall.items(), 5)
        device = next(key for key, item in _devices(staff).items() if item["name"] == "wall 1")
        assert staff.post(f"/devices/{device.removeprefix('device/')}/revoke", {}, "r" * 16).status_code == 200
        assert until(lambda: not wall.link._thread.is_alive(), 8)
    finally:
        wall.close()
        staff.close()


def _devices(staff: StaffSession) -> dict[str, Any]:
    items: dict[str, Any] = staff.get("/feeds/staff/snapshot").json()["items"]
    return {key: item for key, item in items.items() if key.startswith("device/")}


def test_a_change_at_one_server_is_at_once_on_a_screen_of_the_other(
    two_halls: list[hall.HallProcess], tmp_path: Path, own_redis: RedisServer, promise: Promise
) -> None:
    first, second = two_halls
    kiosk = HallRest(first.url, hall.add_device(first, "kiosk", "kiosk 1"))
    wall = DeviceScreen(second.url, hall.add_device(first, "wall", "wall 1"), "wall", tmp_path / "wall.sqlite")
    try:
        assert until(lambda: "hall/main" in wall.items(), 5)
        nudged = sorted(_seconds_until_seen(kiosk, wall) for _ in range(10))
        own_redis.stop()
        alone = [_seconds_until_seen(kiosk, wall) for _ in range(3)]
    finally:
        wall.close()
        kiosk.close()
    assert nudged[5] < 0.5
    promise(
        "two servers, one truth", f"median {nudged[5] * 1000:.0f} ms with Redis, at most {max(alone):.1f} s without"
    )
