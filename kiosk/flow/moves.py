"""The few moves that every step is made of; pure."""

from dataclasses import replace

from kiosk.flow import events as e
from kiosk.flow import scenes as s
from kiosk.flow.scenes import Kiosk

STALE = "STALE"
"""Not a refusal of the hall: the kiosk itself knows too little now to give anything away."""

CARD_REFUSALS = frozenset({"CODE_MISTYPED", "CODE_UNKNOWN"})
WAY_REFUSALS = frozenset({"BUS_FULL", "BUS_GONE", "WAY_NOT_OFFERED"})
ENDING_REFUSALS = frozenset({"TOO_YOUNG"})
"""Nothing else here is for this person."""

Step = tuple[Kiosk, tuple[e.Effect, ...]]


def to(kiosk: Kiosk, scene: s.Scene, *effects: e.Effect) -> Step:
    """On to a scene."""
    return replace(kiosk, scene=scene), effects


def home(kiosk: Kiosk) -> Step:
    """The visit is over."""
    return replace(kiosk, scene=s.Home(), language=kiosk.languages[0]), (e.ForgetPerson(),)


def send(kiosk: Kiosk, wish: s.Wish, back: s.Scene, *effects: e.Effect) -> Step:
    """A wish to the hall, or the word that the kiosk knows too little for it."""
    if kiosk.is_stale:
        return to(kiosk, s.Refused(STALE, {}, wish, back), e.Speak())
    errand = kiosk.errands + 1
    working = s.Working(errand, wish, kiosk.now_s)
    return replace(kiosk, scene=working, errands=errand), (*effects, e.Send(errand, wish, kiosk.language))


def origin(wish: s.Wish) -> s.Scene:
    """Where a wish came from."""
    return wish.page if isinstance(wish, s.PlaceWish) else s.Services()
