"""How one scene comes to the next. Pure: time comes in as events, and what fits nowhere changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.flow import events as e
from kiosk.flow import identifying
from kiosk.flow import scenes as s
from kiosk.flow.identity import CardIdentity, CodeIdentity
from kiosk.flow.moves import CARD_REFUSALS, ENDING_REFUSALS, STALE, WAY_REFUSALS, Step, home, origin, send, to
from kiosk.flow.scenes import Kiosk

ASKS_AFTER_S = 45.0
"""Without a touch for so long the kiosk asks whether somebody is there."""

LEAVES_AFTER_S = 20.0
"""Then it counts down so long, and everything of the person goes."""

RESULT_WAITS_S = 5.0
"""So long a granted wish waits for the kiosk's own picture to show it."""


def start(languages: tuple[str, ...], is_paired: bool) -> Kiosk:
    """A machine that was just switched on; the first language is the hall's."""
    return Kiosk(s.Home() if is_paired else s.Pairing(), languages[0], languages)


def step(kiosk: Kiosk, event: e.Event) -> Step:
    """The machine after the event, and what it asks for. An event that does not belong here changes nothing."""
    handler = _HANDLERS.get(type(event))
    return handler(kiosk, event) if handler else (kiosk, ())


def is_private(kiosk: Kiosk) -> bool:
    """Whether anything of a person is on this machine."""
    return not isinstance(kiosk.scene, s.Home | s.Pairing) or kiosk.language != kiosk.languages[0]


# -- going about ---------------------------------------------------------------------------------------------------


def _go_home(kiosk: Kiosk, event: Any) -> Step:
    return (kiosk, ()) if isinstance(kiosk.scene, s.Working | s.Pairing) else home(kiosk)


def _go_back(kiosk: Kiosk, event: Any) -> Step:
    match kiosk.scene:
        case s.Jobs() | s.Buses() | s.Services():
            return to(kiosk, s.Home(), e.ForgetPerson())
        case s.Trades(jobs=before) | s.JobPage(jobs=before):
            return to(kiosk, before)
        case s.ChooseWay(page=page):
            return to(kiosk, page)
        case s.Identify(back=back) | s.Refused(back=back) | s.CodeTold(under=back):
            return to(kiosk, back)
        case s.ConsentCard() | s.HoldCard() | s.ConfirmCard() | s.TypeCode():
            return to(kiosk, identifying.asked_again(kiosk.scene.identify))
        case s.Unreached(wish=wish):
            return to(kiosk, origin(wish))
        case s.Done() | s.StillThere():
            return home(kiosk)
    return kiosk, ()


def _open_jobs(kiosk: Kiosk, event: e.OpenJobs) -> Step:
    scenes = s.Home | s.Jobs | s.Trades | s.JobPage | s.ChooseWay | s.Refused | s.CodeTold
    if isinstance(kiosk.scene, scenes):
        return to(kiosk, s.Jobs(event.filter), e.ListJobs(event.filter))
    return kiosk, ()


def _listed(kiosk: Kiosk, event: e.Listed) -> Step:
    if isinstance(kiosk.scene, s.Jobs) and kiosk.scene.filter == event.filter and kiosk.scene.held is None:
        return to(kiosk, s.Jobs(event.filter, event.ids))
    return kiosk, ()


def _open_trades(kiosk: Kiosk, event: Any) -> Step:
    return to(kiosk, s.Trades(kiosk.scene)) if isinstance(kiosk.scene, s.Jobs) else (kiosk, ())


def _open_job(kiosk: Kiosk, event: e.OpenJob) -> Step:
    return to(kiosk, s.JobPage(event.job_id, kiosk.scene)) if isinstance(kiosk.scene, s.Jobs) else (kiosk, ())


def _open_buses(kiosk: Kiosk, event: Any) -> Step:
    return to(kiosk, s.Buses()) if isinstance(kiosk.scene, s.Home) else (kiosk, ())


def _open_services(kiosk: Kiosk, event: Any) -> Step:
    return to(kiosk, s.Services()) if isinstance(kiosk.scene, s.Home) else (kiosk, ())


# -- wanting something ---------------------------------------------------------------------------------------------


