"""The Python reducer replays the golden traces; tests/js/replica.test.mjs replays the same ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hallserver.wire.replica import Replica, Verdict

TRACES = sorted((Path(__file__).parent / "traces").glob("*.json"))


def fold(replica: Replica, frame: dict[str, Any]) -> str | None:
    """One frame of a trace -> the verdict's word; forgetting has none."""
    if frame["do"] == "forget":
        replica.forget()
        return None
    verdicts = {"delta": replica.apply, "snapshot": replica.load, "mark": replica.check_mark}
    verdict: Verdict = verdicts[frame["do"]](frame)
    return verdict.value


@pytest.mark.parametrize("path", TRACES, ids=lambda path: path.stem)
def test_replays(path: Path) -> None:
    trace = json.loads(path.read_text(encoding="utf-8"))
    replica = Replica("wall")
    said = [fold(replica, step["frame"]) for step in trace["steps"]]
    assert said == [step["verdict"] for step in trace["steps"]], trace["why"]
    then = trace["then"]
    assert (replica.epoch, replica.seq, replica.items) == (then["epoch"], then["seq"], then["items"])
    assert replica.hello() == {"feed": "wall", "epoch": then["epoch"], "since": then["seq"]}


def test_every_rule_of_the_fold_has_a_trace() -> None:
    assert {path.stem for path in TRACES} == {
        "drop_of_unknown_key",
        "duplicate",
        "empty_is_loaded",
        "gap",
        "in_order",
        "mark_above_seq",
        "not_loaded",
        "older_snapshot",
        "other_epoch",
        "snapshot_while_deltas_come",
    }
