"""A hand at the real kiosk: presses its window by X events, and finds the one green action by its colour."""

from __future__ import annotations

import io
import subprocess
import time
from collections.abc import Callable

from PIL import Image

from config.look import load_look
from demo_hall.cameras import KioskEye, NotShown

STEP_PX = 4
NEAR = 6
LEAST_PIXELS = 1500
PRESSED_S = 0.12
SETTLES_S = 1.2
TIMEOUT_S = 20.0


class KioskHand:
    """Presses on the display of the kiosk."""

    def __init__(self, display: str, eye: KioskEye) -> None:
        self._display, self._eye = display, eye
        self._green = _rgb(load_look().near.action)

    def press(self, x: int, y: int) -> None:
        """A finger comes down there and leaves."""
        self._do("mousemove", str(x), str(y))
        self._do("mousedown", "1")
        time.sleep(PRESSED_S)
        self._do("mouseup", "1")

    def press_at(self, across: float, down: float) -> None:
        """At shares of width and height."""
        with Image.open(io.BytesIO(self._eye.picture())) as picture:
            self.press(round(picture.width * across), round(picture.height * down))

    def press_green(self) -> None:
        """The one action of the screen. Raises NotShown where there is none for a while."""
        place = self._wait(self._find_green)
        self.press(*place)

    def _wait(self, find: Callable[[], tuple[int, int] | None]) -> tuple[int, int]:
        deadline = time.monotonic() + TIMEOUT_S
        while (place := find()) is None:
            if time.monotonic() > deadline:
                raise NotShown("the kiosk's green action")
            time.sleep(SETTLES_S / 4)
        return place

    def _find_green(self) -> tuple[int, int] | None:
        with Image.open(io.BytesIO(self._eye.picture())) as picture:
            return middle_of_colour(picture.convert("RGB"), self._green)

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env={"DISPLAY": self._display}, check=True, timeout=10)


def middle_of_colour(picture: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int] | None:
    """Where most of a colour is, by the medians of its pixels; None where there is too little of it."""
    width, height = picture.size
    small = picture.resize((width // STEP_PX, height // STEP_PX), Image.Resampling.NEAREST)
    pixels = small.load()
    assert pixels is not None
    found = [
        (x, y)
        for y in range(small.height)
        for x in range(small.width)
        if all(abs(int(a) - b) <= NEAR for a, b in zip(pixels[x, y], colour, strict=True))  # type: ignore[arg-type]
    ]
    if len(found) * STEP_PX * STEP_PX < LEAST_PIXELS:
        return None
    xs, ys = sorted(x for x, _ in found), sorted(y for _, y in found)
    return xs[len(xs) // 2] * STEP_PX, ys[len(ys) // 2] * STEP_PX


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
