"""The wall in a real Chromium against a real hall: what a crowd sees, and when."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.promises import Promise
from tests.support import hall
from tests.support.wall import Desk, keep_picture, pass_time, wall_page

LANGUAGES = ("zh_Hans", "en")
SIZES = ((1920, 1080), (1080, 1920), (3840, 1080))
ON_GLASS = """key => [...document.querySelectorAll(`.row[data-key="job/${key}"]`)].some(row => {
  const box = row.getBoundingClientRect(), glass = row.closest('.view').getBoundingClientRect();
  return box.bottom > glass.top + 20 && box.top < glass.bottom - 20
    && row.checkVisibility({visibilityProperty: true});
})"""
"""Whether a post stands on the glass."""


IN_SIGHT = """() => {
  const glass = document.querySelector('.view').getBoundingClientRect();
  const rows = [...document.querySelectorAll('.panel .row')].filter(row => {
    const box = row.getBoundingClientRect();
    return box.top < glass.bottom && box.bottom > glass.top;
  });
  return [rows.map(row => row.dataset.key).filter(Boolean), rows.filter(row => !row.dataset.key).length];
}"""
"""Keys of the rows that are at least partly in sight, and how many empty ones are."""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[hall.HallProcess]:
    running = hall.HallProcess(tmp_path / "hall", rate=5)
    hall.found_hall(running)
    yield running.start()
    running.stop()


@pytest.fixture
def desk(process: hall.HallProcess) -> Iterator[Desk]:
    one = Desk(process)
    yield one
    one.close()


@pytest.fixture
def wall(chromium: Browser, process: hall.HallProcess) -> Iterator[Page]:
    with wall_page(chromium, process) as page:
        yield page


def _left(page: Page, job: str) -> str:
    return page.locator(f'.panel [data-key="job/{job}"] [data-part=left]').first.inner_text()


def _wait_until_left(page: Page, job: str, left: str) -> None:
    place = f'.panel [data-key="job/{job}"] [data-part=left]'
    page.wait_for_function("([place, left]) => document.querySelector(place)?.textContent === left", arg=[place, left])


def test_a_posted_job_is_on_the_scrolling_wall_within_a_second(wall: Page, desk: Desk, promise: Promise) -> None:
    for _ in range(20):
        desk.post()
    wall.wait_for_selector(".panel.is-moving")
    wall.wait_for_selector(".news", state="detached", timeout=30_000)
    took = []
    for nth in range(3):
        began = time.monotonic()
        job = desk.post(pay_min_fen=300_00 + nth, pay_max_fen=300_00 + nth, starts_at="09:00", ends_at="18:00")
        wall.wait_for_function(ON_GLASS, arg=job, timeout=20_000, polling="raf")
        took.append(time.monotonic() - began)
        wall.wait_for_timeout(1000)
    keep_picture(wall, "posted")
    assert max(took) < 1.0, took
    promise("a posted job is on the wall within a second", ", ".join(f"{one * 1000:.0f} ms" for one in took))


def test_rows_move_by_whole_pixels_and_the_compositor_alone(wall: Page, desk: Desk) -> None:
    for _ in range(20):
        desk.post()
    wall.wait_for_selector(".panel.is-moving")
    tops = wall.evaluate(
        """async () => {
          const tops = [];
          for (let frame = 0; frame < 40; frame += 1) {
            await new Promise(requestAnimationFrame);
            tops.push(...[...document.querySelectorAll('.panel')].map(panel => panel.getBoundingClientRect().top));
          }
          return tops;
        }"""
    )
    assert all(top == int(top) for top in tops)
    assert len(set(tops)) > 40
    state = "document.querySelector('.panel').getAnimations().map(one => one.playState)"
    assert wall.evaluate(state) == ["running"], "one animation of the browser's own, no script"


def test_a_round_brings_every_post_and_no_empty_row(wall: Page, desk: Desk) -> None:
    jobs = {f"job/{desk.post()}" for _ in range(20)}
    wall.wait_for_selector(".panel.is-moving")
    wall.wait_for_selector(".news", state="detached", timeout=30_000)
    wall.evaluate("for (const one of document.querySelectorAll('.panel')) one.getAnimations()[0].playbackRate = 12")
    seen: set[str] = set()
    for _ in range(60):
        shown, blank = wall.evaluate(IN_SIGHT)
        assert blank == 0 and len(shown) == len(set(shown)), "no hole, and nothing twice at once"
        seen |= set(shown)
        wall.wait_for_timeout(100)
    assert seen == jobs


def test_few_rows_stand_still_in_order(wall: Page, desk: Desk) -> None:
    late = desk.post(starts_at="09:00", ends_at="18:00")
    early = desk.post()
    wall.wait_for_function(ON_GLASS, arg=early)
    keys = wall.eval_on_selector_all(".panel .row[data-key]", "rows => rows.map(row => row.dataset.key)")
    assert keys == [f"job/{early}", f"job/{late}"]
    assert wall.locator(".panel.is-moving").count() == 0


def test_a_taken_place_counts_down_in_its_place(wall: Page, desk: Desk) -> None:
    job = desk.post()
    wall.wait_for_function(ON_GLASS, arg=job)
    before = wall.locator(f'.panel [data-key="job/{job}"]').bounding_box()
    desk.claim(job, 2)
    _wait_until_left(wall, job, "6")
    assert wall.locator(f'.panel [data-key="job/{job}"]').bounding_box() == before
    assert wall.locator("[data-part=total]").inner_text() == "1 个活 · 还招 6 人"


def test_the_last_place_greys_the_row_and_then_it_leaves(wall: Page, desk: Desk) -> None:
    job, other = desk.post(headcount=1), desk.post()
    wall.wait_for_function(ON_GLASS, arg=other)
    desk.claim(job)
    wall.wait_for_selector(f'.panel .row.is-full[data-key="job/{job}"]')
    keep_picture(wall, "full")
    assert _left(wall, job) == "招满"
    colour = wall.eval_on_selector(f'.panel [data-key="job/{job}"] h3', "title => getComputedStyle(title).color")
    assert colour == "rgb(169, 183, 208)"
    wall.wait_for_selector(f'.panel [data-key="job/{job}"]', state="detached", timeout=10_000)
    assert _left(wall, other) == "8"


def test_a_raised_pay_lights_up_once(wall: Page, desk: Desk) -> None:
    job = desk.post()
    wall.wait_for_function(ON_GLASS, arg=job)
    desk.act(f"/jobs/{job}/pay", {"pay_min_fen": 290_00, "pay_max_fen": 290_00})
    row = wall.locator(f'.panel [data-key="job/{job}"]')
    expect(row.locator("[data-part=raised]")).to_have_text("涨价 260→290")
    assert row.locator("[data-part=amount]").inner_text() == "290"
    assert row.locator(".plate").count() >= 1
    keep_picture(wall, "raised")
    wall.wait_for_selector(f'[data-key="job/{job}"] .plate', state="detached")
    desk.claim(job)
    _wait_until_left(wall, job, "7")
    assert row.locator(".plate").count() == 0


def test_the_called_number_is_the_largest_thing_on_the_glass(wall: Page, desk: Desk) -> None:
    desk.post()
    number = desk.call()
    wall.wait_for_function("number => document.querySelector('[data-part=number]').textContent === number", arg=number)
    assert wall.locator("[data-part=counter]").inner_text() == "2 号窗口"
    sizes = wall.evaluate(
        """[...document.querySelectorAll('main *')].filter(one => one.checkVisibility() && one.childNodes.length)
          .map(one => [parseFloat(getComputedStyle(one).fontSize), one.dataset.part ?? ''])"""
    )
    assert max(sizes)[1] == "number"
    again = desk.call(3)
    wall.wait_for_function("number => document.querySelector('[data-part=number]').textContent === number", arg=again)
    assert wall.locator(".earlier li").all_inner_texts() == [f"{number}\n2 号窗口"]


def test_a_bus_goes_through_its_states_and_leaves(wall: Page, desk: Desk) -> None:
    trip = desk.bus()
    row = wall.locator(f'.bus[data-key="trip/{trip}"]')
    row.wait_for()
    assert row.locator("[data-part=seats]").inner_text() == "余 33 座"
    desk.act(f"/trips/{trip}/open", {})
    wall.wait_for_selector(f'.bus[data-key="trip/{trip}"][data-tone=boarding]')
    assert row.locator("[data-part=where]").inner_text() == "2 号车位 · 正在上车"
    desk.act(f"/trips/{trip}/depart", {})
    wall.wait_for_selector(f'.bus[data-key="trip/{trip}"][data-tone=over]')
    assert row.locator("[data-part=seats]").inner_text() == "已发车"
    row.wait_for(state="detached", timeout=15_000)


def test_a_hall_without_posts_differs_from_one_not_reached(
    chromium: Browser, process: hall.HallProcess, desk: Desk
) -> None:
    with wall_page(chromium, process) as page:
        assert page.locator("[data-part=empty-loud]").inner_text() == "现在没有在招的活"
        keep_picture(page, "no-jobs")
        desk.post()
        page.wait_for_selector("[data-part=empty]", state="hidden")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{process.url}/signage/")  # without a session: the server lets nobody in
    page.wait_for_selector(".wall[data-standing=waiting]")
    expect(page.locator("[data-part=empty-loud]")).to_have_text("正在接通大厅，请稍等")
    context.close()


def test_a_lost_server_is_said_and_its_return_needs_no_reload(wall: Page, desk: Desk, promise: Promise) -> None:
    process = desk.process
    job = desk.post()
    wall.wait_for_function(ON_GLASS, arg=job)
    process.kill()
    pass_time(wall, 12_000)
    wall.wait_for_selector(".wall[data-standing=aged]")
    assert "秒前的数据" in wall.locator("[data-part=live]").inner_text()
    assert wall.evaluate(ON_GLASS, job), "the picture stays"
    keep_picture(wall, "aged")
    pass_time(wall, 60_000)
    wall.wait_for_selector(".wall[data-standing=stale]")
    assert wall.locator("[data-part=notice-ask]").inner_text() == "请到窗口问工作人员"
    assert not wall.evaluate(ON_GLASS, job), "nothing that may be wrong stays readable"
    keep_picture(wall, "stale")
    process.start()
    desk.claim(job)
    began = time.monotonic()
    wall.wait_for_selector(".wall[data-standing=fresh]", timeout=15_000)
    _wait_until_left(wall, job, "7")
    took = time.monotonic() - began
    assert wall.evaluate("window.isSamePage") is True
    promise("a wall comes back by itself without a reload", f"{took:.1f} s after the server")


def test_a_revoked_wall_shows_nothing_of_the_hall(chromium: Browser, process: hall.HallProcess, desk: Desk) -> None:
    with wall_page(chromium, process) as page:
        desk.post()
        office = process.office()
        with office.engine.connect() as conn:
            device = conn.exec_driver_sql("select id from device where role = 'wall'").scalar_one()
        office.engine.dispose()
        desk.act(f"/devices/{device}/revoke", {})
        page.wait_for_selector("[data-part=notice]:not([hidden])")
        assert page.locator("[data-part=notice-loud]").inner_text() == "这块屏已停用"
        assert not page.locator(".jobs").is_visible()


def test_what_is_painted_is_acknowledged(chromium: Browser, process: hall.HallProcess, desk: Desk) -> None:
    sent: list[str] = []
    with wall_page(chromium, process) as page:
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
        page.reload()
        page.wait_for_selector(".wall[data-standing=fresh]")
        job = desk.post()
        page.wait_for_function(ON_GLASS, arg=job)
        page.wait_for_timeout(1500)
        head = page.evaluate(
            "fetch('/api/v1/feeds/wall/snapshot').then(answer => answer.json()).then(body => body.seq)"
        )
    told = [frame for frame in sent if '"rendered"' in frame]
    assert any(f'"seq":{head}' in frame for frame in told), (head, sent)


SPILLS = (Path(__file__).parent / "spills.js").read_text(encoding="utf-8")
"""A function for the page: texts that are cut, stand outside their row or the glass, or over each other."""

LONG = {
    "place": "高新技术产业开发区第二综合物流园东区三号门北侧仓储路",
    "pay_min_fen": 98_000_00,
    "pay_max_fen": 100_000_00,
    "pay_unit": "month",
    "settlement": "monthly",
    "pay_day": 15,
    "days": 120,
    "meals": ["breakfast", "lunch", "dinner"],
    "lodging": "paid",
    "suits": ["older", "disabled", "no_reading"],
    "job_class": "full_time",
    "headcount": 500,
}


def test_long_names_are_whole_and_apart_in_both_languages_and_all_sizes(
    chromium: Browser, process: hall.HallProcess, desk: Desk, promise: Promise
) -> None:
    trip = desk.bus(
        destination="高新技术产业开发区第二综合物流园东区三号门北侧仓储路八号顺风仓储配送中心", sign="umbrella"
    )
    desk.post(**LONG, trip=trip, ways=["bus", "own"], trade="vehicle-marshal")
    desk.post(**LONG, trade="electronics-hand")
    desk.post(trade="hospital-carer", days=None, suits=["older", "no_reading"], lodging="free")
    desk.post(pay_min_fen=8_50, pay_max_fen=8_50, pay_unit="order", trade="food-courier", starts_at=None, ends_at=None)
    better = desk.post(
        trade="packer", pay_min_fen=4_700_00, pay_max_fen=4_700_00, pay_unit="month", job_class="full_time"
    )
    desk.act(f"/jobs/{better}/pay", {"pay_min_fen": 4_900_00, "pay_max_fen": 5_100_00})
    for counter in (2, 3):
        desk.call(counter)
    found = {}
    for language in LANGUAGES:
        for width, height in SIZES:
            with wall_page(chromium, process, language, width=width, height=height) as page:
                page.wait_for_selector(".bus")
                page.evaluate("document.fonts.ready")
                page.wait_for_timeout(400)
                keep_picture(page, f"long-{language}-{width}x{height}")
                found[f"{language} {width}x{height}"] = page.evaluate(SPILLS)
                os.kill(process.pid, signal.SIGSTOP)  # no heartbeat makes the picture young again
                for standing, later_ms in (("aged", 12_000), ("stale", 75_000)):
                    pass_time(page, later_ms)
                    page.wait_for_selector(f".wall[data-standing={standing}]")
                    found[f"{language} {width}x{height} {standing}"] = page.evaluate(SPILLS)
                os.kill(process.pid, signal.SIGCONT)
    assert not any(found.values()), {where: spills for where, spills in found.items() if spills}
    promise("every text of the wall is whole", f"{len(found)} combinations of language, size and age")
