"""Reads the log and pushes: the only way from a commit to a socket.

A lost nudge costs latency, never data: the pump also looks by itself. Each entry is encoded once, WebSocket framing
included, and kept in a window, from which late and returning sockets catch up without a data base.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from prometheus_client import Counter

from config.clock import elapsed_s
from hallserver.live.presence import COMMIT_TO_GLASS, Presence, Subscriber
from hallserver.store.feeds import Entry
from hallserver.wire.frames import delta_frame, event_frame

WINDOW = 2_000
FRAMES = Counter("gighall_frames_sent", "Frames handed to sockets", ["feed"])
DROPPED = Counter("gighall_sockets_dropped", "Sockets shut because their reader fell behind", ["feed"])


@dataclass(frozen=True)
class ReadLog:
    """What the pump asks of the store: entries of a feed after a sequence (at most so many), newest sequence by
    feed."""

    entries_after: Callable[[str, int, int], list[Entry]]
    heads: Callable[[], dict[str, int]]


@dataclass
class _Window:
    """The newest entries of a feed, ready to send: parallel lists of sequence, frame, elapsed time of sending."""

    head: int
    frames: deque[tuple[int, bytes, float]] = field(default_factory=lambda: deque(maxlen=WINDOW))

    @property
    def begins_after(self) -> int:
        """A socket at this position or later can be served from the window."""
        return self.frames[0][0] - 1 if self.frames else self.head

    def after(self, position: int) -> list[tuple[int, bytes, float]]:
        """Entries that a socket at `position` lacks; sequences are contiguous, so this is one slice."""
        start = max(0, position - self.begins_after)
        return [self.frames[place] for place in range(start, len(self.frames))]

    def sent_at(self, seq: int) -> float | None:
        """When the entry `seq` was pushed (elapsed clock), None where it left the window."""
        place = bisect_right(self.frames, seq, key=lambda frame: frame[0]) - 1
        return self.frames[place][2] if place >= 0 and self.frames[place][0] == seq else None


class Pump:
    """All feeds of one server process; every method runs in the hub's thread and never waits on a socket."""

    def __init__(self, log: ReadLog, epoch: str, presence: Presence) -> None:
        self._log = log
        self._presence = presence
        self.epoch = epoch
        self._windows = {feed: _Window(head) for feed, head in log.heads().items()}

    def head(self, feed: str) -> int:
        """Newest pushed sequence."""
        return self._windows[feed].head

    def look(self) -> int:
        """Pushes what the log holds beyond what was pushed -> number of new entries."""
        heads = self._log.heads()
        behind = [feed for feed, window in self._windows.items() if window.head < heads[feed]]
        return sum(self._look_at(feed, self._windows[feed]) for feed in behind)

    def _look_at(self, feed: str, window: _Window) -> int:
        pushed = 0
        while True:
            entries = self._log.entries_after(feed, window.head, 500)
            for entry in entries:
                frame = delta_frame(feed, self.epoch, entry.seq, entry.body)
                window.frames.append((entry.seq, frame, elapsed_s()))
                window.head = entry.seq
                self._push(feed, entry.seq, frame)
                pushed += 1
            if len(entries) < 500:
                return pushed

    def _push(self, feed: str, seq: int, frame: bytes) -> None:
        """The hot path: one turn of this loop per screen; a socket that waits for nothing takes the frame at once."""
        before, sent = seq - 1, 0
        for one in self._presence.of_feed(feed):
            if one.is_catching_up or one.position != before:
                continue
            try:
                one.writer.send(frame)
            except OSError:
                self._drop(one)
                continue
            one.position = seq
            sent += 1
        FRAMES.labels(feed).inc(sent)

    def _drop(self, one: Subscriber) -> None:
        DROPPED.labels(one.feed).inc()
        self._presence.leave(one.sid)

    def _hand(self, one: Subscriber, frame: bytes) -> bool:
        try:
            one.writer.send(frame)
        except OSError:
            self._drop(one)
            return False
        return True

    def follow(self, one: Subscriber, epoch: str | None, since: int, snapshot: Callable[[str], dict[str, Any]]) -> None:
        """Answers a `hello`: what the socket lacks, or where the snapshot is, then everything after it."""
        window = self._windows[one.feed]
        one.writer.on_drained = lambda: self._catch_up(one)
        one.is_catching_up = True
        if epoch == self.epoch and window.begins_after <= since <= window.head:
            one.position = since
        else:
            place = snapshot(one.feed)
            one.position = place["seq"]
            if not self._hand(one, event_frame("snapshot_at", place)):
                return
        self._presence.join(one)
        self._catch_up(one)

    def _catch_up(self, one: Subscriber) -> None:
        for seq, frame, _ in self._windows[one.feed].after(one.position):
            if one.writer.waiting_bytes:
                return  # goes on when drained, so that a returning socket never meets the bound
            if not self._hand(one, frame):
                return
            one.position = seq
        one.is_catching_up = False

    def mark_all(self, mark_of: Callable[[str, int], dict[str, Any]]) -> None:
        """The heartbeat: one frame per feed, to everybody who has caught up."""
        frames = {feed: event_frame("mark", mark_of(feed, window.head)) for feed, window in self._windows.items()}
        for feed, frame in frames.items():
            for one in self._presence.of_feed(feed):
                if not one.is_catching_up:
                    self._hand(one, frame)

    def rendered(self, one: Subscriber, seq: int) -> None:
        """A screen painted everything up to `seq`."""
        if seq <= one.rendered:
            return
        one.rendered = seq
        sent_at = self._windows[one.feed].sent_at(seq)
        if sent_at is not None:
            COMMIT_TO_GLASS.labels(one.feed).observe(elapsed_s() - sent_at)
