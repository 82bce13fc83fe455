"""Prints what a bench or soak measured: a table, then one line of JSON; must not know what was measured."""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Aim:
    """What should be true of the figures, in words, and whether it is."""

    words: str
    is_met: bool


@dataclass(frozen=True)
class Measured:
    """One run: rows of a table under `columns`, the figures for machines, the aims."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    figures: Mapping[str, Any]
    aims: Sequence[Aim] = field(default_factory=tuple)


def report(measured: Measured) -> int:
    """Prints it -> exit code: 1 where an aim is missed."""
    print(table(measured.columns, measured.rows))
    for aim in measured.aims:
        print(f"{'met   ' if aim.is_met else 'MISSED'} {aim.words}")
    aims = {aim.words: aim.is_met for aim in measured.aims}
    machine = {"cpu": _cpu(), "cores": os.cpu_count(), "python": platform.python_version()}
    at = datetime.now(UTC).isoformat(timespec="seconds")
    line = {"name": measured.name, "at": at, "machine": machine, "figures": measured.figures, "aims": aims}
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return 0 if all(aims.values()) else 1


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Columns as wide as they must be; all but the first to the right."""
    lines = [list(columns), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def _cell(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def dispatch(package: str, words: Sequence[str]) -> int:
    """Runs the module of `package` that the first word names, with the rest; its `run(words)` gives a Measured."""
    folder = PROJECT / "scripts" / package
    names = sorted(path.stem for path in folder.glob("*.py") if "\ndef run(" in path.read_text(encoding="utf-8"))
    if not words or words[0] not in names:
        print(f"usage: NAME [options], NAME one of: {' '.join(names)}", file=sys.stderr)
        return 2
    from tests.support.machine_lock import machine_lock

    with machine_lock(f"{package} {words[0]}"):
        measured: Measured = importlib.import_module(f"{package}.{words[0]}").run(words[1:])
    return report(measured)
