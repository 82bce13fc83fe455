"""What came of it: working, done with the truth about the paper, refused, not reached, gone, nobody there."""

import math
from collections.abc import Mapping
from typing import Any

from config.texts import UnknownText
from config.words import Speaker
from kiosk.flow import events as e
from kiosk.flow import scenes as s
from kiosk.flow.identity import CardIdentity, CodeIdentity
from kiosk.flow.moves import CARD_REFUSALS, ENDING_REFUSALS, STALE, WAY_REFUSALS
from kiosk.viewmodels.picture import Picture
from kiosk.viewmodels.views import Action, DoneView, Frame, MessageView, PairingView, StillThereView, WorkingView


def pairing(scene: s.Pairing, speaker: Speaker, frame: Frame) -> PairingView:
    """Digits for staff."""
    text = speaker.catalogue.text
    title = text("kiosk.pair" if scene.digits else "kiosk.pair_unreachable")
    detail = text("kiosk.pair_how" if scene.digits else "kiosk.pair_wait")
    digits = f"{scene.digits[:3]} {scene.digits[3:]}" if scene.digits else ""
    return PairingView(frame, title, digits, detail, "")


def not_loaded(frame: Frame, speaker: Speaker) -> WorkingView:
    """Nothing is known of the hall yet: not the same as "no jobs"."""
    text = speaker.catalogue.text
    return WorkingView(frame, text("kiosk.loading"), text("kiosk.loading_detail"), "")


def working(scene: s.Working, picture: Picture, speaker: Speaker, frame: Frame) -> WorkingView:
    """Between wish and answer."""
    text, detail = speaker.catalogue.text, speaker.catalogue.text("kiosk.working_detail")
    match scene.wish:
        case s.PlaceWish(identity=CodeIdentity(is_typed=False)):
            return WorkingView(frame, text("kiosk.working.read"), detail, "", "ui/ok", "go")
        case s.PlaceWish():
            return WorkingView(frame, text("kiosk.working.place"), detail, "")
    return WorkingView(frame, text("kiosk.working.number"), detail, "")


def done(scene: s.Done, picture: Picture, speaker: Speaker, frame: Frame) -> DoneView:
    """The slip's facts on the glass, so that a lost paper loses nothing."""
    text = speaker.catalogue.text
    slip: Mapping[str, Any] = speaker.say_all(scene.taken.slip)
    is_place = isinstance(scene.wish, s.PlaceWish)
    paper, tone = _paper(scene.paper, picture, speaker)
    lines = _place_lines(slip, speaker) if is_place else _number_lines(slip, speaker)
    title = text("kiosk.done.place" if is_place else "kiosk.done.number")
    bus = slip.get("bus")
    return DoneView(
        frame=frame,
        title=title,
        number=scene.taken.number,
        what=slip["trade"] if is_place else slip["service"],
        sign="signs/" + bus["sign"] if bus else "",
        lines=lines,
        code=slip["code"],
        qr_text=slip["qr_text"],
        paper=paper,
        tone=tone,
        detail="" if scene.is_on_glass else text("kiosk.not_on_glass_yet"),
        action=Action(text("kiosk.finish"), "", e.GoHome()),
        speech=speaker.say([title, scene.taken.number, *lines, paper]),
    )


def _place_lines(slip: Mapping[str, Any], speaker: Speaker) -> tuple[str, ...]:
    text = speaker.catalogue.text
    lines = [speaker.say([slip["day"], slip["hours"]])]
    if bus := slip.get("bus"):
        lines.append(speaker.say([f"{bus['sign_name']} {bus['time']}", text("ticket.bay", bay=bus["bay"])]))
        lines.append(text("ticket.bring_early", minutes=bus["bring_early_minutes"]))
    elif own := slip.get("own_way"):
        lines.append(speaker.say([own["directions"], text("ticket.arrive_by", time=own["arrive_by"])]))
    lines.append(slip["address"])
    return tuple(lines)


def _number_lines(slip: Mapping[str, Any], speaker: Speaker) -> tuple[str, ...]:
    text, ahead = speaker.catalogue.text, slip["waiting_ahead"]
    first = text("ticket.waiting_ahead", count=ahead) if ahead else text("ticket.nobody_ahead")
    return (first, text("ticket.listen"))


