"""Finished screens as values: every word worded, every choice an event. A screen draws them and decides nothing.

Colours are names of tokens in config/look.toml `[near]`, pictures are names under config/pictograms.
"""

from dataclasses import dataclass

from kiosk.flow.events import Event


@dataclass(frozen=True)
class Frame:
    """What stands around every screen. Empty texts are not shown; `back` None: there is no way back from here."""

    hall: str
    clock: str
    demo: str
    age: str
    stale: str
    promise: str
    back: str
    read_aloud: str
    language: str


@dataclass(frozen=True)
class Action:
    """The one green button: what it does, a second line, and its event; None: not yet, and `label` says what lacks."""

    label: str
    detail: str
    event: Event | None


@dataclass(frozen=True)
class Door:
    """A tile with a picture. `event` None: it tells something and cannot be pressed."""

    title: str
    detail: str
    pictogram: str
    colour: str
    event: Event | None


@dataclass(frozen=True)
class Chip:
    """A filter as a picture with a word; `is_on` also shows as a tick."""

    label: str
    pictogram: str
    is_on: bool
    event: Event


@dataclass(frozen=True)
class Fact:
    """One labelled line of a post; `sign` is the picture of a bus or empty; `is_wide` takes the whole width."""

    label: str
    text: str
    colour: str = "text"
    sign: str = ""
    is_wide: bool = True


@dataclass(frozen=True)
class JobRow:
    """A card of the list; `event` None: it can no longer be taken."""

    job_id: str
    title: str
    detail: str
    when: str
    pictogram: str
    amount: str
    unit: str
    settle: str
    is_paid_daily: bool
    way: str
    sign: str
    left: str
    event: Event | None


@dataclass(frozen=True)
class PairingView:
    """Six digits for staff, or that no hall answers."""

    frame: Frame
    title: str
    digits: str
    detail: str
    speech: str


@dataclass(frozen=True)
class HomeView:
    """The first screen: the way to work large and green, the other doors below."""

    frame: Frame
    greeting: str
    jobs: Door
    doors: tuple[Door, ...]
    speech: str


@dataclass(frozen=True)
class JobsView:
    """The list with its filters; `news` None: nothing new; `empty`: what is said instead of rows, with one way on."""

    frame: Frame
    title: str
    chips: tuple[Chip, ...]
    news: Action | None
    rows: tuple[JobRow, ...]
    empty: str
    action: Action | None
    speech: str


@dataclass(frozen=True)
class TilesView:
    """A question answered by one of many pictures: trades, services."""

    frame: Frame
    title: str
    tiles: tuple[Door, ...]
    empty: str
    speech: str


@dataclass(frozen=True)
class JobView:
    """One post. `action` None: `notice` says why it cannot be taken here."""

    frame: Frame
    title: str
    by: str
    pictogram: str
    amount: str
    unit: str
    settle: str
    is_paid_daily: bool
    facts: tuple[Fact, ...]
    notice: str
    action: Action | None
    speech: str


@dataclass(frozen=True)
class WaysView:
    """How do you want to get there."""

    frame: Frame
    title: str
    detail: str
    ways: tuple[Door, ...]
    speech: str


@dataclass(frozen=True)
class CameraBox:
    """Where the camera's picture stands. `sign` says that it runs, empty: it does not; `picture` draws the guidance.

    `outline`: width by height of the frame into which a card is to be held, 0: none.
    """

    is_live: bool
    sign: str
    picture: str
    is_warning: bool
    outline: float


@dataclass(frozen=True)
class IdentifyView:
    """Hold something to the camera, choose another way, or go on without. `guidance` is spoken by itself, too."""

    frame: Frame
    title: str
    summary: str
    guidance: str
    camera: CameraBox
    choices: tuple[Door, ...]
    without: str
    action: Action
    speech: str


@dataclass(frozen=True)
class Point:
    """One thing that is said before consent."""

    pictogram: str
    label: str
    text: str


@dataclass(frozen=True)
class ConsentView:
    """What reading an ID card means, and on without beside it."""

    frame: Frame
    title: str
    points: tuple[Point, ...]
    refuse: Door
    action: Action
    speech: str


@dataclass(frozen=True)
class ConfirmView:
    """What was read of a card, masked. `speech` holds nothing of it."""

    frame: Frame
    title: str
    detail: str
    kind: str
    name: str
    number: str
    choices: tuple[Door, ...]
    action: Action
    speech: str


@dataclass(frozen=True)
class Key:
    """One key of a keypad."""

    label: str
    event: Event


@dataclass(frozen=True)
class TypingView:
    """A code by finger: `groups` of four characters; `is_warning`: `detail` says that one of them is wrong."""

    frame: Frame
    title: str
    detail: str
    is_warning: bool
    groups: tuple[str, ...]
    keys: tuple[Key, ...]
    erase: Key
    erase_all: Key
    refuse: Door
    action: Action
    speech: str


@dataclass(frozen=True)
class WorkingView:
    """Wait a moment; says what for, and by its picture whether something was just read."""

    frame: Frame
    title: str
    detail: str
    speech: str
    pictogram: str = "ui/clock"
    colour: str = "text"


@dataclass(frozen=True)
class DoneView:
    """It came true: number, where to go, and the code in case no paper comes. `tone`: token of the paper's line."""

    frame: Frame
    title: str
    number: str
    what: str
    sign: str
    lines: tuple[str, ...]
    code: str
    qr_text: str
    paper: str
    tone: str
    detail: str
    action: Action
    speech: str


@dataclass(frozen=True)
class MessageView:
    """Something did not work, or was not asked for: what it is, what to do next, and one way on."""

    frame: Frame
    title: str
    detail: str
    pictogram: str
    action: Action
    speech: str
    colour: str = "stop"


@dataclass(frozen=True)
class BusRow:
    """One bus of the day."""

    sign: str
    sign_name: str
    at: str
    destination: str
    bay: str
    left: str
    is_open: bool
    back: str


@dataclass(frozen=True)
class BusesView:
    """All buses, soonest first."""

    frame: Frame
    title: str
    rows: tuple[BusRow, ...]
    empty: str
    speech: str


@dataclass(frozen=True)
class StillThereView:
    """Are you still there."""

    frame: Frame
    title: str
    seconds: str
    detail: str
    action: Action
    speech: str


View = (
    PairingView
    | HomeView
    | JobsView
    | TilesView
    | JobView
    | WaysView
    | IdentifyView
    | ConsentView
    | ConfirmView
    | TypingView
    | WorkingView
    | DoneView
    | MessageView
    | BusesView
    | StillThereView
)
