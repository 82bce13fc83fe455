"""Draws thousands of papers of random words for every make of printer, and reads their bytes strictly.

None may hold a byte that a printer obeys at once; every code must scan; nothing may be illegal or wider than the paper.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence

from measured import Aim, Measured

from printer.faces import load_faces
from tests.paper.reading import Reading, read_random_papers

COLUMNS = ("papers", "with traps", "broken traps", "wrong", "seconds")


def run(words: Sequence[str]) -> Measured:
    """`[--papers 5000] [--seed 1]`."""
    parser = argparse.ArgumentParser(prog="scripts/soak paper", description=__doc__)
    parser.add_argument("--papers", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    began = time.monotonic()
    reading = read_random_papers(random.Random(asked.seed), asked.papers, load_faces())
    return _measured(reading, time.monotonic() - began)


def _measured(reading: Reading, seconds: float) -> Measured:
    for sentence in reading.wrong[:20]:
        print(sentence, flush=True)
    row = [reading.papers, reading.trapped, reading.traps, len(reading.wrong), seconds]
    figures = {
        "papers": reading.papers,
        "with_traps": reading.trapped,
        "traps": reading.traps,
        "wrong": reading.wrong[:20],
    }
    aims = [
        Aim("no paper holds a byte a printer obeys at once, and every code scans", not reading.wrong),
        Aim("papers had such bytes before they were broken, so this proves something", reading.trapped > 0),
    ]
    return Measured("soak paper", COLUMNS, [row], figures, aims)
