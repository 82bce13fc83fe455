"""Kills the server under load, 200 times by default, 20 times a hall, and names what is lost or doubled."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from measured import Aim, Measured

from tests.crowd.crash import CrashReport, crash_often
from tests.support.postgres import PostgresServer

KILLS_OF_A_HALL = 20


def run(words: Sequence[str]) -> Measured:
    """`[--kills 200] [--on sqlite|postgresql] [--seed 1]`."""
    parser = argparse.ArgumentParser(prog="scripts/soak crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--on", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    reports = []
    with _databases(asked.on) as database:
        for nth in range(-(-asked.kills // KILLS_OF_A_HALL)):
            kills = min(KILLS_OF_A_HALL, asked.kills - nth * KILLS_OF_A_HALL)
            with tempfile.TemporaryDirectory(prefix="gighall-crash-") as folder:
                reports.append(crash_often(Path(folder), next(database), kills, asked.seed + nth))
            _say(nth, reports[-1])
    return _measured(asked.on, reports)


@contextmanager
def _databases(kind: str) -> Iterator[Iterator[str]]:
    """An endless supply of empty data bases' URLs."""
    if kind == "sqlite":
        yield iter(lambda: "", None)
        return
    server = PostgresServer()
    try:
        server.start()
        yield (server.create(f"soak_{nth}") for nth in range(10_000))
    finally:
        server.stop()


def _say(nth: int, report: CrashReport) -> None:
    print(
        f"hall {nth + 1}: {report.kills} kills, {report.acknowledged} acknowledged, {len(report.broken)} broken",
        flush=True,
    )
    for sentence in report.broken[:20]:
        print(f"  {sentence}", flush=True)


def _measured(kind: str, reports: Sequence[CrashReport]) -> Measured:
    broken = [sentence for report in reports for sentence in report.broken]
    figures = {
        "data base": kind,
        "kills": sum(report.kills for report in reports),
        "acknowledged": sum(report.acknowledged for report in reports),
        "asked_again": sum(report.asked_again for report in reports),
        "broken": len(broken),
        "slowest_start_s": round(max(report.slowest_start_s for report in reports), 2),
        "slowest_converged_s": round(max(report.converged_s for report in reports), 2),
    }
    aims = (Aim("no acknowledged command lost or applied twice, every replica converged", not broken),)
    return Measured("soak crash", ("what", "figure"), list(figures.items()), figures, aims)
