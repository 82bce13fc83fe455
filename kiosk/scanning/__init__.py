"""From a camera to codes, without any window: what is held up is read, or nothing is said. Knows no Kivy."""

from kiosk.scanning.camera import Camera, Eye, Patience
from kiosk.scanning.codes import Code, LiveReader, Point, read_codes
from kiosk.scanning.hints import Hint
from kiosk.scanning.id_card import IdCard, read_id_card
from kiosk.scanning.meaning import Meaning, meaning_of
from kiosk.scanning.source import CameraSettings
from kiosk.scanning.symbologies import ALL_FORMATS, WORKER_FORMATS, Formats, Symbology
from kiosk.scanning.told import CameraTold, CardRead, CodeRead, Expects, HintTold, ReaderMissing, Told

__all__ = [
    "ALL_FORMATS",
    "WORKER_FORMATS",
    "Camera",
    "CameraSettings",
    "CameraTold",
    "CardRead",
    "Code",
    "CodeRead",
    "Expects",
    "Eye",
    "Formats",
    "Hint",
    "HintTold",
    "IdCard",
    "LiveReader",
    "Meaning",
    "Patience",
    "Point",
    "ReaderMissing",
    "Symbology",
    "Told",
    "meaning_of",
    "read_codes",
    "read_id_card",
]
