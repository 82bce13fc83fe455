"""The screens of the demo as processes: displays, wall and kiosk. Must not know what is on them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from demo_hall.hall import DemoHall
from demo_hall.plan import PREFIX, clean_environment
from demo_hall.processes import Crew, Part, Running
from hallserver.device.pairing import DeviceToken, keep_token

STARTS_IN_S = 60.0
DISPLAY_STARTS_IN_S = 15.0
KIOSK_PIXELS = (1080, 1920)


def open_display(crew: Crew, name: str, pixels: tuple[int, int]) -> str:
    """A display without glass -> its name (`:3`). The server chooses a free number itself. Raises PartFault."""
    told, tell = os.pipe()
    geometry = f"{pixels[0]}x{pixels[1]}x24"
    words = ("Xvfb", "-displayfd", str(tell), "-screen", "0", geometry, "-nolisten", "tcp", "-dpi", "96")
    try:
        running = crew.start(Part(name, words, clean_environment()), keeps=(tell,))
        os.close(tell)
        os.set_blocking(told, False)
        heard = bytearray()
        crew.wait_ready(running, lambda: _hears_line(told, heard), DISPLAY_STARTS_IN_S)
    finally:
        os.close(told)
    return f":{heard.decode().strip()}"


def _hears_line(told: int, heard: bytearray) -> bool:
    try:
        heard += os.read(told, 64)
    except BlockingIOError:
        return False
    return heard.endswith(b"\n")


def machine_environment(hall: DemoHall, name: str, server_url: str, **settings: str) -> dict[str, str]:
    """Settings of a machine with a folder of its own, paired already."""
    folder = machine_folder(hall, name)
    keep_token(folder / f"{name}.token", DeviceToken(server_url, hall.tokens[name], name, name))
    given: Mapping[str, str] = {"data_dir": str(folder), "device_name": name, "server_url": server_url, **settings}
    return clean_environment() | {f"{PREFIX}{key.upper()}": value for key, value in given.items()}


def machine_folder(hall: DemoHall, name: str) -> Path:
    """Where a machine keeps its own files."""
    return hall.folder / "machines" / name


def start_wall(crew: Crew, environment: Mapping[str, str], is_headless: bool) -> Running:
    """The wall through its own player."""
    glass = ("--headless",) if is_headless else ()
    words = (sys.executable, "-m", "hallserver.cli", "wall", "--screen", "wall", *glass)
    return crew.start(Part("wall", words, environment))


def start_kiosk(crew: Crew, environment: Mapping[str, str]) -> Running:
    """The kiosk in a Kivy window on `DISPLAY` of the environment."""
    return crew.start(Part("kiosk", (sys.executable, "-m", "hallserver.cli", "kiosk"), environment))
