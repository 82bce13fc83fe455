"""Snapshots of feeds: built and gzipped once per (feed, seq), the same bytes for every caller, at most a second old."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass

from config.clock import elapsed_s

FRESH_FOR_S = 1.0
_GZIP_LEVEL = 3


@dataclass(frozen=True)
class Snapshot:
    """A feed's folded state as one HTTP body."""

    feed: str
    epoch: str
    seq: int
    gzipped: bytes
    built_at: float

    @property
    def etag(self) -> str:
        """Names the content, so that a client that has it gets 304."""
        return f'"{self.epoch}-{self.feed}-{self.seq}"'


class Snapshots:
    """One cached snapshot per feed."""

    def __init__(self, epoch: str, read: Callable[[str], tuple[int, str]], now_text: Callable[[], str]) -> None:
        self._epoch, self._read, self._now_text = epoch, read, now_text
        self._held: dict[str, Snapshot] = {}

    def get(self, feed: str) -> Snapshot:
        """The snapshot of a feed, newly read where the held one is older than a second."""
        held = self._held.get(feed)
        if held is None or elapsed_s() - held.built_at > FRESH_FOR_S:
            held = self._held[feed] = self._build(feed, held)
        return held

    def _build(self, feed: str, held: Snapshot | None) -> Snapshot:
        seq, items = self._read(feed)
        if held is not None and held.seq == seq:
            return Snapshot(feed, self._epoch, seq, held.gzipped, elapsed_s())
        head = {"feed": feed, "epoch": self._epoch, "seq": seq, "at": self._now_text()}
        body = json.dumps(head)[:-1] + f', "items": {items}}}'
        return Snapshot(feed, self._epoch, seq, gzip.compress(body.encode(), _GZIP_LEVEL, mtime=0), elapsed_s())
