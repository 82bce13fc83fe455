"""A picture and a few large words: refused, not reached, working, still there, pairing."""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import MessageView, PairingView, StillThereView, WorkingView


class MessageScreen(BoxLayout):
    """Draws views that say one thing."""

    title = StringProperty("")
    detail = StringProperty("")
    large = StringProperty("")
    pictogram = StringProperty("")
    colour = StringProperty("text")


class RefusedScreen(MessageScreen):
    """Draws a MessageView."""

    def show(self, view: MessageView) -> None:
        """As the view says."""
        self.title, self.detail, self.pictogram, self.colour = view.title, view.detail, view.pictogram, view.colour


class WorkingScreen(MessageScreen):
    """Draws a WorkingView."""

    def show(self, view: WorkingView) -> None:
        """As the view says."""
        self.title, self.detail, self.pictogram, self.colour = view.title, view.detail, view.pictogram, view.colour


class StillThereScreen(MessageScreen):
    """Draws a StillThereView."""

    def show(self, view: StillThereView) -> None:
        """As the view says."""
        self.title, self.detail, self.large = view.title, view.detail, view.seconds


class PairingScreen(MessageScreen):
    """Draws a PairingView."""

    def show(self, view: PairingView) -> None:
        """As the view says."""
        self.title, self.detail, self.large = view.title, view.detail, view.digits
        self.pictogram = "" if view.digits else "ui/warning"
