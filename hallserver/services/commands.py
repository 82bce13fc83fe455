"""What may be asked of the hall: one frozen model per command, with every bound that keeps nonsense out. Decides
nothing."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator


class Command(BaseModel):
    """Unknown fields and loose types are refused: a screen that misspells a wish must hear of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
ClockTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=PRINTABLE)]
Day = Annotated[date, Field(ge=date(2026, 1, 1), le=date(2099, 12, 31))]
"""A day that a hall's clock may show: hours added to it, in any zone, are still a time."""

IdNumber = Annotated[str, StringConstraints(min_length=1, max_length=18, pattern=PRINTABLE)]
"""Of a resident identity card; whether it can be one is the domain's to say."""

Fen = Annotated[int, Field(strict=True, gt=0, le=100_000_00)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=PRINTABLE)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=PRINTABLE)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=PRINTABLE)]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9-]{2,18}$")]


class PostJob(Command):
    """A new post. Times are local to the hall; `days` null is long-term; `trip` is the hall's bus to it."""

    employer: Id
    trade: Name
    headcount: int = Field(strict=True, ge=1, le=500)
    pay_min_fen: Fen
    pay_max_fen: Fen
    pay_unit: Literal["hour", "day", "shift", "month", "piece", "order"]
    settlement: Literal["daily", "weekly", "half_monthly", "monthly", "on_completion"]
    pay_day: Annotated[int, Field(strict=True, ge=1, le=31)] | None = None
    place: Short
    address: Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=PRINTABLE)]
    work: Long
    first_day: Day
    days: Annotated[int, Field(strict=True, ge=1, le=365)] | None = 1
    starts_at: ClockTime | None = None
    ends_at: ClockTime | None = None
    meals: list[Literal["breakfast", "lunch", "dinner"]] = Field(default_factory=list, max_length=3)
    lodging: Literal["none", "free", "paid"] = "none"
    ways: list[Literal["bus", "own", "employer_car"]] = Field(min_length=1, max_length=3)
    trip: Id | None = None
    return_note: Annotated[str, StringConstraints(max_length=60, pattern=PRINTABLE)] = ""
    contact_name: Short
    contact_phone: Phone
    giving: Literal["at_once", "agree", "staff"] = "at_once"
    job_class: Literal["full_time", "part_time", "public_benefit"] = "part_time"
    suits: list[Literal["older", "disabled", "no_reading"]] = Field(default_factory=list, max_length=3)
    gear: Annotated[str, StringConstraints(max_length=60, pattern=PRINTABLE)] = ""
    insurance: Literal["none", "accident", "injury"] = "none"
    party_max: int = Field(default=4, strict=True, ge=1, le=4)

    @model_validator(mode="after")
    def _fits_together(self) -> "PostJob":
        if self.pay_max_fen < self.pay_min_fen:
            raise ValueError("pay_max_fen is below pay_min_fen")
        if (self.starts_at is None) != (self.ends_at is None):
            raise ValueError("starts_at and ends_at belong together")
        if "bus" in self.ways and self.trip is None:
            raise ValueError("a post that is reached by bus names its trip")
        return self


class ApproveJob(Command):
    """A second person lets a post go live."""


class RefuseJob(Command):
    """A second person stops a post, with a reason for its file."""

    reason: Line


class CloseJob(Command):
    """The employer needs nobody any more."""


class RaisePay(Command):
    """Better pay, at once and on every slip; worse pay goes back to review and is not this command."""

    pay_min_fen: Fen
    pay_max_fen: Fen

    @model_validator(mode="after")
    def _fits_together(self) -> "RaisePay":
        if self.pay_max_fen < self.pay_min_fen:
            raise ValueError("pay_max_fen is below pay_min_fen")
        return self


class Unidentified(Command):
    """Nobody says who they are."""

    kind: Literal["none"] = "none"


class CodeHeld(Command):
    """The code on a worker card."""

    kind: Literal["code"]
    code: Code


class CardSeen(Command):
    """A resident identity card that a camera saw, with the consent asked for before its first frame."""

    kind: Literal["id_card"]
    number: IdNumber
    name: Short | None = None
    consent: Literal[True]


Identity = Annotated[Unidentified | CodeHeld | CardSeen, Field(discriminator="kind")]
"""How the person in front of the machine is known."""


class ClaimPlace(Command):
    """One place of a post (or up to four, all or none) and, with way `bus`, as many seats. `printer`: the device from
    which staff let the slip come out; a kiosk prints its own."""

    job: Id
    way: Literal["bus", "own", "employer_car"]
    party_size: int = Field(default=1, strict=True, ge=1, le=4)
    standby: bool = Field(default=False, strict=True)
    identity: Identity = Unidentified()
    printer: Id | None = None


class TakeNumber(Command):
    """A number in a service's line. `printer`: the device from which staff let the slip come out."""

    service: Name
    printer: Id | None = None


class Recognise(Command):
    """Whose card or slip is this."""

    code: Code


class CallNext(Command):
    """The longest-waiting number comes to this counter; who stood there is served."""


class CallAgain(Command):
    """The called number did not come yet."""


class Finish(Command):
    """The called number is done, or never came."""

    outcome: Literal["served", "no_show"] = "served"


class PlanTrip(Command):
    """A bus of a business day. Times are local to the hall, capacity is by licence."""

    sign: Name
    line: Name | None = None
    destination: Line
    bay: int = Field(strict=True, ge=1, le=99)
    capacity: int = Field(strict=True, ge=1, le=80)
    day: Day
    departs_at: ClockTime
    returns_at: ClockTime | None = None
    plate: Annotated[str, StringConstraints(max_length=12, pattern=PRINTABLE)] = ""


class OpenBoarding(Command):
    """The door is open: scans are taken from now on."""


class Board(Command):
    """A slip at the door."""

    code: Code


class UndoBoarding(Command):
    """The last scan of this seat was a mistake."""

    seat: Id


class Depart(Command):
    """The bus leaves; its manifest is frozen."""


class ReportPrint(Command):
    """What a printer said of a job. `sent`: it took every byte and can prove no more; `withdrawn`: nothing was sent and
    nothing will be."""

    state: Literal["sending", "printed", "sent", "failed", "unknown", "withdrawn"]
    reason: Annotated[str, StringConstraints(max_length=40, pattern=PRINTABLE)] = ""


class ReportPrinter(Command):
    """How a printer stands. `stop` null: it prints, else an id under `ticket.fault.`; `slips_left` null: plenty, or not
    known; `can_prove` false: it never says that a slip came out."""

    stop: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,20}$")] | None
    is_near_end: bool = Field(strict=True)
    slips_left: Annotated[int, Field(strict=True, ge=0, le=100_000)] | None
    can_prove: bool = Field(strict=True)


class MovePrint(Command):
    """A slip of which nothing was sent comes out of another printer."""

    device: Id


class Reprint(Command):
    """The same slip once more, marked as such; `device` null: from the same printer."""

    device: Id | None = None


class SettlePrint(Command):
    """Somebody looked whether a slip of unknown end came out."""

    came_out: bool = Field(strict=True)


class RegisterWorker(Command):
    """A person gets a card; only the name is needed. `is_fictional` marks persons of a demo hall."""

    name: Short
    phone: Phone | None = None
    id_number: IdNumber | None = None
    is_fictional: bool = Field(default=False, strict=True)


class PairDevice(Command):
    """Staff type the six digits that a device shows, and name it."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    name: Short


class RevokeDevice(Command):
    """A lost device is shut out at once."""
