"""The hall's calendar: business days that turn at a set hour, and times as people say them. Never reads a clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Calendar:
    """A hall's zone and the local time at which its day turns (3:00 where nothing else is set)."""

    zone: ZoneInfo
    day_starts_at: time

    def business_day(self, instant: datetime) -> date:
        """The day that `instant` belongs to for numbers, manifests, "today" and statistics."""
        local = instant.astimezone(self.zone)
        return (
            local.date()
            if local.timetz().replace(tzinfo=None) >= self.day_starts_at
            else local.date() - timedelta(days=1)
        )

    def instant(self, day: date, at: time) -> datetime:
        """The instant of a local time of a business day; times before the turn belong to the next calendar day."""
        calendar_day = day if at >= self.day_starts_at else day + timedelta(days=1)
        return datetime.combine(calendar_day, at, self.zone).astimezone(UTC)

    def clock(self, instant: datetime) -> str:
        """Local time as on every screen and slip: `6:20`, `17:00`."""
        local = instant.astimezone(self.zone)
        return f"{local.hour}:{local.minute:02d}"

    def offset_min(self, instant: datetime) -> int:
        """Minutes that the hall's zone is ahead of UTC at `instant`."""
        offset = instant.astimezone(self.zone).utcoffset()
        assert offset is not None
        return int(offset.total_seconds() // 60)


def rfc3339(instant: datetime) -> str:
    """UTC with milliseconds and Z, sortable as text: `2026-11-20T22:20:00.000Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def from_rfc3339(text: str) -> datetime:
    """The aware UTC instant of what `rfc3339` wrote; ValueError on anything that names no zone."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"no zone in {text!r}")
    return instant.astimezone(UTC)
