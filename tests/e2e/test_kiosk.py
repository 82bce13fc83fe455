"""The kiosk as people meet it: a real window, real touches, a real hall, a printer of pictures, a video as camera."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hallserver.device.rest import Done, HallRest, Refused
from kiosk.scanning.sample import make_card_video, write_video
from printer.sink.machine import Build
from printer.sink.serve import Order, Sink
from tests.frames.card_people import person
from tests.frames.cards import coming
from tests.mornings.screens import DeviceScreen, PollingScreen, StaffSession
from tests.promises import Promise
from tests.support import hall
from tests.support.glass import Glass
from tests.support.kiosk import (
    ACTION,
    ACTION_BOX,
    BACKSPACE,
    BUS_FILTER,
    CAMERA_BOX,
    FIRST_ROW,
    FIRST_TILE,
    FIRST_WAY,
    ID_CARD_DOOR,
    JOBS_DOOR,
    LANGUAGE,
    MIDDLE_BOX,
    NEAR,
    NEWS,
    NEWS_BOX,
    NUMBERS_DOOR,
    PAPER_BOX,
    ROWS_BOX,
    SIZE,
    STALE_BOX,
    TICK_BOX,
    TYPING_DOOR,
    WRONG_BOX,
    Kiosk,
    open_kiosk,
    printed,
)
from tests.support.servant import until

TODAY = "2026-11-20"
SEED = 5


@dataclass
class Town:
    """A running hall with its staff, its wall, and a second kiosk that is only a hand on the wire."""

    process: hall.HallProcess
    staff: StaffSession
    wall: DeviceScreen
    rival: HallRest
    employer: str
    trips: dict[str, str] = field(default_factory=dict)

    def bus(self, sign: str, seats: int) -> str:
        body = {
            "sign": sign,
            "destination": "Lake East",
            "bay": 2,
            "capacity": seats,
            "day": TODAY,
            "departs_at": "06:40",
        }
        answer = self.staff.post("/trips", body | {"returns_at": "17:20"}, os.urandom(16).hex())
        return str(answer.json()["trip"])

    def post(self, starts: str = "07:00", **changes: Any) -> str:
        body = {
            "employer": self.employer,
            "trade": "loader",
            "headcount": 5,
            "pay_min_fen": 26000,
            "pay_max_fen": 26000,
            "pay_unit": "day",
            "settlement": "daily",
            "place": "Lake East",
            "address": "18 Harbour Road, gate 2",
            "work": "Loading",
            "first_day": TODAY,
            "starts_at": starts,
            "ends_at": "17:00",
            "meals": ["lunch"],
            "ways": ["own"],
            "contact_name": "Gate",
            "contact_phone": "0512-0000-0018",
        }
        answer = self.staff.post("/jobs", body | changes, os.urandom(16).hex())
        job = str(answer.json()["job"])
        assert until(lambda: f"job/{job}" in self.wall.items(), 10)
        return job

    def left(self, job: str) -> int:
        return int(self.wall.items()[f"job/{job}"]["left"])

    def loses_one(self, job: str, before: int) -> bool:
        return until(lambda: self.left(job) == before - 1, 15)

    def close_all(self) -> None:
        """No post stays for the next test."""
        for key in [key for key in self.wall.items() if key.startswith("job/")]:
            self.staff.post(f"/jobs/{key.removeprefix('job/')}/close", {}, os.urandom(16).hex())
        assert until(lambda: not any(key.startswith("job/") for key in self.wall.items()), 15)


@pytest.fixture(scope="module")
def glass() -> Iterator[Glass]:
    glass = Glass(*SIZE)
    yield glass
    glass.close()


@contextmanager
def open_town(folder: Path) -> Iterator[Town]:
    """Founds a hall, starts it, ends it."""
    process = hall.HallProcess(folder / "hall")
    hall.found_hall(process)
    process.start()
    staff = StaffSession(process.url, "demo", hall.PASSWORD)
    wall = DeviceScreen(process.url, hall.add_device(process, "wall", "wall"), "wall", folder / "wall.sqlite")
    rival = HallRest(process.url, hall.add_device(process, "kiosk", "rival"))
    employer = staff.get("/employers").json()["employers"][0]["id"]
    yield Town(process, staff, wall, rival, employer)
    wall.close()
    rival.close()
    staff.close()
    process.stop()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A hall that stays up while the tests of this module come and go."""
    with open_town(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def frail_town(tmp_path: Path) -> Iterator[Town]:
    """A hall for one test, which may kill it."""
    with open_town(tmp_path / "town") as town:
        yield town


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return tmp_path / "papers"


@pytest.fixture
def sink(papers: Path) -> Iterator[Sink]:
    sink = Sink(Build(576, True), papers)
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def kiosk(glass: Glass, town: Town, sink: Sink, tmp_path: Path) -> Iterator[Kiosk]:
    with open_kiosk(glass, town.process, sink, tmp_path) as kiosk:
        yield kiosk
    town.close_all()


@pytest.fixture
def frail_kiosk(glass: Glass, frail_town: Town, sink: Sink, tmp_path: Path) -> Iterator[Kiosk]:
    with open_kiosk(glass, frail_town.process, sink, tmp_path) as kiosk:
        yield kiosk


def row_of(kiosk: Kiosk) -> bytes:
    """The first card, without the list's bar."""
    return kiosk.glass.look().crop((44, 440, 700, 720)).tobytes()


def open_first_job(kiosk: Kiosk) -> None:
    assert kiosk.is_home()
    kiosk.glass.tap(*JOBS_DOOR)
    assert kiosk.glass.shows(NEAR.tiles.trade, ROWS_BOX, 0.05)
    kiosk.glass.tap(*FIRST_ROW)
    assert kiosk.glass.shows(NEAR.action, ACTION_BOX, 0.5)


def test_a_worker_with_a_card_takes_a_place_and_a_seat_and_leaves_with_a_slip(
    kiosk: Kiosk, town: Town, papers: Path, tmp_path: Path, promise: Promise
) -> None:
    card = hall.add_card(town.process, "张伟").replace(" ", "")
    video = tmp_path / "card.avi"
    make_card_video(card, video)
    trip = town.bus("star", 3)
    job = town.post(ways=["bus", "own"], trip=trip)
    town.post(starts="06:30")
    kiosk.camera = str(video)
    kiosk.start()
    assert kiosk.is_home()
    kiosk.glass.tap(*JOBS_DOOR)
    assert kiosk.glass.shows(NEAR.tiles.trade, ROWS_BOX, 0.05)
    kiosk.glass.tap(*BUS_FILTER)
    assert kiosk.glass.shows(NEAR.go, (560, 160, 780, 300), 0.5)
    kiosk.glass.tap(*FIRST_ROW)
    assert kiosk.glass.shows(NEAR.action, ACTION_BOX, 0.5)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.bus, (60, 380, 300, 700), 0.1)
    kiosk.glass.tap(*FIRST_WAY)
    assert town.loses_one(job, 5)
    assert until(lambda: int(town.wall.items()[f"trip/{trip}"]["left"]) == 2, 10)
    assert kiosk.glass.shows(NEAR.go, PAPER_BOX, 0.02, 15)
    assert until(lambda: len(list(papers.glob("paper-*.png"))) == 1, 10)
    slip = printed(papers)[0]
    assert slip[0] == "J" and len(slip) == 20
    assert kiosk.glass.codes() == [slip]
    staff = PollingScreen(town.staff, "staff")
    assert until(lambda: not any(key.startswith("print/") for key in staff.items()), 10)
    again = town.rival.command("/claims", {"job": job, "way": "own", "identity": {"kind": "code", "code": card}})
    assert isinstance(again, Refused) and again.code == "OVERLAP"
    kiosk.glass.tap(*ACTION)
    assert kiosk.is_home() and kiosk.glass.codes() == []
    promise(
        "a worker leaves the kiosk with place, seat and slip", "card by camera, wall 5 -> 4, seats 3 -> 2, slip read"
    )


