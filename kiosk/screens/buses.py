"""Bus times: every bus with its picture, soonest first."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import BusesView


class BusLine(BoxLayout):
    """One bus."""

    sign = StringProperty("")
    sign_name = StringProperty("")
    at = StringProperty("")
    destination = StringProperty("")
    bay = StringProperty("")
    left_over = StringProperty("")
    return_at = StringProperty("")
    is_open = BooleanProperty(True)


class BusesScreen(BoxLayout):
    """Draws a BusesView."""

    title = StringProperty("")
    empty = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._lines: list[BusLine] = []

    def show(self, view: BusesView) -> None:
        """As the view says."""
        self.title, self.empty = view.title, view.empty
        if len(self._lines) != len(view.rows):
            self.ids.buses.clear_widgets()
            self._lines = [BusLine() for _ in view.rows]
            for line in self._lines:
                self.ids.buses.add_widget(line)
        for line, row in zip(self._lines, view.rows, strict=True):
            line.sign, line.sign_name, line.at, line.destination = row.sign, row.sign_name, row.at, row.destination
            line.bay, line.left_over, line.return_at, line.is_open = row.bay, row.left, row.back, row.is_open

    def leave(self) -> None:
        """Next time from the top."""
        self.ids.scroll.scroll_y = 1
