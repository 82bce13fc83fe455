"""Why a command was not carried out: a stable code for machines, worded at the edge for people. Knows no HTTP and no
language."""

from enum import StrEnum
from typing import Any


class RefusalCode(StrEnum):
    """Every code a device may receive. docs/errors.md lists them with their meaning and their HTTP status."""

    BAD_REQUEST = "BAD_REQUEST"
    TOO_LARGE = "TOO_LARGE"
    NOT_FOUND = "NOT_FOUND"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_SIGNED_IN = "NOT_SIGNED_IN"
    NOT_ALLOWED = "NOT_ALLOWED"
    CSRF_MISSING = "CSRF_MISSING"
    BAD_CREDENTIALS = "BAD_CREDENTIALS"
    LOCKED_OUT = "LOCKED_OUT"
    RATE_LIMITED = "RATE_LIMITED"
    KEY_MISSING = "KEY_MISSING"
    KEY_REUSED = "KEY_REUSED"
    FEED_TRIMMED = "FEED_TRIMMED"
    PAIRING_UNKNOWN = "PAIRING_UNKNOWN"
    SERVER_BUSY = "SERVER_BUSY"
    POST_BLOCKED = "POST_BLOCKED"
    NOT_IN_REVIEW = "NOT_IN_REVIEW"
    OWN_POST = "OWN_POST"
    PAY_NOT_BETTER = "PAY_NOT_BETTER"
    JOB_NOT_OPEN = "JOB_NOT_OPEN"
    JOB_FULL = "JOB_FULL"
    GIVEN_OTHERWISE = "GIVEN_OTHERWISE"
    WAY_NOT_OFFERED = "WAY_NOT_OFFERED"
    PARTY_TOO_LARGE = "PARTY_TOO_LARGE"
    STANDBY_NOT_NEEDED = "STANDBY_NOT_NEEDED"
    BUS_FULL = "BUS_FULL"
    BUS_GONE = "BUS_GONE"
    OVERLAP = "OVERLAP"
    TOO_YOUNG = "TOO_YOUNG"
    ANONYMOUS_CAP = "ANONYMOUS_CAP"
    CODE_MISTYPED = "CODE_MISTYPED"
    CODE_UNKNOWN = "CODE_UNKNOWN"
    TRIP_NOT_BOARDING = "TRIP_NOT_BOARDING"
    ALREADY_ABOARD = "ALREADY_ABOARD"
    WRONG_BUS = "WRONG_BUS"
    NO_SEAT = "NO_SEAT"
    NOTHING_TO_UNDO = "NOTHING_TO_UNDO"
    SERVICE_CLOSED = "SERVICE_CLOSED"
    NOBODY_WAITING = "NOBODY_WAITING"
    NOBODY_CALLED = "NOBODY_CALLED"
    COUNTER_CLOSED = "COUNTER_CLOSED"
    PRINT_STATE = "PRINT_STATE"
    NUMBER_UNKNOWN = "NUMBER_UNKNOWN"
    NUMBER_TAKEN = "NUMBER_TAKEN"
    PAPER_SETTLED = "PAPER_SETTLED"


class Refusal(Exception):
    """A rule said no. `facts` are small, free of personal data, and fill the placeholders of the worded refusal."""

    def __init__(self, code: RefusalCode, **facts: Any) -> None:
        super().__init__(code.value, facts)
        self.code = code
        self.facts = facts
