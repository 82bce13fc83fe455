"""Looks through a camera for a moment and says how good its picture is, for who sets it up; keeps no picture and tells
neither what a code says nor who is on a card."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from config.clock import elapsed_s
from kiosk.scanning.codes import read_codes
from kiosk.scanning.grabber import Grabber, opener
from kiosk.scanning.image import Image
from kiosk.scanning.meaning import Meaning, meaning_of
from kiosk.scanning.region import region_of
from kiosk.scanning.source import CameraSettings, hush_backends

LOOKS_S, OPENS_S, QUIET_S = 1.0, 6.0, 2.0


@dataclass(frozen=True)
class CodeInView:
    """What a code in the picture is, and how wide in px; not what it says."""

    meaning: Meaning
    symbology: str
    width_px: int


@dataclass(frozen=True)
class Examined:
    """`fps` as they came; `brightness` and `sharpness` 0-1 of what is looked at (1: white; edges one px wide)."""

    width: int
    height: int
    fps: float
    brightness: float
    sharpness: float
    codes: tuple[CodeInView, ...]
    id_card: Literal["read", "unread", "no_reader"]


class Glimpse:
    """The newest frame of a moment, and when each came (elapsed s)."""

    def __init__(self) -> None:
        self.newest: Image | None = None
        self.times_s: list[float] = []

    @property
    def fps(self) -> float:
        """As they came; 0: there were not two."""
        spent_s = self.times_s[-1] - self.times_s[0] if self.times_s else 0.0
        return (len(self.times_s) - 1) / spent_s if spent_s > 0 else 0.0


def glimpse(settings: CameraSettings, looks_s: float = LOOKS_S) -> Glimpse:
    """Looks for so long from the first frame on; nothing in it: no frame came in time, or the source hangs."""
    hush_backends()
    seen, over = Glimpse(), threading.Event()

    def show(frame: Image) -> None:
        seen.newest = frame
        seen.times_s.append(elapsed_s())
        if seen.times_s[-1] - seen.times_s[0] >= looks_s:
            over.set()

    grabber = Grabber(opener(settings, OPENS_S, QUIET_S), show, over.set)
    grabber.start()
    over.wait(OPENS_S + looks_s)
    grabber.stop()
    grabber.has_gone(QUIET_S)
    return seen


def examine(seen: Glimpse, hall_url: str) -> Examined | None:
    """How good it was; None: there was no picture."""
    newest = seen.newest
    if newest is None:
        return None
    grey = cv2.cvtColor(region_of(newest), cv2.COLOR_BGR2GRAY)
    return Examined(
        width=newest.shape[1],
        height=newest.shape[0],
        fps=seen.fps,
        brightness=float(grey.mean()) / 255,
        sharpness=sharpness_of(grey),
        codes=tuple(_codes(newest, hall_url)),
        id_card=_id_card(region_of(newest)),
    )


def sharpness_of(grey: Image) -> float:
    """The steepest edges between neighbours, by what lies between dark and light in the picture."""
    low, high = np.percentile(grey, (0.5, 99.5))
    across = np.percentile(cv2.absdiff(grey[:, 1:], grey[:, :-1]), 99.5)
    return float(min(1.0, across / max(24.0, float(high - low))))


def _codes(frame_bgr: Image, hall_url: str) -> list[CodeInView]:
    return [
        CodeInView(meaning_of(code.text, hall_url), code.symbology, int(np.ptp([x for x, _ in code.corners])))
        for code in read_codes(frame_bgr)
    ]


def _id_card(region_bgr: Image) -> Literal["read", "unread", "no_reader"]:
    from kiosk.scanning.id_card import IdCard, is_installed, read_id_card

    if not is_installed():
        return "no_reader"
    return "read" if isinstance(read_id_card(region_bgr), IdCard) else "unread"
