"""docs/wire.md's smallest screen, run as it stands there, follows a real hall."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from hallserver.device.rest import Done, HallRest
from tests.mornings.screens import StaffSession
from tests.support import hall
from tests.support.servant import until

DOCUMENT = Path(__file__).parents[2] / "docs" / "wire.md"


def test_the_smallest_screen_of_the_document_shows_a_post_and_its_places(
    running_hall: hall.HallProcess, tmp_path: Path
) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "screen.py").write_text(program, encoding="utf-8")
    wall, kiosk = (hall.add_device(running_hall, role, role) for role in ("wall", "kiosk"))
    with (tmp_path / "said").open("w") as out:
        screen = subprocess.Popen([sys.executable, str(tmp_path / "screen.py"), running_hall.url, wall], stdout=out)
    try:
        assert until(lambda: "0 posts" in (tmp_path / "said").read_text(), 10)
        job = _post(running_hall)
        assert until(lambda: "loader 200 left 1" in (tmp_path / "said").read_text(), 5)
        rest = HallRest(running_hall.url, kiosk)
        claimed = rest.command("/claims", {"job": job, "way": "own"})
        rest.close()
        assert isinstance(claimed, Done)
        assert until(lambda: "loader 200 left 0" in (tmp_path / "said").read_text(), 5)
        assert until(lambda: f"gone job/{job}" in (tmp_path / "said").read_text(), 15)
    finally:
        screen.kill()
        screen.wait(5)


def _post(process: hall.HallProcess) -> str:
    staff = StaffSession(process.url, "demo", hall.PASSWORD)
    employer = staff.get("/employers").json()["employers"][0]["id"]
    body = {
        "employer": employer, "trade": "loader", "headcount": 1, "pay_min_fen": 20000, "pay_max_fen": 20000,
        "pay_unit": "day", "settlement": "daily", "place": "p", "address": "a", "work": "w",
        "first_day": "2026-11-20", "starts_at": "08:00", "ends_at": "12:00", "ways": ["own"],
        "contact_name": "g", "contact_phone": "0512-0000-0018",
    }  # fmt: skip
    answer = staff.post("/jobs", body, "j" * 16)
    staff.close()
    return str(answer.json()["job"])
