"""How do you want to get there: one long tile for each way."""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import WaysView
from kiosk.widgets.pressing import LongDoor, show_doors


class WaysScreen(BoxLayout):
    """Draws a WaysView; a tile stays where it is."""

    title = StringProperty("")
    detail = StringProperty("")

    def show(self, view: WaysView) -> None:
        """As the view says."""
        self.title, self.detail = view.title, view.detail
        show_doors(self.ids.ways, view.ways, LongDoor)
        for tile, door in zip(reversed(self.ids.ways.children), view.ways, strict=True):
            tile.ink = "bus" if door.colour == "bus" else "quiet"
