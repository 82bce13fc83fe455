"""The "break it" page: who may see it, who may press, and that what stands on it is what can be done."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from demo_hall.breaking import Breaking, Machines, UnknownOrder
from demo_hall.cards import CARDS
from demo_hall.panel import LANGUAGES, Demo, Page, PanelServer
from demo_hall.people import NothingToDo

KEY = "a-key-of-this-test"
NAMES = ("take_the_last_place", "post_fifty", "raise_a_pay", "call_the_next", "let_a_bus_depart")


class Recorder:
    """Stands in for machines and people: remembers what was done to it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.is_up = True
        self.is_cut = False

    def __getattr__(self, name: str) -> Any:
        if name not in NAMES:
            raise AttributeError(name)
        return lambda: self.done.append(name) or {"count": 50}

    def cut(self) -> None:
        self.is_cut = True

    def mend(self) -> None:
        self.is_cut = False

    def set_up(self, is_up: bool) -> None:
        self.is_up = is_up


def breaking_of(recorder: Recorder) -> Breaking:
    machines = Machines(
        cables={"wall": recorder},  # type: ignore[dict-item]
        order_printer=recorder.done.append,
        printer_condition=lambda: recorder.done[-1] if recorder.done else "ready",
        kill_server=lambda: recorder.set_up(False),
        start_server=lambda: recorder.set_up(True),
        is_server_up=lambda: recorder.is_up,
    )
    return Breaking(machines, recorder)  # type: ignore[arg-type]


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def panel(recorder: Recorder) -> Iterator[PanelServer]:
    """A page whose demo answers from `recorder`."""
    ours, theirs = socket.socketpair()
    breaking = breaking_of(recorder)

    def answer() -> None:
        with ours.makefile("rw", encoding="utf-8") as lines:
            for line in lines:
                asked = json.loads(line)
                reply = breaking.state() if asked["ask"] == "state" else _said(breaking, asked["name"])
                lines.write(json.dumps(reply) + "\n")
                lines.flush()

    server = PanelServer(Demo(theirs), KEY, "zh_Hans")
    threads = [threading.Thread(target=run) for run in (answer, lambda: server.serve_forever(0.05))]
    for thread in threads:
        thread.start()
    yield server
    server.shutdown()
    server.server_close()
    server.demo.close()
    theirs.close()
    for thread in threads:
        thread.join()
    ours.close()


def _said(breaking: Breaking, name: str) -> dict[str, Any]:
    outcome = breaking.obey(name)
    return {"k": outcome.id, "a": outcome.facts}


def address(panel: PanelServer, path: str) -> str:
    return f"http://{panel.host}{path}"


@pytest.fixture
def visitor(panel: PanelServer) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        session.get(address(panel, f"/?key={KEY}"), timeout=5)
        yield session


def test_without_the_key_there_is_no_page_no_state_and_nothing_to_press(panel: PanelServer, recorder: Recorder) -> None:
    with requests.Session() as stranger:
        stranger.trust_env = False
        for path in ("/", "/?key=wrong", "/zh_Hans", "/zh_Hans/state"):
            assert stranger.get(address(panel, path), timeout=5).status_code == 404
        press = stranger.post(address(panel, "/en/orders/network_cut"), headers={"X-Demo": "1"}, timeout=5)
    assert press.status_code == 404
    assert not recorder.is_cut


def test_a_page_of_another_origin_cannot_press(
    panel: PanelServer, visitor: requests.Session, recorder: Recorder
) -> None:
    assert visitor.post(address(panel, "/en/orders/network_cut"), timeout=5).status_code == 404
    foreign = {"X-Demo": "1", "Host": "evil.example"}
    assert visitor.post(address(panel, "/en/orders/network_cut"), headers=foreign, timeout=5).status_code == 404
    assert not recorder.is_cut


def test_pressing_does_it_and_says_so_in_the_language_of_the_page(
    panel: PanelServer, visitor: requests.Session, recorder: Recorder
) -> None:
    said = visitor.post(address(panel, "/en/orders/network_cut"), headers={"X-Demo": "1"}, timeout=5).json()
    assert said == {"said": "The cable is out. Watch the wall and the kiosk."}
    assert recorder.is_cut
    state = visitor.get(address(panel, "/zh_Hans/state"), timeout=5).json()
    assert state["network"] == {"said": "网线拔了", "is_broken": True}
    assert state["server"] == {"said": "运行中", "is_broken": False}


def test_files_are_given_only_from_the_page_and_the_derived_folder(panel: PanelServer) -> None:
    with requests.Session() as visitor:
        visitor.trust_env = False
        for path in ("/page/panel.css", "/page/panel.mjs", "/derived/look.css"):
            assert visitor.get(address(panel, path), timeout=5).status_code == 200
    with socket.create_connection(("127.0.0.1", panel.server_address[1]), timeout=5) as talk:
        talk.sendall(b"GET /page/../panel.py HTTP/1.0\r\n\r\n")
        assert b" 404 " in talk.recv(100)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_on_the_page_is_an_order_and_every_order_has_its_button(language: str, recorder: Recorder) -> None:
    buttons = re.findall(r'data-order="(\w+)"', Page().html(language))
    assert sorted(buttons) == sorted(breaking_of(recorder).names)
    assert "$" not in Page().html(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_came_of_every_order_can_be_said(language: str, recorder: Recorder) -> None:
    text = {"t": {"zh-Hans": "装卸搬运工", "en": "Loader"}}
    facts = {"title": text, "employer": "E", "count": 50, "number": "A001", "counter": 1, "at": "6:20", "to": "X"}
    for name in breaking_of(recorder).names:
        said = Page().outcome(language, {"k": f"demo.did.{name}", "a": facts})["said"]
        assert said
        assert "{" not in said


def test_every_state_of_every_machine_has_its_word() -> None:
    states = {
        "network": ("whole", "cut"),
        "server": ("up", "down"),
        "printer": (
            "ready", "near_end", "paper_end", "cover_open", "cutter_error", "offline", "vanish", "gone",
        ),
    }  # fmt: skip
    assert {card.machine for card in CARDS} - {""} == set(states)
    for machine, words in states.items():
        for word in words:
            assert Page().state("en", {machine: word})[machine]["said"]


def test_people_do_nothing_while_the_server_is_down_and_machines_still_obey(recorder: Recorder) -> None:
    breaking = breaking_of(recorder)
    breaking.obey("server_kill")
    assert breaking.obey("fifty_posts").id == "demo.did.no_server"
    assert breaking.obey("paper_end").id == "demo.did.paper_end"
    assert recorder.done == ["paper_end"]
    breaking.obey("server_start")
    assert breaking.obey("fifty_posts").facts == {"count": 50}


def test_an_order_that_nothing_is_left_for_says_why(recorder: Recorder) -> None:
    def nothing() -> dict[str, Any]:
        raise NothingToDo("no_bus")

    recorder.let_a_bus_depart = nothing  # type: ignore[assignment]
    assert breaking_of(recorder).obey("depart").id == "demo.did.no_bus"


def test_an_order_that_does_not_exist_is_refused(recorder: Recorder) -> None:
    with pytest.raises(UnknownOrder):
        breaking_of(recorder).obey("explode")
