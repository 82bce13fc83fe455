"""It came true: number, where to go, the code large, and the truth about the slip."""

from typing import Any

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import DoneView
from kiosk.widgets.words import Words

PICTURES = {"go": "ui/ok", "stop": "ui/warning", "text": "ui/printer"}


class LineWords(Words):
    """One of the facts below the number."""


class DoneScreen(BoxLayout):
    """Draws a DoneView."""

    title = StringProperty("")
    number = StringProperty("")
    what = StringProperty("")
    sign = StringProperty("")
    code = StringProperty("")
    qr_text = StringProperty("")
    paper = StringProperty("")
    tone = StringProperty("text")
    paper_picture = StringProperty("")
    detail = StringProperty("")

    def show(self, view: DoneView) -> None:
        """As the view says."""
        self.title, self.number, self.what, self.sign = view.title, view.number, view.what, view.sign
        self.code, self.qr_text, self.detail = view.code, view.qr_text, view.detail
        self.paper, self.tone, self.paper_picture = view.paper, view.tone, PICTURES[view.tone]
        self.ids.lines.clear_widgets()
        for line in view.lines:
            self.ids.lines.add_widget(self._line(line))

    def leave(self) -> None:
        """Nothing of the person stays."""
        self.number = self.what = self.code = self.qr_text = self.sign = ""
        self.ids.lines.clear_widgets()

    @staticmethod
    def _line(text: str) -> Any:
        return LineWords(said=text)
