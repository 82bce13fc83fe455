"""A wall's page in a real Chromium, and a hall that posts for it; knows no test."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Browser, Page

from tests.mornings.screens import StaffSession
from tests.support import hall

ROOM_FOR_TIME = """
  window.skippedMs = 0;
  const now = performance.now.bind(performance);
  performance.now = () => now() + window.skippedMs;
  window.isSamePage = true;
"""
"""In the page before its own scripts: lets a test pass time, and shows a reload."""

GLASS = {"width": 1920, "height": 1080}


@dataclass
class Desk:
    """Staff and a kiosk of a hall: what happens there, by REST."""

    process: hall.HallProcess
    staff: StaffSession = field(init=False)
    employer: str = field(init=False)
    kiosk: str = field(init=False)

    def __post_init__(self) -> None:
        self.staff = StaffSession(self.process.url, "demo", hall.PASSWORD)
        self.employer = self.staff.get("/employers").json()["employers"][0]["id"]
        self.kiosk = hall.add_device(self.process, "kiosk", "kiosk")

    def act(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """A command of staff -> its answer; a refusal fails the test."""
        answer = self.staff.post(path, body, secrets.token_hex(16))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def post(self, **other: Any) -> str:
        """A day job -> its id."""
        body: dict[str, Any] = {
            "employer": self.employer,
            "trade": "loader",
            "headcount": 8,
            "pay_min_fen": 260_00,
            "pay_max_fen": 260_00,
            "pay_unit": "day",
            "settlement": "daily",
            "place": "湖东镇",
            "address": "湖东镇仓储路 8 号",
            "work": "装车卸车",
            "first_day": "2026-11-20",
            "starts_at": "07:00",
            "ends_at": "17:00",
            "meals": ["lunch"],
            "ways": ["own"],
            "contact_name": "周师傅",
            "contact_phone": "0512-0000-0009",
        }
        return str(self.act("/jobs", body | other)["job"])

    def claim(self, job: str, party_size: int = 1) -> None:
        """Somebody at the kiosk takes places."""
        answer = requests.post(
            f"{self.process.url}/api/v1/claims",
            json={"job": job, "way": "own", "party_size": party_size},
            headers={"Authorization": f"Bearer {self.kiosk}", "Idempotency-Key": secrets.token_hex(16)},
            timeout=10,
        )
        assert answer.status_code == 200, answer.text

    def bus(self, **other: Any) -> str:
        """A trip -> its id."""
        body: dict[str, Any] = {
            "sign": "star",
            "destination": "顺风仓储",
            "bay": 2,
            "capacity": 33,
            "day": "2026-11-20",
            "departs_at": "06:20",
            "returns_at": "17:20",
        }
        return str(self.act("/trips", body | other)["trip"])

    def call(self, counter: int = 2, service: str = "placement") -> str:
        """A number is drawn and called -> the number."""
        self.act("/queue-tickets", {"service": service})
        return str(self.act(f"/counters/{counter}/call-next", {})["number"])

    def close(self) -> None:
        """Gives the socket back."""
        self.staff.close()


@contextmanager
def wall_page(browser: Browser, process: hall.HallProcess, language: str = "zh_Hans", **glass: int) -> Iterator[Page]:
    """A paired wall that stands on the glass. Errors of the page fail the test."""
    token = hall.add_device(process, "wall", f"wall {secrets.token_hex(3)}")
    answer = requests.post(
        f"{process.url}/api/v1/wall-session", json={}, headers={"Authorization": f"Bearer {token}"}, timeout=10
    )
    context = browser.new_context(viewport=glass or GLASS)  # type: ignore[arg-type]
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.add_init_script(ROOM_FOR_TIME)
    try:
        page.goto(f"{process.url}{answer.json()['url']}?lang={language}")
        page.wait_for_selector(".wall[data-standing=fresh]")
        yield page
    finally:
        context.close()
    assert not mistakes, mistakes


def pass_time(page: Page, milliseconds: int) -> None:
    """The page's elapsed clock goes on at once."""
    page.evaluate("ms => { window.skippedMs += ms }", milliseconds)


def keep_picture(page: Page, name: str) -> None:
    """Into GIGHALL_PICTURES, where that names a folder: for eyes."""
    import os

    folder = os.environ.get("GIGHALL_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