def test_a_card_is_typed_by_finger_and_a_slip_of_it_is_mended_where_it_was_made(kiosk: Kiosk, town: Town) -> None:
    job, card = town.post(), hall.add_card(town.process, "李强").replace(" ", "")
    kiosk.start()
    open_first_job(kiosk)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.bar, CAMERA_BOX, 0.5)
    kiosk.glass.tap(*TYPING_DOOR)
    assert kiosk.glass.shows(NEAR.quiet, ACTION_BOX, 0.005)
    kiosk.type_code(card[:-1] + ("0" if card[-1] != "0" else "1"))
    assert kiosk.glass.shows(NEAR.action, ACTION_BOX, 0.5)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.stop, WRONG_BOX, 0.02)
    kiosk.glass.tap(*BACKSPACE)
    assert until(lambda: kiosk.glass.share_of(NEAR.action, ACTION_BOX) == 0.0, 5)
    kiosk.type_code(card[-1])
    assert kiosk.glass.shows(NEAR.action, ACTION_BOX, 0.5)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.go, PAPER_BOX, 0.02, 15)
    assert town.loses_one(job, 5)
    again = town.rival.command("/claims", {"job": job, "way": "own", "identity": {"kind": "code", "code": card}})
    assert isinstance(again, Refused) and again.code == "OVERLAP"


