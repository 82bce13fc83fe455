"""What reading an ID card means, said before the camera runs, with on without beside it."""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.viewmodels.views import ConsentView
from kiosk.widgets.pressing import LongDoor, show_doors


class PointLine(BoxLayout):
    """A picture, a short word, a sentence."""

    pictogram = StringProperty("")
    label = StringProperty("")
    text = StringProperty("")


class ConsentScreen(BoxLayout):
    """Draws a ConsentView."""

    title = StringProperty("")

    def show(self, view: ConsentView) -> None:
        """As the view says."""
        self.title = view.title
        self.ids.points.clear_widgets()
        for point in view.points:
            self.ids.points.add_widget(PointLine(pictogram=point.pictogram, label=point.label, text=point.text))
        show_doors(self.ids.refuse, (view.refuse,), LongDoor)
