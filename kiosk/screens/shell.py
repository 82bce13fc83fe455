"""What stands around every screen, always in the same places: bar, sign of age, the green action, the foot."""

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.flow.events import GoBack, ReadToMe, SwitchLanguage
from kiosk.viewmodels.views import Action, Frame, View


class Shell(BoxLayout):
    """Shows any view: the frame itself, the rest in a screen of its kind, made once and kept."""

    hall = StringProperty("")
    clock = StringProperty("")
    demo = StringProperty("")
    age = StringProperty("")
    stale = StringProperty("")
    promise = StringProperty("")
    back = StringProperty("")
    read_aloud = StringProperty("")
    language = StringProperty("")
    action_label = StringProperty("")
    action_detail = StringProperty("")
    action_event = ObjectProperty(None, allownone=True)
    has_action = BooleanProperty(False)
    back_event = ObjectProperty(GoBack())
    read_event = ObjectProperty(ReadToMe())
    language_event = ObjectProperty(SwitchLanguage())

    def __init__(self, screens: dict[type, type], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._classes = screens
        self._made: dict[type, Any] = {}
        self.screen: Any = None

    def show(self, view: View) -> None:
        """Puts a view on the glass."""
        self._frame(view.frame)
        self._action(getattr(view, "action", None))
        screen = self._screen_of(type(view))
        screen.show(view)
        if screen is not self.screen:
            self._leave()
            self.ids.place.add_widget(screen)
            self.screen = screen

    def _leave(self) -> None:
        self.ids.place.clear_widgets()
        leave = getattr(self.screen, "leave", None)
        if leave is not None:
            leave()

    def _screen_of(self, kind: type) -> Any:
        if kind not in self._made:
            self._made[kind] = self._classes[kind]()
        return self._made[kind]

    def _frame(self, frame: Frame) -> None:
        for name in ("hall", "clock", "demo", "age", "stale", "promise", "back", "read_aloud", "language"):
            setattr(self, name, getattr(frame, name))

    def _action(self, action: Action | None) -> None:
        self.has_action = action is not None
        self.action_label = action.label if action else ""
        self.action_detail = action.detail if action else ""
        self.action_event = action.event if action else None
