"""One post, in the order in which a worker asks."""

from typing import Any

from kivy.properties import NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import Fact, JobView


class FactField(BoxLayout):
    """A label and what it is; a bus stands behind its sign."""

    label = StringProperty("")
    text = StringProperty("")
    colour = StringProperty("text")
    sign = StringProperty("")
    needed_height = NumericProperty(0)


class FactPair(BoxLayout):
    """Two short facts beside each other, as high as the higher one."""

    def take(self, field: FactField) -> None:
        """One more fact, on the right of the first."""
        field.size_hint_y = 1
        field.bind(needed_height=self._grow)
        self.add_widget(field)
        self._grow()

    def _grow(self, *_: Any) -> None:
        self.height = max(field.needed_height for field in self.children)


class JobScreen(BoxLayout):
    """Draws a JobView."""

    view = ObjectProperty(None, allownone=True)
    title = StringProperty("")
    by = StringProperty("")
    pictogram = StringProperty("")
    amount = StringProperty("")
    unit = StringProperty("")
    settle = StringProperty("")
    settle_colour = StringProperty("quiet")
    notice = StringProperty("")
    promise = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._facts: tuple[Fact, ...] = ()
        self._title = ""

    def show(self, view: JobView) -> None:
        """As the view says."""
        self.title, self.by, self.pictogram = view.title, view.by, view.pictogram
        self.amount, self.unit, self.settle = view.amount, view.unit, view.settle
        self.settle_colour = "go" if view.is_paid_daily else "quiet"
        self.notice, self.promise = view.notice, view.frame.promise
        if view.facts != self._facts:
            self._facts = view.facts
            self._show_facts(view.facts)

    def leave(self) -> None:
        """The next post begins at its top."""
        self.ids.scroll.scroll_y = 1

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        self.ids.facts.clear_widgets()
        pair: FactPair | None = None
        for fact in facts:
            field = FactField(label=fact.label, text=fact.text, colour=fact.colour, sign=fact.sign)
            if fact.is_wide:
                self.ids.facts.add_widget(field)
                pair = None
            elif pair is None:
                pair = FactPair()
                pair.take(field)
                self.ids.facts.add_widget(pair)
            else:
                pair.take(field)
                pair = None