def _paper(paper: s.Paper, picture: Picture, speaker: Speaker) -> tuple[str, str]:
    """(what is said of the slip, token of its colour); the spool's word and nothing else."""
    text = speaker.catalogue.text
    if not picture.has_printer:
        return text("kiosk.paper.no_printer"), "stop"
    if paper.state == "printed":
        return text("kiosk.paper.printed"), "go"
    if paper.state == "sent":
        return text("kiosk.paper.sent"), "text"
    if paper.state in ("failed", "unknown"):
        return speaker.say([_fault(paper, speaker), text(f"kiosk.paper.{paper.state}")]), "stop"
    if paper.reason:
        return speaker.say([_fault(paper, speaker), text("kiosk.paper.waits")]), "stop"
    return text("kiosk.paper.printing"), "text"


def _fault(paper: s.Paper, speaker: Speaker) -> str:
    return speaker.catalogue.text(f"ticket.fault.{paper.reason}") if paper.reason else ""


def refused(scene: s.Refused, speaker: Speaker, frame: Frame) -> MessageView:
    """The hall's reason in the person's words, and one way on."""
    text = speaker.catalogue.text
    title = text("kiosk.stale_refusal") if scene.code == STALE else _reason(scene, speaker)
    detail = text("kiosk.nothing_taken") if scene.code != STALE else text("kiosk.stale_detail")
    action = Action(text(_way_on(scene)), "", e.TryAgain())
    return MessageView(frame, title, detail, "ui/warning", action, speaker.say([title, detail]))


def _reason(scene: s.Refused, speaker: Speaker) -> str:
    """The kiosk's own words where the person at a glass needs others than staff do, else the hall's."""
    if _is_card_misread(scene):
        return speaker.catalogue.text("kiosk.id_card_misread")
    try:
        return speaker.catalogue.text(f"kiosk.refusal.{scene.code}", **scene.facts)
    except UnknownText:
        return speaker.catalogue.text(f"refusal.{scene.code}", **scene.facts)


def _is_card_misread(scene: s.Refused) -> bool:
    is_by_card = isinstance(scene.wish, s.PlaceWish) and isinstance(scene.wish.identity, CardIdentity)
    return is_by_card and scene.code == "BAD_REQUEST"


def _way_on(scene: s.Refused) -> str:
    if scene.code == STALE:
        return "kiosk.look_on"
    if scene.code in ENDING_REFUSALS:
        return "kiosk.finish"
    if _is_card_misread(scene):
        return "kiosk.id_card_again"
    if scene.code in CARD_REFUSALS:
        return "kiosk.card_again"
    if scene.code in WAY_REFUSALS:
        return "kiosk.other_way"
    return "kiosk.see_others" if isinstance(scene.wish, s.PlaceWish) else "kiosk.back"


def unreached(speaker: Speaker, frame: Frame) -> MessageView:
    """Whether it was done is not known, and that is what is said."""
    text = speaker.catalogue.text
    title, detail = text("kiosk.unreached"), text("kiosk.unreached_detail")
    action = Action(text("kiosk.try_again"), "", e.TryAgain())
    return MessageView(frame, title, detail, "ui/warning", action, speaker.say([title, detail]))


def gone(wanted: s.Filter, speaker: Speaker, frame: Frame) -> MessageView:
    """The post that was being looked at is no longer shown."""
    text = speaker.catalogue.text
    title, detail = text("kiosk.job_gone"), text("kiosk.nothing_taken")
    action = Action(text("kiosk.see_others"), "", e.OpenJobs(wanted))
    return MessageView(frame, title, detail, "ui/warning", action, speaker.say([title, detail]))


def still_there(kiosk: s.Kiosk, scene: s.StillThere, speaker: Speaker, frame: Frame) -> StillThereView:
    """A countdown that anybody can end by a touch."""
    text = speaker.catalogue.text
    seconds = max(0, math.ceil(scene.until_s - kiosk.now_s))
    title, detail = text("kiosk.still_there"), text("kiosk.still_there_detail", count=seconds)
    action = Action(text("kiosk.stay"), "", e.StayHere())
    return StillThereView(frame, title, str(seconds), detail, action, speaker.say([title, detail]))
