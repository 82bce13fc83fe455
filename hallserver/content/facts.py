"""What the store gathers before anything is worded: plain facts with `now` left out. Knows no feed and no language."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hallserver.domain.hall_time import Calendar
from hallserver.domain.shuttle import Headcount

Text = dict[str, str]
"""The hall's own words by language tag: `{"zh-Hans": "…", "en": "…"}`."""


@dataclass(frozen=True)
class RideFacts:
    """The trip of a post or a seat."""

    trip_id: str
    sign: str
    line: str
    destination: str
    bay: int
    plate: str
    departs_at: datetime
    return_at: datetime | None
    departed_at: datetime | None
    state: str
    count: Headcount
    manifest_version: int


@dataclass(frozen=True)
class JobFacts:
    """A post with its employer and its ride; `columns` are the row of the table `job` with lists decoded."""

    columns: dict[str, Any]
    employer: str
    title: Text
    pictogram: str
    ride: RideFacts | None
    calendar: Calendar
    review_reader: str

    def __getattr__(self, name: str) -> Any:
        try:
            return self.columns[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def left(self) -> int:
        """Places that may still be taken."""
        return int(self.columns["headcount"] - self.columns["taken"])

    @property
    def day(self) -> date:
        """Business day of the first shift."""
        return date.fromisoformat(self.columns["business_day"])


@dataclass(frozen=True)
class CallFacts:
    """A number called to a counter."""

    number: str
    counter: int
    at: datetime
    order: int


@dataclass(frozen=True)
class QueueFacts:
    """How a service's line stands."""

    service_id: str
    letter: str
    name: Text
    waiting: int
    is_open: bool


@dataclass(frozen=True)
class ClaimFacts:
    """A place taken: what the slip says besides the post."""

    number: str
    code: str
    tag: str
    way: str
    party_size: int
    standby: int | None
    printed_at: datetime
    is_reprint: bool
