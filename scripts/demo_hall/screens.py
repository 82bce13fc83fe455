"""The screens of the demo as processes: displays, wall and kiosk. Must not know what is on them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from demo_hall.cameras import WallEye
from demo_hall.hall import DemoHall
from demo_hall.plan import PREFIX, clean_environment
from demo_hall.processes import Crew, Part
from hallserver.device.pairing import DeviceToken, keep_token
from signage.devtools import DevToolsFault

WALL, KIOSK = "wall", "kiosk"
KIOSK_TITLE = "gighall kiosk"
STARTS_IN_S = 60.0
DISPLAY_STARTS_IN_S = 15.0


@dataclass(frozen=True)
class Frame:
    """Where a window stands on a display, in px."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Machine:
    """Where a screen keeps its files, finds the hall, shows itself (`display` empty: nowhere) and speaks, and in which
    language."""

    folder: Path
    server_url: str
    display: str
    voice: str
    language: str


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


def machine_environment(folder: Path, server_url: str, **settings: str) -> dict[str, str]:
    """Settings of a screen whose files are in `folder`."""
    given = {"data_dir": str(folder), "server_url": server_url, "log_level": "warning", **settings}
    return clean_environment() | {f"{PREFIX}{key.upper()}": value for key, value in given.items()}


def start_wall(crew: Crew, hall: DemoHall, machine: Machine, frame: Frame | None) -> Path:
    """The wall through its own player, in a window or (None) without a display -> its profile. Raises PartFault."""
    keep_token(machine.folder / f"{WALL}.token", _token(hall, WALL, machine.server_url))
    environment = machine_environment(
        machine.folder, machine.server_url, voice=machine.voice, language=machine.language
    )
    words = (sys.executable, "-m", "hallserver.cli", "wall", "--screen", WALL, *_glass(frame))
    running = crew.start(Part(WALL, words, _with_display(environment, machine.display)))
    profile = machine.folder / f"{WALL}.chromium"
    crew.wait_ready(running, lambda: _wall_shows(profile), STARTS_IN_S)
    return profile


def _glass(frame: Frame | None) -> tuple[str, ...]:
    if frame is None:
        return ("--headless",)
    return ("--size", f"{frame.width}x{frame.height}", "--window", str(frame.left), str(frame.top))


def _wall_shows(profile: Path) -> bool:
    try:
        return WallEye(profile).is_showing()
    except DevToolsFault:
        return False


def start_kiosk(crew: Crew, hall: DemoHall, machine: Machine, **settings: str) -> None:
    """The kiosk in a Kivy window. Raises PartFault."""
    keep_token(machine.folder / KIOSK / "token.json", _token(hall, KIOSK, machine.server_url))
    given = {"device_name": KIOSK, "voice": machine.voice, "language": machine.language, **settings}
    environment = machine_environment(machine.folder, machine.server_url, **given)
    words = (sys.executable, "-m", "hallserver.cli", "kiosk")
    running = crew.start(Part(KIOSK, words, _with_display(environment, machine.display)))
    crew.wait_ready(running, lambda: _has_window(machine.display), STARTS_IN_S)


def _has_window(display: str) -> bool:
    words = ["xwininfo", "-display", display, "-root", "-tree"]
    return KIOSK_TITLE in subprocess.run(words, capture_output=True, text=True, timeout=10).stdout


def _with_display(environment: dict[str, str], display: str) -> dict[str, str]:
    kept = {key: value for key, value in environment.items() if key != "DISPLAY"}
    return kept | {"DISPLAY": display} if display else kept


def _token(hall: DemoHall, name: str, server_url: str) -> DeviceToken:
    return DeviceToken(server_url, hall.tokens[name], name, name)
