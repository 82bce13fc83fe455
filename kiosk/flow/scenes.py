"""Where a visit can stand, as frozen values; must not know how a scene looks or how one comes to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kiosk.flow.identity import HintName, Identity, Meaning, NotACard, SeenCard

Way = Literal["bus", "own", "employer_car"]
PaperState = Literal["none", "queued", "sending", "printed", "sent", "failed", "unknown"]


@dataclass(frozen=True)
class Filter:
    """Which posts are listed; `trade` None: every trade."""

    trade: str | None = None
    is_paid_daily: bool = False
    has_bus: bool = False
    suits_older: bool = False


@dataclass(frozen=True)
class Pairing:
    """Not a device of a hall yet; `digits` None: the hall cannot be reached."""

    digits: str | None = None


@dataclass(frozen=True)
class Home:
    """Nobody, or somebody who has chosen nothing."""


@dataclass(frozen=True)
class Jobs:
    """The list. `held` is the order on the glass, kept until the person asks for a new one; None: not listed yet."""

    filter: Filter = Filter()
    held: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Trades:
    """Choosing a trade by its picture."""

    jobs: Jobs


@dataclass(frozen=True)
class JobPage:
    """One post; `jobs` is the list that one came from, with its order."""

    job_id: str
    jobs: Jobs


@dataclass(frozen=True)
class ChooseWay:
    """More than one way leads to the post."""

    page: JobPage
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Guide:
    """What the camera asks for now (None: nothing), and when (elapsed seconds) each hint was last spoken."""

    hint: HintName | None = None
    spoken: tuple[tuple[HintName, float], ...] = ()


@dataclass(frozen=True)
class Identify:
    """A card in front of the camera, other ways to be known, or on without.

    `seen`: what was held up instead of a card, at `seen_at_s`; None: nothing, or long ago.
    """

    page: JobPage
    way: Way
    back: "JobPage | ChooseWay"
    seen: NotACard | None = None
    seen_at_s: float = 0.0
    guide: Guide = Guide()


@dataclass(frozen=True)
class ConsentCard:
    """Before the first frame of an ID card: why, what is kept, and on without beside it. No camera runs."""

    identify: Identify


@dataclass(frozen=True)
class HoldCard:
    """Consent was given: an ID card in front of the camera."""

    identify: Identify
    guide: Guide = Guide()


@dataclass(frozen=True)
class ConfirmCard:
    """An ID card was read: is that you?"""

    identify: Identify
    card: SeenCard


@dataclass(frozen=True)
class TypeCode:
    """A worker card's characters, by finger. `is_mistyped`: the hall found that they cannot be a code."""

    identify: Identify
    typed: str = field(default="", repr=False)
    is_mistyped: bool = False


@dataclass(frozen=True)
class CodeTold:
    """A scanner read something where nothing asked for it: what it is, and on with `under`."""

    meaning: Meaning
    under: "Scene"


@dataclass(frozen=True)
class Buses:
    """When which bus leaves where."""


@dataclass(frozen=True)
class Services:
    """What one can take a number for."""


@dataclass(frozen=True)
class PlaceWish:
    """A place of a post."""

    page: JobPage
    way: Way
    identity: Identity


@dataclass(frozen=True)
class NumberWish:
    """A number for a service."""

    service: str


Wish = PlaceWish | NumberWish


@dataclass(frozen=True)
class Taken:
    """What the hall answered: `slip` as facts and messages; `seq` is where the change stands in the kiosk's feed.

    `print_job` None: no slip was ordered.
    """

    number: str
    slip: Mapping[str, Any]
    speech: Any
    print_job: str | None
    seq: int


@dataclass(frozen=True)
class Paper:
    """How far the slip is; `reason` None: nothing stops it."""

    state: PaperState = "none"
    reason: str | None = None


@dataclass(frozen=True)
class Working:
    """A wish is on its way. `taken` None: not answered; else the kiosk waits until its own picture shows it, too."""

    errand: int
    wish: Wish
    since_s: float
    taken: Taken | None = None
    paper: Paper = Paper()


@dataclass(frozen=True)
class Done:
    """The wish came true."""

    wish: Wish
    taken: Taken
    paper: Paper
    is_on_glass: bool


@dataclass(frozen=True)
class Refused:
    """A rule said no; `code` and `facts` as the hall sent them, or `STALE` where the kiosk knows too little now."""

    code: str
    facts: Mapping[str, Any]
    wish: Wish | None
    back: "Scene"


@dataclass(frozen=True)
class Unreached:
    """No answer in time: whether it was carried out is not known; trying again is safe."""

    errand: int
    wish: Wish


@dataclass(frozen=True)
class StillThere:
    """Nobody touched for long; at `until_s` everything of the person goes."""

    under: "Scene"
    until_s: float


Scene = (
    Pairing
    | Home
    | Jobs
    | Trades
    | JobPage
    | ChooseWay
    | Identify
    | ConsentCard
    | HoldCard
    | ConfirmCard
    | TypeCode
    | CodeTold
    | Buses
    | Services
    | Working
    | Done
    | Refused
    | Unreached
    | StillThere
)


@dataclass(frozen=True)
class Kiosk:
    """The whole machine: one scene, the reader's language, and what time and the feed have said.

    `now_s` and `touched_s` are elapsed seconds; `errands` counts wishes sent, so that a late answer finds only its own.
    """

    scene: Scene
    language: str
    languages: tuple[str, ...]
    now_s: float = 0.0
    touched_s: float = 0.0
    errands: int = 0
    folded_seq: int = 0
    is_stale: bool = False
