"""Hold the card to the camera, or go on without."""

from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import IdentifyView

FRAME_EVERY_S = 1 / 20


class IdentifyScreen(BoxLayout):
    """Draws an IdentifyView and, as long as it is on the glass, what the camera sees."""

    title = StringProperty("")
    summary = StringProperty("")
    guidance = StringProperty("")
    guidance_colour = StringProperty("text")
    without = StringProperty("")
    has_camera = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._showing: Any = None

    def show(self, view: IdentifyView) -> None:
        """As the view says."""
        self.title, self.summary = view.title, view.summary
        self.guidance, self.without, self.has_camera = view.guidance, view.without, view.has_camera
        self.guidance_colour = "stop" if view.is_warning else "text"
        if self._showing is None:
            self._showing = Clock.schedule_interval(self._show_frame, FRAME_EVERY_S)

    def leave(self) -> None:
        """Nothing of the person stays."""
        if self._showing is not None:
            self._showing.cancel()
            self._showing = None
        self.ids.camera.clear()

    def _show_frame(self, _: float) -> None:
        app = App.get_running_app()
        newest = app.newest_frame()
        if newest is None:
            self.ids.camera.clear()
        else:
            self.ids.camera.show(newest[0], newest[1], app.is_mirrored)
