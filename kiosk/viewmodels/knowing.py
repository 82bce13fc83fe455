"""Who are you, or on without: code, ID card with consent, and what a code is that nobody asked for. Pure.

Nothing that was read of an ID card is ever part of a `speech`.
"""

from config.words import Speaker
from kiosk.flow import events as e
from kiosk.flow import scenes as s
from kiosk.flow.identity import Meaning
from kiosk.flow.scenes import Filter, Guide
from kiosk.viewmodels.asking import summary, way_words
from kiosk.viewmodels.picture import Picture
from kiosk.viewmodels.views import (
    Action,
    CameraBox,
    ConfirmView,
    ConsentView,
    Door,
    Frame,
    IdentifyView,
    MessageView,
    Point,
)

CARD_OUTLINE = 85.6 / 54.0
"""Width by height of an ID card: ISO/IEC 7810 ID-1."""

_POINTS = (("why", "ui/me"), ("kept", "ui/lock"), ("not_kept", "ui/no-picture"), ("limits", "ui/staff"))
_TOLD_PICTURES: dict[Meaning, str] = {
    "card": "ui/worker-card",
    "slip": "ui/printer",
    "number": "ui/number",
    "registration": "ui/phone",
    "social_security": "ui/staff",
    "foreign": "ui/warning",
}


def identify(scene: s.Identify, picture: Picture, speaker: Speaker, frame: Frame) -> IdentifyView:
    """Hold the card up; what going on without means is said beforehand."""
    text = speaker.catalogue.text
    said = speaker.say([summary(scene.page, picture, speaker), way_words(scene.way, picture, scene.page, speaker)])
    title = text("kiosk.show_card" if picture.has_camera else "kiosk.no_camera")
    guidance = text(f"kiosk.seen.{scene.seen}") if scene.seen else _guidance(scene.guide, picture, "codes", speaker)
    choices = (_id_card_door(picture, speaker), _typing_door(speaker))
    without = text("kiosk.without_card_means")
    return IdentifyView(
        frame=frame,
        title=title,
        summary=said,
        guidance=guidance,
        camera=_box(scene.guide, scene.seen is not None, picture, 0.0, speaker),
        choices=choices,
        without=without,
        action=Action(text("kiosk.without_card"), "", e.GoWithoutCard()),
        speech=speaker.say([said, title, guidance, *(door.title for door in choices if door.event), without]),
    )


def hold(scene: s.HoldCard, picture: Picture, speaker: Speaker, frame: Frame) -> IdentifyView:
    """An ID card before the camera, after consent."""
    text = speaker.catalogue.text
    title = text("kiosk.show_id_card" if _can_read_cards(picture) else "kiosk.no_id_card_reader")
    guidance = _guidance(scene.guide, picture, "id_card", speaker)
    without = text("kiosk.without_card_means")
    return IdentifyView(
        frame=frame,
        title=title,
        summary="",
        guidance=guidance,
        camera=_box(scene.guide, False, picture, CARD_OUTLINE, speaker),
        choices=(_typing_door(speaker),),
        without=without,
        action=Action(text("kiosk.without_card"), "", e.GoWithoutCard()),
        speech=speaker.say([title, guidance]),
    )


def _can_read_cards(picture: Picture) -> bool:
    return picture.has_camera and picture.reads_id_cards


def _id_card_door(picture: Picture, speaker: Speaker) -> Door:
    text, can_read = speaker.catalogue.text, _can_read_cards(picture)
    detail = text("kiosk.by_id_card_detail" if can_read else "kiosk.by_id_card_missing")
    return Door(text("kiosk.by_id_card"), detail, "ui/id-card", "me", e.UseIdCard() if can_read else None)


def _typing_door(speaker: Speaker) -> Door:
    text = speaker.catalogue.text
    return Door(text("kiosk.by_typing"), text("kiosk.by_typing_detail"), "ui/keys", "trade", e.OpenTyping())


def without_door(speaker: Speaker) -> Door:
    """On without, with what it means."""
    text = speaker.catalogue.text
    without = text("kiosk.without_card_means")
    return Door(text("kiosk.without_card"), without, "ui/jobs", "jobs", e.GoWithoutCard())


def _guidance(guide: Guide, picture: Picture, expects: str, speaker: Speaker) -> str:
    if picture.camera == "seeing":
        return speaker.catalogue.text(f"kiosk.hint.{guide.hint}" if guide.hint else f"kiosk.hold.{expects}")
    return speaker.catalogue.text(f"kiosk.camera.{picture.camera}")


def _box(guide: Guide, is_other: bool, picture: Picture, outline: float, speaker: Speaker) -> CameraBox:
    is_live = picture.camera in ("opening", "seeing")
    has_hint = picture.camera == "seeing" and guide.hint is not None
    drawn = "hints/" + str(guide.hint).replace("_", "-") if has_hint and not is_other else ""
    return CameraBox(
        is_live=is_live,
        sign=speaker.catalogue.text("kiosk.camera_on") if is_live else "",
        picture="ui/warning" if is_other or picture.camera == "lost" else drawn,
        is_warning=is_other or picture.camera == "lost",
        outline=outline if is_live else 0.0,
    )


def consent(speaker: Speaker, frame: Frame) -> ConsentView:
    """Why, what is kept, what is not, what it does not open; before the first frame of a card."""
    text = speaker.catalogue.text
    title, refuse = text("kiosk.consent.title"), without_door(speaker)
    points = tuple(
        Point(sign, text(f"kiosk.consent.{name}.label"), text(f"kiosk.consent.{name}")) for name, sign in _POINTS
    )
    spoken = [[point.label, point.text] for point in points]
    return ConsentView(
        frame=frame,
        title=title,
        points=points,
        refuse=refuse,
        action=Action(text("kiosk.consent.agree"), "", e.AgreeToCard()),
        speech=speaker.say([title, *spoken, text("kiosk.consent.agree"), refuse.title, refuse.detail]),
    )


def confirm(scene: s.ConfirmCard, speaker: Speaker, frame: Frame) -> ConfirmView:
    """Surname and last characters, to be known by whoever they belong to and by nobody else."""
    text, card = speaker.catalogue.text, scene.card
    title, detail = text("kiosk.confirm.title"), text("kiosk.confirm.detail")
    again = Door(text("kiosk.confirm.no"), "", "ui/id-card", "me", e.HoldAgain())
    return ConfirmView(
        frame=frame,
        title=title,
        detail=detail,
        kind=text(f"kiosk.confirm.kind.{card.kind}"),
        name=card.masked_name or text("kiosk.confirm.no_name"),
        number=text("kiosk.confirm.number", tail=card.masked_number),
        choices=(again, without_door(speaker)),
        action=Action(text("kiosk.confirm.yes"), text("kiosk.takes_place"), e.ConfirmMe()),
        speech=speaker.say([title, detail]),
    )


def told(scene: s.CodeTold, speaker: Speaker, frame: Frame) -> MessageView:
    """What was scanned, and what one can do now."""
    text, meaning = speaker.catalogue.text, scene.meaning
    title, detail = text(f"kiosk.told.{meaning}"), text(f"kiosk.told.{meaning}.detail")
    to_jobs = meaning == "card" and isinstance(scene.under, s.Home)
    action = Action(text("kiosk.look_on"), "", e.GoBack())
    if to_jobs:
        action = Action(text("kiosk.jobs"), "", e.OpenJobs(Filter()))
    colour = "stop" if meaning == "foreign" else "text"
    return MessageView(frame, title, detail, _TOLD_PICTURES[meaning], action, speaker.say([title, detail]), colour)
