"""Boarding: what a scanned seat means at the door of a bus. Pure; who is aboard is decided on facts read under lock."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hallserver.domain.refusals import Refusal, RefusalCode


class TripState(StrEnum):
    """A departed or cancelled trip never comes back."""

    PLANNED = "planned"
    BOARDING = "boarding"
    DEPARTED = "departed"
    CANCELLED = "cancelled"


class SeatState(StrEnum):
    """`EXPECTED` holds a place in the bus, `ABOARD` sits in it, `RELEASED` gave it back."""

    EXPECTED = "expected"
    ABOARD = "aboard"
    RELEASED = "released"


@dataclass(frozen=True)
class SoldSeat:
    """A seat as the door sees it; `where` names its slip's tail and sign, bay and time of its own bus."""

    trip_id: str
    state: SeatState
    boarded_at: datetime | None
    boarded_by: str
    where: dict[str, str | int]


def refuse_boarding(seat: SoldSeat | None, door_trip_id: str, door_state: TripState) -> None:
    """Raises the `Refusal` that the tablet shows; "wrong bus" says which is the right one."""
    if seat is None or seat.state == SeatState.RELEASED:
        raise Refusal(RefusalCode.NO_SEAT)
    if seat.state == SeatState.ABOARD:
        assert seat.boarded_at is not None
        raise Refusal(
            RefusalCode.ALREADY_ABOARD, by=seat.boarded_by, at=seat.where["boarded_at"], tail=seat.where["tail"]
        )
    if seat.trip_id != door_trip_id:
        raise Refusal(RefusalCode.WRONG_BUS, **{fact: seat.where[fact] for fact in ("sign", "bay", "at")})
    if door_state != TripState.BOARDING:
        raise Refusal(RefusalCode.TRIP_NOT_BOARDING)


@dataclass(frozen=True)
class Headcount:
    """The four numbers at a door: persons aboard, expected (sold), missing, and seats nobody bought."""

    capacity: int
    expected: int
    aboard: int

    @property
    def missing(self) -> int:
        """Sold a seat and not here yet."""
        return self.expected - self.aboard

    @property
    def empty(self) -> int:
        """Seats by licence that nobody holds."""
        return self.capacity - self.expected
