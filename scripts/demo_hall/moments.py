"""The moments at which screens are looked at: brings tablet and kiosk there as people do. Keeps no picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from demo_hall.cameras import Tablet
from demo_hall.director import Director
from demo_hall.kiosk_hand import KioskHand
from tests.mornings.script import Look

SETTLES_S = 1.5
READS_CARD_S = 12.0
TABLET_DOORS = {"jobs": 1, "queue": 2, "buses": 3, "people": 4, "devices": 5}
BUS_CHIP = (0.625, 0.12)
"""The kiosk's filter for posts with a bus, as shares of width and height."""

CARDS_IN_SIGHT = 4
COUNTER = 4

Take = Callable[[str, str], None]
"""`take(screen, name)` keeps what is on the glass now."""


@dataclass(frozen=True)
class Sight:
    """What whoever drives the screens knows of the hall: the kiosk's items, and the code of a morning's slip."""

    items: Callable[[], Mapping[str, Mapping[str, Any]]]
    slip_code: Callable[[str], str]


@dataclass(frozen=True)
class Moments:
    """`look(look)` brings a screen to where it shall be and takes its picture. None: that screen is not driven."""

    director: Director
    tablet: Tablet | None
    kiosk: KioskHand | None
    sight: Sight
    take: Take

    def look(self, look: Look) -> None:
        """Raises NotShown, Ending."""
        if look.screen == "kiosk" and self.kiosk is not None:
            self._kiosk_story(self.kiosk)
        elif look.screen == "tablet" and self.tablet is not None:
            self._tablet(self.tablet, look)
        elif look.screen == "wall":
            self._see("wall", look.name, look.after_s)

    def _see(self, screen: str, name: str, after_s: float = SETTLES_S) -> None:
        self.director.sleep(after_s)
        self.take(screen, name)

    # -- a tablet --------------------------------------------------------------------------------------------------

    def _tablet(self, tablet: Tablet, look: Look) -> None:
        if look.name == "boarding":
            self._board(tablet)
            return
        tablet.press(f"nav button:nth-of-type({TABLET_DOORS[look.name]})")
        if look.name == "queue":
            tablet.press(f"button.counter:nth-of-type({COUNTER})")
        self._see("tablet", look.name, look.after_s)

    def _board(self, tablet: Tablet) -> None:
        """At the door of the boarding bus: a slip is typed, and once more."""
        tablet.press(f"nav button:nth-of-type({TABLET_DOORS['buses']})")
        self._see("tablet", "buses")
        tablet.press("button.bus[data-state=boarding]")
        for name in ("aboard", "twice"):
            tablet.press("form.scan input[name=code]")
            tablet.type_text(self.sight.slip_code("last"))
            tablet.press("form.scan button[type=submit]")
            self._see("tablet", name)
        tablet.press("button.back")

    # -- the kiosk -------------------------------------------------------------------------------------------------

    def _kiosk_story(self, hand: KioskHand) -> None:
        """Home, posts with a bus, one of them, the way, the card before the camera, done."""
        self._see("kiosk", "home")
        hand.press_green()
        self._see("kiosk", "list")
        hand.press_at(*BUS_CHIP)
        self.director.sleep(SETTLES_S)
        hand.press_tile(self._first_at_once())
        self._see("kiosk", "job")
        hand.press_green()
        self._see("kiosk", "way")
        hand.press_tile(0)
        self._see("kiosk", "identify")
        self.director.sleep(READS_CARD_S)
        self._see("kiosk", "done")
        hand.press_green()

    def _first_at_once(self) -> int:
        """Place in the kiosk's list (posts with a bus, soonest first) of the first that gives a choice at once."""
        jobs = [(key, job) for key, job in self.sight.items().items() if key.startswith("job/") and job["bus"]]
        jobs.sort(key=lambda one: (one[1]["rank"], one[0]))
        live = [job for _, job in jobs if job["state"] == "live"][:CARDS_IN_SIGHT]
        wanted = (nth for nth, job in enumerate(live) if job["giving"] == "at_once" and len(job["ways"]) > 1)
        return next(wanted, 0)
