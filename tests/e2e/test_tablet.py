"""The staff pages in a real Chromium against a real hall, by touch: what a clerk and a volunteer do, and what goes
wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from hallserver.services import staff
from tests.mornings.screens import DeviceScreen, PollingScreen
from tests.promises import Promise
from tests.support import hall
from tests.support.servant import until
from tests.support.tablet import Street, go, keep_picture, pass_time, scan, sign_in, tablet_page

DAY_WORK = "搬货装车，午饭管饱"


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[hall.HallProcess]:
    running = hall.HallProcess(tmp_path_factory.mktemp("tablet") / "hall")
    hall.found_hall(running)
    _add(running, staff.NewStaff("volunteer", "小林", hall.PASSWORD, ("volunteer",)))
    _add(running, staff.NewStaff("locked", "老李", hall.PASSWORD, ("clerk",)))
    yield running.start()
    running.stop()


def _add(running: hall.HallProcess, person: staff.NewStaff) -> None:
    office = running.office()
    office.write("add-staff", lambda work: staff.add_staff(work, person))
    office.engine.dispose()


@pytest.fixture(scope="module")
def street(process: hall.HallProcess) -> Iterator[Street]:
    one = Street(process)
    yield one
    one.close()


@pytest.fixture
def tablet(chromium: Browser, process: hall.HallProcess) -> Iterator[Page]:
    with tablet_page(chromium, process.url) as page:
        yield page


@pytest.fixture
def clerk(tablet: Page) -> Page:
    sign_in(tablet)
    tablet.wait_for_selector(".rail")
    return tablet


@pytest.fixture
def wall(process: hall.HallProcess, tmp_path: Path) -> Iterator[DeviceScreen]:
    screen = DeviceScreen(process.url, hall.add_device(process, "wall", "大屏"), "wall", tmp_path / "wall.json")
    assert screen.marked.wait(10)
    yield screen
    screen.close()


# -- who is here


def test_a_wrong_password_is_said_and_the_right_one_opens_the_page(tablet: Page) -> None:
    sign_in(tablet, "demo", "not it")
    expect(tablet.locator(".said.bad")).to_contain_text("名字或密码不对")
    assert tablet.input_value("#signin-login") == "demo", "the name must not be typed again"
    sign_in(tablet)
    expect(tablet.locator(".rail .door")).to_have_count(6)
    tablet.reload()
    expect(tablet.locator(".rail .door")).to_have_count(6)


def test_too_many_wrong_tries_lock_the_login_and_say_for_how_long(tablet: Page) -> None:
    for _ in range(staff.TRIES):
        sign_in(tablet, "locked", "not it")
        expect(tablet.locator(".said.bad")).to_be_visible()
        expect(tablet.locator(".way .go")).to_be_enabled()
    sign_in(tablet, "locked", hall.PASSWORD)
    expect(tablet.locator(".said.bad")).to_contain_text("请等 5 分钟")


def test_a_volunteer_sees_the_buses_and_nothing_else(tablet: Page) -> None:
    sign_in(tablet, "volunteer")
    expect(tablet.locator(".rail .door")).to_have_count(1)
    expect(tablet.locator("h1")).to_have_text("班车")
    expect(tablet.locator(".buses .bottom")).to_have_count(0)


def test_a_session_that_ended_elsewhere_asks_to_sign_in_again_and_keeps_what_was_typed(clerk: Page) -> None:
    go(clerk, "people")
    clerk.fill("#person-name", "欧阳建国")
    clerk.context.clear_cookies()
    clerk.tap(".register .go")
    expect(clerk.locator(".said.waits")).to_contain_text("登录过期了")
    sign_in(clerk)
    clerk.wait_for_selector(".register")
    assert clerk.input_value("#person-name") == "欧阳建国"


# -- posts


def _fill_post(page: Page, street: Street, work: str) -> None:
    page.tap(".jobs .bottom .go")
    page.fill(".pick .find", "装卸")
    page.tap(".trade >> nth=0")
    page.fill(".pick .find", street.employer["name"])
    page.tap(".employer >> nth=0")
    page.fill("#post-pay_min", "260")
    page.select_option("[id=post-starts_at-label] + .clock-time select >> nth=0", "09")
    page.select_option("[id=post-ends_at-label] + .clock-time select >> nth=0", "17")
    page.fill("#post-work", work)
    page.fill("#post-contact_name", "周师傅")
    page.fill("#post-contact_phone", "0512-0000-0009")


def test_a_post_is_refused_at_its_field_then_lives_and_is_on_the_wall_within_a_second(
    clerk: Page, street: Street, wall: DeviceScreen, promise: Promise
) -> None:
    _fill_post(clerk, street, "搬货，先交押金 100 元")
    assert clerk.input_value("#post-address") == street.employer["address"], "the employer's address comes by itself"
    clerk.tap(".post .bottom .go")
    expect(clerk.locator("#post-work-wrong")).to_contain_text("收费或押金")
    expect(clerk.locator("#post-work")).to_be_focused()
    clerk.fill("#post-work", DAY_WORK)
    before = set(wall.items())
    clerk.tap(".post .bottom .go")
    with clerk.expect_response("**/api/v1/jobs") as posted:
        pass
    began = time.monotonic()
    job = posted.value.json()["job"]
    assert until(lambda: f"job/{job}" in wall.items(), 1.0) and f"job/{job}" not in before
    took = time.monotonic() - began
    expect(clerk.locator(".standing.live")).to_contain_text("已上墙")
    expect(clerk.locator(".detail dl")).to_contain_text(DAY_WORK)
    promise("a job posted on the tablet is in the wall's feed within a second", f"{took * 1000:.0f} ms")


def test_pay_is_raised_and_a_post_closed_only_when_asked_twice(clerk: Page, street: Street, wall: DeviceScreen) -> None:
    job = street.job(pay_min_fen=211_00, pay_max_fen=211_00)
    key = f"job/{job}"
    clerk.tap(".job:has-text('211')")
    clerk.tap(".acts .dark")
    clerk.fill("#raise-min", "200")
    clerk.tap(".acts .go")
    expect(clerk.locator(".acts .said")).to_contain_text("工钱只能涨")
    clerk.fill("#raise-min", "300")
    clerk.tap(".acts .go")
    expect(clerk.locator(".job-head .pay")).to_contain_text("300")
    assert until(lambda: wall.items()[key]["pay"]["amount"] == "300", 5)
    clerk.tap(".acts .quiet")
    assert key in wall.items()
    clerk.tap(".acts .sure")
    expect(clerk.locator(".detail")).to_contain_text("已经撤下")
    assert until(lambda: key not in wall.items(), 5)


@pytest.fixture
def by_day(tmp_path: Path) -> Iterator[hall.HallProcess]:
    running = hall.HallProcess(tmp_path / "hall", hall_time="2026-11-20T10:00:00+08:00")
    hall.found_hall(running)
    yield running.start()
    running.stop()


def test_by_day_a_post_waits_for_a_second_person_who_is_not_its_author(
    chromium: Browser, by_day: hall.HallProcess
) -> None:
    street = Street(by_day)
    job = street.job(starts_at="13:00", ends_at="18:00")
    refused = street.job(starts_at="14:00", ends_at="18:00")
    with tablet_page(chromium, by_day.url) as page:
        sign_in(page)
        expect(page.locator(".door .alarm")).to_have_text("2")
        page.tap(".job:has-text('13:00')")
        page.tap(".acts .go")
        expect(page.locator(".acts .said")).to_contain_text("自己发的活要别人来审核")
        page.tap(".who")
        page.tap(".me .dark")
        sign_in(page, "review")
        page.tap(".job:has-text('13:00')")
        page.tap(".acts .go")
        expect(page.locator(".standing.live")).to_be_visible()
        page.tap(".job:has-text('14:00')")
        page.tap(".acts .quiet")
        page.tap(".acts .choice >> nth=1")
        page.tap(".acts .stop")
        expect(page.locator(".detail")).to_contain_text("已经撤下")
    feed = PollingScreen(street.staff, "staff")
    assert until(lambda: f"job/{refused}" not in feed.items(), 5)
    assert feed.items()[f"job/{job}"]["state"] == "live"
    street.close()


# -- the queue


def test_numbers_are_called_again_and_finished_and_the_wall_hears_each_call(
    clerk: Page, street: Street, wall: DeviceScreen
) -> None:
    first, second = street.number("rights"), street.number("rights")
    go(clerk, "queue")
    clerk.tap(".counter >> nth=3")
    expect(clerk.locator(".next .chips li")).to_have_text([first, second])
    clerk.tap(".go.huge")
    expect(clerk.locator(".current strong")).to_have_text(first)
    clerk.tap(".three button >> nth=0")
    assert until(lambda: [one["number"] for one in _calls(wall)][:2] == [first, first], 5)
    clerk.tap(".three button >> nth=1")
    expect(clerk.locator(".current strong")).to_have_text("—")
    clerk.tap(".go.huge")
    expect(clerk.locator(".current strong")).to_have_text(second)
    clerk.tap(".three button >> nth=2")
    expect(clerk.locator(".current strong")).to_have_text("—")
    clerk.tap(".go.huge")
    expect(clerk.locator(".desk .said.bad")).to_contain_text("没有人在等")
    clerk.reload()
    expect(clerk.locator(".desk-head h2")).to_have_text("4 号窗口")


def _calls(wall: DeviceScreen) -> list[dict[str, object]]:
    calls = [dict(item) for key, item in wall.items().items() if key.startswith("call/")]
    return sorted(calls, key=lambda one: -int(str(one["order"])))


# -- buses


def test_a_bus_is_planned_after_what_was_forgotten_is_named(clerk: Page, wall: DeviceScreen) -> None:
    go(clerk, "buses")
    clerk.tap(".buses .bottom .go")
    clerk.tap(".plan .bottom .go")
    expect(clerk.locator("#plan-sign-wrong")).to_be_visible()
    clerk.tap(".plan .choice >> nth=4")
    clerk.fill("#plan-destination", "银杏宾馆")
    clerk.select_option("[id=plan-departs_at-label] + .clock-time select >> nth=0", "07")
    clerk.select_option("[id=plan-departs_at-label] + .clock-time select >> nth=1", "25")
    clerk.tap(".plan .bottom .go")
    expect(clerk.locator(".bus-list")).to_contain_text("银杏宾馆")
    planned = [item for key, item in wall.items().items() if key.startswith("trip/") and item["dest"] == "银杏宾馆"]
    assert [(one["at"], one["sign"]) for one in planned] == [("7:25", "umbrella")]


def test_people_board_by_scan_the_second_scan_is_refused_and_the_bus_departs_when_held(
    clerk: Page, street: Street, wall: DeviceScreen, promise: Promise
) -> None:
    star, triangle = street.bus("star", "06:20", 2), street.bus("triangle", "06:45", 1)
    card = hall.add_card(street.process, "张大山")
    slips = [street.slip(street.job(star), card), street.slip(street.job(star))]
    other = street.slip(street.job(triangle))
    answer = clerk.locator(".answer")
    go(clerk, "buses")
    clerk.tap(".bus:has-text('6:20')")
    clerk.tap(".scan .huge")
    expect(answer).to_contain_text("请扫票")
    clerk.focus(".find")
    scan(clerk, slips[0])
    expect(answer).to_have_attribute("data-tone", "good")
    expect(answer).to_contain_text("张师傅")
    expect(answer.locator(".counted")).to_have_text("1/2")
    assert clerk.input_value(".find") == "", "what a scanner typed into a field is taken out again"
    keep_picture(clerk, "aboard")
    scan(clerk, slips[0])
    expect(answer).to_have_attribute("data-tone", "bad")
    expect(answer.locator(".word")).to_have_text("已经上过车")
    expect(answer.locator(".figure")).to_have_text("5:30")
    expect(answer.locator(".line")).to_contain_text("demo 登记")
    scan(clerk, other)
    expect(answer.locator(".word")).to_have_text("坐错车了")
    expect(answer).to_contain_text("6:45")
    expect(answer).to_contain_text("1 号车位")
    scan(clerk, "J000 0000 0000 00")
    expect(answer.locator(".word")).to_have_text("不能上车")
    clerk.tap(".seat[data-state=aboard] .plain")
    expect(clerk.locator(".seat[data-state=aboard]")).to_have_count(0)
    clerk.fill("#scan-code", slips[1][:14].lower())
    clerk.tap(".scan .light")
    expect(answer).to_have_attribute("data-tone", "good")
    expect(clerk.locator(".list h2")).to_contain_text("没到 1 人")
    clerk.tap(".hold")
    expect(clerk.locator(".hold")).to_be_visible()
    assert wall.items()[f"trip/{star}"]["state"] == "boarding", "a tap is no departure"
    _hold(clerk, ".hold")
    expect(clerk.locator(".manifest tbody tr")).to_have_count(2)
    expect(clerk.locator(".manifest")).to_contain_text("张大山")
    keep_picture(clerk, "manifest")
    assert until(lambda: wall.items()[f"trip/{star}"]["state"] == "departed", 5)
    promise("the second scan of a slip is refused with who and when", "1 of 1, and undone once")


def _hold(page: Page, button: str) -> None:
    """A finger for longer than a second."""
    box = page.locator(button).bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_selector(f"{button}.holding")
    page.wait_for_selector(".manifest, .said.bad", timeout=5000)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    finger.detach()


def test_departing_is_possible_by_keyboard_too(clerk: Page, street: Street) -> None:
    street.act(f"/trips/{street.bus('moon', '07:10', 3)}/open", {})
    go(clerk, "buses")
    clerk.tap(".bus:has-text('7:10')")
    clerk.focus(".hold")
    clerk.keyboard.down("Enter")
    clerk.wait_for_selector(".manifest", timeout=5000)
    clerk.keyboard.up("Enter")


# -- machines and people


def test_a_tablet_pairs_itself_takes_a_pin_and_is_shut_out_again(
    chromium: Browser, clerk: Page, process: hall.HallProcess
) -> None:
    with tablet_page(chromium, process.url) as fresh:
        fresh.tap("#tab-pair")
        fresh.tap(".pairing .go")
        digits = fresh.locator(".big-code").inner_text().replace(" ", "")
        go(clerk, "devices")
        for digit in digits:
            clerk.tap(f".keypad .key:text-is('{digit}')")
        clerk.fill("#pair-name", "三号平板")
        clerk.tap(".pair-device .go")
        expect(clerk.locator(".said.good")).to_contain_text("三号平板")
        expect(fresh.locator(".welcome")).to_contain_text("三号平板", timeout=10_000)
        fresh.fill("#signin-login", "demo")
        for digit in "2468":
            fresh.tap(f".keypad .key:text-is('{digit}')")
        fresh.tap(".way .go")
        expect(fresh.locator(".rail .door")).to_have_count(6)
        row = clerk.locator(".known li", has_text="三号平板")
        row.locator(".plain").tap()
        row.locator(".sure").tap()
        expect(fresh.locator(".said.waits")).to_contain_text("这台平板被停用了")
        expect(row).to_contain_text("已停用")
        cookies = {one["name"]: one["value"] for one in fresh.context.cookies()}
        assert requests.get(f"{process.url}/api/v1/me", cookies=cookies, timeout=5).status_code == 401


def test_a_slip_that_was_not_printed_stands_in_red_with_its_number_and_machine(clerk: Page, street: Street) -> None:
    drawn = street.at_kiosk("/queue-tickets", {"service": "policy"})
    street.report(drawn["print_job"], "failed", "paper_end")
    expect(clerk.locator(".door .alarm")).to_be_visible()
    go(clerk, "devices")
    row = clerk.locator(".troubled li", has_text=drawn["number"])
    expect(row).to_contain_text("门口自助机")
    expect(row).to_contain_text("打印纸用完了")


def test_a_slip_of_unknown_end_is_looked_after_where_the_printers_stand(clerk: Page, street: Street) -> None:
    street.printer(stop="paper_end")
    desk = street.printer_at("2 号窗口打印机")
    drawn = street.at_kiosk("/queue-tickets", {"service": "policy"})
    street.report(drawn["print_job"], "unknown", "connection_lost")
    go(clerk, "devices")
    expect(clerk.locator(".printers li").first).to_contain_text("打印纸用完了")
    expect(clerk.locator(".printers li", has_text="2 号窗口")).to_contain_text("约剩 40 张")
    row = clerk.locator(".troubled li", has_text=drawn["number"])
    row.locator(".plain").tap()
    row.get_by_text("在 2 号窗口打印机 补打").tap()
    expect(row).to_have_count(0)
    slip = street.slip_at(desk)
    assert (slip["number"], slip["is_reprint"]) == (drawn["number"], True)


def test_a_slip_that_surely_did_not_come_out_moves_without_becoming_a_second_one(clerk: Page, street: Street) -> None:
    desk = street.printer_at("3 号窗口打印机")
    drawn = street.at_kiosk("/queue-tickets", {"service": "policy"})
    street.report(drawn["print_job"], "failed", "paper_end")
    go(clerk, "devices")
    row = clerk.locator(".troubled li", has_text=drawn["number"])
    row.locator(".plain").tap()
    row.get_by_text("在 3 号窗口打印机 打").tap()
    expect(row).to_have_count(0)
    assert not street.slip_at(desk).get("is_reprint")


def test_a_person_gets_a_card_that_the_hall_knows(clerk: Page, street: Street) -> None:
    go(clerk, "people")
    clerk.fill("#person-name", "欧阳建国")
    clerk.fill("#person-id_number", "990101199001011234")
    clerk.tap(".register .go")
    expect(clerk.locator("#person-id_number-wrong")).to_be_visible()
    clerk.fill("#person-id_number", "")
    clerk.tap(".register .go")
    expect(clerk.locator(".card .qr")).to_be_visible()
    code = clerk.locator(".card .big-code").inner_text()
    assert street.act("/people/recognise", {"code": code})["kind"] == "worker"


# -- when the server is away


@pytest.fixture
def shaky(tmp_path: Path) -> Iterator[hall.HallProcess]:
    running = hall.HallProcess(tmp_path / "hall")
    hall.found_hall(running)
    yield running.start()
    running.stop()


def test_a_server_that_dies_leaves_the_picture_with_its_age_and_what_was_pressed_happens_once_when_it_is_back(
    chromium: Browser, shaky: hall.HallProcess, promise: Promise
) -> None:
    street = Street(shaky)
    numbers = [street.number() for _ in range(3)]
    with tablet_page(chromium, shaky.url) as page:
        sign_in(page)
        go(page, "queue")
        page.tap(".counter >> nth=1")
        expect(page.locator(".next li")).to_have_text(numbers)
        page.evaluate("window.isSamePage = true")
        shaky.kill()
        page.tap(".go.huge")
        expect(page.locator(".desk .said")).to_contain_text("正在重试")
        expect(page.locator(".bar")).to_contain_text("1 件待发送")
        pass_time(page, 12_000)
        expect(page.locator(".bar")).to_contain_text("断网")
        expect(page.locator(".stale")).to_have_count(0)
        shaky.start()
        expect(page.locator(".current strong")).to_have_text(numbers[0], timeout=20_000)
        expect(page.locator(".bar .offline")).to_have_count(0, timeout=20_000)
        expect(page.locator(".next li")).to_have_text(numbers[1:])
        assert page.evaluate("window.isSamePage") is True, "it came back by a reload"
        page.context.set_offline(True)
        pass_time(page, 70_000)
        expect(page.locator(".stale")).to_contain_text("断网了")
        keep_picture(page, "stale")
    street.close()
    promise("a command pressed while the server is gone happens once", "1 call of 3 numbers, 1 kill -9")
