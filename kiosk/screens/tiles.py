"""A question with many pictures as answers: trades, services."""

from typing import Any

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import TilesView
from kiosk.widgets.pressing import DoorTile, show_doors


class TilesScreen(BoxLayout):
    """Draws a TilesView; tiles keep their widgets as long as their number stays."""

    title = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._question = ""

    def show(self, view: TilesView) -> None:
        """As the view says; another question begins at its top."""
        self.title = view.title
        show_doors(self.ids.grid, view.tiles, DoorTile)
        if view.title != self._question:
            self._question = view.title
            self.ids.scroll.scroll_y = 1

    def leave(self) -> None:
        """Next time from the top."""
        self._question = ""
