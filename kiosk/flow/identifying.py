"""How somebody becomes known, or goes on without: code, characters, ID card with consent, and the camera's hints.

Pure. An ID card is looked for only after `AgreeToCard`, and what was read of it lives in the scene and nowhere else.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from kiosk.flow import events as e
from kiosk.flow import scenes as s
from kiosk.flow.identity import CODE_LENGTH, KEYS, LOOKALIKES, CardIdentity, CodeIdentity, Identity, NoIdentity
from kiosk.flow.moves import Step, send, to
from kiosk.flow.scenes import Guide, Kiosk

HINT_AGAIN_S = 8.0
"""The same hint is not spoken again before."""

HINT_GAP_S = 3.0
"""Nor another one before: one sentence at a time."""

SEEN_STAYS_S = 6.0
"""So long the glass says what was held up instead of a card."""

_ASKING = (s.Identify, s.ConsentCard, s.HoldCard, s.ConfirmCard, s.TypeCode)


def camera_expects(kiosk: Kiosk) -> Literal["codes", "id_card"] | None:
    """What the camera is to look for; None: it must not run."""
    match kiosk.scene:
        case s.Identify():
            return "codes"
        case s.HoldCard():
            return "id_card"
    return None


def identify_of(scene: s.Scene) -> s.Identify | None:
    """Where the question who somebody is began, on all its screens; None elsewhere."""
    if isinstance(scene, s.Identify):
        return scene
    return scene.identify if isinstance(scene, s.ConsentCard | s.HoldCard | s.ConfirmCard | s.TypeCode) else None


def asked_again(identify: s.Identify) -> s.Identify:
    """The same question as if nothing had been held up."""
    return s.Identify(identify.page, identify.way, identify.back)


def _as(kiosk: Kiosk, identity: Identity, *effects: e.Effect) -> Step:
    """The place for this person."""
    identify = identify_of(kiosk.scene)
    assert identify is not None
    return send(kiosk, s.PlaceWish(identify.page, identify.way, identity), kiosk.scene, *effects)


# -- ways to be known ----------------------------------------------------------------------------------------------


def _go_without(kiosk: Kiosk, event: Any) -> Step:
    return _as(kiosk, NoIdentity()) if isinstance(kiosk.scene, _ASKING) else (kiosk, ())


def _use_id_card(kiosk: Kiosk, event: Any) -> Step:
    if isinstance(kiosk.scene, s.Identify):
        return to(kiosk, s.ConsentCard(asked_again(kiosk.scene)), e.Speak())
    return kiosk, ()


def _agree(kiosk: Kiosk, event: Any) -> Step:
    if isinstance(kiosk.scene, s.ConsentCard):
        return to(kiosk, s.HoldCard(kiosk.scene.identify), e.Speak())
    return kiosk, ()


def _card_seen(kiosk: Kiosk, event: e.CardSeen) -> Step:
    if not isinstance(kiosk.scene, s.HoldCard):
        return kiosk, ()
    seen = replace(kiosk, touched_s=kiosk.now_s)
    return to(seen, s.ConfirmCard(kiosk.scene.identify, event.card), e.Chime(), e.Speak())


def _confirm(kiosk: Kiosk, event: Any) -> Step:
    if isinstance(kiosk.scene, s.ConfirmCard):
        return _as(kiosk, CardIdentity(kiosk.scene.card))
    return kiosk, ()


def _hold_again(kiosk: Kiosk, event: Any) -> Step:
    if isinstance(kiosk.scene, s.ConfirmCard):
        return to(kiosk, s.HoldCard(kiosk.scene.identify), e.Speak())
    return kiosk, ()


# -- characters ----------------------------------------------------------------------------------------------------


def _open_typing(kiosk: Kiosk, event: Any) -> Step:
    if isinstance(kiosk.scene, s.Identify | s.HoldCard):
        identify = identify_of(kiosk.scene)
        assert identify is not None
        return to(kiosk, s.TypeCode(asked_again(identify)), e.Speak())
    return kiosk, ()


def _type(kiosk: Kiosk, event: e.TypeCharacter) -> Step:
    scene, character = kiosk.scene, event.character.upper().translate(LOOKALIKES)
    if not isinstance(scene, s.TypeCode) or len(scene.typed) >= CODE_LENGTH or character not in KEYS:
        return kiosk, ()
    return to(kiosk, replace(scene, typed=scene.typed + character))


def _erase(kiosk: Kiosk, event: Any) -> Step:
    if isinstance(kiosk.scene, s.TypeCode):
        kept = "" if isinstance(event, e.EraseAll) else kiosk.scene.typed[:-1]
        return to(kiosk, replace(kiosk.scene, typed=kept, is_mistyped=kiosk.scene.is_mistyped and bool(kept)))
    return kiosk, ()


def _send_typed(kiosk: Kiosk, event: Any) -> Step:
    scene = kiosk.scene
    if isinstance(scene, s.TypeCode) and len(scene.typed) == CODE_LENGTH:
        return _as(kiosk, CodeIdentity(scene.typed, is_typed=True))
    return kiosk, ()


# -- what was read -------------------------------------------------------------------------------------------------


def _code_seen(kiosk: Kiosk, event: e.CodeSeen) -> Step:
    """A card identifies where that is asked for; anything else is told in words and never sent."""
    scene = kiosk.scene.under if isinstance(kiosk.scene, s.StillThere | s.CodeTold) else kiosk.scene
    is_late = event.by == "camera" and not isinstance(kiosk.scene, s.Identify)
    if is_late or isinstance(scene, s.Working | s.Pairing):
        return kiosk, ()
    awake = replace(kiosk, scene=scene, touched_s=kiosk.now_s)
    if event.meaning == "card" and isinstance(scene, _ASKING):
        return _as(awake, CodeIdentity(event.text), e.Chime())
    if event.meaning == "card" or not isinstance(scene, s.Identify):
        return to(awake, s.CodeTold(event.meaning, scene), e.Speak())
    told = replace(scene, seen=event.meaning, seen_at_s=kiosk.now_s)
    return to(awake, told, *((e.SpeakGuidance(),) if scene.seen != event.meaning else ()))


def _hint_seen(kiosk: Kiosk, event: e.HintSeen) -> Step:
    scene = kiosk.scene
    if not isinstance(scene, s.Identify | s.HoldCard):
        return kiosk, ()
    return guide(replace(kiosk, scene=replace(scene, guide=replace(scene.guide, hint=event.hint))))


def guide(kiosk: Kiosk) -> Step:
    """Time went on before the camera: speak the hint that is due, drop what was held up long ago."""
    scene = kiosk.scene
    if isinstance(scene, s.Identify) and scene.seen is not None:
        is_old = kiosk.now_s - scene.seen_at_s >= SEEN_STAYS_S
        return to(kiosk, replace(scene, seen=None, seen_at_s=0.0)) if is_old else (kiosk, ())
    if not isinstance(scene, s.Identify | s.HoldCard) or not _is_due(scene.guide, kiosk.now_s):
        return kiosk, ()
    return to(kiosk, replace(scene, guide=_spoken(scene.guide, kiosk.now_s)), e.SpeakGuidance())


def _is_due(guide: Guide, now_s: float) -> bool:
    if guide.hint is None:
        return False
    rests = (HINT_AGAIN_S if hint == guide.hint else HINT_GAP_S for hint, _ in guide.spoken)
    return all(now_s - at_s >= rest_s for rest_s, (_, at_s) in zip(rests, guide.spoken, strict=True))


def _spoken(guide: Guide, now_s: float) -> Guide:
    assert guide.hint is not None
    others = tuple(one for one in guide.spoken if one[0] != guide.hint)
    return replace(guide, spoken=(*others, (guide.hint, now_s)))


HANDLERS: dict[type, Callable[[Kiosk, Any], Step]] = {
    e.GoWithoutCard: _go_without,
    e.UseIdCard: _use_id_card,
    e.AgreeToCard: _agree,
    e.CardSeen: _card_seen,
    e.ConfirmMe: _confirm,
    e.HoldAgain: _hold_again,
    e.OpenTyping: _open_typing,
    e.TypeCharacter: _type,
    e.EraseCharacter: _erase,
    e.EraseAll: _erase,
    e.SendTyped: _send_typed,
    e.CodeSeen: _code_seen,
    e.HintSeen: _hint_seen,
}
