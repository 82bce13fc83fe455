"""Things that a finger presses. Each hands over the event it had when the finger came down, whatever changed since."""

from collections.abc import Callable, Sequence
from typing import Any

from kivy.app import App
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import Door


class Tap(ButtonBehavior, BoxLayout):
    """A rounded field; `event` None: it only tells something."""

    event = ObjectProperty(None, allownone=True)
    ground = ColorProperty((1, 1, 1, 1))
    line = ColorProperty((0, 0, 0, 0))
    radius = NumericProperty(24)
    always_release = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        self._pressed: Any = None
        super().__init__(**kwargs)

    def on_press(self) -> None:
        """Remembers what was under the finger."""
        self._pressed = self.event

    def on_release(self) -> None:
        """The finger left on the thing it came down on."""
        event, self._pressed = self._pressed, None
        if event is not None:
            App.get_running_app().choose(event)


class PictureTile(BoxLayout):
    """A pictogram on its coloured square."""

    pictogram = StringProperty("")
    colour = StringProperty("trade")


class GreenButton(Tap):
    """The one green button of a screen."""

    label = StringProperty("")
    detail = StringProperty("")


class FootButton(Tap):
    """A small button at the foot: a picture and a word."""

    label = StringProperty("")
    pictogram = StringProperty("")
    ink = ColorProperty((0, 0, 0, 1))


class DoorTile(Tap):
    """A tile with a picture, a name and one line."""

    title = StringProperty("")
    detail = StringProperty("")
    pictogram = StringProperty("")
    colour = StringProperty("trade")


class LongDoor(Tap):
    """The same across the whole width; `ink` is the token of its line, `room` its height in px of the draft."""

    title = StringProperty("")
    detail = StringProperty("")
    pictogram = StringProperty("")
    colour = StringProperty("trade")
    ink = StringProperty("quiet")
    room = NumericProperty(0)


class ChipTile(Tap):
    """A filter: picture above, word below; filled when it is on."""

    label = StringProperty("")
    pictogram = StringProperty("")
    is_on = BooleanProperty(False)


class CharacterKey(Tap):
    """One key of a keypad."""

    label = StringProperty("")


def show_doors(place: Any, doors: Sequence[Door], kind: Callable[[], Any]) -> None:
    """Tiles of a kind for doors; a tile keeps its widget as long as their number stays, so nothing moves."""
    if len(place.children) != len(doors):
        place.clear_widgets()
        for _ in doors:
            place.add_widget(kind())
    for tile, door in zip(reversed(place.children), doors, strict=True):
        tile.title, tile.detail, tile.pictogram = door.title, door.detail, door.pictogram
        tile.colour, tile.event = door.colour, door.event
