"""The main job through real parts, as people meet it: tablet and wall in Chromium, kiosk in its window
with camera and printer, one hall. One test: what one person does, the others see."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.scanning.sample import make_card_video
from printer.sink.machine import Build
from printer.sink.serve import Sink
from tests.promises import Promise
from tests.support import hall
from tests.support.glass import Glass
from tests.support.kiosk import (
    ACTION,
    ACTION_BOX,
    FIRST_ROW,
    FIRST_WAY,
    JOBS_DOOR,
    NEAR,
    NEWS,
    NEWS_BOX,
    PAPER_BOX,
    ROWS_BOX,
    SIZE,
    Kiosk,
    open_kiosk,
    printed,
)
from tests.support.servant import until
from tests.support.tablet import Street, go, scan, sign_in, tablet_page
from tests.support.wall import wall_page

ROW = '.row[data-key="job/{}"]'


@pytest.fixture
def process(tmp_path: Path) -> Iterator[hall.HallProcess]:
    running = hall.HallProcess(tmp_path / "hall", rate=2.0)
    hall.found_hall(running)
    yield running.start()
    running.stop()


@pytest.fixture
def street(process: hall.HallProcess) -> Iterator[Street]:
    one = Street(process)
    yield one
    one.close()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return tmp_path / "papers"


@pytest.fixture
def kiosk(process: hall.HallProcess, tmp_path: Path, papers: Path) -> Iterator[Kiosk]:
    card, video = hall.add_card(process, "张伟").replace(" ", ""), tmp_path / "card.avi"
    make_card_video(card, video)
    glass, sink = Glass(*SIZE), Sink(Build(576, True), papers)
    sink.start()
    with open_kiosk(glass, process, sink, tmp_path) as machine:
        machine.camera = str(video)
        yield machine.start()
    sink.stop()
    glass.close()


def _post(tablet: Page, street: Street) -> str:
    """The clerk fills the form in -> the post's id, as the hall answered."""
    go(tablet, "jobs")
    tablet.tap(".jobs .bottom .go")
    tablet.fill(".pick .find", "装卸")
    tablet.tap(".trade >> nth=0")
    tablet.fill(".pick .find", street.employer["name"])
    tablet.tap(".employer >> nth=0")
    tablet.fill("#post-pay_min", "260")
    tablet.select_option("[id=post-starts_at-label] + .clock-time select >> nth=0", "09")
    tablet.select_option("[id=post-ends_at-label] + .clock-time select >> nth=0", "17")
    tablet.fill("#post-work", "搬货装车，午饭管饱")
    tablet.fill("#post-contact_name", "周师傅")
    tablet.fill("#post-contact_phone", "0512-0000-0009")
    tablet.tap(".post .choice:has-text('8:20')")
    with tablet.expect_response("**/api/v1/jobs") as posted:
        tablet.tap(".post .bottom .go")
    return str(posted.value.json()["job"])


def _take_place(kiosk: Kiosk, papers: Path) -> str:
    """The worker taps, holds the card to the camera, takes the bus -> what a scanner reads on the slip."""
    assert kiosk.glass.shows(NEAR.tiles.trade, ROWS_BOX, 0.05)
    kiosk.glass.tap(*FIRST_ROW)
    assert kiosk.glass.shows(NEAR.action, ACTION_BOX, 0.5)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.bus, (60, 380, 300, 700), 0.1)
    kiosk.glass.tap(*FIRST_WAY)
    assert kiosk.glass.shows(NEAR.go, PAPER_BOX, 0.02, 30)
    assert until(lambda: len(printed(papers)) == 1, 10)
    return printed(papers)[0]


def test_the_main_job_from_the_post_to_the_bus_that_left(
    chromium: Browser, process: hall.HallProcess, street: Street, kiosk: Kiosk, papers: Path, promise: Promise
) -> None:
    trip = street.bus("star", "08:20", 2)
    with tablet_page(chromium, process.url) as tablet, wall_page(chromium, process) as wall:
        sign_in(tablet)
        tablet.wait_for_selector(".rail")
        assert kiosk.is_home()
        kiosk.glass.tap(*JOBS_DOOR)
        job = _post(tablet, street)
        began = time.monotonic()
        wall.wait_for_selector(ROW.format(job))
        on_wall_s = time.monotonic() - began
        assert kiosk.glass.shows(NEAR.bus, NEWS_BOX, 0.3, 5.0), "rows do not jump: what is new is told above them"
        in_kiosk_s = time.monotonic() - began
        kiosk.glass.tap(*NEWS)
        left = int(wall.locator(ROW.format(job)).first.locator(".left b").inner_text())
        slip = _take_place(kiosk, papers)
        expect(wall.locator(ROW.format(job)).first.locator(".left b")).to_have_text(str(left - 1))

        number = street.number()
        go(tablet, "queue")
        tablet.tap(".counter >> nth=1")
        tablet.tap(".go.huge")
        expect(wall.locator("[data-part=number]")).to_have_text(number)

        answer = tablet.locator(".answer")
        go(tablet, "buses")
        tablet.tap(".bus:has-text('8:20')")
        tablet.tap(".scan .huge")
        expect(answer).to_contain_text("请扫票")
        scan(tablet, slip)
        expect(answer).to_have_attribute("data-tone", "good")
        scan(tablet, slip)
        expect(answer.locator(".word")).to_have_text("已经上过车")
        expect(answer.locator(".line")).to_contain_text("demo 登记")
        tablet.focus(".hold")
        tablet.keyboard.down("Enter")
        tablet.wait_for_selector(".manifest", timeout=5000)
        tablet.keyboard.up("Enter")
        expect(tablet.locator(".manifest tbody tr")).to_have_count(1)
        expect(wall.locator(f'.bus[data-key="trip/{trip}"]')).to_have_count(0, timeout=40_000)
    assert on_wall_s < 1.0 and in_kiosk_s < 1.0, (on_wall_s, in_kiosk_s)
    promise(
        "the main job, through real parts",
        f"on the wall {on_wall_s * 1000:.0f} ms and in the kiosk {in_kiosk_s * 1000:.0f} ms after the answer",
    )
