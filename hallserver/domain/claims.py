"""Who may take a place of a post now, and in which way. Decides on facts read under lock; takes nothing itself."""

from dataclasses import dataclass
from datetime import datetime

from hallserver.domain.posting import Giving, JobState, Way
from hallserver.domain.refusals import Refusal, RefusalCode


@dataclass(frozen=True)
class OpenJob:
    """What deciding on a claim needs to know of a post."""

    state: JobState
    giving: Giving
    ways: tuple[Way, ...]
    left: int
    party_max: int
    starts_at: datetime | None
    valid_until: datetime


@dataclass(frozen=True)
class BusRide:
    """What deciding on a claim needs to know of the trip to a post."""

    state: str
    departs_at: datetime
    left: int


@dataclass(frozen=True)
class ClaimRequest:
    """A worker's wish: which way, how many people, standby or not, known to the hall or not."""

    way: Way
    party_size: int
    wants_standby: bool
    is_known: bool


def refuse_claim(job: OpenJob, ride: BusRide | None, request: ClaimRequest, now: datetime) -> None:
    """Raises the first `Refusal` that stands against the claim; the order is what a worker should hear first."""
    if job.state not in (JobState.LIVE, JobState.FILLED) or job.valid_until <= now:
        raise Refusal(RefusalCode.JOB_NOT_OPEN)
    if job.giving != Giving.AT_ONCE:
        raise Refusal(RefusalCode.GIVEN_OTHERWISE)
    if request.way not in job.ways:
        raise Refusal(RefusalCode.WAY_NOT_OFFERED)
    if request.party_size > job.party_max:
        raise Refusal(RefusalCode.PARTY_TOO_LARGE, most=job.party_max)
    _refuse_places(job, request)
    if request.way == Way.BUS and not request.wants_standby:
        _refuse_seats(ride, request, now)


def _refuse_places(job: OpenJob, request: ClaimRequest) -> None:
    if request.wants_standby and job.left >= request.party_size:
        raise Refusal(RefusalCode.STANDBY_NOT_NEEDED)
    if not request.wants_standby and job.left < request.party_size:
        raise Refusal(RefusalCode.JOB_FULL, left=job.left)


def _refuse_seats(ride: BusRide | None, request: ClaimRequest, now: datetime) -> None:
    if ride is None or ride.state not in ("planned", "boarding") or ride.departs_at <= now:
        raise Refusal(RefusalCode.BUS_GONE)
    if ride.left < request.party_size:
        raise Refusal(RefusalCode.BUS_FULL, left=ride.left)


def anonymous_claim_is_over_cap(claims_last_hour: int, cap_per_hour: int) -> bool:
    """Claims without identity are capped per kiosk and hour."""
    return claims_last_hour >= cap_per_hour
