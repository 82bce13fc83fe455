"""From a camera to codes, without any window: what is held up is read, or nothing is said. Knows no Kivy."""

from kiosk.scanning.camera import Camera, CameraTold, CodeRead, Eye
from kiosk.scanning.codes import Code, LiveReader, Point, read_codes
from kiosk.scanning.symbologies import Symbology
from kiosk.scanning.meaning import Meaning, meaning_of

__all__ = [
    "Camera",
    "CameraTold",
    "Code",
    "CodeRead",
    "Eye",
    "LiveReader",
    "Meaning",
    "Point",
    "meaning_of",
    "read_codes",
]