def _want_job(kiosk: Kiosk, event: e.WantJob) -> Step:
    page = kiosk.scene
    if not isinstance(page, s.JobPage):
        return kiosk, ()
    if kiosk.is_stale:
        return to(kiosk, s.Refused(STALE, {}, None, page), e.Speak())
    if len(event.ways) == 1:
        return to(kiosk, s.Identify(page, event.ways[0], page), e.Speak())
    return to(kiosk, s.ChooseWay(page, event.ways))


def _take_way(kiosk: Kiosk, event: e.TakeWay) -> Step:
    scene = kiosk.scene
    if isinstance(scene, s.ChooseWay) and event.way in scene.ways:
        return to(kiosk, s.Identify(scene.page, event.way, scene), e.Speak())
    return kiosk, ()


def _take_number(kiosk: Kiosk, event: e.TakeNumber) -> Step:
    if isinstance(kiosk.scene, s.Services):
        return send(kiosk, s.NumberWish(event.service), kiosk.scene)
    return kiosk, ()


def _try_again(kiosk: Kiosk, event: Any) -> Step:
    match kiosk.scene:
        case s.Unreached(errand=errand, wish=wish):
            return to(kiosk, s.Working(errand, wish, kiosk.now_s), e.Send(errand, wish, kiosk.language))
        case s.Refused(code=code, back=back) if code == STALE:
            return to(kiosk, back)
        case s.Refused(code=code) if code in ENDING_REFUSALS:
            return home(kiosk)
        case s.Refused(code="BAD_REQUEST", wish=s.PlaceWish(page=page, way=way, identity=CardIdentity())):
            return to(kiosk, s.HoldCard(s.Identify(page, way, page)), e.Speak())
        case s.Refused(code=code, wish=s.PlaceWish(page=page, way=way)) if code in CARD_REFUSALS:
            return to(kiosk, s.Identify(page, way, page), e.Speak())
        case s.Refused(code=code, wish=s.PlaceWish(page=page)) if code in WAY_REFUSALS:
            return to(kiosk, page)
        case s.Refused(wish=s.PlaceWish(page=page)):
            return _open_jobs(kiosk, e.OpenJobs(page.jobs.filter))
        case s.Refused(back=back):
            return to(kiosk, back)
    return kiosk, ()


# -- answers -------------------------------------------------------------------------------------------------------


def _granted(kiosk: Kiosk, event: e.Granted) -> Step:
    scene = kiosk.scene
    if not isinstance(scene, s.Working) or scene.errand != event.errand:
        return kiosk, ()
    answered = replace(scene, taken=event.taken, since_s=kiosk.now_s)
    return _settle(replace(kiosk, scene=answered))


def _settle(kiosk: Kiosk) -> Step:
    """To `Done` as soon as the kiosk's own picture shows the change, or when that takes too long."""
    scene = kiosk.scene
    if not isinstance(scene, s.Working) or scene.taken is None:
        return kiosk, ()
    is_on_glass = kiosk.folded_seq >= scene.taken.seq
    if not is_on_glass and kiosk.now_s - scene.since_s < RESULT_WAITS_S:
        return kiosk, ()
    done = s.Done(scene.wish, scene.taken, scene.paper, is_on_glass)
    return replace(kiosk, scene=done, touched_s=kiosk.now_s), (e.Speak(),)


def _denied(kiosk: Kiosk, event: e.Denied) -> Step:
    scene = kiosk.scene
    if not isinstance(scene, s.Working) or scene.errand != event.errand:
        return kiosk, ()
    return replace(kiosk, scene=_denial(scene.wish, event), touched_s=kiosk.now_s), (e.Speak(),)


def _denial(wish: s.Wish, event: e.Denied) -> s.Scene:
    """A slip of the finger is mended where it was made; every other refusal is told by itself."""
    match wish:
        case s.PlaceWish(page, way, CodeIdentity(code, is_typed=True)) if event.code == "CODE_MISTYPED":
            return s.TypeCode(s.Identify(page, way, page), code, is_mistyped=True)
    return s.Refused(event.code, event.facts, wish, origin(wish))


def _unanswered(kiosk: Kiosk, event: e.Unanswered) -> Step:
    scene = kiosk.scene
    if not isinstance(scene, s.Working) or scene.errand != event.errand:
        return kiosk, ()
    lost = s.Unreached(scene.errand, scene.wish)
    return replace(kiosk, scene=lost, touched_s=kiosk.now_s), (e.Speak(),)


