"""What an operator can see: health, readiness, and on a port of its own how long a change takes to the glass."""

from __future__ import annotations

import re
from pathlib import Path

import requests

from hallserver.device.rest import Done, HallRest
from tests.mornings.screens import DeviceScreen
from tests.support import hall
from tests.support.servant import free_port, until


def test_the_time_from_commit_to_glass_is_measured_per_feed(tmp_path: Path) -> None:
    process = hall.HallProcess(tmp_path / "hall", metrics_port=free_port())
    hall.found_hall(process)
    process.start()
    wall = DeviceScreen(process.url, hall.add_device(process, "wall", "wall 1"), "wall", tmp_path / "wall.sqlite")
    kiosk = HallRest(process.url, hall.add_device(process, "kiosk", "kiosk 1"))
    try:
        assert requests.get(f"{process.url}/healthz", timeout=5).json() == {"alive": True}
        assert requests.get(f"{process.url}/readyz", timeout=5).json()["ready"] is True
        assert requests.get(f"{process.url}/metrics", timeout=5).status_code == 404
        assert until(lambda: "hall/main" in wall.items(), 5)
        assert isinstance(kiosk.command("/queue-tickets", {"service": "rights"}), Done)
        assert until(lambda: _figure(process, 'commit_to_glass_seconds_count{feed="wall"}') >= 1, 5)
        assert _figure(process, 'screens_listening{feed="wall"}') == 1
        wall.close()
        assert until(lambda: _figure(process, 'screens_listening{feed="wall"}') == 0, 5)
    finally:
        wall.close()
        kiosk.close()
        process.stop()


def _figure(process: hall.HallProcess, name: str) -> float:
    text = requests.get(f"http://127.0.0.1:{process.metrics_port}/metrics", timeout=5).text
    found = re.search(rf"^gighall_{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0
