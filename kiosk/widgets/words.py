"""Text on the glass: wrapping words, and words that shrink until they fit. Knows no language."""

from kivy.properties import NumericProperty
from kivy.uix.label import Label

STEP = 0.94


class Words(Label):
    """Wraps at its width and is as high as its text."""


class FitWords(Label):
    """One line that shrinks from `largest` to `least` px until it fits; then it wraps, and is never cut off."""

    largest = NumericProperty(40)
    least = NumericProperty(20)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        for name in ("text", "width", "largest", "least", "bold"):
            self.fbind(name, self.fit)
        self.fit()

    def fit(self, *_: object) -> None:
        """Chooses the largest size at which the words fit."""
        if self.width < 2:
            return
        self.text_size = (None, None)
        size = float(self.largest)
        while True:
            self.font_size = size
            self.texture_update()
            if self.texture_size[0] <= self.width or size <= self.least:
                break
            size = max(size * STEP, float(self.least))
        self.text_size = (self.width, None)
        self.texture_update()
