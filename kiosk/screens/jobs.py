"""The list: filters as pictures, cards in a recycling list. Rows keep their places until the person asks."""

from typing import Any

from kivy.properties import ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import Chip, JobsView
from kiosk.widgets.pressing import ChipTile, Tap


class JobCard(Tap):
    """One post; filled anew by the recycling list as it scrolls."""

    row = ObjectProperty(None, allownone=True)
    title = StringProperty("")
    detail = StringProperty("")
    when = StringProperty("")
    pictogram = StringProperty("")
    amount = StringProperty("")
    unit = StringProperty("")
    settle = StringProperty("")
    settle_colour = StringProperty("quiet")
    way = StringProperty("")
    sign = StringProperty("")
    left_over = StringProperty("")

    def on_row(self, _: Any, row: Any) -> None:
        """Another post came into this card, or this one changed."""
        self.title, self.detail, self.when = row.title, row.detail, row.when
        self.pictogram, self.amount, self.unit = row.pictogram, row.amount, row.unit
        self.settle, self.way, self.sign, self.left_over = row.settle, row.way, row.sign, row.left
        self.settle_colour = "go" if row.is_paid_daily else "quiet"
        self.event = row.event


class JobsScreen(BoxLayout):
    """Draws a JobsView."""

    title = StringProperty("")
    empty = StringProperty("")
    news_label = StringProperty("")
    news_event = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._chips: tuple[Chip, ...] = ()
        self._ids: tuple[str, ...] = ()

    def show(self, view: JobsView) -> None:
        """As the view says; another list begins at its top."""
        self.title, self.empty = view.title, view.empty
        self.news_label = view.news.label if view.news else ""
        self.news_event = view.news.event if view.news else None
        if view.chips != self._chips:
            self._chips = view.chips
            self._show_chips(view.chips)
        self.ids.cards.data = [{"row": row} for row in view.rows]
        ids = tuple(row.job_id for row in view.rows)
        if not set(ids) <= set(self._ids):
            self.ids.cards.scroll_y = 1
        self._ids = ids

    def _show_chips(self, chips: tuple[Chip, ...]) -> None:
        self.ids.chips.clear_widgets()
        for chip in chips:
            self.ids.chips.add_widget(
                ChipTile(label=chip.label, pictogram=chip.pictogram, is_on=chip.is_on, event=chip.event)
            )
