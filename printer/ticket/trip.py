"""Sheets about one bus: the one behind its windscreen and the list of who rides. Knows neither look nor printer."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

Lines = Annotated[int, Field(ge=0, le=200)]  # of paper that somebody asked for by a number


@dataclass(frozen=True)
class WindscreenSheet:
    """The sheet behind a bus's windscreen: `sign` is a pictogram's name, `time` H:MM in the hall's zone."""

    language: str
    printed_at: str
    hall_name: str
    sign: str
    sign_name: str
    day: str
    time: str
    bay: str
    destination: str
    is_reprint: bool = False
    layout: Literal["windscreen"] = "windscreen"


@dataclass(frozen=True)
class Rider:
    """One slip aboard: its day number, who (masked, may be empty), the last characters of its code, its seats."""

    number: str
    name: str
    tail: str
    seat_count: int = 1


@dataclass(frozen=True)
class Manifest:
    """Who rides, to tick by hand. `blank_rows` are lines to be written on; a manifest of only those is a blank one.

    `qr_text` names the trip for whoever types the ticks in afterwards, empty: none.
    """

    language: str
    printed_at: str
    hall_name: str
    sign: str
    sign_name: str
    day: str
    time: str
    bay: str
    destination: str
    seat_count: int
    riders: tuple[Rider, ...]
    standby: tuple[Rider, ...] = ()
    blank_rows: Lines = 0
    qr_text: str = ""
    is_reprint: bool = False
    layout: Literal["manifest"] = "manifest"
