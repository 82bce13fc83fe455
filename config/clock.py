"""The two clocks: hall time for schedules, days and countdowns (may run fast in a demo), elapsed time for age and
timeouts.

The one place that reads the machine's clock for hall time; everything else is given `now`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from config.settings import Settings

BUILT_AFTER = datetime(2026, 1, 1, tzinfo=UTC)
BELIEVABLE_UNTIL = datetime(2100, 1, 1, tzinfo=UTC)


class UnbelievableClock(Exception):
    """The machine's clock cannot be right: slips, days and buses would all be wrong."""


@dataclass(frozen=True)
class HallClock:
    """Hall time = `hall_anchor` at the real moment `real_anchor`, going on `rate` times as fast as real time.

    Anchored on real time, so that a server that was killed comes back at the right hall time.
    """

    hall_anchor: datetime
    real_anchor: datetime
    rate: float

    def now(self) -> datetime:
        """Aware UTC hall time."""
        return self.at(datetime.now(UTC))

    def at(self, real: datetime) -> datetime:
        """Hall time at a real moment."""
        return self.hall_anchor + (real - self.real_anchor) * self.rate


def clock_of(settings: Settings) -> HallClock:
    """The clock that the settings describe: real time where they say nothing."""
    if settings.clock_hall_time:
        hall = datetime.fromisoformat(settings.clock_hall_time).astimezone(UTC)
        real = datetime.fromisoformat(settings.clock_real_time).astimezone(UTC)
        return HallClock(hall, real, settings.clock_rate)
    now = datetime.now(UTC)
    return HallClock(now, now, settings.clock_rate)


def refuse_unbelievable(now: datetime, newest_record: datetime | None) -> None:
    """Raises UnbelievableClock for a time before this was built, after 2100, or a day before the newest record."""
    if not BUILT_AFTER < now < BELIEVABLE_UNTIL:
        raise UnbelievableClock(f"the clock says {now:%Y-%m-%d %H:%M} UTC: set it, then start again")
    if newest_record is not None and now < newest_record - timedelta(days=1):
        raise UnbelievableClock(
            f"the clock says {now:%Y-%m-%d %H:%M} UTC, but the newest record is of {newest_record:%Y-%m-%d %H:%M}"
        )


def elapsed_s() -> float:
    """Seconds of the monotonic clock, for age, timeouts and latency only."""
    return time.monotonic()
