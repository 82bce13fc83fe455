"""A display of its own and what a person does in front of it: looks and touches, as real X events. Knows no screen."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageGrab

from tests.support.servant import until

STARTS_IN_S = 10.0
Box = tuple[int, int, int, int]


class Glass:
    """An X display of `width` × `height` px that nobody else uses. Raises RuntimeError when it does not start."""

    def __init__(self, width: int, height: int) -> None:
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24"]
        command += ["-nolisten", "tcp", "-noreset"]  # else it begins anew whenever its last window closes
        self._server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        if not number:
            self.close()
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"

    def close(self) -> None:
        """Ends the display."""
        self._server.terminate()
        self._server.wait(10)

    def look(self) -> Image.Image:
        """What is on the glass now."""
        return ImageGrab.grab(xdisplay=self.name).convert("RGB")

    def keep(self, file: Path) -> None:
        """The same as a PNG."""
        self.look().save(file)

    def down(self, x: int, y: int) -> None:
        """A finger comes down."""
        self._do("mousemove", str(x), str(y), "mousedown", "1")

    def up(self) -> None:
        """The finger leaves."""
        self._do("mouseup", "1")

    def tap(self, x: int, y: int) -> None:
        """A short touch."""
        self._do("mousemove", str(x), str(y), "mousedown", "1", "sleep", "0.08", "mouseup", "1")

    def press(self, key: str) -> None:
        """A key of a keyboard, by X's name."""
        self._do("key", key)

    def scan(self, text: str) -> None:
        """A scanner that types: its keys come faster than any finger's, and Enter ends them."""
        self._do("type", "--delay", "8", text + "\n")

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=os.environ | {"DISPLAY": self.name}, check=True, timeout=10)

    def share_of(self, colour: str, box: Box) -> float:
        """How much of a box (left, top, right, bottom) has exactly this colour `#rrggbb`, 0 to 1."""
        wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return float((np.asarray(self.look().crop(box)) == wanted).all(axis=2).mean())

    def shows(self, colour: str, box: Box, share: float = 0.02, within_s: float = 10.0) -> bool:
        """Whether so much of the box gets this colour in time."""
        return until(lambda: self.share_of(colour, box) >= share, within_s)

    def codes(self) -> list[str]:
        """QR codes that can be read off the glass."""
        return [found.text for found in zxingcpp.read_barcodes(self.look())]
