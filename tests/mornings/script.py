"""Reads a morning: steps in order, each with what wall, kiosk and staff must show after it. Plays nothing.

Names in a morning (`loading`, `star`) stand for the ids that the hall gives. In `then`, a key is `kind/name`, its value
the fields that must be so, or `null` where the key must be gone; `call/now` is the newest call.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent
Shown = dict[str, dict[str, Any] | None]


class Look(BaseModel):
    """A moment to look at a screen: the demo takes its picture `after_s` seconds after `item` is in sight on it, tests
    pass by."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    screen: Literal["wall", "kiosk", "tablet"]
    name: str
    item: str | None = None
    after_s: float = 1.5


class _Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    looks: list[Look] = Field(default_factory=list)
    then: dict[Literal["wall", "kiosk", "staff", "network", "printer"], Shown] = Field(default_factory=dict)
    refused: str | None = None
    """The code that this step must be refused with."""


class Bus(_Step):
    """Staff plan a bus."""

    do: Literal["bus"]
    name: str
    sign: str
    bay: int
    seats: int
    leaves: str
    back: str | None = None
    to: str = "Shunfeng"


class Post(_Step):
    """Staff post a job; `bus` names the trip to it."""

    do: Literal["post"]
    name: str
    trade: str
    headcount: int
    pay_yuan: float
    unit: str = "day"
    settlement: str = "daily"
    employer: str = "shunfeng-storage"
    starts: str | None = "07:00"
    ends: str | None = "17:00"
    bus: str | None = None
    meals: list[str] = Field(default_factory=list)
    place: str = "Lake East"
    address: str = "18 Harbour Road, gate 2"
    work: str = "carry"
    contact: str = "Gate"
    phone: str = "0512-0000-0018"
    by: str = "demo"


class Approve(_Step):
    """Another person lets it go live."""

    do: Literal["approve"]
    job: str
    by: str = "review"


class Raise(_Step):
    """The employer pays more."""

    do: Literal["raise"]
    job: str
    pay_yuan: float


class Claim(_Step):
    """Somebody at a kiosk takes a place; `card` names a person, without it nobody is known."""

    do: Literal["claim"]
    name: str = ""
    job: str
    way: Literal["bus", "own", "employer_car"] = "own"
    party: int = 1
    standby: bool = False
    card: str | None = None
    kiosk: str = "a"
    twice: bool = False
    """The answer got lost on the way and the kiosk sends the same command again."""


class Print(_Step):
    """What the printer said of a slip."""

    do: Literal["print"]
    slip: str
    state: Literal["sending", "printed", "failed", "unknown"]
    kiosk: str = "a"


class Number(_Step):
    """Somebody takes a number."""

    do: Literal["number"]
    name: str
    service: str
    kiosk: str = "a"


class Call(_Step):
    """A counter calls the next, calls again, or is done."""

    do: Literal["call", "recall", "finish"]
    counter: int


class Door(_Step):
    """The door of a bus: it opens, or it leaves."""

    do: Literal["open", "depart"]
    bus: str


class BoardStep(_Step):
    """A slip at the door, or the scan taken back."""

    do: Literal["board", "undo"]
    bus: str
    slip: str


class Machine(_Step):
    """A cable is pulled (`cut`) or put back (`back`); the server is killed or started."""

    do: Literal["cut", "back", "kill", "start"]
    screen: str | None = None


class Wait(_Step):
    """Nothing is done; time alone must bring what `then` says."""

    do: Literal["wait"]


Step = Annotated[
    Bus | Post | Approve | Raise | Claim | Print | Number | Call | Door | BoardStep | Machine | Wait,
    Field(discriminator="do"),
]


class Morning(BaseModel):
    """One file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    at: str = "05:30"
    rate: float = 1.0
    steps: list[Step]


def read_morning(name: str) -> Morning:
    """`name` without its ending. Raises FileNotFoundError, pydantic.ValidationError."""
    return Morning.model_validate(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def all_mornings() -> list[str]:
    """Names of every morning there is."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))
