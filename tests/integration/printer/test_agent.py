"""A print agent at a counter: pairs, fetches what the hall orders for it, prints once and reports."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from config.settings import load_settings
from hallserver.services.printing import order_print
from hallserver.store.work import Actor, Work
from printer.agent import Agent
from printer.sink.machine import Build
from printer.sink.serve import Order, Sink
from tests.mornings.screens import PollingScreen, StaffSession
from tests.paper.printing import printed_codes
from tests.paper.slips import NUMBER_SLIP
from tests.support import hall
from tests.support.servant import until

PATIENT_S = 20.0


@pytest.fixture
def process(tmp_path: Path) -> Iterator[hall.HallProcess]:
    process = hall.HallProcess(tmp_path / "hall")
    hall.found_hall(process)
    yield process.start()
    process.stop()


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    sink = Sink(Build(576, True), tmp_path / "papers")
    sink.start()
    yield sink
    sink.stop()


def order(process: hall.HallProcess, device_id: str) -> str:
    """What a counter's command will do: a slip for the printer that stands there."""
    office = process.office()

    def verb(work: Work) -> str | None:
        work.actor = Actor("device", device_id, "printer", frozenset({"printer"}), device_id)
        return order_print(work, "number_slip", "A007", NUMBER_SLIP)

    try:
        return str(office.write("order", verb))
    finally:
        office.engine.dispose()


def reprint_it(staff: StaffSession, print_job: str) -> None:
    answer = staff.post(f"/print-jobs/{print_job}/reprint", {}, os.urandom(16).hex())
    assert answer.status_code == 200, answer.text


def move_away(process: hall.HallProcess, staff: StaffSession, sink: Sink, seen: tuple[str, PollingScreen]) -> None:
    """An open cover is seen by staff; the slip that waits for it goes to another printer and never comes out here."""
    device, told = seen
    sink.obey(Order("cover_open"))
    print_job = order(process, device)
    assert until(lambda: told.items().get(f"printer/{device}", {}).get("stop") == "cover_open", PATIENT_S)
    hall.add_device(process, "kiosk", "kiosk 9")
    other = next(key[7:] for key, item in told.items().items() if item.get("name") == "kiosk 9")
    answer = staff.post(f"/print-jobs/{print_job}/move", {"device": other}, os.urandom(16).hex())
    assert answer.json()["print_job"] is None  # its spool must let go first
    assert until(lambda: any(item.get("device") == other for item in told.items().values()), PATIENT_S)
    assert f"print/{print_job}" not in told.items()
    before = sink.status()["papers"]
    sink.obey(Order("ready"))
    assert until(lambda: told.items()[f"printer/{device}"]["stop"] is None, PATIENT_S)
    assert sink.status()["papers"] == before


def test_an_agent_pairs_prints_reprints_and_gives_away_its_own_orders_and_tells_the_hall(
    process: hall.HallProcess, sink: Sink, tmp_path: Path
) -> None:
    said: list[str] = []
    address = f"127.0.0.1:{sink.port}"
    settings = load_settings(server_url=process.url, data_dir=tmp_path, device_name="agent", printer_address=address)
    agent = Agent(settings, said.append)
    thread = threading.Thread(target=agent.run)
    thread.start()
    staff = StaffSession(process.url, "demo", hall.PASSWORD)
    try:
        assert until(lambda: any(line.startswith("pair this printer with ") for line in said), PATIENT_S)
        code = said[0].rsplit(" ", 1)[1]
        device = staff.post("/devices", {"code": code, "name": "counter 2"}, os.urandom(16).hex()).json()["device"]
        assert until(lambda: "paired as counter 2" in said, PATIENT_S)
        print_job = order(process, device)
        papers = tmp_path / "papers"
        assert until(lambda: len(list(papers.glob("paper-*.png"))) == 1, PATIENT_S)
        assert zxingcpp.read_barcodes(Image.open(papers / "paper-0001.png"))[0].text == "NK7Q4M2XH9TBE2"
        told = PollingScreen(staff, "staff")
        assert until(lambda: f"print/{print_job}" not in told.items(), PATIENT_S)
        assert [line for line in said if line.endswith("printed")] == [f"{print_job} printed"]
        reprint_it(staff, print_job)
        assert until(lambda: len(list(papers.glob("paper-*.png"))) == 2, PATIENT_S)
        assert printed_codes(papers) == ["NK7Q4M2XH9TBE2"] * 2
        move_away(process, staff, sink, (device, told))
    finally:
        agent.stop()
        thread.join(20)
        staff.close()
    assert not thread.is_alive()
