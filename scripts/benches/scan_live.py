"""The live loop as a kiosk runs it: what a frame without a code costs, and how soon what is held up is accepted.

Through the real Camera with video files; a white mark at the film's edge, outside of what is looked at, tells the
first frame in which something is held.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from measured import Aim, Measured, percentile

from kiosk.scanning import Camera, CameraSettings, CardRead, CodeRead, Expects, Told
from kiosk.scanning.looking import Looking, look_for
from tests.support.held import Held, Image, frames, passers_by

FRAME_AIM_MS, CODE_AIM_MS, CARD_AIM_MS = 15.0, 150.0, 1000.0
COLUMNS = ("what", "looks", "mean ms", "p50 ms", "p95 ms", "most ms")
FPS, EMPTY, HELD = 30, 30, 60
PATIENCE_S = 8.0
CODES = ("WK7Q4M2XH9TBE2", "JK7Q4M2XH9TBE2ABCDEF", "NK7Q4M2XH9TBE2")


def run(words: Sequence[str]) -> Measured:
    """`[--frames 200] [--codes 20] [--cards 10]`."""
    parser = argparse.ArgumentParser(prog="scripts/bench scan_live", description=__doc__)
    parser.add_argument("--frames", type=int, default=200)
    parser.add_argument("--codes", type=int, default=20)
    parser.add_argument("--cards", type=int, default=10)
    asked = parser.parse_args(words)
    return measure(asked.frames, asked.codes, asked.cards)


def measure(frame_count: int = 200, codes: int = 20, cards: int = 10) -> Measured:
    """All of it; `cards` 0 leaves the ID cards out."""
    with tempfile.TemporaryDirectory(prefix="gighall-scan-live-") as folder:
        taken = {
            "frame without a code, CPU": _cost_of_frames(frame_count),
            "code in view to accepted": [_code(Path(folder), seed) for seed in range(codes)],
        }
        if cards:
            _card(Path(folder), cards)  # a kiosk loads the models once, and nobody is timed by that
            taken["ID card in view to accepted"] = [_card(Path(folder), seed) for seed in range(cards)]
    return _measured(taken)


def _measured(taken: dict[str, list[float]]) -> Measured:
    rows, figures = [], {}
    for what, all_ms in taken.items():
        mean_ms = sum(all_ms) / len(all_ms)
        spread = [percentile(all_ms, 50), percentile(all_ms, 95), max(all_ms)]
        rows.append((what, len(all_ms), mean_ms, *spread))
        names = ("mean_ms", "p50_ms", "p95_ms", "most_ms")
        figures[what] = dict(zip(names, (round(ms, 1) for ms in (mean_ms, *spread)), strict=True))
    return Measured("scan_live", COLUMNS, rows, figures, tuple(_aims(figures)))


def _aims(figures: dict[str, Any]) -> Iterator[Aim]:
    for what, which, aim_ms in (
        ("frame without a code, CPU", "mean_ms", FRAME_AIM_MS),
        ("code in view to accepted", "p95_ms", CODE_AIM_MS),
        ("ID card in view to accepted", "p95_ms", CARD_AIM_MS),
    ):
        if what in figures:
            ms = figures[what][which]
            yield Aim(f"{what}: {which.partition('_')[0]} {ms} ms, at most {aim_ms:.0f}", ms <= aim_ms)


def _cost_of_frames(count: int) -> list[float]:
    """CPU ms of this process for a frame of 1280 × 720: reading, guidance and all; OpenCV on one core."""
    looking, spent = look_for("codes"), []
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    halls = chain.from_iterable(chain(frames(None, n, k, 2.0), passers_by(n, 2.0)) for n in range(99) for k in _KINDS)
    for nth, frame in zip(range(count), halls, strict=False):
        began = time.process_time()
        list(looking.look(frame, nth / FPS))
        spent.append((time.process_time() - began) * 1000)
    cv2.setNumThreads(before)
    return spent


_KINDS = ("blurred", "posters", "tiles")


def _code(folder: Path, seed: int) -> float:
    """A card, slip or phone that is there from one frame to the next, well held."""
    dice = np.random.default_rng(seed)
    what, share = (("card", (0.2, 0.45)), ("slip", (0.2, 0.4)), ("phone", (0.12, 0.25)))[seed % 3]
    held = Held(what, CODES[seed % 3], share=float(dice.uniform(*share)), comes_s=0.0)
    kind = ("blurred", "tiles")[seed % 2]
    empty, shown = frames(None, seed, kind, 1.0), frames(held, seed, kind, 2.0)
    return _ms_to_accept(_film(folder / f"code{seed}.avi", empty, shown), "codes", look_for)


def _card(folder: Path, seed: int) -> float:
    """An ID card that is there from one frame to the next and sways in a hand."""
    from tests.frames.cards import coming

    everything = list(coming(seed, empty=EMPTY, frames=HELD))
    empty, shown = everything[:EMPTY], everything[EMPTY:]
    return _ms_to_accept(_film(folder / f"card{seed}.avi", iter(empty), iter(shown)), "id_card", _test_cards)


def _test_cards(expects: Expects) -> Looking:
    """The live loop with a reader that also believes the area prefix 99 of made-up cards."""
    from kiosk.scanning.card_looking import CardLooking
    from kiosk.scanning.id_card import CardReader, rule_today

    rule = rule_today()
    return CardLooking(CardReader(lambda: replace(rule, prefixes=rule.prefixes | {"99"})))


def _film(file: Path, empty: Iterator[Image], shown: Iterator[Image]) -> Path:
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), FPS, (1280, 720))
    for frame in empty:
        frame[:64, :64] = 0
        writer.write(frame)
    for frame in shown:
        frame[:64, :64] = 255
        writer.write(frame)
    writer.release()
    return file


class _Watched(Camera):
    """Knows when the first marked frame came out of the source, before anybody had it."""

    seen_s: float | None = None

    def _show(self, frame: Image) -> None:
        if self.seen_s is None and frame[:48, :48].mean() > 128:
            self.seen_s = time.perf_counter()
        super()._show(frame)


def _ms_to_accept(film: Path, expects: Expects, looks: Callable[[Expects], Looking]) -> float:
    """From the first marked frame at the camera to the telling; as long as patience lasts where nothing is told."""
    accepted_s: list[float] = []
    is_accepted = threading.Event()

    def hear(told: Told) -> None:
        if isinstance(told, CodeRead | CardRead):
            accepted_s.append(time.perf_counter())
            is_accepted.set()

    camera = _Watched(CameraSettings(str(film)), hear, looks=looks)
    camera.start()
    camera.open(expects)
    is_accepted.wait(PATIENCE_S)
    camera.stop()
    return (accepted_s[0] - camera.seen_s) * 1000 if accepted_s and camera.seen_s else PATIENCE_S * 1000
