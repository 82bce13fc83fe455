"""The header and footer that stand around every screen, and the sign of age in them."""

from config.words import Speaker
from kiosk.flow import scenes as s
from kiosk.flow.scenes import Kiosk
from kiosk.viewmodels.picture import AGEING_S, STALE_S, Picture
from kiosk.viewmodels.views import Frame

_NO_BACK = (s.Home, s.Pairing, s.Working, s.StillThere, s.Done)
_NOTHING_TO_READ = (s.Pairing, s.Working)


def frame_of(kiosk: Kiosk, picture: Picture, speaker: Speaker) -> Frame:
    """What every screen of this moment carries."""
    text = speaker.catalogue.text
    hall = picture.hall
    return Frame(
        hall=speaker.say(hall.get("name")),
        clock=picture.clock,
        demo=text("hall.demo") if hall.get("demo") else "",
        age=_age(picture, speaker),
        stale=_stale(kiosk, picture, speaker),
        promise=speaker.say(hall.get("promise")),
        back="" if isinstance(kiosk.scene, _NO_BACK) else text("kiosk.back"),
        read_aloud=text("hall.read_to_me") if _can_be_read(kiosk, picture) else "",
        language=picture.language_label,
    )


def _can_be_read(kiosk: Kiosk, picture: Picture) -> bool:
    return picture.has_voice and picture.is_loaded and not isinstance(kiosk.scene, _NOTHING_TO_READ)


def _age(picture: Picture, speaker: Speaker) -> str:
    if picture.age_s is None or not AGEING_S <= picture.age_s < STALE_S:
        return ""
    return speaker.catalogue.text("kiosk.age_s", count=int(picture.age_s))


def _stale(kiosk: Kiosk, picture: Picture, speaker: Speaker) -> str:
    if not picture.is_loaded or not picture.is_stale or isinstance(kiosk.scene, s.Pairing):
        return ""
    text = speaker.catalogue.text
    if picture.age_s is None:
        return text("kiosk.stale")
    minutes = int(picture.age_s // 60)
    if minutes < 60:
        return text("kiosk.stale_min", count=minutes)
    return text("kiosk.stale_h", count=minutes // 60)
