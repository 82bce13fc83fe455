"""Frames of pictures, videos and devices, each once, for looking at what the readers make of them; knows no reader."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import cv2

from kiosk.scanning.image import Image
from kiosk.scanning.source import hush_backends, kind_of, spoken_source

FaultReason = Literal["there is no such file", "neither a picture nor a video", "this device gives no picture"]


class SourceFault(Exception):
    """A source gave no picture at all."""

    def __init__(self, source: str, reason: FaultReason) -> None:
        super().__init__(f"{spoken_source(source)}: {reason}")
        self.reason = reason


def frames_of(source: str) -> Iterator[tuple[int, Image]]:
    """(number from 0, BGR picture) of every frame of a file, or of a device or stream until it ends or is left.

    `source`: a picture or video file, a device number, `/dev/video*`, a stream's URL. Raises SourceFault.
    """
    hush_backends()
    is_device = kind_of(source) != "file"
    if not is_device and not Path(source).is_file():
        raise SourceFault(source, "there is no such file")
    picture = None if is_device else _picture(source)
    if picture is not None:
        yield 0, picture
        return
    nth = -1
    for nth, frame in enumerate(_captured(source)):
        yield nth, frame
    if nth < 0:
        raise SourceFault(source, "this device gives no picture" if is_device else "neither a picture nor a video")


def _picture(source: str) -> Image | None:
    """OpenCV raises for a picture with more pixels than it will hold, and is silent about all else."""
    try:
        return cv2.imread(source)
    except cv2.error:
        return None


def _captured(source: str) -> Iterator[Image]:
    capture: Any = cv2.VideoCapture(int(source) if source.isdigit() else source)
    try:
        while (read := capture.read())[0]:
            yield read[1]
    finally:
        capture.release()
