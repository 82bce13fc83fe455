"""The moments at which screens are looked at: brings tablet and kiosk there as people do. Keeps no picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from demo_hall.cameras import NotShown, Tablet, WallEye
from demo_hall.director import Director
from demo_hall.kiosk_hand import KioskHand
from kiosk.scanning.id_card import is_installed
from tests.mornings.script import Look

SETTLES_S = 1.5
READS_CARD_S = 12.0
TABLET_DOORS = {"jobs": 1, "queue": 2, "buses": 3, "people": 4, "paper": 5, "devices": 6}
BUS_CHIP = (0.625, 0.12)
"""The kiosk's filter for posts with a bus, as shares of width and height."""

FIRST_SERVICE = (0.27, 0.25)
NUMBER_TILE = 1
"""Second of the white tiles of the kiosk's home."""

BACK, ID_CARD_DOOR = (0.13, 0.03), (0.27, 0.65)
PRINTS_S = 3.0

CARDS_IN_SIGHT = 4
COUNTER = 4

Take = Callable[[str, str], None]
"""`take(screen, name)` keeps what is on the glass now."""


@dataclass(frozen=True)
class Sight:
    """What whoever drives the screens knows: the kiosk's items, and whose posts and slips the morning's people need."""

    items: Callable[[], Mapping[str, Mapping[str, Any]]]
    is_of_the_morning: Callable[[str], bool]
    slip_code: Callable[[str], str]
    real_key: Callable[[str], str]


@dataclass(frozen=True)
class Moments:
    """`look(look)` brings a screen to where it shall be and takes its picture. None: that screen is not driven."""

    director: Director
    wall: WallEye | None
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
            if look.item is not None and self.wall is not None:
                self.wall.wait_in_sight(self.sight.real_key(look.item))
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
            self.director.sleep(SETTLES_S)
            tablet.press("form.scan button[type=submit]:enabled")
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
        self._see("kiosk", "identify")  # while the film before the camera shows an empty hall
        if is_installed():
            self._id_card(hand)
        self.director.sleep(READS_CARD_S)
        self._see("kiosk", "done")
        hand.press_green()
        self.director.sleep(SETTLES_S)
        self._take_number(hand)

    def _id_card(self, hand: KioskHand) -> None:
        """What an ID card means, the look at one, and back to the question."""
        hand.press_at(*ID_CARD_DOOR)
        self._see("kiosk", "consent")
        hand.press_green()
        self._see("kiosk", "id_card")
        hand.press_at(*BACK)

    def _take_number(self, hand: KioskHand) -> None:
        """Home, what people come for, a number."""
        hand.press_tile(NUMBER_TILE)
        self._see("kiosk", "services")
        hand.press_at(*FIRST_SERVICE)
        self._see("kiosk", "number", PRINTS_S)
        hand.press_green()

    def _first_at_once(self) -> int:
        """Place in the kiosk's list (posts with a bus, soonest first) of the first that gives a choice at once."""
        jobs = [(key, job) for key, job in self.sight.items().items() if key.startswith("job/") and job["bus"]]
        jobs.sort(key=lambda one: (one[1]["rank"], one[0]))
        shown = [one for one in jobs if one[1]["state"] == "live"][:CARDS_IN_SIGHT]
        for nth, (key, job) in enumerate(shown):
            if job["giving"] == "at_once" and len(job["ways"]) > 1 and not self.sight.is_of_the_morning(key):
                return nth
        raise NotShown("the kiosk's list begins with no post by bus that is given at once")
