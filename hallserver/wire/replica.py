"""A replica of one feed, folded from a snapshot and numbered deltas. Pure; `static/replica.mjs` is its twin.

Both replay the same golden traces (tests/contract/traces). Items are whole: nothing is merged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

Item = Mapping[str, Any]


class Verdict(Enum):
    """What a frame did to the replica; `GAP` and `FOREIGN` ask for a new `hello`."""

    APPLIED = "applied"
    IGNORED = "ignored"
    GAP = "gap"
    FOREIGN = "foreign"


@dataclass
class Replica:
    """`epoch` is None until a first snapshot or delta from the beginning came: "not loaded" is not "empty"."""

    feed: str
    epoch: str | None = None
    seq: int = 0
    items: dict[str, Item] = field(default_factory=dict)

    @property
    def is_loaded(self) -> bool:
        """Whether an empty replica means "there is nothing"."""
        return self.epoch is not None

    def hello(self) -> dict[str, Any]:
        """What to ask the server with."""
        return {"feed": self.feed, "epoch": self.epoch, "since": self.seq}

    def apply(self, delta: Mapping[str, Any]) -> Verdict:
        """Folds `{epoch, seq, set, drop}` in if it is the very next one."""
        if delta["epoch"] != self.epoch:
            return Verdict.FOREIGN
        if delta["seq"] <= self.seq:
            return Verdict.IGNORED
        if delta["seq"] > self.seq + 1:
            return Verdict.GAP
        self.items.update(delta["set"])
        for key in delta["drop"]:
            self.items.pop(key, None)
        self.seq = delta["seq"]
        return Verdict.APPLIED

    def load(self, snapshot: Mapping[str, Any]) -> Verdict:
        """Replaces everything by `{epoch, seq, items}`; an older picture of the same epoch is ignored."""
        if snapshot["epoch"] == self.epoch and snapshot["seq"] < self.seq:
            return Verdict.IGNORED
        self.epoch, self.seq, self.items = snapshot["epoch"], snapshot["seq"], dict(snapshot["items"])
        return Verdict.APPLIED

    def check_mark(self, mark: Mapping[str, Any]) -> Verdict:
        """A heartbeat shows a lost frame, too."""
        if mark["epoch"] != self.epoch:
            return Verdict.FOREIGN
        return Verdict.GAP if mark["seq"] > self.seq else Verdict.IGNORED

    def forget(self) -> None:
        """Back to "not loaded": another epoch, or the server said `reset`."""
        self.epoch, self.seq, self.items = None, 0, {}
