"""A staff page on a tablet in a real Chromium, and the people around it: workers with slips, numbers; knows no test."""

from __future__ import annotations

import os
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

LYING, STANDING = (1280, 800), (800, 1280)

ROOM_FOR_TIME = """
  window.skippedMs = 0;
  const now = performance.now.bind(performance);
  performance.now = () => now() + window.skippedMs;
"""
"""In the page before its own scripts: lets a test pass elapsed time."""

CRAMPED = """() => {
  const wrong = [], shown = box => box.width > 0 && box.height > 0;
  const head = element => (element.textContent || '').trim().slice(0, 24);
  const name = element => `${element.localName}.${element.className} ${head(element)}`;
  for (const element of document.querySelectorAll('button, input, select, textarea')) {
    const box = element.getBoundingClientRect();
    if (shown(box) && (box.width < 59.5 || box.height < 59.5)) wrong.push(`too small to touch: ${name(element)}`);
    const isButton = element.localName === 'button';
    if (isButton && element.scrollWidth > element.clientWidth + 1) wrong.push(`cut: ${name(element)}`);
  }
  const all = [...document.querySelectorAll('body *')].filter(element => !element.closest('.visually-hidden'));
  for (const element of all) {
    const box = element.getBoundingClientRect();
    if (shown(box) && (box.right > innerWidth + 1 || box.left < -1)) wrong.push(`beside the glass: ${name(element)}`);
  }
  const said = element => [...element.childNodes].some(node => node.nodeType === 3 && node.nodeValue.trim());
  const onGlass = element => {
    const box = element.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
    const top = shown(box) ? document.elementFromPoint(x, y) : null;
    return top && (top === element || top.contains(element) || element.contains(top));
  };
  const words = all.filter(element => said(element) && onGlass(element));
  for (const element of words) {
    if (element.closest('h1')) continue;
    const style = getComputedStyle(element);
    if (style.display !== 'inline' && style.overflow !== 'visible' && element.scrollWidth > element.clientWidth + 1) {
      wrong.push(`cut: ${name(element)}`);
    }
  }
  const bar = element => element.closest('header, .bottom, .acts');
  words.forEach((one, nth) => words.slice(nth + 1).forEach(other => {
    if (one.contains(other) || other.contains(one) || bar(one) !== bar(other)) return;
    const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (width > 2 && height > 4) wrong.push(`overlap: ${name(one)} / ${name(other)}`);
  }));
  return wrong;
}"""
"""What is too small, cut, beside the glass or over something else. Where a bus goes may be shortened in the heading;
what scrolls goes under the bars at the top and the bottom."""


