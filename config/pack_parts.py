"""The parts of a hall pack as typed values, one class per table of its files; knows no folder and reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from config.credit_code import is_credit_code

PayUnit = Literal["hour", "day", "shift", "month", "piece", "order"]
Suits = Literal["older", "disabled", "no_reading"]


def _known_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"unknown time zone {zone!r}") from error
    return zone


def _fitting_credit_code(code: str) -> str:
    if not is_credit_code(code):
        raise ValueError(f"{code!r} is no credit code: its check character does not fit")
    return code


_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_LETTER = r"^[A-HJ-NP-Z]$"
_LOCALTIME = r"^([01]\d|2[0-3]):[0-5]\d$"
_SHIFT = r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
_LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
_PHONE = r"^[0-9][0-9-]{1,18}[0-9]$"

FORMS = {
    _ID: 'small letters, digits and hyphens, as "old-town"',
    _LETTER: 'one capital without I and O, as "A"',
    _LOCALTIME: 'a time with two digits each, as "06:20"',
    _SHIFT: 'two times, as "07:00-17:00"',
    _LANGUAGE: 'a language tag, as "zh-Hans"',
    _PHONE: 'digits and hyphens, as "0512-0000-0001"',
}
"""Each pattern of a text in the words of a proposal."""

Id = Annotated[str, Field(pattern=_ID)]
Letter = Annotated[str, Field(pattern=_LETTER)]
LocalTime = Annotated[str, Field(pattern=_LOCALTIME)]
Shift = Annotated[str, Field(pattern=_SHIFT)]
Language = Annotated[str, Field(pattern=_LANGUAGE)]
Phone = Annotated[str, Field(pattern=_PHONE)]
Zone = Annotated[str, AfterValidator(_known_zone)]
CreditCode = Annotated[str, AfterValidator(_fitting_credit_code)]
Fen = Annotated[int, Field(gt=0)]
Words = Mapping[Language, Annotated[str, Field(min_length=1)]]


class Part(BaseModel):
    """Frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Approval(Part):
    """Who lets posts go live from `starts_at` until `ends_at` (local): a second person, or the rules by themselves."""

    starts_at: LocalTime
    ends_at: LocalTime
    by: Literal["person", "rules"]


class ReviewWords(Part):
    """Words that stop a post (charges, discrimination) or make a reviewer look (age)."""

    charges: tuple[str, ...] = ()
    discrimination: tuple[str, ...] = ()
    age: tuple[str, ...] = ()


class Rules(Part):
    """The hall's own rules; they hold from `valid_from` on."""

    valid_from: date
    print_early_minutes: int = Field(ge=0, le=60)
    part_time_settlement_days_max: int = Field(ge=1, le=15)
    anonymous_claims_per_hour: int = Field(ge=0, le=500)
    approvals: tuple[Approval, ...] = ()
    review_words: ReviewWords = ReviewWords()


class Hotline(Part):
    """A telephone to ring for help; `checked_on` is when someone last did."""

    id: Id
    names: Words
    number: Phone
    checked_on: date


class District(Part):
    """A part of town where work is."""

    id: Id
    names: Words


class Service(Part):
    """What people draw a number for; `hints` is the same in plain words, `pictogram` a file in pictograms/services."""

    id: Id
    letter: Letter
    names: Words
    hints: Words
    pictogram: str


class Counter(Part):
    """A window and the services it serves, first the one it is there for."""

    number: int = Field(ge=1, le=99)
    services: tuple[Id, ...] = Field(min_length=1)


class Bay(Part):
    """Where a bus stands."""

    number: int = Field(ge=1, le=99)
    names: Words


class Hall(Part):
    """hall.toml. `languages[0]` is what screens show first; local times are in `zone`."""

    id: Id
    names: Words
    languages: tuple[Language, ...] = Field(min_length=1)
    zone: Zone
    day_starts_at: LocalTime
    promise: str
    phone: Phone
    job_slip_letter: Letter
    rules: Rules
    hotlines: tuple[Hotline, ...] = Field(min_length=1)
    districts: tuple[District, ...] = ()
    services: tuple[Service, ...] = Field(min_length=1)
    counters: tuple[Counter, ...] = Field(min_length=1)
    bays: tuple[Bay, ...] = ()


class PayRange(Part):
    """What is usually paid for one unit, in fen, both ends included."""

    unit: PayUnit
    min_fen: Fen
    max_fen: Fen

    @model_validator(mode="after")
    def _in_order(self) -> PayRange:
        if self.min_fen > self.max_fen:
            raise ValueError(f"min_fen {self.min_fen} is above max_fen {self.max_fen}")
        return self


class Trade(Part):
    """A kind of work; `pictogram` is a file in pictograms/trades, `code` the national occupation code or empty."""

    id: Id
    names: Words
    synonyms: tuple[str, ...] = ()
    pictogram: str
    code: str = ""
    pay: tuple[PayRange, ...] = Field(min_length=1)
    hazards: tuple[str, ...] = ()


class Employer(Part):
    """Who gives work; `name` as on the wall, `full_name` as registered, `trades` the most usual first."""

    id: Id
    name: str = Field(min_length=1)
    full_name: str = Field(min_length=1)
    credit_code: CreditCode
    district: Id
    address: str = Field(min_length=1)
    contact_role: str = Field(min_length=1)
    phone: Phone
    trades: tuple[Id, ...] = Field(min_length=1)


class Bus(Part):
    """One bus of a departure: its picture sign (pictograms/signs), bay number, passenger seats by licence."""

    sign: str
    bay: int
    capacity: int = Field(ge=1, le=80)


class Line(Part):
    """A departure of every morning to one employer, with one bus or more."""

    id: Id
    employer: Id
    leaves_at: LocalTime
    returns_at: LocalTime
    buses: tuple[Bus, ...] = Field(min_length=1)


class Returns(Part):
    """The way back in the words of a slip; `bus` holds `{time}`."""

    bus: str
    employer_car: str
    own: str


class Contacts(Part):
    """Invented people: `name` holds `{surname}`."""

    surnames: tuple[str, ...] = Field(min_length=1)
    name: str


class TradePhrases(Part):
    """What posts of a trade say; no `hours` means that the time is free."""

    work: tuple[str, ...] = Field(min_length=1)
    hours: tuple[Shift, ...] = ()
    gear: str = ""
    suits: tuple[Suits, ...] = ()
    public_benefit: bool = False


class Phrases(Part):
    """phrases.toml, from which a demo day is planned; `trades` is keyed by trade id."""

    returns: Returns
    contacts: Contacts
    trades: Mapping[Id, TradePhrases]


class TradesFile(Part):
    """trades.toml."""

    trades: tuple[Trade, ...] = Field(min_length=1)


class EmployersFile(Part):
    """employers.toml."""

    employers: tuple[Employer, ...] = ()


class LinesFile(Part):
    """lines.toml."""

    lines: tuple[Line, ...] = ()
