"""What the code readers make of kiosk frames and of frames without a code, and what a frame of the live loop costs.

Every engine is also asked alone, so that it is seen what each adds; OpenCV's own detectors, which the kiosk does not
use, only with `--opencv`. Milliseconds are of the processor, in one thread, so that they hold on a busy machine, too.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import cv2
from measured import Aim, Measured, percentile

from kiosk.scanning.codes import ALL_FORMATS, WORKER_FORMATS, Code, Formats, LiveReader, read_codes
from kiosk.scanning.image import Image, sharpened, to_grey
from kiosk.scanning.zbar import Zbar
from kiosk.scanning.zxing import Zxing
from tests.frames.codes import FLAWS, Held, going_on, held
from tests.frames.scenery import textured
from tests.frames.symbols import SYMBOLOGIES

MS_AIM = 15.0
LIVE_FRAMES = 30
"""A second of a camera: so long a code is held up to the live loop."""

LIVE_SETS: dict[str, Formats] = {
    "what a worker holds up (QR)": WORKER_FORMATS,
    "all six": ALL_FORMATS,
    **{symbology: frozenset({symbology}) for symbology in SYMBOLOGIES if symbology != "QRCode"},
}
COLUMNS = ("flaw", "frames", "zxing-cpp", "or sharpened", "or zbar", "a still", "the live loop")

Alone = Callable[[Image], list[str]]


@dataclass
class Read:
    """Per way of reading: (symbology, flaw, seed) of frames whose text it gave, and what else it gave."""

    right: dict[str, set[tuple[str, str, int]]] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def take(self, way: str, one: Held, texts: Iterable[str]) -> None:
        """What `way` made of a frame."""
        given = set(texts)
        right, wrong = self.right.setdefault(way, set()), self.wrong.setdefault(way, [])
        if one.text in given:
            right.add((one.symbology, one.flaw, one.seed))
        wrong += [f"{one.symbology} {one.flaw} {one.seed}: {text!r}, not {one.text!r}" for text in given - {one.text}]

    def union(self, *ways: str) -> set[tuple[str, str, int]]:
        """Frames that one of the ways read."""
        return set().union(*(self.right.get(way, set()) for way in ways))


def read_alone(with_opencv: bool) -> dict[str, Alone]:
    """Engines by name, each alone, for an 8-bit grey picture and all formats."""
    alone: dict[str, Alone] = {
        "zxing-cpp": lambda grey: _texts(Zxing(ALL_FORMATS).read(grey, "")),
        "sharpened": lambda grey: _texts(Zxing(ALL_FORMATS).read(sharpened(grey, 2.0, 1.5), "")),
        "zbar": lambda grey: _texts(Zbar(ALL_FORMATS).read(grey, "")),
    }
    return alone | ({"OpenCV QR": _opencv_qr, "OpenCV barcode": _opencv_bars} if with_opencv else {})


def _texts(codes: Iterable[Code]) -> list[str]:
    return [code.text for code in codes]


def _opencv_qr(grey: Image) -> list[str]:
    """It fails on some frames with an assertion of its own."""
    try:
        return [text for text in cv2.QRCodeDetector().detectAndDecodeMulti(grey)[1] if text]
    except cv2.error:
        return []


def _opencv_bars(grey: Image) -> list[str]:
    return [text for text in cv2.barcode.BarcodeDetector().detectAndDecodeMulti(grey)[1] if text]


def read_held(seeds: Sequence[int], live_seeds: int, alone: dict[str, Alone]) -> Read:
    """Every flaw of every symbology for every seed; the live loop for the first `live_seeds` of them."""
    read = Read()
    for one in (held(seed, symbology, flaw) for seed in seeds for symbology in SYMBOLOGIES for flaw in FLAWS):
        grey = to_grey(one.frame)
        assert grey is not None
        for way, engine in alone.items():
            read.take(way, one, engine(grey))
        read.take("a still", one, _texts(read_codes(one.frame)))
        if one.seed in seeds[:live_seeds]:
            read.take("the live loop", one, accepted_live(one))
    return read


def accepted_live(one: Held) -> list[str]:
    """What the live loop gives for a code that is held up for a second; it ends with the first frame that gives any."""
    reader = LiveReader(WORKER_FORMATS if one.symbology in WORKER_FORMATS else ALL_FORMATS)
    return next((_texts(codes) for frame in going_on(one, LIVE_FRAMES) if (codes := reader.read(frame))), [])


def read_nothing(count: int) -> tuple[list[str], dict[str, list[float]]]:
    """(what was read in textured frames by all looks and by the live loops; ms a frame of each live loop)."""
    readers = {name: LiveReader(formats) for name, formats in LIVE_SETS.items()}
    false: list[str] = []
    spent_ms: dict[str, list[float]] = {name: [] for name in readers}
    for seed in range(count):
        frame = textured(seed)
        false += [f"still {seed}: {text!r}" for text in _texts(read_codes(frame))]
        for name, reader in readers.items():
            began = time.thread_time()
            codes = reader.read(frame)
            spent_ms[name].append((time.thread_time() - began) * 1e3)
            false += [f"{name} {seed}: {text!r}" for text in _texts(codes)]
    return false, spent_ms


def run(words: Sequence[str]) -> Measured:
    """`[--seeds 5] [--first 1] [--live-seeds 2] [--textured 200] [--opencv]`."""
    parser = argparse.ArgumentParser(prog="scripts/bench scan_codes", description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--live-seeds", type=int, default=2)
    parser.add_argument("--textured", type=int, default=200)
    parser.add_argument("--opencv", action="store_true")
    asked = parser.parse_args(words)
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        seeds = range(asked.first, asked.first + asked.seeds)
        read = read_held(seeds, asked.live_seeds, read_alone(asked.opencv))
        false, spent_ms = read_nothing(asked.textured)
    finally:
        cv2.setNumThreads(threads)
    for sentence in (*read.wrong["a still"], *read.wrong.get("the live loop", []), *false):
        print(f"  {sentence}", flush=True)
    return _measured(asked.seeds, asked.live_seeds, read, false, spent_ms)


def _measured(seeds: int, live_seeds: int, read: Read, false: list[str], spent_ms: dict[str, list[float]]) -> Measured:
    of_engines = read.union("zxing-cpp", "sharpened", "zbar")
    wrong = len(read.wrong["a still"]) + len(read.wrong.get("the live loop", []))
    means = {name: sum(spent) / len(spent) for name, spent in spent_ms.items()}
    aims = [
        Aim(
            f"a still is read where any engine reads it: {len(read.right['a still'])} of {len(of_engines)}",
            len(read.right["a still"]) >= len(of_engines),
        ),
        Aim(f"no wrong text: {wrong}", not wrong),
        Aim(f"nothing read in {len(next(iter(spent_ms.values())))} frames without a code: {len(false)}", not false),
        *(
            Aim(f"at most {MS_AIM:.0f} ms a frame without a code on average, {name}: {mean:.1f}", mean <= MS_AIM)
            for name, mean in means.items()
        ),
    ]
    figures = _figures(read, seeds, live_seeds) | {
        "false": len(false),
        "ms_mean": {name: round(mean, 1) for name, mean in means.items()},
        "ms_p95": {name: round(percentile(spent, 95), 1) for name, spent in spent_ms.items()},
    }
    return Measured("bench scan_codes", COLUMNS, _rows(read, seeds, live_seeds), figures, aims)


def _figures(read: Read, seeds: int, live_seeds: int) -> dict[str, Any]:
    return {
        "frames": seeds * len(SYMBOLOGIES) * len(FLAWS),
        "live_frames": live_seeds * len(SYMBOLOGIES) * len(FLAWS),
        "right": {way: len(frames) for way, frames in read.right.items()},
        "wrong": {way: len(texts) for way, texts in read.wrong.items()},
        "right_by_flaw": {way: _counted(frames, 1) for way, frames in read.right.items()},
        "right_by_symbology": {way: _counted(frames, 0) for way, frames in read.right.items()},
    }


def _rows(read: Read, seeds: int, live_seeds: int) -> list[Sequence[object]]:
    ways = (
        read.right["zxing-cpp"],
        read.union("zxing-cpp", "sharpened"),
        read.union("zxing-cpp", "sharpened", "zbar"),
        read.right["a still"],
        read.right.get("the live loop", set()),
    )
    frames = seeds * len(SYMBOLOGIES)
    rows: list[Sequence[object]] = []
    for flaw in FLAWS:
        *counts, live = (sum(key[1] == flaw for key in way) for way in ways)
        rows.append((flaw, frames, *counts, f"{live}/{live_seeds * len(SYMBOLOGIES)}"))
    *counts, live = (len(way) for way in ways)
    return [*rows, ("all", frames * len(FLAWS), *counts, f"{live}/{live_seeds * len(SYMBOLOGIES) * len(FLAWS)}")]


def _counted(frames: Iterable[tuple[str, str, int]], place: int) -> dict[str, int]:
    return dict(Counter(str(key[place]) for key in sorted(frames)))