def test_a_scanner_that_types_is_answered_on_home_and_identifies_where_that_is_asked(kiosk: Kiosk, town: Town) -> None:
    job, card = town.post(), hall.add_card(town.process, "王芳").replace(" ", "")
    kiosk.start()
    assert kiosk.is_home()
    kiosk.glass.scan("https://example.com/?a=1")
    assert kiosk.glass.shows(NEAR.stop, MIDDLE_BOX, 0.02)
    kiosk.glass.scan(card)
    assert until(lambda: kiosk.glass.share_of(NEAR.stop, MIDDLE_BOX) == 0.0, 5)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.tiles.trade, ROWS_BOX, 0.05)
    kiosk.glass.tap(*FIRST_ROW)
    assert kiosk.glass.shows(NEAR.action, ACTION_BOX, 0.5)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.bar, CAMERA_BOX, 0.5)
    kiosk.glass.scan(card)
    assert kiosk.glass.shows(NEAR.go, PAPER_BOX, 0.02, 15)
    assert town.loses_one(job, 5)


def test_an_id_card_is_read_after_consent_confirmed_by_its_owner_and_leaves_no_trace(
    kiosk: Kiosk, town: Town, tmp_path: Path, promise: Promise
) -> None:
    job, owner, video = town.post(), person(SEED, "permit"), tmp_path / "id.avi"
    write_video(coming(SEED, empty=2, frames=12, kind="permit"), video)
    kiosk.camera = str(video)
    kiosk.start()
    open_first_job(kiosk)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.tiles.me, (44, 1080, 250, 1260), 0.05)
    kiosk.glass.tap(*ID_CARD_DOOR)
    assert kiosk.glass.shows(NEAR.tiles.me, (44, 200, 250, 900), 0.1)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.go, TICK_BOX, 0.1, 30)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.go, PAPER_BOX, 0.02, 15)
    assert town.loses_one(job, 5)
    identity = {"kind": "id_card", "number": owner.number, "name": owner.name, "consent": True}
    again = town.rival.command("/claims", {"job": job, "way": "own", "identity": identity})
    assert isinstance(again, Refused) and again.code == "OVERLAP"
    kiosk.glass.tap(*ACTION)
    assert kiosk.is_home()
    assert traces_of([owner.number, owner.name], kiosk.folder) == []
    promise("an ID card is read at the kiosk", "after consent, by video; number and name in no file of the machine")


def traces_of(secrets: list[str], folder: Path) -> list[str]:
    """Files of a machine that hold any of them, in any of the forms in which they are kept."""
    forms = [form for secret in secrets for form in (secret.encode(), secret.encode("unicode-escape"))]
    files = [file for file in folder.rglob("*") if file.is_file() and file.suffix not in (".avi", ".png")]
    return [file.name for file in files if any(form in file.read_bytes() for form in forms)]


