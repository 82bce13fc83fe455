"""Every staff page has room: lying and standing, in both languages, seeded, with long names, empty and refused."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from config.pack import Pack
from hallserver import administration
from tests.support import hall
from tests.support.tablet import CRAMPED, LYING, STANDING, Street, go, keep_picture, scan, sign_in, tablet_page

LONG_NAME = "三号窗口旁边的备用打印机（放在柜台下面，钥匙在值班长那里）"
SIGN_OF = """sign => [...document.querySelectorAll('.bus')].find(bus =>
  bus.querySelector('.picto').style.getPropertyValue('--picto').includes(`/${sign}.svg`)).click()"""
TO_THE_END = "() => document.querySelector('form.post').scrollTo(0, 99999)"


@dataclass
class Seeded:
    """A demo hall that runs, with its staff and slips."""

    process: hall.HallProcess
    password: str
    slips: list[str]
    other_slip: str


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    running = hall.HallProcess(tmp_path_factory.mktemp("room") / "hall")
    office = running.office()
    made = administration.seed_demo(office, Pack.load(hall.DEMO_HALL), 1, 120)
    office.engine.dispose()
    running.start()
    street = Street(running, made.password)
    hall.add_device(running, "wall", "门口大屏")
    street.printer_at(LONG_NAME)
    street.printer(stop="cutter_error")
    star, house = street.bus("heart", "07:40", 2), street.bus("house", "07:50", 1)
    job = street.job(star, headcount=9, starts_at="09:00")
    slips = [street.slip(job) for _ in range(7)]
    other = street.slip(street.job(house))
    for service, state, reason in (("rights", "failed", "paper_end"), ("policy", "unknown", "connection_lost")):
        street.report(street.at_kiosk("/queue-tickets", {"service": service})["print_job"], state, reason)
    yield Seeded(running, made.password, slips, other)
    street.close()
    running.stop()


@pytest.fixture(params=[LYING, STANDING], ids=["lying", "standing"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture(params=["zh_Hans", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@dataclass
class Eye:
    """Looks at a page at each stop of a walk and remembers what is cramped."""

    page: Page
    marked: str

    def __post_init__(self) -> None:
        self.wrong: list[str] = []

    def look(self, name: str) -> None:
        """The page as it stands."""
        self.page.wait_for_timeout(150)
        self.wrong += [f"{name}: {one}" for one in self.page.evaluate(CRAMPED)]
        keep_picture(self.page, f"{name}-{self.marked}")


def test_nothing_is_cut_or_overlaps_and_everything_is_big_enough_to_touch(
    chromium: Browser, seeded: Seeded, size: tuple[int, int], language: str
) -> None:
    with tablet_page(chromium, seeded.process.url, language, size) as page:
        eye = Eye(page, f"{'lying' if size == LYING else 'standing'}-{language}")
        for walk in (_sign_in, _jobs, _post, _queue, _board, _plan, _people, _papers, _kit, _take_in, _machines):
            walk(page, eye, seeded)
    assert not eye.wrong, "\n".join(eye.wrong)


def _sign_in(page: Page, eye: Eye, seeded: Seeded) -> None:
    for way in ("pair", "recover", "password"):
        page.tap(f"#tab-{way}")
        eye.look(f"sign-in-{way}")
    sign_in(page, "demo", "not it")
    eye.look("sign-in-refused")
    sign_in(page, "demo", seeded.password)
    page.wait_for_selector(".job")


def _jobs(page: Page, eye: Eye, seeded: Seeded) -> None:
    eye.look("jobs")
    page.tap(".job >> nth=3")
    eye.look("job")
    page.tap(".acts .dark")
    eye.look("job-raise")
    if page.viewport_size == {"width": STANDING[0], "height": STANDING[1]}:
        page.tap(".only-narrow")
    page.fill(".find", "zzz")
    eye.look("jobs-none")
    page.fill(".find", "")


def _post(page: Page, eye: Eye, seeded: Seeded) -> None:
    page.tap(".jobs .bottom .go")
    page.wait_for_selector(".trade")
    eye.look("post-trade")
    page.tap(".trade >> nth=1")
    page.wait_for_selector(".employer")
    eye.look("post-employer")
    page.tap(".employer >> nth=2")
    page.wait_for_selector(".post")
    eye.look("post")
    page.tap(".post .bottom .go")
    page.wait_for_selector(".mistake")
    eye.look("post-refused")
    page.evaluate(TO_THE_END)
    eye.look("post-end")
    page.tap(".back")


def _queue(page: Page, eye: Eye, seeded: Seeded) -> None:
    go(page, "queue")
    page.wait_for_selector(".counter")
    eye.look("queue-counters")
    page.tap(".counter >> nth=2")
    page.wait_for_selector(".desk")
    eye.look("queue-nobody")
    page.tap(".go.huge")
    page.wait_for_selector(".current[data-called=true], .said.bad")
    eye.look("queue-called")


def _board(page: Page, eye: Eye, seeded: Seeded) -> None:
    go(page, "buses")
    page.wait_for_selector(".bus")
    eye.look("buses")
    page.evaluate(SIGN_OF, "heart")
    page.wait_for_selector(".boarding")
    if page.locator(".scan .huge").count():
        eye.look("door-closed")
        page.tap(".scan .huge")
    page.wait_for_selector("form.scan")
    eye.look("door-open")
    for code in (seeded.slips.pop(0), seeded.slips[-1], seeded.slips[-1], seeded.other_slip, "J000 0000 0000 00"):
        with page.expect_response("**/boardings"):
            scan(page, code)
        page.wait_for_selector(".answer:not([data-tone=wait])")
        eye.look(f"door-{page.locator('.answer').get_attribute('data-tone')}-{secrets.token_hex(2)}")
    page.tap(".back")


def _plan(page: Page, eye: Eye, seeded: Seeded) -> None:
    page.tap(".buses .bottom .go")
    eye.look("plan")
    page.tap(".plan .bottom .go")
    page.wait_for_selector(".mistake")
    eye.look("plan-refused")
    page.tap(".back")


def _people(page: Page, eye: Eye, seeded: Seeded) -> None:
    go(page, "people")
    eye.look("people")
    page.fill("#person-name", "买买提明·阿卜杜热合曼·吐尔逊江")
    page.fill("#person-phone", "1")
    page.tap(".register .go")
    page.wait_for_selector(".mistake")
    eye.look("people-refused")
    page.fill("#person-phone", "")
    page.tap(".register .go")
    page.wait_for_selector(".card")
    page.tap(".card .go")
    page.wait_for_selector(".card .said.good")
    eye.look("people-card")


def _papers(page: Page, eye: Eye, seeded: Seeded) -> None:
    go(page, "buses")
    page.wait_for_selector(".bus")
    page.evaluate(SIGN_OF, "house")
    page.tap(".boarding .to-papers")
    page.wait_for_selector(".paper-tile")
    page.tap(".paper-tile >> nth=1")
    page.wait_for_selector(".papers .said.good")
    eye.look("papers-bus")
    page.tap(".back")
    page.tap(".back")
    go(page, "devices")
    page.tap(".printers .to-papers")
    page.wait_for_selector(".paper-tile")
    eye.look("papers")
    page.tap(".back")
    go(page, "people")
    page.wait_for_selector(".card-again")
    page.fill("#again-code", "W123 4567 89AB CD")
    page.tap(".card-again .light")
    page.wait_for_selector(".card-again .said.bad")
    eye.look("people-card-again")


def _kit(page: Page, eye: Eye, seeded: Seeded) -> None:
    go(page, "paper")
    page.wait_for_selector(".line-fields")
    page.tap(".to-kit")
    page.wait_for_selector(".sheet-list")
    page.tap(".wishes .choice >> nth=1")
    page.wait_for_selector(".sheet-list li:nth-child(5)")
    page.tap(".kit .go")
    page.wait_for_selector(".kit .said.good")
    eye.look("kit-today")
    page.tap(".back")


def _take_in(page: Page, eye: Eye, seeded: Seeded) -> None:
    page.wait_for_selector(".line-fields")
    page.tap("form.line .go")
    page.wait_for_selector(".mistake")
    eye.look("paper-refused")
    hours = page.locator(".when select")
    hours.nth(0).select_option("05")
    hours.nth(1).select_option("10")
    page.fill("#paper-number", "Z001")
    page.locator("[aria-labelledby=paper-service-label] .choice").nth(0).tap()
    page.tap("form.line .go")
    page.wait_for_selector(".taken, form.line .said")
    eye.look("paper-number")
    page.tap("[aria-labelledby=paper-kind-label] .choice >> nth=1")
    page.wait_for_selector(".post-line")
    page.tap(".post-line >> nth=0")
    page.fill("#paper-name", "买买提明·阿卜杜热合曼·吐尔逊江")
    page.locator("[aria-labelledby=paper-way-label] .choice").nth(0).tap()
    eye.look("paper-place")
    page.tap("[aria-labelledby=paper-kind-label] .choice >> nth=2")
    for _ in range(2):
        page.fill("#paper-number", "Z002")
        page.locator("[aria-labelledby=paper-trip-label] .choice").nth(0).tap()
        page.tap("form.line .go")
        page.wait_for_selector(".beside .troubled")
    page.tap(".beside .troubled .plain >> nth=0")
    eye.look("paper-kept")


def _machines(page: Page, eye: Eye, seeded: Seeded) -> None:
    go(page, "devices")
    page.wait_for_selector(".known")
    eye.look("devices")
    page.tap(".troubled .plain >> nth=0")
    eye.look("devices-slip")
    page.tap(".known .plain >> nth=0")
    eye.look("devices-sure")
    page.tap(".who")
    eye.look("me")


def test_an_empty_hall_says_so_on_every_page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    running = hall.HallProcess(tmp_path_factory.mktemp("empty") / "hall")
    hall.found_hall(running)
    running.start()
    try:
        with tablet_page(chromium, running.url, "en") as page:
            eye = Eye(page, "lying-en")
            sign_in(page)
            for door, words in (("jobs", "No such jobs"), ("buses", "No buses today"), ("devices", "No machines yet")):
                go(page, door)
                page.get_by_text(words).wait_for()
                eye.look(f"empty-{door}")
        assert not eye.wrong, "\n".join(eye.wrong)
    finally:
        running.stop()
