"""A hand at the real kiosk: presses its window by X events, and finds the one green action by its colour."""

from __future__ import annotations

import io
import os
import subprocess
import time
from collections.abc import Callable

from PIL import Image

from config.look import load_look
from demo_hall.cameras import KioskEye, NotShown

Place = tuple[int, int]
Colour = tuple[int, int, int]

STEP_PX = 4
NEAR = 6
"""So far a colour on the glass may be from the token's, of 255."""

LEAST_PIXELS = 1500
EDGE, TALL = 0.05, 0.1
"""Where the left edge of tiles is, as a share of the width; how tall a tile is at least, of the height."""

PRESSED_S = 0.12
LOOKS_EVERY_S = 0.3
TIMEOUT_S = 20.0
ANSWERS_IN_S = 4.0
BAR = 0.08
"""The share of the height above which the hall's clock goes on by itself."""


class KioskHand:
    """Presses on the display of the kiosk; every press waits until there is what it wants to press."""

    def __init__(self, display: str, eye: KioskEye) -> None:
        self._display, self._eye = display, eye
        near = load_look().near
        self._green, self._panel = rgb(near.action), rgb(near.panel)

    def press_green(self) -> None:
        """The one action of the screen. Raises NotShown where there is none for a while."""
        self._press_when(lambda picture: middle_of_colour(picture, self._green), "a green action")

    def press_tile(self, nth: int) -> None:
        """The nth (from 0) tile or card from above. Raises NotShown."""

        def find(picture: Image.Image) -> Place | None:
            tiles = tiles_from_above(picture, self._panel)
            return tiles[nth] if nth < len(tiles) else None

        self._press_when(find, f"tile {nth}")

    def press_at(self, across: float, down: float) -> None:
        """At shares of width and height."""
        self._press_when(lambda picture: (round(picture.width * across), round(picture.height * down)), "")

    def _press_when(self, find: Callable[[Image.Image], Place | None], what: str) -> None:
        deadline = time.monotonic() + TIMEOUT_S
        while (place := find(before := self._look())) is None:
            if time.monotonic() > deadline:
                raise NotShown(f"the kiosk shows no {what}")
            time.sleep(LOOKS_EVERY_S)
        self._press(*place)
        self._wait_for_answer(before)

    def _wait_for_answer(self, before: Image.Image) -> None:
        """Until something else stands on the glass; a press that changes nothing is waited for no longer."""
        deadline = time.monotonic() + ANSWERS_IN_S
        while below_the_bar(self._look()) == below_the_bar(before) and time.monotonic() < deadline:
            time.sleep(PRESSED_S)

    def _look(self) -> Image.Image:
        with Image.open(io.BytesIO(self._eye.picture())) as picture:
            return picture.convert("RGB")

    def _press(self, x: int, y: int) -> None:
        """A finger comes down there and leaves."""
        self._do("mousemove", str(x), str(y))
        self._do("mousedown", "1")
        time.sleep(PRESSED_S)
        self._do("mouseup", "1")

    def _do(self, *words: str) -> None:
        environment = os.environ | {"DISPLAY": self._display}
        subprocess.run(["xdotool", *words], env=environment, check=True, timeout=10)


def below_the_bar(picture: Image.Image) -> bytes:
    """What answers to a press."""
    return picture.crop((0, round(picture.height * BAR), picture.width, picture.height)).tobytes()


def middle_of_colour(picture: Image.Image, colour: Colour) -> Place | None:
    """Where most of a colour is, by the medians of its pixels; None where there is too little of it."""
    small = picture.resize((picture.width // STEP_PX, picture.height // STEP_PX), Image.Resampling.NEAREST)
    found = [(at % small.width, at // small.width) for at, is_it in enumerate(_is_colour(small, colour)) if is_it]
    if len(found) * STEP_PX * STEP_PX < LEAST_PIXELS:
        return None
    xs, ys = sorted(x for x, _ in found), sorted(y for _, y in found)
    return xs[len(xs) // 2] * STEP_PX, ys[len(ys) // 2] * STEP_PX


def tiles_from_above(picture: Image.Image, panel: Colour) -> list[Place]:
    """Middles of the tall panels along the left edge of the screen, from above."""
    edge = picture.crop((round(picture.width * EDGE), 0, round(picture.width * EDGE) + 1, picture.height))
    tiles, began = [], None
    for y, is_panel in enumerate([*_is_colour(edge, panel), False]):
        if is_panel and began is None:
            began = y
        if not is_panel and began is not None:
            if y - began > picture.height * TALL:
                tiles.append((picture.width // 2, (began + y) // 2))
            began = None
    return tiles


def _is_colour(picture: Image.Image, colour: Colour) -> list[bool]:
    """For each pixel of an RGB picture, row by row."""
    raw = picture.tobytes()
    return [all(abs(raw[at + part] - colour[part]) <= NEAR for part in range(3)) for at in range(0, len(raw), 3)]


def rgb(colour: str) -> Colour:
    """`#0f5132` as numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
