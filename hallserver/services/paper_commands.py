"""What may be asked of the hall about paper: sheets at a printer, the kit for a day without machines, and what was
written on it. One frozen model per command, with every bound. Decides nothing."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from hallserver.services.commands import PRINTABLE, ClockTime, Code, Command, Day, Id, Line, Name, Short


class WorkerCardPaper(Command):
    """The card whose code was scanned or typed."""

    kind: Literal["worker_card"]
    code: Code


class WindscreenPaper(Command):
    """The sheet behind a bus's windscreen."""

    kind: Literal["windscreen"]
    trip: Id


class ManifestPaper(Command):
    """Who rides in a bus, to tick by hand."""

    kind: Literal["manifest"]
    trip: Id


class RightsPaper(Command):
    """What to do without pay, and who to ring."""

    kind: Literal["rights_card"]


class TestPaper(Command):
    """Shows whether a printer is as it should be."""

    __test__ = False  # pytest would take the name for a test case

    kind: Literal["test_page"]


Paper = Annotated[
    WorkerCardPaper | WindscreenPaper | ManifestPaper | RightsPaper | TestPaper, Field(discriminator="kind")
]


class OrderPaper(Command):
    """A paper comes out of a printer that staff chose."""

    printer: Id
    paper: Paper


class OfDay(Command):
    """What is asked is asked of a day."""

    day: Day


class KitWish(Command):
    """A kit for today or tomorrow: so many numbers to tear off, at most so many posts, so many rights cards."""

    day: Day
    numbers: int = Field(default=40, strict=True, ge=10, le=200)
    posts: int = Field(default=20, strict=True, ge=0, le=60)
    rights_cards: int = Field(default=5, strict=True, ge=0, le=40)


class OrderKit(KitWish):
    """The kit comes out of a printer; its numbers are given out by nobody else."""

    printer: Id


PaperNumber = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=PRINTABLE)]
"""A number as it stands on paper, or the code beside it."""


class NumberLine(Command):
    """A number of the kit was handed out; `counter`: where it was served, null while it still waits."""

    kind: Literal["number"]
    number: PaperNumber
    service: Name
    counter: Annotated[int, Field(strict=True, ge=1, le=99)] | None = None


class PlaceLine(Command):
    """Somebody was sent to a post: by the number of the kit, by name, or as so many people."""

    kind: Literal["place"]
    job: Id
    way: Literal["bus", "own", "employer_car"]
    number: PaperNumber | None = None
    name: Short | None = None
    party_size: int = Field(default=1, strict=True, ge=1, le=4)


class AboardLine(Command):
    """Somebody was ticked on the list of a bus; `number` of the kit or of a slip."""

    kind: Literal["aboard"]
    trip: Id
    number: PaperNumber


class DepartedLine(Command):
    """A bus left."""

    kind: Literal["departed"]
    trip: Id


PaperLine = Annotated[NumberLine | PlaceLine | AboardLine | DepartedLine, Field(discriminator="kind")]


class TakeIn(Command):
    """One line of paper, with the day and the local time at which it was written."""

    day: Day
    at: ClockTime
    line: PaperLine


class SettlePaper(Command):
    """What becomes of a line that could not be carried out: tried again, or closed with what really happened."""

    how: Literal["again", "close"]
    note: Line | None = None

    @model_validator(mode="after")
    def _says_why(self) -> "SettlePaper":
        if (self.how == "close") != (self.note is not None):
            raise ValueError("a note belongs to a line that is closed")
        return self
