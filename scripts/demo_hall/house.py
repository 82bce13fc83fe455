"""Puts the demo together and takes it apart: data, server, cable, printer, screens, in this order and back."""

from __future__ import annotations

import os

import hallserver.cli
from demo_hall import hall as hall_parts
from demo_hall import screens
from demo_hall.hall import DemoHall, Server
from demo_hall.paper import Printer
from demo_hall.plan import Plan
from demo_hall.processes import Crew
from demo_hall.relay import Relay
from demo_hall.terminal import Terminal

CABLES = ("wall", "kiosk", "tablet")


class House:
    """Every part that runs. `open` once, `close` always."""

    def __init__(self, plan: Plan, terminal: Terminal) -> None:
        self.plan, self._terminal = plan, terminal
        self.hall: DemoHall = hall_parts.found(plan)
        self.machines = plan.folder / hall_parts.MACHINES
        self.crew = Crew(self.machines / "said")
        self.server = Server(self.crew, self.hall)
        self.cables = {name: Relay(self.server.port) for name in CABLES}
        self.printer = Printer(self.crew, self.machines / "paper")
        self.displays: dict[str, str] = {}

    def open(self) -> None:
        """In order, each ready before the next. Raises PartFault."""
        self._terminal.tell("demo.starting.seeded", count=self.hall.posts)
        self.server.start()
        self._terminal.tell("demo.starting.server", url=self.server.url)
        for cable in self.cables.values():
            cable.start()
        self.printer.start()
        self._terminal.tell("demo.starting.printer", folder=self.printer.folder)
        self._open_screens()

    def _open_screens(self) -> None:
        if "wall" not in hallserver.cli.main.commands:
            return
        environment = screens.machine_environment(self.hall, "wall", self.cables["wall"].url)
        screens.start_wall(self.crew, environment, self.plan.is_headless)
        self._terminal.tell("demo.starting.wall")

    def display_for(self, name: str, pixels: tuple[int, int]) -> str:
        """Where a window opens: a display of its own without glass, or the machine's."""
        if not self.plan.is_headless:
            return os.environ["DISPLAY"]
        if name not in self.displays:
            self.displays[name] = screens.open_display(self.crew, f"display-{name}", pixels)
        return self.displays[name]

    def close(self) -> None:
        """Everything ends; what ran for the demo is gone when this returns."""
        for cable in self.cables.values():
            cable.stop()
        self.crew.end_all()
