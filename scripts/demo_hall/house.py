"""Puts the demo together and takes it apart: data, server, cable, printer, screens, in this order and back."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import ImageGrab

from demo_hall import hall as hall_parts
from demo_hall import screens
from demo_hall.hall import DemoHall, Server
from demo_hall.paper import Printer
from demo_hall.plan import Plan
from demo_hall.processes import Crew
from demo_hall.relay import Relay
from demo_hall.screens import Machine
from demo_hall.terminal import Terminal
from kiosk.scanning.sample import make_card_video

CABLES = ("wall", "kiosk", "tablet")
KIOSK_PIXELS, KIOSK_PX_PER_MM = (1080, 1920), 3.0
WINDOW_SHARE = 0.85
"""How much of a display's height the kiosk's window takes, so that the other screens stay in sight."""


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
        self.kiosk_display = ""
        self.wall_profile = Path()

    def open(self) -> None:
        """In order, each ready before the next. Raises PartFault."""
        self._terminal.tell("demo.starting.seeded", count=self.hall.posts)
        self.server.start()
        self._terminal.tell("demo.starting.server", url=self.server.url)
        for cable in self.cables.values():
            cable.start()
        self.printer.start()
        self._terminal.tell("demo.starting.printer", folder=self.printer.folder)
        self._open_wall()
        self._open_kiosk()

    def _open_wall(self) -> None:
        display = "" if self.plan.is_headless else os.environ["DISPLAY"]
        machine = Machine(self.machines, self.cables["wall"].url, display, self._voice())
        self.wall_profile = screens.start_wall(self.crew, self.hall, machine)
        self._terminal.tell("demo.starting.wall")

    def _open_kiosk(self) -> None:
        film = self.machines / "card.avi"
        make_card_video(self.hall.cards[0], film)
        pixels, px_per_mm = self._kiosk_glass()
        machine = Machine(self.machines, self.cables["kiosk"].url, self.kiosk_display, self._voice())
        screens.start_kiosk(
            self.crew,
            self.hall,
            machine,
            camera=str(film),
            printer_address=self.printer.address,
            kiosk_size=f"{pixels[0]}x{pixels[1]}",
            kiosk_px_per_mm=f"{px_per_mm:.2f}",
        )
        self._terminal.tell("demo.starting.kiosk")

    def _kiosk_glass(self) -> tuple[tuple[int, int], float]:
        """Size of its window and pixels per millimetre: its own glass, or as much as the display has room for."""
        width, height = KIOSK_PIXELS
        if self.plan.is_headless:
            self.kiosk_display = screens.open_display(self.crew, "display", KIOSK_PIXELS)
            return KIOSK_PIXELS, KIOSK_PX_PER_MM
        self.kiosk_display = os.environ["DISPLAY"]
        share = min(1.0, ImageGrab.grab(xdisplay=self.kiosk_display).height * WINDOW_SHARE / height)
        return (round(width * share), round(height * share)), KIOSK_PX_PER_MM * share

    def _voice(self) -> str:
        """Nobody hears a machine without a display; its sentences are kept as sound beside its files."""
        return str(self.machines / "voice") if self.plan.is_headless else "espeak"

    def close(self) -> None:
        """Everything ends; what ran for the demo is gone when this returns."""
        for cable in self.cables.values():
            cable.stop()
        self.crew.end_all()
