"""The first screen: the way to work large and green, the other doors below."""

from typing import Any

from kivy.properties import ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import Door, HomeView
from kiosk.widgets.pressing import LongDoor, Tap


class GreenDoor(Tap):
    """The largest thing to press."""

    title = StringProperty("")
    detail = StringProperty("")
    pictogram = StringProperty("")


class HomeScreen(BoxLayout):
    """Draws a HomeView."""

    view = ObjectProperty(None, allownone=True)
    greeting = StringProperty("")
    promise = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._doors: list[LongDoor] = []

    def show(self, view: HomeView) -> None:
        """As the view says."""
        self.greeting, self.promise = view.greeting, view.frame.promise
        _fill(self.ids.green, view.jobs)
        if len(self._doors) != len(view.doors):
            self.ids.doors.clear_widgets()
            self._doors = [LongDoor() for _ in view.doors]
            for tile in self._doors:
                self.ids.doors.add_widget(tile)
        for tile, door in zip(self._doors, view.doors, strict=True):
            _fill(tile, door)
            tile.colour = door.colour


def _fill(tile: Any, door: Door) -> None:
    tile.title, tile.detail, tile.pictogram, tile.event = door.title, door.detail, door.pictogram, door.event
