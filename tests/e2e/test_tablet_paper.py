"""Papers and paper on the tablet, by touch: sheets come out of the printer that was chosen, a kit is ordered, and what
was written on it is typed in afterwards with what does not fit kept in sight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.support import hall
from tests.support.servant import until
from tests.support.tablet import Street, go, sign_in, tablet_page


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[hall.HallProcess]:
    running = hall.HallProcess(tmp_path_factory.mktemp("paper") / "hall")
    hall.found_hall(running)
    yield running.start()
    running.stop()


@pytest.fixture(scope="module")
def street(process: hall.HallProcess) -> Iterator[Street]:
    one = Street(process)
    yield one
    one.close()


@pytest.fixture(scope="module")
def counter(street: Street) -> str:
    """The token of a printer at a counter, and a kiosk's printer that has no paper."""
    street.printer(stop="paper_end")
    return street.printer_at("三号窗口")


@pytest.fixture
def clerk(chromium: Browser, process: hall.HallProcess, counter: str) -> Iterator[Page]:
    with tablet_page(chromium, process.url) as page:
        sign_in(page)
        page.wait_for_selector(".rail")
        yield page


def _orders(street: Street, token: str) -> list[str]:
    """Print jobs that wait for this printer, in the order in which it takes them."""
    headers, url = {"Authorization": f"Bearer {token}"}, f"{street.process.url}/api/v1"
    items = requests.get(f"{url}/feeds/printer/snapshot", headers=headers, timeout=10).json()["items"]
    me = requests.get(f"{url}/me", headers=headers, timeout=10).json()["id"]
    return sorted(key[6:] for key, item in items.items() if key.startswith("print/") and item["device"] == me)


def _slips(street: Street, token: str, before: list[str], count: int) -> list[Any]:
    """So many slips that came to this printer after those before; a snapshot may be a second old."""
    assert until(lambda: len(_orders(street, token)) == len(before) + count, 10)
    headers, url = {"Authorization": f"Bearer {token}"}, f"{street.process.url}/api/v1/print-jobs"
    new = [order for order in _orders(street, token) if order not in before]
    return [requests.get(f"{url}/{order}/payload", headers=headers, timeout=10).json()["slip"] for order in new]


def test_a_card_comes_out_at_once_and_again_by_its_code_at_the_printer_that_has_paper(
    clerk: Page, street: Street, counter: str
) -> None:
    before = _orders(street, counter)
    go(clerk, "people")
    clerk.fill("#person-name", "欧阳建国")
    clerk.tap(".register .go")
    code = clerk.locator(".card .big-code").inner_text()
    clerk.tap(".card .go")
    expect(clerk.locator(".card .said.good")).to_contain_text("三号窗口")
    clerk.tap(".card .quiet")
    clerk.fill("#again-code", "W111 1111 1111 11")
    clerk.tap(".card-again .light")
    expect(clerk.locator(".card-again .said.bad")).to_be_visible()
    clerk.fill("#again-code", code.lower())
    clerk.tap(".card-again .light")
    expect(clerk.locator(".card-again .said.good")).to_be_visible()
    assert [(slip["layout"], slip["code"]) for slip in _slips(street, counter, before, 2)] == [
        ("worker_card", code)
    ] * 2


def test_the_sheets_of_a_bus_come_out_of_the_printer_that_was_chosen(clerk: Page, street: Street, counter: str) -> None:
    street.bus("moon", "09:40", 1)
    go(clerk, "buses")
    clerk.tap(".bus:has-text('9:40')")
    clerk.tap(".boarding .to-papers")
    expect(clerk.locator(".printer-list option")).to_have_count(2)
    clerk.select_option(".printer-list", label="三号窗口")
    before = _orders(street, counter)
    for nth in range(2):
        with clerk.expect_response("**/papers"):
            clerk.tap(f".paper-tile >> nth={nth}")
        expect(clerk.locator(".papers .said.good")).to_contain_text("三号窗口")
    made = [(slip["layout"], slip["sign"]) for slip in _slips(street, counter, before, 2)]
    assert made == [("windscreen", "moon"), ("manifest", "moon")]


def _choose(page: Page, name: str, words: str) -> None:
    option = page.locator(f"[aria-labelledby=paper-{name}-label] .choice:has-text('{words}')")
    option.tap()
    expect(option).to_have_attribute("aria-checked", "true")


