"""What can happen to a visit, and what it asks of the machine around it; frozen values without behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kiosk.flow.identity import HintName, Meaning, SeenCard
from kiosk.flow.scenes import Filter, Paper, Taken, Way, Wish

# -- a finger chose ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GoHome:
    """Away from everything."""


@dataclass(frozen=True)
class GoBack:
    """One step back."""


@dataclass(frozen=True)
class OpenJobs:
    """The list, or the list again with what is new, under this filter."""

    filter: Filter


@dataclass(frozen=True)
class OpenTrades:
    """The pictures of the trades."""


@dataclass(frozen=True)
class OpenJob:
    """One post."""

    job_id: str


@dataclass(frozen=True)
class WantJob:
    """The green button of a post, with the ways that stand open now (at least one)."""

    ways: tuple[Way, ...]


@dataclass(frozen=True)
class TakeWay:
    """This is how I get there."""

    way: Way


@dataclass(frozen=True)
class GoWithoutCard:
    """Take the place without being known."""


@dataclass(frozen=True)
class UseIdCard:
    """By my ID card: first what that means."""


@dataclass(frozen=True)
class AgreeToCard:
    """The camera may look at my ID card."""


@dataclass(frozen=True)
class ConfirmMe:
    """The card that was read is mine."""


@dataclass(frozen=True)
class HoldAgain:
    """It is not, or I want to hold it once more."""


@dataclass(frozen=True)
class OpenTyping:
    """By the characters on my card."""


@dataclass(frozen=True)
class TypeCharacter:
    """One more character."""

    character: str = field(repr=False)


@dataclass(frozen=True)
class EraseCharacter:
    """The last character away."""


@dataclass(frozen=True)
class EraseAll:
    """All characters away."""


@dataclass(frozen=True)
class SendTyped:
    """That is what stands on my card."""


@dataclass(frozen=True)
class OpenBuses:
    """When do buses leave."""


@dataclass(frozen=True)
class OpenServices:
    """What can I take a number for."""


@dataclass(frozen=True)
class TakeNumber:
    """A number for this service."""

    service: str


@dataclass(frozen=True)
class TryAgain:
    """What was refused or unanswered, once more."""


@dataclass(frozen=True)
class SwitchLanguage:
    """The next language."""


@dataclass(frozen=True)
class ReadToMe:
    """Say what is on the glass."""


@dataclass(frozen=True)
class StayHere:
    """I am still there."""


# -- the machine tells ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Touched:
    """A finger came down somewhere."""

    now_s: float


@dataclass(frozen=True)
class Ticked:
    """Time goes on (elapsed seconds)."""

    now_s: float


@dataclass(frozen=True)
class Listed:
    """The posts that fit, in order; answers `ListJobs`."""

    filter: Filter
    ids: tuple[str, ...]


@dataclass(frozen=True)
class CodeSeen:
    """A code was read; `meaning` was decided once, by its form. A scanner that types reads on every screen."""

    meaning: Meaning
    text: str = field(repr=False)
    by: Literal["camera", "scanner"] = "camera"


@dataclass(frozen=True)
class CardSeen:
    """The camera read an ID card."""

    card: SeenCard


@dataclass(frozen=True)
class HintSeen:
    """What would help the camera now; None: nothing any more."""

    hint: HintName | None


@dataclass(frozen=True)
class Granted:
    """The hall did it."""

    errand: int
    taken: Taken


@dataclass(frozen=True)
class Denied:
    """The hall refused."""

    errand: int
    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Unanswered:
    """The hall did not answer in time."""

    errand: int


@dataclass(frozen=True)
class Folded:
    """The kiosk's own picture has reached this sequence."""

    seq: int


@dataclass(frozen=True)
class PaperTold:
    """The spool beside the printer said how a slip is."""

    print_job: str
    paper: Paper


@dataclass(frozen=True)
class AgeTold:
    """Whether the picture is too old to give places away by."""

    is_stale: bool


@dataclass(frozen=True)
class PairingTold:
    """Digits to show, or None: the hall cannot be reached."""

    digits: str | None


@dataclass(frozen=True)
class Paired:
    """This machine belongs to a hall now."""


Event = (
    GoHome
    | GoBack
    | OpenJobs
    | OpenTrades
    | OpenJob
    | WantJob
    | TakeWay
    | GoWithoutCard
    | UseIdCard
    | AgreeToCard
    | ConfirmMe
    | HoldAgain
    | OpenTyping
    | TypeCharacter
    | EraseCharacter
    | EraseAll
    | SendTyped
    | OpenBuses
    | OpenServices
    | TakeNumber
    | TryAgain
    | SwitchLanguage
    | ReadToMe
    | StayHere
    | Touched
    | Ticked
    | Listed
    | CodeSeen
    | CardSeen
    | HintSeen
    | Granted
    | Denied
    | Unanswered
    | Folded
    | PaperTold
    | AgeTold
    | PairingTold
    | Paired
)

# -- what the machine is asked to do -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Send:
    """Carry the wish to the hall and repeat it under one key per errand; answer Granted, Denied or Unanswered."""

    errand: int
    wish: Wish
    language: str


@dataclass(frozen=True)
class ListJobs:
    """Answer with `Listed`."""

    filter: Filter


@dataclass(frozen=True)
class Speak:
    """Say what the scene says."""


@dataclass(frozen=True)
class SpeakGuidance:
    """Say only the line that guides: what was held up, or what would help."""


@dataclass(frozen=True)
class Chime:
    """The sound of success: something was read."""


@dataclass(frozen=True)
class ForgetPerson:
    """The visit is over: drop keys, frames and whatever else was the person's."""


Effect = Send | ListJobs | Speak | SpeakGuidance | Chime | ForgetPerson
