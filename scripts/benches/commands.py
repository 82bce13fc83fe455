"""Commands a second and how late pushes come meanwhile, with the disk's own fsync time and with 10 ms added to it.

Customers run in a process of their own; one wall listens here and times every push against its commit.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measured import Aim, Measured, percentile

from benches.screens import Listener
from benches.servers import OwnHall
from benches.slow_disk import fsync_ms, slower_by

PUSH_P99_AIM_MS = 50.0
COLUMNS = ("disk", "connections", "commands/s", "p50 ms", "p99 ms", "push p50 ms", "push p99 ms", "commands/commit")
_SEQ = re.compile(rb'"seq":(\d+),"at"')


@dataclass(frozen=True)
class Load:
    """What the customers saw."""

    seconds: float
    took_s: list[float]
    wrong: list[str]


def run(words: Sequence[str]) -> Measured:
    """`[--seconds 10] [--connections 8 32] [--added-ms 0 10]`."""
    parser = argparse.ArgumentParser(prog="scripts/bench commands", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, nargs="+", default=[8, 32])
    parser.add_argument("--added-ms", type=float, nargs="+", default=[0, 10])
    asked = parser.parse_args(words)
    results = []
    for added in asked.added_ms:
        with tempfile.TemporaryDirectory(prefix="gighall-commands-") as folder:
            own = OwnHall(Path(folder), slower_by(added, Path(folder)))
            disk = fsync_ms(Path(folder))
            try:
                results += [_measure(own, asked.seconds, count, (added, disk)) for count in asked.connections]
            finally:
                own.close()
    return _measured(results)


def _measure(own: OwnHall, seconds: float, connections: int, disk: tuple[float, float]) -> dict[str, Any]:
    with Listener(own.port, own.greeting) as wall:
        load = _load(own, seconds, connections)
        time.sleep(0.2)
        heard = wall.heard()
    committed = own.stamps()
    pushes = [at - committed[seq] for seq, at in _arrivals(heard) if seq in committed]
    batches = len({moment for seq, moment in committed.items() if seq in {seq for seq, _ in _arrivals(heard)}})
    return {
        "disk": f"{disk[1]:.1f} ms" + (f" + {disk[0]:g} ms" if disk[0] else ""),
        "connections": connections,
        "commands_s": round(len(load.took_s) / load.seconds, 1),
        "p50_ms": round(percentile(load.took_s, 50) * 1e3, 1),
        "p99_ms": round(percentile(load.took_s, 99) * 1e3, 1),
        "push_p50_ms": round(percentile(pushes, 50) * 1e3, 1),
        "push_p99_ms": round(percentile(pushes, 99) * 1e3, 1),
        "commands_per_commit": round(len(pushes) / max(1, batches), 1),
        "wrong": len(load.wrong),
    }


def _arrivals(heard: Sequence[tuple[float, bytes]]) -> list[tuple[int, float]]:
    return [(int(seq), at) for at, data in heard for seq in _SEQ.findall(data)]


def _load(own: OwnHall, seconds: float, connections: int) -> Load:
    """Customers in a process of their own, so that their work does not delay the listening wall."""
    asking = subprocess.run(
        [sys.executable, "-m", "benches.customers"],
        input=json.dumps({"port": own.port, "headers": dict(own.kiosk), "seconds": seconds, "count": connections}),
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 60,
        env=own.hall.environment(),
    )
    return Load(**json.loads(asking.stdout))


def _measured(results: Sequence[dict[str, Any]]) -> Measured:
    rows = [[value for name, value in one.items() if name != "wrong"] for one in results]
    aims = [
        Aim(
            f"pushes under {PUSH_P99_AIM_MS:.0f} ms p99 at {one['commands_s']} commands/s, fsync {one['disk']}: "
            f"{one['push_p99_ms']} ms",
            one["push_p99_ms"] < PUSH_P99_AIM_MS,
        )
        for one in results
    ]
    aims.append(Aim("every command was carried out", not any(one["wrong"] for one in results)))
    return Measured("bench commands", COLUMNS, rows, {"runs": list(results)}, aims)
