"""Plays a morning in the demo: people act by REST, machines by their plugs, and somebody looks at the screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from demo_hall.director import Director
from demo_hall.house import House
from demo_hall.relay import Relay
from hallserver.device.rest import HallRest
from tests.mornings.player import Player, Stage
from tests.mornings.screens import DeviceScreen, Items, PollingScreen, Screen, StaffSession
from tests.mornings.script import Look, Morning

KIOSKS = {"a": "kiosk-2", "b": "kiosk-3"}
"""A morning's kiosks; the real one stands beside them."""

FEEDS = {"wall-1": "wall", "kiosk-1": "kiosk"}
"""Screens of a morning that look over a real one's shoulder: same cable, same feed, nothing shown."""


class CabledScreen:
    """A replica behind a cable of the demo: what it loses, the real screen beside it loses."""

    def __init__(self, inner: DeviceScreen, cable: Relay) -> None:
        self.feed, self._inner, self._cable = inner.feed, inner, cable

    def items(self) -> Items:
        """What it would show."""
        return self._inner.items()

    def cut(self) -> None:
        """The real cable goes."""
        self._cable.cut()

    def back(self) -> None:
        """The real cable comes."""
        self._cable.mend()

    def close(self) -> None:
        """Its link ends."""
        self._inner.close()


class Playing:
    """One morning in one house. `play` in a thread of its own, `close` after it."""

    def __init__(self, house: House, director: Director, pause_s: float) -> None:
        self._house, self._director, self._pause_s = house, director, pause_s
        hall, url = house.hall, house.server.url
        self._staff = {login: StaffSession(url, login, hall.password) for login in ("demo", "review")}
        self._kiosks = {name: HallRest(url, hall.tokens[device]) for name, device in KIOSKS.items()}
        self._screens: dict[str, Screen] = {"staff": PollingScreen(self._staff["demo"], "staff")}
        self._cards: dict[str, str] = {}
        self._player: Player | None = None
        for name, feed in FEEDS.items():
            self._screens[name] = self._behind_cable(name, feed)

    def _behind_cable(self, name: str, feed: str) -> CabledScreen:
        cable = self._house.cables[feed]
        file = self._house.machines / f"{name}.sqlite"
        return CabledScreen(DeviceScreen(cable.url, self._house.hall.tokens[name], feed, file), cable)

    def play(self, morning: Morning, look: Callable[[Look], None]) -> None:
        """Every step in order. Raises MorningFault, Ending."""
        self._player = Player(self._stage(look))
        self._player.play(morning)

    def kiosk_items(self) -> Items:
        """What the real kiosk shows."""
        return self._screens["kiosk-1"].items()

    def is_of_the_morning(self, key: str) -> bool:
        """Whether an item was made by the morning itself."""
        assert self._player is not None
        return key.partition("/")[2] in self._player.ids.values()

    def real_key(self, key: str) -> str:
        """A morning's key as the feeds have it."""
        assert self._player is not None
        return self._player.real_key(key)

    def slip_code(self, name: str) -> str:
        """What the QR code of a morning's slip says."""
        assert self._player is not None
        return str(self._player.slips[name]["slip"]["qr_text"])

    def _stage(self, look: Callable[[Look], None]) -> Stage:
        return Stage(
            staff=self._staff,
            kiosks=self._kiosks,
            screens=self._screens,
            today=self._house.hall.today.isoformat(),
            employers=self._employers(),
            cards=self._card,
            kill=lambda: self._director.ask(self._house.server.kill),
            start=lambda: self._director.ask(self._house.server.start),
            pause=lambda: self._director.sleep(self._pause_s),
            look=look,
        )

    def _employers(self) -> Mapping[str, str]:
        ids = {one["name"]: one["id"] for one in self._staff["demo"].get("/employers").json()["employers"]}
        return {one.id: ids[one.name] for one in self._house.hall.pack.employers}

    def _card(self, name: str) -> str:
        if name not in self._cards:
            body = {"name": name, "is_fictional": True}
            answer = self._staff["demo"].post("/workers", body, f"card-of-{name.encode().hex():0>16}")
            self._cards[name] = answer.json()["code"]
        return self._cards[name]

    def close(self) -> None:
        """Links and sessions end."""
        for screen in self._screens.values():
            screen.close()
        for kiosk in self._kiosks.values():
            kiosk.close()
        for session in self._staff.values():
            session.close()