def _folded(kiosk: Kiosk, event: e.Folded) -> Step:
    kiosk = replace(kiosk, folded_seq=event.seq)
    if isinstance(kiosk.scene, s.Done) and not kiosk.scene.is_on_glass and event.seq >= kiosk.scene.taken.seq:
        return to(kiosk, replace(kiosk.scene, is_on_glass=True))
    return _settle(kiosk)


def _paper_told(kiosk: Kiosk, event: e.PaperTold) -> Step:
    return replace(kiosk, scene=_with_paper(kiosk.scene, event)), ()


def _with_paper(scene: s.Scene, event: e.PaperTold) -> s.Scene:
    match scene:
        case s.StillThere(under=under) | s.CodeTold(under=under):
            return replace(scene, under=_with_paper(under, event))
        case s.Working(taken=s.Taken(print_job=job)) | s.Done(taken=s.Taken(print_job=job)) if job == event.print_job:
            return replace(scene, paper=event.paper)
    return scene


# -- time and the machine ------------------------------------------------------------------------------------------


def _touched(kiosk: Kiosk, event: e.Touched) -> Step:
    kiosk = replace(kiosk, now_s=event.now_s, touched_s=event.now_s)
    return _stay_here(kiosk, event)


def _stay_here(kiosk: Kiosk, event: Any) -> Step:
    if isinstance(kiosk.scene, s.StillThere):
        return to(replace(kiosk, touched_s=kiosk.now_s), kiosk.scene.under)
    return kiosk, ()


def _ticked(kiosk: Kiosk, event: e.Ticked) -> Step:
    kiosk = replace(kiosk, now_s=event.now_s)
    scene = kiosk.scene
    if isinstance(scene, s.StillThere):
        return home(kiosk) if event.now_s >= scene.until_s else (kiosk, ())
    if isinstance(scene, s.Working):
        return _settle(kiosk)
    if not is_private(kiosk) or event.now_s - kiosk.touched_s < ASKS_AFTER_S:
        return identifying.guide(kiosk)
    if isinstance(scene, s.Home | s.Pairing):
        return replace(kiosk, language=kiosk.languages[0]), ()
    return to(kiosk, s.StillThere(scene, event.now_s + LEAVES_AFTER_S), e.Speak())


def _switch_language(kiosk: Kiosk, event: Any) -> Step:
    after = (kiosk.languages.index(kiosk.language) + 1) % len(kiosk.languages)
    return replace(kiosk, language=kiosk.languages[after]), ()


def _read_to_me(kiosk: Kiosk, event: Any) -> Step:
    return kiosk, (e.Speak(),)


def _age_told(kiosk: Kiosk, event: e.AgeTold) -> Step:
    return replace(kiosk, is_stale=event.is_stale), ()


def _pairing_told(kiosk: Kiosk, event: e.PairingTold) -> Step:
    effects = () if isinstance(kiosk.scene, s.Pairing) else (e.ForgetPerson(),)
    return replace(kiosk, scene=s.Pairing(event.digits), folded_seq=0), effects


def _paired(kiosk: Kiosk, event: Any) -> Step:
    return to(kiosk, s.Home()) if isinstance(kiosk.scene, s.Pairing) else (kiosk, ())


_HANDLERS: dict[type, Callable[[Kiosk, Any], Step]] = {
    e.GoHome: _go_home,
    e.GoBack: _go_back,
    e.OpenJobs: _open_jobs,
    e.OpenTrades: _open_trades,
    e.OpenJob: _open_job,
    e.WantJob: _want_job,
    e.TakeWay: _take_way,
    e.OpenBuses: _open_buses,
    e.OpenServices: _open_services,
    e.TakeNumber: _take_number,
    e.TryAgain: _try_again,
    e.SwitchLanguage: _switch_language,
    e.ReadToMe: _read_to_me,
    e.StayHere: _stay_here,
    e.Touched: _touched,
    e.Ticked: _ticked,
    e.Listed: _listed,
    e.Granted: _granted,
    e.Denied: _denied,
    e.Unanswered: _unanswered,
    e.Folded: _folded,
    e.PaperTold: _paper_told,
    e.AgeTold: _age_told,
    e.PairingTold: _pairing_told,
    e.Paired: _paired,
} | identifying.HANDLERS
