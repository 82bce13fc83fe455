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
from demo_hall.screens import Frame, Machine
from demo_hall.terminal import Terminal
from kiosk.scanning.sample import make_card_video

CABLES = ("wall", "kiosk", "tablet")
KIOSK_PIXELS, KIOSK_PX_PER_MM = (1080, 1920), 3.0
WINDOW_SHARE = 0.85
EMPTY_FRAMES = 75
"""Five seconds of an empty hall before the kiosk's camera shows a card: time to look at the other ways to be known."""

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
        self._open_screens()

    def _open_screens(self) -> None:
        if self.plan.is_headless:
            self.kiosk_display = screens.open_display(self.crew, "display", KIOSK_PIXELS)
            self._open_wall(None)
            self._open_kiosk(Frame(0, 0, *KIOSK_PIXELS))
        else:
            self.kiosk_display = os.environ["DISPLAY"]
            kiosk, wall = frames_on(ImageGrab.grab(xdisplay=self.kiosk_display).size)
            self._open_wall(wall)
            self._open_kiosk(kiosk)

    def _open_wall(self, frame: Frame | None) -> None:
        display = "" if frame is None else self.kiosk_display
        machine = self._machine("wall", display)
        self.wall_profile = screens.start_wall(self.crew, self.hall, machine, frame)
        self._terminal.tell("demo.starting.wall")

    def _open_kiosk(self, frame: Frame) -> None:
        film = self.machines / "card.avi"
        make_card_video(self.hall.cards[0], film, empty=EMPTY_FRAMES)
        machine = self._machine("kiosk", self.kiosk_display)
        screens.start_kiosk(
            self.crew,
            self.hall,
            machine,
            camera=str(film),
            printer_address=self.printer.address,
            kiosk_size=f"{frame.width}x{frame.height}",
            kiosk_px_per_mm=f"{KIOSK_PX_PER_MM * frame.height / KIOSK_PIXELS[1]:.2f}",
        )
        self._terminal.tell("demo.starting.kiosk")

    def _machine(self, cable: str, display: str) -> Machine:
        return Machine(self.machines, self.cables[cable].url, display, self._voice(), self.plan.screens_in)

    def _voice(self) -> str:
        """Nobody hears a machine without a display; its sentences are kept as sound beside its files."""
        return str(self.machines / "voice") if self.plan.is_headless else "espeak"

    def close(self) -> None:
        """Everything ends; what ran for the demo is gone when this returns."""
        for cable in self.cables.values():
            cable.stop()
        self.crew.end_all()


def frames_on(display: tuple[int, int]) -> tuple[Frame, Frame]:
    """The kiosk upright at the left, the wall beside it as large as fits -> (kiosk, wall)."""
    width, height = display
    tall = min(KIOSK_PIXELS[1], round(height * WINDOW_SHARE))
    narrow = round(tall * KIOSK_PIXELS[0] / KIOSK_PIXELS[1])
    wide = min(width - narrow, round(height * WINDOW_SHARE * 16 / 9))
    return Frame(0, 0, narrow, tall), Frame(narrow, 0, wide, round(wide * 9 / 16))
