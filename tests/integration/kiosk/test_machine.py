"""The whole kiosk but its window: link, camera, printer, errands and flow against a real hall."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from config.clock import elapsed_s
from config.settings import load_settings
from hallserver.device.pairing import DeviceToken, keep_token
from hallserver.device.rest import Done, HallRest
from hallserver.device.tone import tone_wav
from kiosk.attendant import Attendant, languages_of
from kiosk.flow import events as e
from kiosk.flow.identity import SeenCard
from kiosk.flow.scenes import Filter
from kiosk.machine import Machine
from kiosk.scanning import CardRead
from kiosk.scanning.id_card import IdCard
from kiosk.scanning.sample import make_card_video
from kiosk.viewmodels import views as v
from printer.sink.machine import Build
from printer.sink.serve import Order, Sink
from tests.mornings.screens import PollingScreen, StaffSession
from tests.support import hall
from tests.support.servant import until

TODAY = "2026-11-20"
PATIENT_S = 20.0


@dataclass
class Stand:
    """A kiosk whose glass is only a value."""

    machine: Machine
    attendant: Attendant

    def see(self) -> v.View:
        self.attendant.attend(elapsed_s())
        return self.attendant.view()

    def sees(self, is_so: Callable[[Any], bool]) -> bool:
        return until(lambda: is_so(self.see()), PATIENT_S)

    def choose(self, *events: e.Event) -> None:
        for event in events:
            self.machine.inbox.put(e.Touched(elapsed_s()))
            self.see()
            self.attendant.hear(event)

    def open_job(self, job: str) -> v.JobView:
        assert self.sees(lambda view: isinstance(view, v.HomeView))
        assert until(lambda: self.see() is not None and f"job/{job}" in self.machine.items(), PATIENT_S)
        self.choose(e.OpenJobs(Filter()), e.OpenJob(job))
        view = self.see()
        assert isinstance(view, v.JobView)
        return view


@pytest.fixture
def process(tmp_path: Path) -> Iterator[hall.HallProcess]:
    process = hall.HallProcess(tmp_path / "hall")
    hall.found_hall(process)
    yield process.start()
    process.stop()


@pytest.fixture
def staff(process: hall.HallProcess) -> Iterator[StaffSession]:
    session = StaffSession(process.url, "demo", hall.PASSWORD)
    yield session
    session.close()


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    sink = Sink(Build(576, True), tmp_path / "papers")
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def stand_of(process: hall.HallProcess, sink: Sink, tmp_path: Path) -> Iterator[Callable[..., Stand]]:
    made: list[Machine] = []

    def stand(camera: str = "off", is_known: bool = True, voice: str = "off") -> Stand:
        address = f"127.0.0.1:{sink.port}"
        own = load_settings(
            server_url=process.url, data_dir=tmp_path, camera=camera, voice=voice, printer_address=address
        )
        machine = Machine(own)
        if is_known and not (machine.folder / "token.json").exists():
            token = hall.add_device(process, "kiosk", tmp_path.name[:40])
            keep_token(machine.folder / "token.json", DeviceToken(process.url, token, "unused", "kiosk"))
        made.append(machine)
        return Stand(machine, Attendant(machine, languages_of("zh-Hans"), machine.start()))

    yield stand
    for machine in made:
        machine.stop()


def post(staff: StaffSession, **changes: Any) -> str:
    body = {
        "employer": staff.get("/employers").json()["employers"][0]["id"],
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
        "starts_at": "07:00",
        "ends_at": "17:00",
        "ways": ["own"],
        "contact_name": "Gate",
        "contact_phone": "0512-0000-0018",
    }
    return str(staff.post("/jobs", body | changes, os.urandom(16).hex()).json()["job"])


def bus(staff: StaffSession, sign: str) -> str:
    body = {"sign": sign, "destination": "Lake East", "bay": 2, "capacity": 3, "day": TODAY, "departs_at": "06:40"}
    return str(staff.post("/trips", body, os.urandom(16).hex()).json()["trip"])


def printed(folder: Path) -> list[str]:
    papers = sorted((folder / "papers").glob("paper-*.png"))
    return [zxingcpp.read_barcodes(Image.open(paper))[0].text for paper in papers]


def test_a_card_held_to_the_camera_takes_place_and_seat_and_prints_a_slip(
    stand_of: Callable[..., Stand], staff: StaffSession, process: hall.HallProcess, tmp_path: Path
) -> None:
    video = tmp_path / "card.avi"
    make_card_video(hall.add_card(process, "张伟").replace(" ", ""), video)
    job = post(staff, ways=["bus", "own"], trip=bus(staff, "star"))
    stand = stand_of(str(video))
    view = stand.open_job(job)
    assert view.action is not None and view.action.event == e.WantJob(("bus", "own"))
    stand.choose(view.action.event, e.TakeWay("bus"))
    assert stand.machine.camera_wanted
    assert stand.sees(lambda view: isinstance(view, v.DoneView) and view.tone == "go")
    done = stand.see()
    assert isinstance(done, v.DoneView)
    assert printed(tmp_path) == [done.qr_text] and done.sign == "signs/star" and len(done.qr_text) == 20
    assert (
        not stand.machine.camera_wanted and stand.machine.camera is not None and stand.machine.camera.newest() is None
    )
    assert stand.machine.items()[f"job/{job}"]["left"] == 4
    told = PollingScreen(staff, "staff")
    assert until(lambda: not any(key.startswith("print/") for key in told.items()), PATIENT_S)
    stand.choose(e.GoHome())
    assert isinstance(stand.see(), v.HomeView)


def test_after_a_visit_with_an_id_card_the_machine_holds_neither_number_nor_name(
    stand_of: Callable[..., Stand], staff: StaffSession, tmp_path: Path
) -> None:
    number, name = "99010119800101" + "105X", "司马" + "小满"
    job = post(staff)
    stand = stand_of(voice=str(tmp_path / "said"))
    stand.open_job(job)
    stand.choose(e.WantJob(("own",)), e.UseIdCard(), e.AgreeToCard())
    stand.machine.inbox.put(CardRead(IdCard(number, name, "resident", (), False, 1.0)))
    assert stand.sees(lambda view: isinstance(view, v.ConfirmView))
    assert held(number) and held(name)
    assert until(lambda: tone_wav() in [file.read_bytes() for file in (tmp_path / "said").glob("*.wav")], 5)
    stand.choose(e.ConfirmMe())
    assert stand.sees(lambda view: isinstance(view, v.DoneView) and view.tone == "go")
    stand.choose(e.GoHome())
    assert isinstance(stand.see(), v.HomeView)
    assert until(lambda: not held(number) and not held(name), 5)


def held(secret: str) -> list[object]:
    """Cards in this process that hold it, and what keeps it beside them: bodies of requests, lists, tuples."""
    gc.collect()
    return [one for one in gc.get_objects() if _holds(one, secret)]


def _holds(one: object, secret: str) -> bool:
    match one:
        case SeenCard() | IdCard():
            return secret in (one.number, one.name)
        case dict():
            return any(value is not None and type(value) is str and value == secret for value in list(one.values()))
    return False


def test_a_place_that_another_took_first_is_refused_in_words(
    stand_of: Callable[..., Stand], staff: StaffSession, process: hall.HallProcess, tmp_path: Path
) -> None:
    job = post(staff, headcount=1)
    stand = stand_of()
    stand.open_job(job)
    stand.choose(e.WantJob(("own",)))
    rival = HallRest(process.url, hall.add_device(process, "kiosk", "rival"))
    assert isinstance(rival.command("/claims", {"job": job, "way": "own"}), Done)
    rival.close()
    stand.choose(e.GoWithoutCard())
    assert stand.sees(lambda view: isinstance(view, v.MessageView))
    refused = stand.see()
    assert isinstance(refused, v.MessageView)
    assert (refused.title, refused.action.label) == ("刚刚招满了，名额给了前面的人", "再看看别的")
    assert printed(tmp_path) == []


def test_paper_that_runs_out_is_told_and_the_slip_comes_when_there_is_paper(
    stand_of: Callable[..., Stand], staff: StaffSession, sink: Sink, tmp_path: Path
) -> None:
    job = post(staff)
    sink.obey(Order("paper_end"))
    stand = stand_of()
    stand.open_job(job)
    stand.choose(e.WantJob(("own",)), e.GoWithoutCard())
    assert stand.sees(lambda view: isinstance(view, v.DoneView) and view.paper.startswith("打印纸用完了"))
    sink.obey(Order("ready"))
    assert stand.sees(lambda view: isinstance(view, v.DoneView) and view.paper == "小票打好了，请拿走")
    assert len(printed(tmp_path)) == 1


def test_a_claim_during_a_kill_is_carried_out_once_after_it(
    stand_of: Callable[..., Stand], staff: StaffSession, process: hall.HallProcess, tmp_path: Path
) -> None:
    job = post(staff)
    stand = stand_of()
    stand.open_job(job)
    stand.choose(e.WantJob(("own",)))
    process.kill()
    stand.choose(e.GoWithoutCard())
    assert isinstance(stand.see(), v.WorkingView)
    process.start()
    assert stand.sees(lambda view: isinstance(view, v.DoneView) and view.tone == "go")
    assert until(lambda: stand.see() is not None and stand.machine.items()[f"job/{job}"]["left"] == 4, PATIENT_S)
    assert len(printed(tmp_path)) == 1


def test_a_number_is_taken_and_printed_in_the_readers_language(
    stand_of: Callable[..., Stand], staff: StaffSession, tmp_path: Path
) -> None:
    stand = stand_of()
    assert stand.sees(lambda view: isinstance(view, v.HomeView))
    stand.choose(e.SwitchLanguage(), e.OpenServices(), e.TakeNumber("placement"))
    assert stand.sees(lambda view: isinstance(view, v.DoneView) and view.tone == "go")
    done = stand.see()
    assert isinstance(done, v.DoneView)
    assert done.title == "Your number" and done.number.startswith("A") and printed(tmp_path) == [done.qr_text]
    spool = sqlite3.connect(tmp_path / "screen" / "paper" / "spool.db")
    slip = str(spool.execute("SELECT slip FROM print_job").fetchone()[0])
    spool.close()
    assert '"language":"en"' in slip


def test_a_kiosk_that_boots_without_its_hall_shows_the_old_picture_and_gives_nothing_away(
    stand_of: Callable[..., Stand], staff: StaffSession, process: hall.HallProcess, tmp_path: Path
) -> None:
    job = post(staff)
    first = stand_of()
    first.open_job(job)
    first.machine.stop()
    with sqlite3.connect(tmp_path / "screen" / "replica.sqlite") as replica:
        replica.execute("UPDATE state SET heard_at = heard_at - 300")
    replica.close()
    process.kill()
    try:
        stand = stand_of()
        stand.open_job(job)
        assert stand.see().frame.stale.startswith("内容是 5 分钟前的")
        stand.choose(e.WantJob(("own",)))
        refused = stand.see()
        assert isinstance(refused, v.MessageView) and refused.title == "现在连不上大厅，不能给您占"
    finally:
        process.start()
    assert stand.sees(lambda view: view.frame.stale == "")
    assert stand.machine.items()[f"job/{job}"]["left"] == 5


def test_a_new_machine_shows_digits_becomes_a_kiosk_and_is_shut_out_again(
    stand_of: Callable[..., Stand], staff: StaffSession, tmp_path: Path
) -> None:
    stand = stand_of(is_known=False)
    assert stand.sees(lambda view: isinstance(view, v.PairingView) and bool(view.digits))
    digits = stand.see()
    assert isinstance(digits, v.PairingView)
    code = digits.digits.replace(" ", "")
    answer = staff.post("/devices", {"code": code, "name": "kiosk 3"}, os.urandom(16).hex())
    assert answer.status_code == 200, answer.text
    assert stand.sees(lambda view: isinstance(view, v.HomeView))
    token = tmp_path / "screen" / "token.json"
    assert oct(token.stat().st_mode)[-3:] == "600"
    staff.post(f"/devices/{answer.json()['device']}/revoke", {}, os.urandom(16).hex())
    assert stand.sees(lambda view: isinstance(view, v.PairingView) and bool(view.digits))
    assert not token.exists()


def test_what_the_feed_changes_waits_for_a_finger_and_what_a_finger_chooses_does_not(
    stand_of: Callable[..., Stand], staff: StaffSession
) -> None:
    post(staff)
    stand = stand_of()
    assert stand.sees(lambda view: isinstance(view, v.HomeView))
    stand.choose(e.OpenJobs(Filter()))
    stand.attendant.attend(elapsed_s())
    stand.attendant.hand.down("finger")
    fresh = post(staff, starts_at="06:40")
    assert until(lambda: f"job/{fresh}" in stand.machine.items(), PATIENT_S)
    assert stand.attendant.attend(elapsed_s() + 5.0) is None
    stand.attendant.hear(e.SwitchLanguage())
    assert stand.attendant.attend(elapsed_s() + 5.0) is not None
    stand.attendant.hand.up("finger", elapsed_s())
    assert stand.sees(lambda view: isinstance(view, v.JobsView) and view.news is not None)
