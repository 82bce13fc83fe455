"""When a wall's browser is started again; pure. What is not known is left alone, and nothing is restarted for ever."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

GRACE_S = 20.0
"""A browser that just started is not judged by its silence."""

CAP, CAP_WINDOW_S = 5, 600.0
"""At most so many restarts in a window: a machine that cannot show the page must not flicker."""

SILENT_AFTER_S = 30.0


class Sight(Enum):
    """What can be known of the browser from outside."""

    GONE = "gone"
    CRASHED = "crashed"
    SPEAKS = "speaks"
    SILENT = "silent"


class Verdict(Enum):
    """What to do about it."""

    KEEP = "keep"
    RESTART = "restart"
    WAIT = "wait"
    """A restart is due, but there were too many."""


@dataclass(frozen=True)
class Watch:
    """Elapsed seconds of the last start, of the page's last word (None: none yet), and of each restart."""

    started_at_s: float
    heard_at_s: float | None = None
    restarts: tuple[float, ...] = ()

    def heard(self, now_s: float) -> Watch:
        """The page said something."""
        return replace(self, heard_at_s=now_s)

    def restarted(self, now_s: float) -> Watch:
        """Started again; old restarts are forgotten."""
        recent = tuple(at for at in self.restarts if now_s - at < CAP_WINDOW_S)
        return Watch(now_s, None, (*recent, now_s))

    def sight(self, is_running: bool, has_crashed: bool, now_s: float) -> Sight:
        """Silence within the grace is no silence."""
        if not is_running:
            return Sight.GONE
        if has_crashed:
            return Sight.CRASHED
        since_s = now_s - (self.heard_at_s if self.heard_at_s is not None else self.started_at_s)
        is_silent = since_s > SILENT_AFTER_S and now_s - self.started_at_s > GRACE_S
        return Sight.SILENT if is_silent else Sight.SPEAKS


def judge(watch: Watch, sight: Sight, now_s: float) -> Verdict:
    """A dead browser is started again, up to the cap; a silent one may be painting all the same and is kept."""
    if sight in (Sight.SPEAKS, Sight.SILENT):
        return Verdict.KEEP
    recent = [at for at in watch.restarts if now_s - at < CAP_WINDOW_S]
    return Verdict.RESTART if len(recent) < CAP else Verdict.WAIT
