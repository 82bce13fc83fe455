"""Identifiers: UUIDv7 as 32 hex characters, a NewType each, made from a given time and given randomness."""

from collections.abc import Callable
from datetime import datetime
from typing import NewType

HallId = NewType("HallId", str)
JobId = NewType("JobId", str)
EmployerId = NewType("EmployerId", str)
WorkerId = NewType("WorkerId", str)
ClaimId = NewType("ClaimId", str)
TripId = NewType("TripId", str)
SeatId = NewType("SeatId", str)
QueueTicketId = NewType("QueueTicketId", str)
CallId = NewType("CallId", str)
StaffId = NewType("StaffId", str)
DeviceId = NewType("DeviceId", str)
PrintJobId = NewType("PrintJobId", str)

RandomBytes = Callable[[int], bytes]
"""`n -> n random bytes`; `secrets.token_bytes` in a server, a seeded source in tests and the demo seed."""


def uuid7(now: datetime, random_bytes: RandomBytes) -> str:
    """UUID version 7 (RFC 9562, 5.7) as 32 hex characters: 48 bits of Unix milliseconds, then 74 random bits."""
    millis = int(now.timestamp() * 1000) & (2**48 - 1)
    dice = int.from_bytes(random_bytes(10), "big")
    value = millis << 80 | 0x7 << 76 | (dice >> 62 & 0xFFF) << 64 | 0b10 << 62 | dice & (2**62 - 1)
    return f"{value:032x}"
