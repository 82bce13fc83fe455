"""The moments of a morning at which screens are looked at: brings tablet and kiosk there as people do. Keeps no
picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from demo_hall.cameras import Tablet
from demo_hall.director import Director
from demo_hall.kiosk_hand import KioskHand
from tests.mornings.script import Look

SETTLES_S = 1.5
READS_CARD_S = 12.0
PRINTS_S = 3.0
TABLET_DOORS = {"jobs": 1, "queue": 2, "buses": 3, "people": 4, "devices": 5}
FIRST_CARD = (0.5, 0.42)
"""Where the first post of the kiosk's list is, as shares of width and height."""

Take = Callable[[str, str], None]
"""`take(screen, name)` keeps what is on the glass now."""


@dataclass(frozen=True)
class Moments:
    """`before(look)`: when it returns, the screen is as the look wants it. None: that screen is not driven."""

    director: Director
    tablet: Tablet | None
    kiosk: KioskHand | None
    take: Take

    def before(self, look: Look) -> None:
        """Raises NotShown, Ending."""
        if look.screen == "tablet" and self.tablet is not None:
            self._tablet_to(self.tablet, look.name)
        if look.screen == "kiosk" and self.kiosk is not None:
            self._kiosk_story(self.kiosk)
        self.director.sleep(look.after_s)

    def _tablet_to(self, tablet: Tablet, name: str) -> None:
        if name == "boarding":
            tablet.press(f"nav button:nth-of-type({TABLET_DOORS['buses']})")
            tablet.press("button.bus[data-state=boarding]")
        elif name in TABLET_DOORS:
            tablet.press(f"nav button:nth-of-type({TABLET_DOORS[name]})")

    def _kiosk_story(self, hand: KioskHand) -> None:
        """Home, list, a post, the card before the camera, done; then somebody else's turn."""
        self._see("home")
        hand.press_green()
        self._see("list")
        hand.press_at(*FIRST_CARD)
        self._see("job")
        hand.press_green()
        self._see("identify")
        self.director.sleep(READS_CARD_S)
        self._see("done")

    def _see(self, name: str) -> None:
        self.director.sleep(SETTLES_S)
        self.take("kiosk", name)
