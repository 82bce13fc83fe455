"""A morning that plays by itself in the demo, with or without pictures, in a thread of its own."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import requests

from demo_hall.cameras import KioskEye, NotShown, Tablet, WallEye
from demo_hall.director import Director
from demo_hall.house import House
from demo_hall.kiosk_hand import KioskHand
from demo_hall.moments import Moments, Sight, Take
from demo_hall.photographer import Eye, Photographer
from demo_hall.playing import Playing
from demo_hall.processes import Ending, PartFault
from demo_hall.terminal import Terminal
from signage.browser import BrowserFault
from signage.devtools import DevToolsFault
from tests.mornings.player import MorningFault
from tests.mornings.script import Morning, read_morning

DONE, BROKEN = 0, 1
BETWEEN_STEPS_S = 6.0
"""Hall time between two steps that people watch; for pictures nobody waits."""

FAULTS = (MorningFault, NotShown, PartFault, BrowserFault, DevToolsFault, OSError, requests.RequestException)


class MorningRun:
    """`run()` in its own thread: plays, and ends the demo where it goes wrong or has taken its pictures."""

    def __init__(self, house: House, director: Director, terminal: Terminal) -> None:
        self._house, self._director, self._terminal = house, director, terminal
        assert house.plan.morning is not None
        self._morning: Morning = read_morning(house.plan.morning)

    def run(self) -> None:
        """Raises only what is a mistake of ours."""
        self._terminal.tell("demo.playing", title=self._morning.title)
        try:
            with ExitStack() as closing:
                self._play(closing)
            self._terminal.tell("demo.morning_over", title=self._morning.title)
            if self._house.plan.shots is not None:
                self._director.end(DONE)
        except Ending:
            return
        except FAULTS as fault:
            self._terminal.complain("demo.morning_failed", what=f"{type(fault).__name__}: {fault}")
            self._director.end(BROKEN)
        except Exception:  # a mistake of our own must end the demo, too: nobody waits beside it
            self._director.end(BROKEN)
            raise

    def _play(self, closing: ExitStack) -> None:
        plan = self._house.plan
        pause_s = 0.0 if plan.shots is not None else BETWEEN_STEPS_S / plan.speed
        playing = Playing(self._house, self._director, pause_s)
        closing.callback(playing.close)
        if plan.shots is None:
            moments = self._moments(None, playing, lambda screen, name: None)
            playing.play(self._morning, moments.look)
            return
        tablet = Tablet(
            self._house.cables["tablet"].url, self._house.machines / "tablet.chromium", self._house.plan.screens_in
        )
        closing.callback(tablet.close)
        tablet.open("demo", self._house.hall.password)
        photographer = self._photographer(tablet, plan.shots)
        playing.play(self._morning, self._moments(tablet, playing, photographer.take).look)
        photographer.keep_paper(self._house.printer.papers())
        page = photographer.finish({"at": plan.at, "seed": plan.seed, "speed": f"{plan.speed:g}"})
        self._terminal.tell("demo.shots_written", page=page)

    def _photographer(self, tablet: Tablet, folder: Path) -> Photographer:
        eyes: dict[str, Eye] = {
            "wall": WallEye(self._house.wall_profile),
            "kiosk": KioskEye(self._house.kiosk_display),
            "tablet": tablet,
        }
        return Photographer(folder, eyes)

    def _moments(self, tablet: Tablet | None, playing: Playing, take: Take) -> Moments:
        display = self._house.kiosk_display
        hand = KioskHand(display, KioskEye(display)) if self._house.plan.is_headless else None
        sight = Sight(playing.kiosk_items, playing.is_of_the_morning, playing.slip_code, playing.real_key)
        wall = WallEye(self._house.wall_profile) if self._house.plan.shots is not None else None
        return Moments(self._director, wall, tablet, hand, sight, take)
