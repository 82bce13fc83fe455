"""Gives the readers of codes and ID cards 100,000 bad frames, noise, cut, empty, huge and more: nothing raises or
grows."""

from __future__ import annotations

import argparse
import gc
import time
import tracemalloc
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import psutil
from measured import Aim, Measured

from kiosk.scanning.codes import ALL_FORMATS, WORKER_FORMATS, LiveReader, read_codes
from kiosk.scanning.id_card import IdCard, read_id_card
from tests.frames.bad import HUGE_EVERY, bad

STILL_EVERY = 10
"""Every tenth frame is also read as a still picture, with every look, and as one of an ID card."""

TRACED_FRAMES = 600
WARM_UP = 0.1
GREW_PYTHON_KB, GREW_RSS_MB = 64.0, 24.0


@dataclass
class Soaked:
    """What happened."""

    frames: int = 0
    raised: list[str] = field(default_factory=list)
    read: int = 0
    rss_mb: list[float] = field(default_factory=list)
    grew_python_kb: float = 0.0

    def grew_rss_mb(self) -> float:
        """From after the warm-up to the end: the mean of the last tenth against that of the first one measured."""
        tenth = max(1, len(self.rss_mb) // 10)
        settled = self.rss_mb[int(len(self.rss_mb) * WARM_UP) :] or [0.0]
        return sum(settled[-tenth:]) / len(settled[-tenth:]) - sum(settled[:tenth]) / len(settled[:tenth])


def soak(count: int, first: int = 0, traced: int = TRACED_FRAMES) -> Soaked:
    """Frames `first` to `first + count` through both kinds of reader, then twice `traced` frames with Python's memory
    traced, which is slow."""
    soaked, readers = Soaked(), [LiveReader(WORKER_FORMATS), LiveReader(ALL_FORMATS)]
    process = psutil.Process()
    for seed in range(first, first + count):
        _read(seed, readers[seed % len(readers)], soaked)
        if seed % max(1, count // 200) == 0:
            soaked.rss_mb.append(process.memory_info().rss / 2**20)
    soaked.grew_python_kb = traced_growth_kb(readers, traced)
    return soaked


def traced_growth_kb(readers: Sequence[LiveReader], count: int) -> float:
    """What Python's own memory grew by over the second of two equal rounds; huge frames left out."""
    seeds = [seed for seed in range(count) if seed % HUGE_EVERY != HUGE_EVERY - 1]
    scratch = Soaked()
    tracemalloc.start()
    try:
        sizes = []
        for _ in range(2):
            for seed in seeds:
                _read(seed, readers[seed % len(readers)], scratch)
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    return (sizes[1] - sizes[0]) / 1024


def _read(seed: int, reader: LiveReader, soaked: Soaked) -> None:
    frame = bad(seed)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            soaked.read += len(reader.read(frame))
            if seed % STILL_EVERY == 0 or seed % HUGE_EVERY == HUGE_EVERY - 1:
                soaked.read += len(read_codes(frame)) + isinstance(read_id_card(frame), IdCard)
    except Exception as wrong:  # noqa: BLE001 - that nothing at all is raised is what is looked at
        soaked.raised.append(f"frame {seed} ({frame.dtype}, {frame.shape}): {wrong!r}")
    soaked.frames += 1


def run(words: Sequence[str]) -> Measured:
    """`[--frames 100000] [--first 0]`."""
    parser = argparse.ArgumentParser(prog="scripts/soak frames", description=__doc__)
    parser.add_argument("--frames", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args(words)
    cv2.setNumThreads(1)
    began = time.monotonic()
    soaked = soak(asked.frames, asked.first)
    for sentence in soaked.raised[:20]:
        print(f"  {sentence}", flush=True)
    return _measured(soaked, time.monotonic() - began)


def _measured(soaked: Soaked, seconds: float) -> Measured:
    figures = {
        "frames": soaked.frames,
        "raised": len(soaked.raised),
        "codes_read": soaked.read,
        "grew_rss_mb": round(soaked.grew_rss_mb(), 1),
        "most_rss_mb": round(max(soaked.rss_mb), 1),
        "grew_python_kb": round(soaked.grew_python_kb, 1),
        "seconds": round(seconds),
    }
    aims = (
        Aim("nothing was raised", not soaked.raised),
        Aim(f"resident memory grew by less than {GREW_RSS_MB:.0f} MB", soaked.grew_rss_mb() < GREW_RSS_MB),
        Aim(f"Python's memory grew by less than {GREW_PYTHON_KB:.0f} kB", soaked.grew_python_kb < GREW_PYTHON_KB),
    )
    return Measured("soak frames", ("what", "figure"), list(figures.items()), figures, aims)