def test_the_last_place_lost_meanwhile_is_said_and_nothing_is_printed(kiosk: Kiosk, town: Town, papers: Path) -> None:
    job = town.post(headcount=1)
    other = town.post(starts="08:00")
    kiosk.start()
    open_first_job(kiosk)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.bar, CAMERA_BOX, 0.5)
    assert isinstance(town.rival.command("/claims", {"job": job, "way": "own"}), Done)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.stop, MIDDLE_BOX, 0.02)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.tiles.trade, ROWS_BOX, 0.05)
    assert town.left(other) == 5 and printed(papers) == []


def test_a_printer_without_paper_is_told_on_the_glass_and_prints_when_it_has_some(
    kiosk: Kiosk, town: Town, sink: Sink, papers: Path
) -> None:
    town.post()
    sink.obey(Order("paper_end"))
    kiosk.start()
    open_first_job(kiosk)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.bar, CAMERA_BOX, 0.5)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.stop, PAPER_BOX, 0.02, 15)
    code = kiosk.glass.codes()
    assert len(code) == 1 and printed(papers) == []
    sink.obey(Order("ready"))
    assert kiosk.glass.shows(NEAR.go, PAPER_BOX, 0.02, 20)
    assert until(lambda: printed(papers) == code, 10)


def test_a_claim_made_while_the_server_is_killed_is_carried_out_once_when_it_is_back(
    frail_kiosk: Kiosk, frail_town: Town, papers: Path, promise: Promise
) -> None:
    kiosk, town = frail_kiosk, frail_town
    job = town.post()
    kiosk.start()
    open_first_job(kiosk)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.bar, CAMERA_BOX, 0.5)
    town.process.kill()
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.ground, ACTION_BOX, 0.9)
    town.process.start()
    assert kiosk.glass.shows(NEAR.go, PAPER_BOX, 0.02, 30)
    assert town.loses_one(job, 5)
    assert until(lambda: len(printed(papers)) == 1, 10)
    promise("no acknowledged command lost, none applied twice", "kiosk: claim during kill -9, 1 place taken")


def test_a_row_under_a_finger_stays_the_row_that_is_opened(kiosk: Kiosk, town: Town, promise: Promise) -> None:
    touched = town.post(starts="09:00")
    kiosk.start()
    assert kiosk.is_home()
    kiosk.glass.tap(*JOBS_DOOR)
    assert kiosk.glass.shows(NEAR.tiles.trade, ROWS_BOX, 0.05)
    kiosk.glass.down(*FIRST_ROW)
    earlier = [town.post(starts=start) for start in ("06:40", "06:50", "07:00")]
    assert kiosk.glass.share_of(NEAR.bus, NEWS_BOX) == 0.0
    kiosk.glass.up()
    assert kiosk.glass.shows(NEAR.action, ACTION_BOX, 0.5)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.bar, CAMERA_BOX, 0.5)
    kiosk.glass.tap(*ACTION)
    assert town.loses_one(touched, 5)
    assert [town.left(job) for job in earlier] == [5, 5, 5]
    promise("a finger opens the row it came down on", "3 posts sorted before it while it was down")


def test_new_posts_ring_a_banner_and_move_no_row(kiosk: Kiosk, town: Town) -> None:
    town.post(starts="09:00")
    kiosk.start()
    assert kiosk.is_home()
    kiosk.glass.tap(*JOBS_DOOR)
    assert kiosk.glass.shows(NEAR.tiles.trade, ROWS_BOX, 0.05)
    assert until(lambda: row_of(kiosk) == row_of(kiosk), 5)
    before = row_of(kiosk)
    town.post(starts="06:40", pay_min_fen=30000, pay_max_fen=30000)
    assert kiosk.glass.shows(NEAR.bus, NEWS_BOX, 0.3)
    assert row_of(kiosk) == before
    kiosk.glass.tap(*NEWS)
    assert until(lambda: kiosk.glass.share_of(NEAR.bus, NEWS_BOX) == 0.0, 5)
    assert until(lambda: row_of(kiosk) != before, 5)


