"""Runs the parts of `scripts/test` and says what they proved; must not know what a part checks."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parts import PROJECT, Check, NodeTest, Part, Pytest, Run, parts

BUDGET_S = 900
"""What everything may take on 2 cores."""
_PROMISES = "GIGHALL_PROMISES"
_CLEARING_UP_S = 60


@dataclass(frozen=True)
class Count:
    """Outcomes of a run: tests, or one for a check."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


@dataclass(frozen=True)
class Outcome:
    """What one part did and how long it took, in seconds."""

    part: str
    count: Count
    seconds: float


def main(words: Sequence[str]) -> int:
    """0 when all that ran is right."""
    every = parts()
    asked = _asked([part.name for part in every], words)
    chosen = [part for part in every if part.name in asked.parts or not asked.parts]
    with tempfile.TemporaryDirectory(prefix="gighall-test-") as folder:
        ran = run_all(chosen, Path(folder))
        outcomes = list(until_failed(ran) if asked.fail_fast else ran)
        total = sum((outcome.count for outcome in outcomes), Count())
        print(summary(outcomes, _promises(Path(folder))))
    print(closing(total))
    return 1 if total.failed or not total.passed else 0


def _asked(names: list[str], words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/test", description="Runs everything CI runs, or the parts named.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(names))
    parser.add_argument("--fail-fast", action="store_true", help="run no further part after one that failed")
    asked = parser.parse_args(words)
    if unknown := set(asked.parts) - set(names):
        parser.error(f"no part {' '.join(sorted(unknown))}; there are {' '.join(names)}")
    return asked


def run_all(chosen: Sequence[Part], folder: Path) -> Iterator[Outcome]:
    """Runs a part each time it is asked for the next outcome."""
    for part in chosen:
        print(f"\n== {part.name}", flush=True)
        began = time.monotonic()
        counted = sum((count(run, folder) for run in part.runs), Count())
        yield Outcome(part.name, counted, time.monotonic() - began)


def until_failed(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes up to and with the first that holds a failure."""
    for outcome in outcomes:
        yield outcome
        if outcome.count.failed:
            return


def count(run: Run, folder: Path) -> Count:
    """Runs it with its words on our output. `folder` is for reports and for promises."""
    match run:
        case Check(command):
            return Count(passed=1) if _call(command, folder) == 0 else Count(failed=1)
        case Pytest(paths, processes):
            report = folder / "pytest.xml"
            side_by_side = ["-n", str(processes), "--dist", "worksteal"] if processes > 1 else []
            code = _call([sys.executable, "-m", "pytest", f"--junitxml={report}", *side_by_side, *paths], folder)
            return _never_silent(_junit(report), code)
        case NodeTest(files):
            report = folder / "node.tap"
            reporters = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
            reporters += ["--test-reporter=tap", f"--test-reporter-destination={report}"]
            code = _call(["node", "--test", *reporters, *files], folder)
            return _never_silent(_tap(report), code)


def _call(command: Sequence[str], folder: Path) -> int:
    environment = os.environ | {_PROMISES: str(folder)}
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait(_CLEARING_UP_S)  # Ctrl-C reached it too
        raise


def _never_silent(count: Count, code: int) -> Count:
    """A runner that ended badly without a failed test (it crashed, or found none) is a failure of its own."""
    return count + Count(failed=1) if code and not count.failed else count


def _junit(report: Path) -> Count:
    if not report.exists():
        return Count()
    suites = ET.parse(report).getroot().iter("testsuite")
    counts = [{key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")} for suite in suites]
    report.unlink()
    failed = sum(count["failures"] + count["errors"] for count in counts)
    skipped = sum(count["skipped"] for count in counts)
    return Count(sum(count["tests"] for count in counts) - failed - skipped, failed, skipped)


def _tap(report: Path) -> Count:
    if not report.exists():
        return Count()
    said = dict(re.findall(r"^# (pass|fail|cancelled|skipped|todo) (\d+)$", report.read_text(encoding="utf-8"), re.M))
    number = {name: int(times) for name, times in said.items()}
    return Count(number.get("pass", 0), number.get("fail", 0) + number.get("cancelled", 0), number.get("skipped", 0))


def _promises(folder: Path) -> list[dict[str, object]]:
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def closing(total: Count) -> str:
    """The last line, by which a CI machine sees that tests ran."""
    return f"{total.passed} passed, {total.failed} failed" + (f", {total.skipped} skipped" if total.skipped else "")


def summary(outcomes: Sequence[Outcome], promises: Sequence[Mapping[str, object]]) -> str:
    """The table of seconds per part, then every promise with its figures."""
    lines = ["", f"{'part':<12} {'seconds':>8} {'passed':>7} {'failed':>7} {'skipped':>8}"]
    for at in outcomes:
        lines.append(
            f"{at.part:<12} {at.seconds:>8.1f} {at.count.passed:>7} {at.count.failed:>7} {at.count.skipped:>8}"
        )
    seconds = sum(outcome.seconds for outcome in outcomes)
    lines.append(f"{'all':<12} {seconds:>8.1f}   of {BUDGET_S} s on 2 cores; this machine has {os.cpu_count()}")
    if promises:
        lines += ["", "promises"]
        lines += [f"  {'' if said['kept'] else 'BROKEN '}{said['promise']}: {said['figures']}" for said in promises]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
