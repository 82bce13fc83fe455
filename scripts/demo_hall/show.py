"""One run of the demo: opens the house, says where everything is, runs until told to end, closes everything."""

from __future__ import annotations

import threading
from contextlib import ExitStack

from demo_hall.breaking import Breaking, Machines
from demo_hall.director import Director
from demo_hall.hall import NotOurs
from demo_hall.house import House
from demo_hall.morning import MorningRun
from demo_hall.panel_link import PanelLink
from demo_hall.people import Desk, People
from demo_hall.plan import Plan
from demo_hall.processes import Ending, PartFault, Running
from demo_hall.terminal import Terminal
from hallserver.services.seed import RealPeople

BROKEN, REFUSED = 1, 2
MAY_BE_CLOSED = ("wall", "kiosk")
"""Windows that a person may close."""


class Show:
    """`run()` once."""

    def __init__(self, plan: Plan, terminal: Terminal) -> None:
        self._plan, self._terminal = plan, terminal

    def run(self) -> int:
        """-> exit code: 0 told to end or done, 1 a part broke, 2 refused."""
        try:
            house = House(self._plan, self._terminal)
        except RealPeople:
            self._terminal.complain("demo.real_people", folder=self._plan.folder)
            return REFUSED
        except NotOurs as folder:
            self._terminal.complain("demo.not_ours", folder=folder)
            return REFUSED
        director = Director(house.crew, lambda part: self._on_ended(director, part))
        director.hear_signals()
        try:
            return self._run(house, director)
        except PartFault as fault:
            self._terminal.complain("demo.part_failed", what=fault)
            return BROKEN
        except Ending:
            return director.run()
        finally:
            house.close()
            self._terminal.tell("demo.ended")

    def _run(self, house: House, director: Director) -> int:
        house.open()
        with ExitStack() as closing:
            desk = Desk(house.server.url, "demo", house.hall.password)
            closing.callback(desk.close)
            people = People(desk, house.hall.pack, house.hall.today)
            panel = PanelLink(Breaking(_machines(house, director), people), self._plan.language)
            closing.callback(panel.stop)
            panel.start(house.crew)
            self._tell_where(house, panel)
            if self._plan.morning is not None:
                self._play(house, director, closing)
            return director.run()

    def _tell_where(self, house: House, panel: PanelLink) -> None:
        self._terminal.tell("demo.staff", url=f"{house.cables['tablet'].url}/tablet/", password=house.hall.password)
        self._terminal.tell("demo.panel", url=panel.url)
        self._terminal.tell("demo.ready")

    def _play(self, house: House, director: Director, closing: ExitStack) -> None:
        run = MorningRun(house, director, self._terminal)
        thread = threading.Thread(target=run.run, name="morning")
        thread.start()
        closing.callback(thread.join)
        closing.callback(director.end, 0)

    def _on_ended(self, director: Director, part: Running) -> None:
        if part.process.returncode == 0 and part.name in MAY_BE_CLOSED and self._plan.shots is None:
            self._terminal.tell("demo.part_closed", part=part.name)
            return
        what = f"{part.name} {part.process.returncode}\n{part.tail()}"
        self._terminal.complain("demo.part_failed", what=what)
        director.end(BROKEN)


def _machines(house: House, director: Director) -> Machines:
    return Machines(
        cables=house.cables,
        order_printer=house.printer.order,
        printer_condition=house.printer.condition,
        kill_server=lambda: director.ask(house.server.kill),
        start_server=lambda: director.ask(house.server.start),
        is_server_up=lambda: house.server.is_up,
    )
