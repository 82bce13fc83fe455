"""One run of the demo: opens the house, says where everything is, runs until told to end, closes everything."""

from __future__ import annotations

from demo_hall.breaking import Breaking, Machines
from demo_hall.director import Director
from demo_hall.hall import NotOurs
from demo_hall.house import House
from demo_hall.panel_link import PanelLink
from demo_hall.people import Desk, People
from demo_hall.plan import Plan
from demo_hall.processes import PartFault, Running
from demo_hall.terminal import Terminal
from hallserver.services.seed import RealPeople

BROKEN, REFUSED = 1, 2


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
        try:
            return self._run(house)
        except PartFault as fault:
            self._terminal.complain("demo.part_failed", what=fault)
            return BROKEN
        finally:
            house.close()
            self._terminal.tell("demo.ended")

    def _run(self, house: House) -> int:
        director = Director(house.crew, self._on_ended)
        self._director = director
        director.hear_signals()
        house.open()
        desk = Desk(house.server.url, "demo", house.hall.password)
        panel = PanelLink(
            Breaking(_machines(house, director), People(desk, house.hall.pack, house.hall.today)), self._plan.language
        )
        try:
            panel.start(house.crew)
            self._tell_where(house, panel)
            return director.run()
        finally:
            panel.stop()
            desk.close()

    def _tell_where(self, house: House, panel: PanelLink) -> None:
        self._terminal.tell("demo.staff", url=f"{house.cables['tablet'].url}/tablet/", password=house.hall.password)
        self._terminal.tell("demo.panel", url=panel.url)
        self._terminal.tell("demo.ready")

    def _on_ended(self, part: Running) -> None:
        if part.process.returncode == 0 and part.name in ("kiosk", "wall"):
            self._terminal.tell("demo.part_closed", part=part.name)
        else:
            self._terminal.complain("demo.part_failed", what=f"{part.name} {part.process.returncode}\n{part.tail()}")
            self._director.end(BROKEN)


def _machines(house: House, director: Director) -> Machines:
    return Machines(
        cables=house.cables,
        order_printer=house.printer.order,
        printer_condition=house.printer.condition,
        kill_server=lambda: director.ask(house.server.kill),
        start_server=lambda: director.ask(house.server.start),
        is_server_up=lambda: house.server.is_up,
    )
