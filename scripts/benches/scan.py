"""Scanning as a whole: codes, ID cards, and the live loop of a camera, each measured by its own bench beside this
one."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measured import Aim, Measured, table

PARTS = ("scan_codes", "scan_cards", "scan_live")


def run(words: Sequence[str]) -> Measured:
    """`[--only PART…]`; each part with its own defaults. A part that is not in this folder is a missed aim."""
    parser = argparse.ArgumentParser(prog="scripts/bench scan", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    asked = parser.parse_args(words)
    figures: dict[str, Any] = {}
    aims: list[Aim] = []
    rows: list[Sequence[object]] = []
    for name in asked.only:
        measured = _part(name)
        if measured is None:
            aims.append(Aim(f"{name} could be measured", False))
            continue
        print(f"{name}\n{table(measured.columns, measured.rows)}\n", flush=True)
        figures[name] = measured.figures
        aims += [Aim(f"{name}: {aim.words}", aim.is_met) for aim in measured.aims]
        rows.append((name, len(measured.aims), sum(aim.is_met for aim in measured.aims)))
    return Measured("bench scan", ("part", "aims", "met"), rows, figures, aims)


def _part(name: str) -> Measured | None:
    if not (Path(__file__).parent / f"{name}.py").is_file():
        print(f"there is no {name}", file=sys.stderr)
        return None
    measured: Measured = importlib.import_module(f"benches.{name}").run([])
    return measured
