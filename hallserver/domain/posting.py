"""What makes a post fit to be shown: its states, its parts, and the review's findings. Pure; words are catalogue
ids."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ReviewState(StrEnum):
    """Where a post stands on its way to a wall."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"


class JobState(StrEnum):
    """Whether places of a post may be taken. Only `LIVE` posts are on walls and kiosks."""

    WAITING = "waiting"
    LIVE = "live"
    FILLED = "filled"
    CLOSED = "closed"
    EXPIRED = "expired"


class Giving(StrEnum):
    """How the places of a post are given."""

    AT_ONCE = "at_once"
    AGREE = "agree"
    STAFF = "staff"


class Way(StrEnum):
    """How a worker gets there."""

    BUS = "bus"
    OWN = "own"
    EMPLOYER_CAR = "employer_car"


class PayUnit(StrEnum):
    """What one amount of pay is for."""

    HOUR = "hour"
    DAY = "day"
    SHIFT = "shift"
    MONTH = "month"
    PIECE = "piece"
    ORDER = "order"


class Settlement(StrEnum):
    """When earned pay is handed out; not the same thing as the pay unit."""

    DAILY = "daily"
    WEEKLY = "weekly"
    HALF_MONTHLY = "half_monthly"
    MONTHLY = "monthly"
    ON_COMPLETION = "on_completion"


@dataclass(frozen=True)
class Pay:
    """Pay in fen, `min_fen == max_fen` where it is no range."""

    min_fen: int
    max_fen: int
    unit: PayUnit

    def is_better_than(self, other: "Pay") -> bool:
        """Better at once and on every slip: same unit, no bound lower, one higher."""
        return (
            self.unit == other.unit
            and self.min_fen >= other.min_fen
            and self.max_fen >= other.max_fen
            and (self.min_fen, self.max_fen) != (other.min_fen, other.max_fen)
        )


@dataclass(frozen=True)
class Post:
    """What an employer asks for, as review and every screen need it."""

    employer_id: str
    trade: str
    headcount: int
    pay: Pay
    settlement: Settlement
    place: str
    address: str
    work: str
    first_day: date
    starts_at: datetime | None
    ends_at: datetime | None
    valid_until: datetime
    ways: tuple[Way, ...]
    giving: Giving
    job_class: str
    free_text: str


class Severity(StrEnum):
    """`BLOCK` stops a post; `WARN` is shown to the reviewer."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """One thing the review found; `reason` is a catalogue id under `review.`, `evidence` the words that led to it."""

    severity: Severity
    reason: str
    evidence: str = ""


PART_TIME_SETTLEMENTS = (Settlement.DAILY, Settlement.WEEKLY, Settlement.HALF_MONTHLY, Settlement.ON_COMPLETION)
"""Part-time pay is settled at most 15 days apart (Labour Contract Law, art. 72)."""

WordList = tuple[str, ...]


@dataclass(frozen=True)
class ReviewWords:
    """Words of the hall pack that make a post stop: fees and deposits, and limits of sex, origin or belief."""

    charges: WordList
    discrimination: WordList
    age: WordList


def review(post: Post, words: ReviewWords, now: datetime) -> tuple[Finding, ...]:
    """All findings on a post, blocks first. Rules and their sources: regulation on human-resources markets, arts. 24
    and 26."""
    findings = [finding for rule in _RULES for finding in rule(post, words, now)]
    return tuple(sorted(findings, key=lambda finding: finding.severity != Severity.BLOCK))


def _missing(post: Post, words: ReviewWords, now: datetime) -> Iterable[Finding]:
    for field in ("place", "address", "work"):
        if not getattr(post, field).strip():
            yield Finding(Severity.BLOCK, "missing_" + field)


def _outdated(post: Post, words: ReviewWords, now: datetime) -> Iterable[Finding]:
    if post.valid_until <= now:
        yield Finding(Severity.BLOCK, "outdated")


def _forbidden(post: Post, words: ReviewWords, now: datetime) -> Iterable[Finding]:
    lists = (("charges", Severity.BLOCK), ("discrimination", Severity.BLOCK), ("age", Severity.WARN))
    for name, severity in lists:
        found = next((word for word in getattr(words, name) if word in post.free_text), None)
        if found:
            yield Finding(severity, name, found)


def _late_settlement(post: Post, words: ReviewWords, now: datetime) -> Iterable[Finding]:
    if post.job_class == "part_time" and post.settlement not in PART_TIME_SETTLEMENTS:
        yield Finding(Severity.BLOCK, "part_time_settlement")


_RULES: tuple[Callable[[Post, ReviewWords, datetime], Iterable[Finding]], ...] = (
    _missing,
    _outdated,
    _forbidden,
    _late_settlement,
)