@dataclass
class Street:
    """People and machines around a hall, by REST: posts and buses to work with, slips, numbers."""

    process: hall.HallProcess
    password: str = hall.PASSWORD
    staff: StaffSession = field(init=False)
    kiosk: str = field(init=False)
    employer: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.staff = StaffSession(self.process.url, "demo", self.password)
        self.kiosk = hall.add_device(self.process, "kiosk", "门口自助机")
        self.employer = self.staff.get("/employers").json()["employers"][0]

    def act(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """A command of staff -> its answer; a refusal fails the test."""
        answer = self.staff.post(path, body, secrets.token_hex(16))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def at_kiosk(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """A command of a person at the kiosk -> its answer."""
        return self._as(self.kiosk, path, body)

    def _as(self, token: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": secrets.token_hex(16)}
        answer = requests.post(f"{self.process.url}/api/v1{path}", json=body, headers=headers, timeout=10)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def bus(self, sign: str, departs_at: str, bay: int) -> str:
        """A trip of today -> its id."""
        body = {"sign": sign, "destination": "顺风仓储", "bay": bay, "capacity": 33, "day": "2026-11-20"}
        return str(self.act("/trips", body | {"departs_at": departs_at})["trip"])

    def job(self, trip: str | None = None, **other: Any) -> str:
        """A day job -> its id."""
        body: dict[str, Any] = {
            "employer": self.employer["id"],
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
            "starts_at": "09:00",
            "ends_at": "17:00",
            "ways": ["bus"] if trip else ["own"],
            "trip": trip,
            "contact_name": "周师傅",
            "contact_phone": "0512-0000-0009",
        }
        return str(self.act("/jobs", body | other)["job"])

    def slip(self, job: str, card: str | None = None) -> str:
        """Somebody takes a place with a seat -> what a scanner reads from the slip."""
        identity = {"kind": "code", "code": card} if card else {"kind": "none"}
        claim = self.at_kiosk("/claims", {"job": job, "way": "bus", "identity": identity})
        return str(claim["slip"]["qr_text"])

    def number(self, service: str = "placement") -> str:
        """Somebody draws a number."""
        return str(self.at_kiosk("/queue-tickets", {"service": service})["number"])

    def printer(self, token: str = "", stop: str | None = None, slips_left: int | None = None) -> None:
        """What a printer says of itself; the kiosk's where no other's token is given."""
        body = {"stop": stop, "is_near_end": slips_left is not None, "slips_left": slips_left, "can_prove": True}
        self._as(token or self.kiosk, "/printer-state", body)

    def printer_at(self, name: str) -> str:
        """A printer with a last stretch of paper -> its token."""
        token = hall.add_device(self.process, "printer", name)
        self.printer(token, slips_left=40)
        return token

    def slip_at(self, token: str) -> dict[str, Any]:
        """The only slip that waits for this printer."""
        headers = {"Authorization": f"Bearer {token}"}
        items = requests.get(f"{self.process.url}/api/v1/feeds/printer/snapshot", headers=headers, timeout=10).json()
        me = requests.get(f"{self.process.url}/api/v1/me", headers=headers, timeout=10).json()
        (job,) = [key for key, item in items["items"].items() if item.get("device") == me["id"]]
        path = f"/api/v1/print-jobs/{job.removeprefix('print/')}/payload"
        return dict(requests.get(self.process.url + path, headers=headers, timeout=10).json()["slip"])

    def report(self, print_job: str, state: str, reason: str) -> None:
        """What the kiosk's printer says of a slip."""
        self.at_kiosk(f"/print-jobs/{print_job}/report", {"state": state, "reason": reason})

    def close(self) -> None:
        """Gives the socket back."""
        self.staff.close()


@contextmanager
def tablet_page(browser: Browser, url: str, language: str = "zh_Hans", size: tuple[int, int] = LYING) -> Iterator[Page]:
    """A tablet that shows the staff page, touched and never moused. Errors of the page fail the test."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True)
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.add_init_script(ROOM_FOR_TIME)
    page.add_init_script(f"localStorage.setItem('gighall.tablet.language', '\"{language}\"')")
    try:
        page.goto(f"{url}/tablet/")
        page.wait_for_selector(".sign-in")
        yield page
    finally:
        context.close()
    assert not mistakes, mistakes


def sign_in(page: Page, login: str = "demo", password: str = hall.PASSWORD) -> None:
    """By name and password; says nothing about how it went."""
    page.fill("#signin-login", login)
    page.fill("#signin-password", password)
    with page.expect_response(lambda answer: answer.url.endswith("/session") and answer.request.method == "POST"):
        page.tap(".way .go")


def go(page: Page, door: str) -> None:
    """Through a door of the rail, by its place: jobs, queue, buses, people, paper, devices."""
    page.tap(f".rail .door >> nth={['jobs', 'queue', 'buses', 'people', 'paper', 'devices'].index(door)}")


def scan(page: Page, code: str) -> None:
    """A typing scanner reads a slip, wherever the focus is."""
    page.keyboard.type(code.replace(" ", ""))
    page.keyboard.press("Enter")


def pass_time(page: Page, milliseconds: int) -> None:
    """The page's elapsed clock goes on at once."""
    page.evaluate("ms => { window.skippedMs += ms }", milliseconds)


def keep_picture(page: Page, name: str) -> None:
    """Into GIGHALL_PICTURES, where that names a folder: for eyes."""
    folder = os.environ.get("GIGHALL_PICTURES")
    if folder:
        (Path(folder) / f"tablet-{name}.png").write_bytes(page.screenshot())
