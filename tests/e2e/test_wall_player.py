"""The player on a machine: pairs by six digits, shows, speaks, comes back; against a real hall and a real Chromium."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import stat
import threading
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image

from config.settings import Settings, load_settings
from hallserver.device.pairing import load_token
from signage.browser import Glass
from signage.devtools import DevTools, DevToolsFault
from signage.player import Player, profile_folder, token_file
from signage.record import take_frames, to_animation
from tests.support import hall
from tests.support.servant import until
from tests.support.wall import Desk

PATIENCE_S = 40.0


@pytest.fixture
def process(tmp_path: Path) -> Iterator[hall.HallProcess]:
    running = hall.HallProcess(tmp_path / "hall")
    hall.found_hall(running)
    yield running.start()
    running.stop()


@pytest.fixture
def desk(process: hall.HallProcess) -> Iterator[Desk]:
    one = Desk(process)
    yield one
    one.close()


@pytest.fixture
def settings(process: hall.HallProcess, tmp_path: Path) -> Settings:
    return load_settings(data_dir=tmp_path / "player", server_url=process.url, voice=str(tmp_path / "said"))


@pytest.fixture
def player(settings: Settings) -> Iterator[Player]:
    one = Player(settings, "door", Glass(960, 540, is_headless=True))
    thread = threading.Thread(target=one.run)
    thread.start()
    yield one
    one.stop()
    thread.join(timeout=30)


def _eventually(claim: Callable[[], Any]) -> Any:
    assert until(lambda: bool(claim()), PATIENCE_S), claim
    return claim()


def _digits(settings: Settings) -> str:
    page = settings.data_dir / "door.page.html"
    found = re.search(r'digits">(\d{3}) (\d{3})<', page.read_text(encoding="utf-8")) if page.exists() else None
    return "".join(found.groups()) if found else ""


def _pair(desk: Desk, settings: Settings, name: str = "door") -> str:
    """-> the device's id."""
    return str(desk.act("/devices", {"code": _eventually(lambda: _digits(settings)), "name": name})["device"])


def _ask(settings: Settings, script: str) -> Any:
    """What the page on the glass answers; None while there is none."""
    try:
        page = DevTools.of_profile(profile_folder(settings, "door"))
    except DevToolsFault:
        return None
    try:
        return page.call("Runtime.evaluate", expression=script)["result"].get("value")
    except DevToolsFault:
        return None
    finally:
        page.close()


def _stands(settings: Settings) -> Any:
    return _ask(settings, "document.querySelector('.wall')?.dataset.standing")


def _called(settings: Settings) -> Any:
    return _ask(settings, "document.querySelector('[data-part=number]')?.textContent")


def test_a_wall_is_paired_by_the_digits_on_its_glass_and_speaks_a_call(
    player: Player, desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    _pair(desk, settings)
    assert _eventually(lambda: _stands(settings) == "fresh")
    token = token_file(settings, "door")
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    number = desk.call()
    assert _eventually(lambda: _called(settings) == number)
    spoken = tmp_path / "said" / "0000.wav"
    _eventually(lambda: spoken.exists() and spoken.stat().st_size > 10_000)
    with wave.open(str(spoken)) as sound:
        assert sound.getnframes() / sound.getframerate() > 1.0
    picture = Image.open(io.BytesIO(player.screenshot()))
    assert picture.size == (960, 540)
    assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 100, "something is painted"


def test_a_browser_that_died_is_started_again_and_shows_the_hall(
    player: Player, desk: Desk, settings: Settings
) -> None:
    _pair(desk, settings)
    assert _eventually(lambda: _stands(settings) == "fresh")
    _kill_browser(settings)
    assert _eventually(lambda: _stands(settings) == "fresh")


def _kill_browser(settings: Settings) -> None:
    profile = f"--user-data-dir={profile_folder(settings, 'door')}"
    ours = [one for one in psutil.Process().children(recursive=True) if profile in one.cmdline()]
    os.kill(min(ours, key=lambda one: one.create_time()).pid, signal.SIGKILL)


def test_a_wall_that_was_shut_out_shows_digits_again(player: Player, desk: Desk, settings: Settings) -> None:
    device = _pair(desk, settings)
    assert _eventually(lambda: _stands(settings) == "fresh")
    before = _digits(settings)
    desk.act(f"/devices/{device}/revoke", {})
    _eventually(lambda: _digits(settings) not in ("", before))
    assert load_token(token_file(settings, "door")) is None
    _pair(desk, settings, "door again")
    assert _eventually(lambda: _stands(settings) == "fresh")


def test_a_wall_without_its_server_says_so_and_opens_when_it_is_there(
    process: hall.HallProcess, player: Player, desk: Desk, settings: Settings
) -> None:
    _pair(desk, settings)
    assert _eventually(lambda: _stands(settings) == "fresh")
    process.kill()
    _kill_browser(settings)
    assert _eventually(lambda: "连不上" in str(_ask(settings, "document.querySelector('.heading')?.textContent")))
    process.start()
    assert _eventually(lambda: _stands(settings) == "fresh")


def test_a_moving_picture_is_made_of_what_stands_on_the_glass(player: Player, desk: Desk, settings: Settings) -> None:
    _pair(desk, settings)
    assert _eventually(lambda: _stands(settings) == "fresh")
    for _ in range(8):
        desk.post()
    assert _eventually(lambda: _ask(settings, "document.querySelectorAll('.panel.is-moving').length"))
    moving = Image.open(io.BytesIO(to_animation(take_frames(player.screenshot, 2.0), 480)))
    assert moving.format == "WEBP"
    assert getattr(moving, "n_frames", 1) > 5


@pytest.fixture(autouse=True, scope="module")
def speaks() -> None:
    """The machine has what the player needs."""
    assert shutil.which("espeak-ng") and shutil.which("chromium"), "scripts/setup installs both"
