"""Collects what a test run proved, in the words of a promise; must not know any promise itself.

A test says `promise("no seat sold twice", "16 × 8 × 2 requests, 0")`. With GIGHALL_PROMISES set to a folder every
promise is written there as a JSON line `{"promise", "figures", "test", "kept"}`; `kept` is whether that test passed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path
from typing import Protocol

import pytest

FOLDER = "GIGHALL_PROMISES"
_SAID = pytest.StashKey[list[tuple[str, str]]]()


class Promise(Protocol):
    """Records one promise of the running test with the figures that prove it."""

    def __call__(self, promise: str, figures: str) -> None: ...


@pytest.fixture
def promise(request: pytest.FixtureRequest) -> Promise:
    """Records `(promise, figures)` for the summary of scripts/test."""
    said = request.node.stash.setdefault(_SAID, [])

    def record(promise: str, figures: str) -> None:
        said.append((promise, figures))

    return record


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Writes the promises of a test once its outcome is known."""
    report = yield
    folder = os.environ.get(FOLDER)
    if folder and report.when == "call":
        _write(Path(folder), item, report.passed)
    return report


def _write(folder: Path, item: pytest.Item, is_kept: bool) -> None:
    said = item.stash.get(_SAID, [])
    with (folder / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
        for promise, figures in said:
            line = {"promise": promise, "figures": figures, "test": item.nodeid, "kept": is_kept}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
