"""scripts/demo as a newcomer meets it: it opens, plays, leaves pictures and nothing else."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image

from hallserver.services.commands import RegisterWorker
from hallserver.services.people import register_worker
from tests.promises import Promise
from tests.support import hall
from tests.support.servant import until

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.timeout(400, func_only=True)
"""Only the test itself: the first one also waits for whoever holds the machine."""

OPENS_IN_S = 100
ENDS_IN_S = 30


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for everything; what still runs with it in its environment or words at the end has been left."""
    with tempfile.TemporaryDirectory(prefix="demo-", dir="/tmp") as name:  # short: Chromium puts a socket below it
        folder = Path(name)
        (folder / "tmp").mkdir()
        yield folder
        assert until(lambda: not running_with(folder), 5), running_with(folder)
        assert list((folder / "tmp").iterdir()) == []


def running_with(folder: Path) -> list[str]:
    return [said for process in psutil.process_iter() if str(folder) in (said := described(process))]


def described(process: psutil.Process) -> str:
    try:
        if process.pid == os.getpid():
            return ""
        return " ".join([*process.cmdline(), *process.environ().values()])
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return ""


def start(place: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    kept = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    return subprocess.Popen(
        [ROOT / "scripts" / "demo", "--language", "en", *words],
        env=kept | {"TMPDIR": str(place / "tmp")} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def is_blank(picture: Path) -> bool:
    with Image.open(picture) as image:
        colours = image.convert("L").resize((200, 200)).histogram()
    return max(colours) > 0.999 * sum(colours)


def test_a_morning_without_a_display_leaves_pictures_of_every_screen_and_ends_well(
    place: Path, promise: Promise
) -> None:
    began = time.monotonic()
    demo = start(place, "--headless", "--play", "demo_short", "--shots", str(place / "out"))
    said = demo.communicate(timeout=300)[0]
    assert demo.returncode == 0, said
    pictures = sorted((place / "out").glob("*.png"))
    page = (place / "out" / "index.html").read_text(encoding="utf-8")
    assert {picture.name.partition("-")[0] for picture in pictures} == {"wall", "kiosk", "tablet", "paper"}
    assert [picture.name for picture in pictures if is_blank(picture)] == []
    assert sorted(re.findall(r'<img src="([^"]+)"', page)) == [picture.name for picture in pictures]
    assert "http" not in page
    took_s = time.monotonic() - began
    promise("the demo plays a morning by itself", f"{len(pictures)} pictures of 4 kinds, {took_s:.0f} s, nothing left")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_that_was_started(place: Path, how: signal.Signals) -> None:
    demo = start(place, "--headless", "--posts", "20")
    try:
        assert demo.stdout is not None
        opened = next((line for line in demo.stdout if "Ctrl-C" in line), None)
        assert opened is not None
        names = " ".join(running_with(place))
        assert all(part in names for part in ("hallserver.launcher", "printer.sink", "Xvfb", "chromium", "cli kiosk"))
    finally:
        demo.send_signal(how)
        demo.communicate(timeout=ENDS_IN_S)
    assert demo.returncode == 0


def test_without_a_display_it_points_to_the_way_without(place: Path) -> None:
    demo = start(place)
    said = demo.communicate(timeout=OPENS_IN_S)[0]
    assert demo.returncode == 2
    assert "--headless" in said


def test_a_data_base_with_a_real_person_is_not_touched(place: Path) -> None:
    process = hall.HallProcess(place / "hall")
    hall.found_hall(process)
    office = process.office()
    command = RegisterWorker(name="Somebody", is_fictional=False)
    office.write("register-worker", lambda work: register_worker(work, command))
    office.engine.dispose()
    before = sorted((file.name, file.stat().st_size) for file in (place / "hall").iterdir())
    demo = start(place, "--headless", "--data", str(place / "hall"))
    said = demo.communicate(timeout=OPENS_IN_S)[0]
    assert demo.returncode == 2, said
    assert "real people" in said
    assert sorted((file.name, file.stat().st_size) for file in (place / "hall").iterdir()) == before


def test_a_folder_with_other_things_is_not_touched(place: Path) -> None:
    (place / "mine").mkdir()
    (place / "mine" / "letter.txt").write_text("keep")
    demo = start(place, "--headless", "--data", str(place / "mine"))
    said = demo.communicate(timeout=OPENS_IN_S)[0]
    assert demo.returncode == 2, said
    assert [file.name for file in (place / "mine").iterdir()] == ["letter.txt"]
