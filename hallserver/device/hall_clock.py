"""Hall time at a device: what the last `mark` said, going on at its rate on the monotonic clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from config.clock import elapsed_s


@dataclass(frozen=True)
class HallMark:
    """Anchors hall time to this machine's elapsed time; the machine's own wall clock does not matter."""

    hall_time: datetime
    heard_at_s: float
    rate: float
    zone_offset_min: int
    business_day: date

    def now(self) -> datetime:
        """Hall time, aware UTC."""
        return self.hall_time + timedelta(seconds=(elapsed_s() - self.heard_at_s) * self.rate)

    def local(self) -> datetime:
        """Hall time as its people read it (naive fields of the hall's zone, kept aware as UTC plus offset)."""
        return self.now() + timedelta(minutes=self.zone_offset_min)


def read_mark(mark: Mapping[str, Any]) -> HallMark:
    """From a `mark` frame heard just now."""
    return HallMark(
        datetime.fromisoformat(mark["hall_time"]),
        elapsed_s(),
        float(mark["rate"]),
        int(mark["zone_offset_min"]),
        date.fromisoformat(mark["business_day"]),
    )
