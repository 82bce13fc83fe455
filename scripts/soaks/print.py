"""Slips for printers that break at random, and a print agent that is killed: names what is lost, doubled or not told.

1,000 slips for three kinds of printer (one that answers everything, one without process id, one that answers nothing);
100 kills of `gighall print-agent` under a whole hall.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from measured import Aim, Measured

from printer.sink.machine import Speech
from tests.paper.agent_killing import AgentKilling
from tests.paper.trial import Verdict, try_printer

SHARES = ((Speech.FULL, 0.6), (Speech.WITHOUT_PROCESS_ID, 0.25), (Speech.MUTE, 0.15))
COLUMNS = ("trial", "asked for", "printed", "sent", "unknown", "reprints", "broken", "seconds")


def run(words: Sequence[str]) -> Measured:
    """`[--jobs 1000] [--kills 100] [--seed 1]`; 0 leaves a half out."""
    parser = argparse.ArgumentParser(prog="scripts/soak print", description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    rows, broken, unknown = [], 0, 0
    for name, count, verdict, seconds in _trials(asked.jobs, asked.kills, asked.seed):
        for sentence in verdict.broken[:20]:
            print(f"  {name}: {sentence}", flush=True)
        states = verdict.states
        figures = (states["printed"], states["sent"], states["unknown"], verdict.reprints, len(verdict.broken))
        rows.append((name, count, *figures, seconds))
        broken += len(verdict.broken)
        unknown += states["unknown"]
    aims = (
        Aim("no slip lost, none out twice without being a reprint, the hall heard every end", not broken),
        Aim("some ends were unknown: the trials were trials", bool(unknown)),
    )
    keys = [column.replace(" ", "_") for column in COLUMNS]
    return Measured("soak print", COLUMNS, rows, {"trials": [dict(zip(keys, r, strict=True)) for r in rows]}, aims)


def _trials(jobs: int, kills: int, seed: int) -> Iterator[tuple[str, int, Verdict, float]]:
    for speech, share in SHARES if jobs else ():
        count, began = round(jobs * share), time.monotonic()
        with tempfile.TemporaryDirectory(prefix="gighall-print-") as folder:
            verdict = try_printer(Path(folder), speech, count, seed)
        yield f"faults, {speech.value}", count, verdict, round(time.monotonic() - began, 1)
    if kills:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="gighall-print-") as folder:
            verdict = AgentKilling(Path(folder), seed).kill_often(kills)
        yield f"{kills} kills", 2 * kills, verdict, round(time.monotonic() - began, 1)