def test_a_number_is_taken_and_printed(kiosk: Kiosk, town: Town, papers: Path) -> None:
    kiosk.start()
    assert kiosk.is_home()
    kiosk.glass.tap(*NUMBERS_DOOR)
    assert kiosk.glass.shows(NEAR.tiles.number, (60, 260, 360, 560), 0.05)
    kiosk.glass.tap(*FIRST_TILE)
    assert kiosk.glass.shows(NEAR.go, PAPER_BOX, 0.02, 15)
    assert until(lambda: len(printed(papers)) == 1, 10)
    assert printed(papers)[0].startswith("N") and kiosk.glass.codes() == printed(papers)
    assert town.wall.items()["queue/placement"]["waiting"] >= 1


def test_an_old_picture_is_browsed_and_gives_nothing_away(frail_kiosk: Kiosk, frail_town: Town, tmp_path: Path) -> None:
    kiosk, town = frail_kiosk, frail_town
    job = town.post()
    kiosk.start()
    replica = tmp_path / "kiosk" / "replica.sqlite"
    assert kiosk.is_home() and until(lambda: _holds(replica, f"job/{job}"), 20)
    assert kiosk.stop() == 0
    _make_old(replica, 300)
    town.process.kill()
    try:
        kiosk.start()
        open_first_job(kiosk)
        assert kiosk.glass.shows(NEAR.offline, STALE_BOX, 0.7)
        kiosk.glass.tap(*ACTION)
        assert kiosk.glass.shows(NEAR.stop, MIDDLE_BOX, 0.02)
    finally:
        town.process.start()
    assert until(lambda: kiosk.glass.share_of(NEAR.offline, STALE_BOX) == 0.0, 20)
    kiosk.glass.tap(*ACTION)
    assert kiosk.glass.shows(NEAR.action, ACTION_BOX, 0.5)
    assert town.left(job) == 5


def _holds(replica: Path, key: str) -> bool:
    """Whether the kiosk's picture on disk has it: its home stands before the first picture came."""
    with sqlite3.connect(replica) as db:
        found = db.execute("SELECT 1 FROM item WHERE key = ?", (key,)).fetchone() is not None
    db.close()
    return found


def _make_old(replica: Path, seconds: int) -> None:
    with sqlite3.connect(replica) as db:
        db.execute("UPDATE state SET heard_at = heard_at - ?", (seconds,))
    db.close()


def test_a_kiosk_that_is_new_shows_digits_and_is_a_kiosk_once_they_are_typed(
    kiosk: Kiosk, town: Town, tmp_path: Path
) -> None:
    (tmp_path / "kiosk" / "token.json").unlink()
    kiosk.start()
    assert kiosk.glass.shows(NEAR.text, (60, 500, 1020, 1200), 0.02, 20)
    code = _waiting_code(town)
    assert town.staff.post("/devices", {"code": code, "name": "new kiosk"}, os.urandom(16).hex()).status_code == 200
    assert kiosk.is_home()
    assert oct((tmp_path / "kiosk" / "token.json").stat().st_mode)[-3:] == "600"


def _waiting_code(town: Town) -> str:
    """The digits on the glass, as the hall keeps them."""
    with sqlite3.connect(town.process.folder / "hall.sqlite") as db:
        row = db.execute("SELECT code FROM pairing WHERE device_id IS NULL ORDER BY expires_at DESC LIMIT 1").fetchone()
    db.close()
    return str(row[0])


def test_f1_opens_nothing_over_the_kiosk(kiosk: Kiosk) -> None:
    kiosk.start()
    assert kiosk.is_home()
    before = kiosk.glass.look().crop((0, 130, 1080, 1900)).tobytes()
    kiosk.glass.press("F1")
    kiosk.glass.press("Escape")
    kiosk.glass.tap(*LANGUAGE)
    assert until(lambda: kiosk.glass.look().crop((0, 130, 1080, 1900)).tobytes() != before, 5)
    kiosk.glass.tap(*LANGUAGE)
    assert until(lambda: kiosk.glass.look().crop((0, 130, 1080, 1900)).tobytes() == before, 5)
