"""What was read of an ID card, masked: is that you?"""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import ConfirmView
from kiosk.widgets.pressing import DoorTile, show_doors
from kiosk.widgets.words import forget_widths


class ConfirmScreen(BoxLayout):
    """Draws a ConfirmView."""

    title = StringProperty("")
    detail = StringProperty("")
    kind = StringProperty("")
    name = StringProperty("")
    number = StringProperty("")

    def show(self, view: ConfirmView) -> None:
        """As the view says."""
        self.title, self.detail, self.kind = view.title, view.detail, view.kind
        self.name, self.number = view.name, view.number
        show_doors(self.ids.choices, view.choices, DoorTile)

    def leave(self) -> None:
        """Nothing of the person stays."""
        self.name = self.number = ""
        forget_widths()
