"""The part of a frame that is looked at: what stands beside it is neither read nor on the glass. Knows no reader."""

from kiosk.scanning.image import Image

WIDEST = 4 / 3
"""Longer to shorter side. The glass shows the camera in a box of about 1:1 to 4:3, cut to fill."""


def region_of(frame: Image) -> Image:
    """The middle of the frame, at most 4:3 either way; a view, not a copy."""
    height, width = frame.shape[:2]
    wide, tall = min(width, round(height * WIDEST)), min(height, round(width * WIDEST))
    left, top = (width - wide) // 2, (height - tall) // 2
    return frame[top : top + tall, left : left + wide]
