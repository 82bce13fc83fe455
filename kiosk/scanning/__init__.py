"""From a camera to codes, without any window: what is held up is read, or nothing is said. Knows no Kivy."""

from kiosk.scanning.camera import Camera, CameraTold, CodeRead, Eye
from kiosk.scanning.codes import Code, LiveReader, Point, read_codes
from kiosk.scanning.meaning import Meaning, meaning_of
from kiosk.scanning.symbologies import ALL_FORMATS, WORKER_FORMATS, Formats, Symbology

__all__ = [
    "ALL_FORMATS",
    "WORKER_FORMATS",
    "Camera",
    "CameraTold",
    "Code",
    "CodeRead",
    "Eye",
    "Formats",
    "LiveReader",
    "Meaning",
    "Point",
    "Symbology",
    "meaning_of",
    "read_codes",
]
