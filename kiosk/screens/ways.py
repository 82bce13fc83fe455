"""How do you want to get there: one long tile for each way."""

from typing import Any

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import WaysView
from kiosk.widgets.pressing import LongDoor


class WaysScreen(BoxLayout):
    """Draws a WaysView; a tile stays where it is."""

    title = StringProperty("")
    detail = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._tiles: list[LongDoor] = []

    def show(self, view: WaysView) -> None:
        """As the view says."""
        self.title, self.detail = view.title, view.detail
        if len(self._tiles) != len(view.ways):
            self.ids.ways.clear_widgets()
            self._tiles = [LongDoor() for _ in view.ways]
            for tile in self._tiles:
                self.ids.ways.add_widget(tile)
        for tile, door in zip(self._tiles, view.ways, strict=True):
            tile.title, tile.detail, tile.pictogram = door.title, door.detail, door.pictogram
            tile.colour, tile.event = door.colour, door.event
            tile.ink = "bus" if door.colour == "bus" else "quiet"
