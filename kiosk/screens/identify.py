"""Something is held to the camera, or another way is chosen, or on without."""

from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.relativelayout import RelativeLayout

from kiosk.viewmodels.views import IdentifyView
from kiosk.widgets.pressing import DoorTile, LongDoor, show_doors

FRAME_EVERY_S = 1 / 20


class CameraField(RelativeLayout):
    """What the camera sees, the sign that it runs, and over it what would help."""

    has_camera = BooleanProperty(False)
    sign = StringProperty("")
    picture = StringProperty("")
    guidance = StringProperty("")
    guidance_colour = StringProperty("bar")
    outline = NumericProperty(0)


class IdentifyScreen(FloatLayout):
    """Draws an IdentifyView and, as long as it is on the glass, what the camera sees."""

    title = StringProperty("")
    summary = StringProperty("")
    without = StringProperty("")
    gap = NumericProperty(0)
    side = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._showing: Any = None

    def show(self, view: IdentifyView) -> None:
        """As the view says."""
        self.title, self.summary, self.without = view.title, view.summary, view.without
        field, box = self.ids.field, view.camera
        field.has_camera, field.sign, field.picture, field.outline = box.is_live, box.sign, box.picture, box.outline
        field.guidance, field.guidance_colour = view.guidance, "stop" if box.is_warning else "bar"
        show_doors(self.ids.choices, view.choices, DoorTile if len(view.choices) > 1 else LongDoor)
        if self._showing is None:
            self._showing = Clock.schedule_interval(self._show_frame, FRAME_EVERY_S)

    def leave(self) -> None:
        """Nothing of the person stays."""
        if self._showing is not None:
            self._showing.cancel()
            self._showing = None
        self.ids.field.ids.camera.clear()

    def _show_frame(self, _: float) -> None:
        app = App.get_running_app()
        newest = app.newest_frame()
        if newest is None:
            self.ids.field.ids.camera.clear()
        else:
            self.ids.field.ids.camera.show(newest[0], newest[1], app.is_mirrored)
