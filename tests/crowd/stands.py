"""Screens that follow a crowd on every feed; knows no check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.crowd.people import Crowd
from tests.mornings.screens import DeviceScreen, PollingScreen, Screen, StaffSession
from tests.support import hall


@contextmanager
def followers(crowd: Crowd, folder: Path) -> Iterator[Mapping[str, Screen]]:
    """Two walls, a kiosk, a printer and a neighbour by socket, the staff feed by polling; closed in the end."""
    session = StaffSession(crowd.process.url, "demo", hall.PASSWORD)
    screens: dict[str, Screen] = {"staff": PollingScreen(session, "staff")}
    try:
        for name, role in (
            ("wall 1", "wall"),
            ("wall 2", "wall"),
            ("kiosk", "kiosk"),
            ("printer", "printer"),
            ("network", "network"),
        ):
            token = hall.add_device(crowd.process, role, f"following {name}")
            screens[name] = DeviceScreen(crowd.process.url, token, role, folder / f"{name}.sqlite")
        yield screens
    finally:
        for screen in screens.values():
            screen.close()
        session.close()
