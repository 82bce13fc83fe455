"""A card's characters by finger: what was typed so far, the keys, what is still missing. Pure; checks nothing."""

from config.words import Speaker
from kiosk.flow import events as e
from kiosk.flow.identity import CODE_LENGTH, KEYS
from kiosk.flow.scenes import TypeCode
from kiosk.viewmodels.knowing import without_door
from kiosk.viewmodels.views import Action, Frame, Key, TypingView

BLANK = "_"
GROUP = 4


def typing(scene: TypeCode, speaker: Speaker, frame: Frame) -> TypingView:
    """Whether the characters are a code is the hall's to say."""
    text = speaker.catalogue.text
    title, how = text("kiosk.typing.title"), text("kiosk.typing.detail", count=CODE_LENGTH)
    detail = text("kiosk.typing.mistyped") if scene.is_mistyped else how
    return TypingView(
        frame=frame,
        title=title,
        detail=detail,
        is_warning=scene.is_mistyped,
        groups=_groups(scene.typed),
        keys=tuple(Key(character, e.TypeCharacter(character)) for character in KEYS),
        erase=Key(text("kiosk.typing.erase"), e.EraseCharacter()),
        erase_all=Key(text("kiosk.typing.erase_all"), e.EraseAll()),
        refuse=without_door(speaker),
        action=_action(scene, speaker),
        speech=speaker.say([title, detail]),
    )


def _groups(typed: str) -> tuple[str, ...]:
    """`WK7Q 4M2_ ____ __`: as it stands on the card."""
    shown = typed.ljust(CODE_LENGTH, BLANK)
    return tuple(shown[at : at + GROUP] for at in range(0, CODE_LENGTH, GROUP))


def _action(scene: TypeCode, speaker: Speaker) -> Action:
    missing = CODE_LENGTH - len(scene.typed)
    if missing:
        return Action(speaker.catalogue.text("kiosk.typing.missing", count=missing), "", None)
    return Action(speaker.catalogue.text("kiosk.typing.send"), "", e.SendTyped())