def _at(page: Page, hour: str, minute: str) -> None:
    page.select_option(".when select >> nth=0", hour)
    page.select_option(".when select >> nth=1", minute)


def test_a_kit_is_ordered_and_what_was_written_on_it_is_taken_in(clerk: Page, street: Street, counter: str) -> None:
    trip = street.bus("fish", "07:10", 2)
    street.job(trip, headcount=1, starts_at="09:30", trade="loader", ways=["bus", "own"])
    before = _orders(street, counter)
    go(clerk, "paper")
    clerk.tap(".to-kit")
    clerk.tap(".wishes .choice >> nth=1")
    for _ in range(2):
        clerk.tap("[aria-labelledby=kit-numbers-label] .step >> nth=0")
    said = clerk.locator(".kit-plan .go")
    expect(clerk.locator(".sheet-list")).to_contain_text("3 张")
    promised = int("".join(filter(str.isdigit, said.inner_text().split("张")[0])))
    said.tap()
    expect(clerk.locator(".kit-plan .said.good")).to_contain_text("号码 Z001—Z030")
    kit = _slips(street, counter, before, promised)
    assert kit[0]["layout"] == "kit_cover"
    clerk.tap(".back")

    _at(clerk, "05", "10")
    clerk.fill("#paper-number", "Z001")
    _choose(clerk, "service", "职业介绍")
    clerk.tap("form.line .go")
    expect(clerk.locator("form.line .said.good")).to_contain_text("Z001")
    _choose(clerk, "kind", "去干活")
    post = next(post for slip in kit for post in slip.get("posts", ()) if post["bus_sign"] == "fish")
    clerk.fill("#paper-search", post["qr_text"])
    clerk.keyboard.press("Enter")
    clerk.wait_for_selector("#paper-name")
    for number in ("Z002", "Z003"):
        clerk.fill("#paper-number", number)
        _choose(clerk, "way", "大厅班车")
        clerk.tap("form.line .go")
        expect(clerk.locator("form.line .bottom")).to_contain_text(number)
    expect(clerk.locator(".beside .troubled")).to_contain_text("招满了")
    expect(clerk.locator(".rail .door:has-text('补录') .alarm")).to_have_text("1")
    _choose(clerk, "kind", "上了车")
    manifest = next(slip for slip in kit if slip["layout"] == "manifest" and slip["sign"] == "fish")
    clerk.fill("#paper-number", manifest["qr_text"])
    clerk.keyboard.press("Enter")
    expect(clerk.locator("[aria-labelledby=paper-trip-label] [aria-checked=true]")).to_contain_text("7:10")
    clerk.fill("#paper-number", "Z002")
    clerk.tap("form.line .go")
    expect(clerk.locator("form.line .said.good")).to_contain_text("Z002")
    _choose(clerk, "kind", "开了车")
    _at(clerk, "05", "30")
    clerk.tap("form.line .go")
    expect(clerk.locator("form.line .said.good")).to_be_visible()
    held = street.staff.get(f"/trips/{trip}/manifest").json()
    assert [(seat["number"], seat["state"]) for seat in held["seats"]] == [("Z002", "aboard")]
    clerk.tap(".beside .troubled .plain")
    clerk.tap(".beside .choices button:has-text('人没有去')")
    expect(clerk.locator(".beside .troubled")).to_have_count(0)


def test_what_is_mistyped_is_said_at_its_field_and_kept_there(clerk: Page) -> None:
    go(clerk, "paper")
    clerk.wait_for_selector(".line-fields")
    clerk.reload()
    clerk.fill("#paper-number", "Z999")
    clerk.tap("form.line .go")
    expect(clerk.locator(".when .mistake")).to_be_visible()
    _at(clerk, "23", "00")
    _choose(clerk, "service", "职业介绍")
    clerk.tap("form.line .go")
    expect(clerk.locator(".when .mistake")).to_contain_text("还没到")
    _at(clerk, "04", "00")
    clerk.tap("form.line .go")
    expect(clerk.locator("#paper-number-wrong")).to_contain_text("没有发过这个号")
    assert clerk.input_value("#paper-number") == "Z999"
