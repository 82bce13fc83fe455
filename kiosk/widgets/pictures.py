"""Pictures on the glass: tinted pictograms, a QR code made here, and what the camera sees."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from kivy.graphics.texture import Texture
from kivy.properties import StringProperty
from kivy.uix.image import Image
from kivy.uix.widget import Widget

from config.derive import DERIVED

SIDE = 256


@lru_cache(maxsize=512)
def picture_file(name: str) -> str:
    """The white mask of a pictogram `kind/name`; empty where there is none."""
    file = DERIVED / "pictograms" / "kivy" / str(SIDE) / f"{name}.png"
    return str(file) if name and Path(file).is_file() else ""


class Pictogram(Image):
    """A pictogram in one colour."""

    name = StringProperty("")

    def on_name(self, _: Any, name: str) -> None:
        """Shows it, or nothing."""
        file = picture_file(name)
        self.opacity = 1 if file else 0
        self.source = file


class QrPicture(Image):
    """A QR code of `text`, crisp at any size."""

    text = StringProperty("")

    def on_text(self, _: Any, text: str) -> None:
        """Makes the code; an empty text shows nothing."""
        if not text:
            self.texture = None
            return
        rows = [
            bytes(0 if dark else 255 for dark in row)
            for row in segno.make(text, micro=False, error="m").matrix_iter(border=4)
        ]
        texture = Texture.create(size=(len(rows[0]), len(rows)), colorfmt="luminance")
        texture.mag_filter = "nearest"
        texture.blit_buffer(b"".join(reversed(rows)), colorfmt="luminance", bufferfmt="ubyte")
        self.texture = texture


class CameraPicture(Widget):
    """The newest frame, as in a mirror where the machine says so; `clear` leaves nothing of the person."""

    def __init__(self, **kwargs: Any) -> None:
        self._texture: Texture | None = None
        self._nth = -1
        self._image = Image(fit_mode="cover", opacity=0)
        super().__init__(**kwargs)
        self.add_widget(self._image)
        self.bind(pos=self._place, size=self._place)

    def _place(self, *_: Any) -> None:
        self._image.pos, self._image.size = self.pos, self.size

    def show(self, nth: int, frame_bgr: Any, is_mirrored: bool) -> None:
        """Puts a frame (height × width × 3, BGR, 8 bit) on the glass once."""
        if nth == self._nth:
            return
        self._nth = nth
        height, width = frame_bgr.shape[:2]
        if self._texture is None or self._texture.size != (width, height):
            self._texture = Texture.create(size=(width, height), colorfmt="bgr")
            self._texture.flip_vertical()
            if is_mirrored:
                self._texture.flip_horizontal()
        self._texture.blit_buffer(frame_bgr.tobytes(), colorfmt="bgr", bufferfmt="ubyte")
        self._image.texture = None
        self._image.texture = self._texture
        self._image.opacity = 1

    def clear(self) -> None:
        """Forgets the last frame."""
        self._texture, self._nth = None, -1
        self._image.texture = None
        self._image.opacity = 0
