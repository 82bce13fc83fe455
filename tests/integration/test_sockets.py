"""One ordered, bounded writer per socket: late readers get everything whole, stalled ones delay nobody."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from hallserver.live.ordered_socket import BOUND_BYTES
from hallserver.wire.replica import Replica, Verdict
from tests.crowd import people
from tests.crowd.people import Supply
from tests.crowd.senders import Ledger, Twin
from tests.integration.slow_reader import RawSocket
from tests.promises import Promise
from tests.support import hall
from tests.support.servant import until

FOUR_MB = 4 * 1024 * 1024
WHOLE_TEXT = 0x81


@pytest.fixture
def server() -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.socket_server"], cwd=hall.ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


@pytest.fixture
def opened(server: int) -> Iterator[Callable[..., RawSocket]]:
    held: list[RawSocket] = []

    def open_one(**options: Any) -> RawSocket:
        held.append(RawSocket(server, "/ws", **options))
        return held[-1]

    yield open_one
    for one in held:
        one.close()


def _tell(server: int, kind: str, size: int = 0) -> Any:
    return requests.get(f"http://127.0.0.1:{server}/push/{kind}?{size}", timeout=30).json()


def test_four_megabytes_reach_a_late_reader_whole_and_in_order(
    server: int, opened: Callable[..., RawSocket], promise: Promise
) -> None:
    late = opened()
    _tell(server, "one", FOUR_MB)
    assert _tell(server, "state")[0]["waiting"] > 0, "the reader was not late"
    assert late.read() == (WHOLE_TEXT, b"x" * FOUR_MB)
    assert until(lambda: _tell(server, "state")[0] == {"waiting": 0, "is_shut": False}, 5)
    _tell(server, "one", 5)
    assert late.read() == (WHOLE_TEXT, b"xxxxx")
    promise("a 4 MB frame to a late reader arrives whole", f"{FOUR_MB} bytes and the frame after it")


def test_a_reader_who_stalls_is_shut_at_the_bound_and_delays_nobody(
    server: int, opened: Callable[..., RawSocket], promise: Promise
) -> None:
    opened()
    quick, size = opened(buffer_bytes=1 << 20), 1000
    numbers: list[int] = []

    def read_all() -> None:
        while (payload := quick.read()[1]) != b"xxx":
            numbers.append(int(payload.split()[0]))

    reading = threading.Thread(target=read_all)
    reading.start()
    flooded = _tell(server, "flood", size)
    _tell(server, "one", 3)
    reading.join(20)
    assert numbers == list(range(flooded["sent"])), "the quick reader lost a frame"
    assert BOUND_BYTES < flooded["waited"] <= BOUND_BYTES + size + 100
    stalled, other = _tell(server, "state")
    assert stalled == {"waiting": 0, "is_shut": True}
    assert not other["is_shut"]
    promise(
        "a stalled screen delays nobody",
        f"shut at {flooded['waited']} waiting bytes; beside it {len(numbers)} of {len(numbers)} frames in order",
    )


def test_a_frame_half_written_goes_on_where_it_stopped(server: int, opened: Callable[..., RawSocket]) -> None:
    slow = opened(buffer_bytes=4096)
    _tell(server, "narrow", 4096)
    sizes = [5000 + nth for nth in range(40)]
    for size in sizes:
        _tell(server, "one", size)
    assert _tell(server, "state")[0]["waiting"] > 0, "every frame fitted at once"
    for size in sizes:
        assert slow.read() == (WHOLE_TEXT, b"x" * size)
        time.sleep(0.002)  # the reader is slow, not the assertion


def test_compression_is_not_agreed_to(opened: Callable[..., RawSocket]) -> None:
    asked = opened(extra=("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",))
    assert "101" in asked.headers
    assert "sec-websocket-extensions" not in asked.headers


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[people.Crowd]:
    process = hall.HallProcess(tmp_path / "hall")
    hall.found_hall(process)
    process.start()
    try:
        yield people.gather_crowd(process, 1, 0, Supply(buses=1, seats=1, places=1, cards=1))
    finally:
        process.stop()


def test_a_screen_that_was_dropped_for_stalling_catches_up_by_sequence(crowd: people.Crowd, promise: Promise) -> None:
    token = hall.add_device(crowd.process, "kiosk", "stalled")
    path = "/socket.io/?EIO=4&transport=websocket"
    stalled, replica = RawSocket(crowd.process.port, path, buffer_bytes=2048), Replica("kiosk")
    _load(replica, crowd)
    stalled.enter(token, "kiosk", (replica.epoch, replica.seq))
    assert stalled.event()[0] == "mark"
    twin = Twin(crowd.process.url, "kiosk", crowd.kiosks[0], Ledger())
    try:
        for _ in range(30):
            last = twin.send("/queue-tickets", {"service": "placement"}).answer["seq"]["kiosk"]
    finally:
        twin.close()
    stalled.close()
    back = RawSocket(crowd.process.port, path)
    back.enter(token, "kiosk", (replica.epoch, replica.seq))
    while replica.seq < last:
        name, body = back.event()
        if name == "delta":
            assert replica.apply(body) is Verdict.APPLIED
    back.close()
    fresh = Replica("kiosk")
    _load(fresh, crowd)
    assert (fresh.seq, fresh.items) == (replica.seq, replica.items)
    promise("a dropped screen catches up by sequence", "30 deltas missed, 30 applied in order, no snapshot")


def _load(replica: Replica, crowd: people.Crowd) -> None:
    def is_current() -> bool:
        answer = requests.get(
            f"{crowd.process.url}/api/v1/feeds/kiosk/snapshot", headers=dict(crowd.kiosks[0].headers), timeout=10
        )
        replica.load(json.loads(answer.text))
        return bool(replica.items) and replica.seq >= before

    before = replica.seq
    assert until(is_current, 5)
