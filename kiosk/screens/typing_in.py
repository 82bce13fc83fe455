"""A card's characters on a keypad that stays where it is."""

from kivy.properties import NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from kiosk.viewmodels.views import Key, TypingView
from kiosk.widgets.pressing import CharacterKey, LongDoor, show_doors
from kiosk.widgets.words import forget_widths


class CharacterGroup(BoxLayout):
    """Four characters, as they stand together on the card."""

    said = StringProperty("")


class TypingScreen(FloatLayout):
    """Draws a TypingView; keys are made once."""

    gap = NumericProperty(0)
    side = NumericProperty(0)
    title = StringProperty("")
    detail = StringProperty("")
    detail_colour = StringProperty("text")
    erase_label = StringProperty("")
    erase_event = ObjectProperty(None, allownone=True)
    clear_label = StringProperty("")
    clear_event = ObjectProperty(None, allownone=True)

    def show(self, view: TypingView) -> None:
        """As the view says."""
        self.title, self.detail = view.title, view.detail
        self.detail_colour = "stop" if view.is_warning else "text"
        self.erase_label, self.erase_event = view.erase.label, view.erase.event
        self.clear_label, self.clear_event = view.erase_all.label, view.erase_all.event
        show_doors(self.ids.refuse, (view.refuse,), LongDoor)
        self._show_groups(view.groups)
        if not self.ids.keypad.children:
            self._show_keys(view.keys)

    def leave(self) -> None:
        """Nothing of the person stays."""
        self.ids.groups.clear_widgets()
        forget_widths()

    def _show_groups(self, groups: tuple[str, ...]) -> None:
        if len(self.ids.groups.children) != len(groups):
            self.ids.groups.clear_widgets()
            for group in groups:
                self.ids.groups.add_widget(CharacterGroup(size_hint_x=len(group)))
        for widget, group in zip(reversed(self.ids.groups.children), groups, strict=True):
            widget.said = group

    def _show_keys(self, keys: tuple[Key, ...]) -> None:
        for key in keys:
            self.ids.keypad.add_widget(CharacterKey(label=key.label, event=key.event))
