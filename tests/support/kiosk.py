"""A kiosk on a glass of its own beside a printer of pictures, and where its drafts put things; knows no test.

Places on the glass are those of the drafts (1080 × 1920); colours are the tokens of config/look.toml.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import zxingcpp
from PIL import Image

from config.look import load_look
from hallserver.device.pairing import DeviceToken, keep_token
from kiosk.flow.identity import KEYS
from printer.sink.serve import Sink
from tests.support import hall
from tests.support.glass import Glass

NEAR = load_look().near
SIZE = (1080, 1920)

JOBS_DOOR, NUMBERS_DOOR, LANGUAGE = (540, 700), (540, 1550), (800, 1830)
BUS_FILTER, FIRST_ROW, NEWS = (660, 230), (540, 650), (760, 380)
ACTION, FIRST_WAY, FIRST_TILE, BACK = (540, 1590), (540, 520), (200, 400), (140, 60)

ACTION_BOX, PAPER_BOX, STALE_BOX = (60, 1500, 1020, 1680), (44, 1320, 1036, 1460), (0, 122, 1080, 160)
CAMERA_BOX = (60, 460, 1020, 1000)
"""Dark where no camera runs: the question who somebody is."""

TICK_BOX = (44, 140, 260, 340)
"""A large tick: something was read."""

ID_CARD_DOOR, TYPING_DOOR = (300, 1250), (780, 1250)
FIRST_KEY, KEY_STEP, KEYS_IN_A_ROW = (99, 554), (126, 165), 8
BACKSPACE, WRONG_BOX = (790, 1200), (44, 256, 700, 310)
MIDDLE_BOX, ROWS_BOX, NEWS_BOX = (300, 200, 780, 900), (60, 440, 260, 860), (420, 330, 1030, 430)


@dataclass
class Kiosk:
    """One kiosk on its own glass, beside its own printer; `start` and `stop` as a machine is switched on and off."""

    glass: Glass
    folder: Path
    hall: hall.HallProcess
    sink: Sink | None
    camera: str = "off"
    more: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> Kiosk:
        """Returns when the home screen's green door is there."""
        settings = {
            "DISPLAY": self.glass.name,
            "GIGHALL_SERVER_URL": self.hall.url,
            "GIGHALL_DATA_DIR": str(self.folder),
            "GIGHALL_DEVICE_NAME": "kiosk",
            "GIGHALL_CAMERA": self.camera,
            "GIGHALL_VOICE": "off",
            "GIGHALL_PRINTER_ADDRESS": f"127.0.0.1:{self.sink.port}" if self.sink else "",
            "PYTHONPATH": str(hall.ROOT),
        }
        with (self.folder / "kiosk.log").open("ab") as log:
            command = [sys.executable, "-m", "hallserver.cli", "kiosk"]
            self._process = subprocess.Popen(command, env=os.environ | settings | self.more, stdout=log, stderr=log)
        return self

    def stop(self) -> int:
        """SIGTERM must end it -> exit code; 0 where it was never switched on."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
            raise

    def type_code(self, text: str) -> None:
        """By finger, on the keypad of characters."""
        for character in text:
            row, column = divmod(KEYS.index(character), KEYS_IN_A_ROW)
            self.glass.tap(FIRST_KEY[0] + column * KEY_STEP[0], FIRST_KEY[1] + row * KEY_STEP[1])

    @property
    def log(self) -> str:
        """What it said."""
        return (self.folder / "kiosk.log").read_text()

    def is_home(self) -> bool:
        """Whether the green door stands there."""
        return self.glass.shows(NEAR.action, (60, 420, 1020, 980), 0.4, 40)


@contextmanager
def open_kiosk(glass: Glass, process: hall.HallProcess, sink: Sink, folder: Path) -> Iterator[Kiosk]:
    """A paired kiosk that is not switched on yet; it must end by itself when asked to, and say no fault."""
    machine = Kiosk(glass, folder, process, sink)
    token = hall.add_device(process, "kiosk", folder.name[:40])
    keep_token(folder / "kiosk" / "token.json", DeviceToken(process.url, token, "unused", "kiosk"))
    try:
        yield machine
    finally:
        glass.keep(folder / "last.png")
        code = machine.stop()
    assert code == 0
    assert "Traceback" not in machine.log


def printed(papers: Path) -> list[str]:
    """What a scanner reads on the slips that came out."""
    return [zxingcpp.read_barcodes(Image.open(paper))[0].text for paper in sorted(papers.glob("paper-*.png"))]
