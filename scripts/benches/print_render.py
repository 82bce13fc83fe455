"""From a slip to the bytes of the printer: how long a ticket takes to draw and to encode.

"known" words: the same slips again, as in a morning of three firms. "strange" words: every character of every ticket is
drawn from all 20,902 of the basic block, so that nearly every glyph is new. "first": a process's first ticket, which
opens the faces.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from measured import PROJECT, Aim, Measured, percentile

from printer.encode import encode_paper
from printer.press import Press, open_press
from printer.profiles import profile_for
from printer.samples import load_sample
from printer.ticket import Slip
from tests.paper import random_slip

DRAW_AIM_MS = 20.0
JOB_SLIPS = ("job_slip", "job_slip_own_way", "job_slip_long")
EVERY_LETTER = [chr(code) for code in range(0x4E00, 0x9FA6)]
COLUMNS = (
    "ticket",
    "dots",
    "words",
    "tickets",
    "draw mean ms",
    "draw p99 ms",
    "draw CPU ms",
    "encode mean ms",
    "bytes",
)
_FIRST = """
import time
from printer.press import open_press
from printer.samples import load_sample
began = time.perf_counter()
open_press().draw(load_sample("job_slip", "zh_Hans"), 576)
print((time.perf_counter() - began) * 1e3)
"""


@dataclass(frozen=True)
class Render:
    """What one kind of ticket took, in milliseconds; `cpu_ms` is the mean of this thread's own time to draw it."""

    ticket: str
    dots: int
    words: str
    draw_ms: list[float]
    cpu_ms: float
    encode_ms: list[float]
    size_bytes: int

    @property
    def draw_mean_ms(self) -> float:
        return sum(self.draw_ms) / len(self.draw_ms)

    def row(self) -> list[object]:
        encode = sum(self.encode_ms) / len(self.encode_ms)
        drawn = (len(self.draw_ms), self.draw_mean_ms, percentile(self.draw_ms, 99), self.cpu_ms)
        return [self.ticket, self.dots, self.words, *drawn, encode, self.size_bytes]


def run(words: Sequence[str]) -> Measured:
    """`[--tickets 60] [--width 576 384]`."""
    parser = argparse.ArgumentParser(prog="scripts/bench print_render", description=__doc__)
    parser.add_argument("--tickets", type=int, default=60)
    parser.add_argument("--width", type=int, nargs="+", default=[576, 384])
    asked = parser.parse_args(words)
    return measured(renders(asked.tickets, asked.width), first_ms())


def renders(tickets: int, widths: Sequence[int]) -> list[Render]:
    """Measure every job slip in every width with known and with strange words."""
    press, dice = open_press(), random.Random(20261120)
    results = []
    for name in JOB_SLIPS:
        for width in widths:
            known = [load_sample(name, ("zh_Hans", "en")[nth % 2]) for nth in range(tickets)]
            strange = [random_slip(dice, (name,), EVERY_LETTER) for _ in range(tickets)]
            for slip in known[:2]:
                press.draw(slip, width)
            results.append(_render(press, known, width, (name, "known")))
            results.append(_render(press, strange, width, (name, "strange")))
    return results


def _render(press: Press, slips: Sequence[Slip], width: int, named: tuple[str, str]) -> Render:
    profile = profile_for("default", width)
    draw_ms, encode_ms, sent, cpu_s = [], [], b"", 0.0
    for slip in slips:
        began, own = time.perf_counter(), time.thread_time()
        picture = press.draw(slip, width)
        drawn, cpu_s = time.perf_counter(), cpu_s + time.thread_time() - own
        sent = encode_paper(picture, profile)
        draw_ms.append((drawn - began) * 1e3)
        encode_ms.append((time.perf_counter() - drawn) * 1e3)
    return Render(named[0], width, named[1], draw_ms, cpu_s * 1e3 / len(slips), encode_ms, len(sent))


def first_ms() -> float:
    """How long the first ticket of a process takes, from opening the faces to its picture."""
    made = subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True, cwd=PROJECT)
    return float(made.stdout)


def measured(results: Sequence[Render], first: float) -> Measured:
    """Rows, figures and aims, to stand alone or beside the way to the printer."""
    figures = {
        f"{one.ticket} {one.dots} {one.words}": {
            "draw_mean_ms": round(one.draw_mean_ms, 2),
            "draw_p99_ms": round(percentile(one.draw_ms, 99), 2),
            "draw_cpu_ms": round(one.cpu_ms, 2),
            "bytes": one.size_bytes,
        }
        for one in results
    }
    aims = [
        Aim(f"a ticket of {kind} words is drawn in {DRAW_AIM_MS:.0f} ms on average: {mean:.1f} ms", mean <= DRAW_AIM_MS)
        for kind in ("known", "strange")
        for mean in [_mean([one for one in results if one.words == kind])]
    ]
    rows = [*(one.row() for one in results), ["job_slip", 576, "first", 1, first, first, first, 0.0, 0]]
    return Measured("bench print_render", COLUMNS, rows, {**figures, "first_ms": round(first, 1)}, aims)


def _mean(results: Sequence[Render]) -> float:
    taken = [ms for one in results for ms in one.draw_ms]
    return sum(taken) / max(1, len(taken))
