"""What ends every slip that a worker takes home. Knows neither look nor printer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Footer:
    """What stands at the end of every slip: the promise line, who to ring when cheated, the hall's phone."""

    promise: str
    hotlines: str
    hall_phone: str
