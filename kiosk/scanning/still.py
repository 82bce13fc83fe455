"""Frames of a picture or video file, each once, for looking at what the readers make of them; knows no camera."""

from collections.abc import Iterator

import cv2

from kiosk.scanning.codes import Image


def frames_of(source: str) -> Iterator[tuple[int, Image]]:
    """(number from 0, BGR picture) of every frame; nothing where the file is neither picture nor video."""
    picture = cv2.imread(source)
    if picture is not None:
        yield 0, picture
        return
    capture = cv2.VideoCapture(source)
    try:
        nth = 0
        while (read := capture.read())[0]:
            yield nth, read[1]
            nth += 1
    finally:
        capture.release()
