"""Where a card lies in a frame, and what stands where on a card. Knows no recognition and no frame's content.

Places are in mm on the card (85.6 × 54, ISO/IEC 7810 ID-1) from its top left; a `Plane` carries them into the frame.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from kiosk.scanning.image import Image

CARD_MM = (85.6, 54.0)


@dataclass(frozen=True)
class Area:
    """A rectangle on the card, mm."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """mm."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """mm."""
        return self.bottom - self.top

    def corners(self) -> Image:
        """4 × 2, clockwise from the top left, mm."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


CARD = Area(0.0, 0.0, *CARD_MM)
NUMBER = Area(28.0, 42.0, 80.0, 51.5)
NAME = Area(14.0, 3.0, 50.0, 12.0)
BIRTH = Area(14.0, 16.8, 46.0, 24.6)
FIRST_DIGIT, LAST_DIGIT = (30.5, 47.1), (75.0, 47.1)
"""Middles of the first and the last digit of the number."""


@dataclass(frozen=True)
class Plane:
    """A card in a frame: the four corners, clockwise from the card's own top left, px; 4 × 2 float32."""

    corners: Image

    def turned(self) -> "Plane":
        """The same card held the other way up."""
        return Plane(np.roll(self.corners, -2, axis=0))

    def px_per_mm(self) -> float:
        """How large it is in the frame, along its longer sides."""
        above, below = self.corners[1] - self.corners[0], self.corners[2] - self.corners[3]
        return float((np.linalg.norm(above) + np.linalg.norm(below)) / 2 / CARD_MM[0])

    def flattened(self, frame: Image, area: Area, px_per_mm: float) -> Image:
        """That area of the card as if looked at from straight above."""
        size = (max(8, round(area.width * px_per_mm)), max(8, round(area.height * px_per_mm)))
        place = self.placed(area.corners())
        flat = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
        matrix = cv2.getPerspectiveTransform(place, flat)
        return np.asarray(cv2.warpPerspective(frame, matrix, size, flags=cv2.INTER_LINEAR))

    def placed(self, points_mm: Image) -> Image:
        """Points of the card in the frame, n × 2 px."""
        matrix = cv2.getPerspectiveTransform(CARD.corners(), self.corners.astype(np.float32))
        return np.asarray(cv2.perspectiveTransform(points_mm[None].astype(np.float32), matrix)[0])

    def is_inside(self, width: int, height: int, margin_px: float) -> bool:
        """Whether the whole card is in a frame of that size."""
        low, high = self.corners.min(axis=0), self.corners.max(axis=0)
        fits = low[0] >= margin_px and low[1] >= margin_px
        return bool(fits and high[0] <= width - margin_px and high[1] <= height - margin_px)


def plane_around(first: Image, last: Image) -> Plane:
    """The card whose number begins and ends at these places in the frame (px), if it is held square to the camera."""
    along_mm = LAST_DIGIT[0] - FIRST_DIGIT[0]
    right = (last - first) / along_mm
    down = np.array([-right[1], right[0]], np.float32)
    from_first = CARD.corners() - np.array(FIRST_DIGIT, np.float32)
    return Plane(np.asarray(first + from_first[:, :1] * right + from_first[:, 1:] * down, np.float32))
