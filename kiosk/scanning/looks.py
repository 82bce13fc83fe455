"""The ways to look at one grey picture for codes, each a preparation and an engine; knows neither frames nor votes.

What each adds is measured in docs/adr/0004-what-each-reading-engine-adds.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from kiosk.scanning.attention import Box, lean_of
from kiosk.scanning.image import Image, refocused, sharpened
from kiosk.scanning.symbologies import ALL_FORMATS, MATRIX_FORMATS, WEAK_FORMATS, Code, Formats
from kiosk.scanning.zbar import ZBAR_FORMATS, Zbar
from kiosk.scanning.zxing import Options, Zxing

ENLARGED_PX = 700_000
"""A part of a picture is enlarged to at most so many px, about those of a camera's frame, and at most to double
size."""


REFOCUSED_PX = 400_000
"""A Fourier transform of more takes too long."""


@dataclass(frozen=True)
class Scene:
    """An 8-bit grey picture, and where in it a code might be."""

    grey: Image
    box: Box

    def part(self) -> Image:
        """What is in the box."""
        left, top, right, bottom = self.box
        return np.ascontiguousarray(self.grey[top:bottom, left:right])


@dataclass(frozen=True)
class View:
    """What an engine is shown, and the 2 × 3 matrix from there to the picture."""

    grey: Image
    back: Image


Engine = Callable[[Image, Formats, str], list[Code]]


@dataclass(frozen=True)
class Look:
    """`name` is told as the reader of what it finds; `formats` are those for which it is worth its time."""

    name: str
    shown: Callable[[Scene], View]
    engine: Engine
    formats: Formats = ALL_FORMATS

    def codes(self, scene: Scene, formats: Formats) -> list[Code]:
        """What this look finds of the formats, with corners in the scene's picture."""
        wanted = formats & self.formats
        if not wanted:
            return []
        view = self.shown(scene)
        return [replace(code, corners=_placed(code, view)) for code in self.engine(view.grey, wanted, self.name)]


def zxing(options: Options) -> Engine:
    """zxing-cpp, trying so hard."""
    return lambda grey, formats, name: Zxing(formats, options).read(grey, name)


def thrifty(grey: Image, formats: Formats, name: str) -> list[Code]:
    """zxing-cpp that looks for Data Matrix dark on light only: both ways cost as much as all other formats together."""
    usual, costly = formats - {"DataMatrix"}, formats & {"DataMatrix"}
    found = Zxing(usual).read(grey, name) if usual else []
    return found + (Zxing(costly, Options(try_invert=False)).read(grey, name) if costly else [])


def zbar(grey: Image, formats: Formats, name: str) -> list[Code]:
    """zbar, as far as it knows the formats."""
    return Zbar(formats).read(grey, name)


def as_it_is(scene: Scene) -> View:
    """The whole picture."""
    return View(scene.grey, _moved(0, 0, 1.0))


def all_sharpened(scene: Scene) -> View:
    """The whole picture, sharpened."""
    return View(sharpened(scene.grey, 2.0, 1.5), _moved(0, 0, 1.0))


def all_negative(scene: Scene) -> View:
    """The negative of the whole picture."""
    return View(255 - scene.grey, _moved(0, 0, 1.0))


def part_sharpened(scene: Scene) -> View:
    """The part, sharpened much more than a whole picture could be, smoothed before."""
    smooth = cv2.GaussianBlur(scene.part(), (0, 0), 1.2)
    return View(sharpened(np.asarray(smooth), 6.0, 5.0), _moved(scene.box[0], scene.box[1], 1.0))


def part_refocused(scene: Scene) -> View:
    """The part as if a lens that was far out of focus had not been."""
    part = scene.part()
    scale = min(1.0, float(np.sqrt(REFOCUSED_PX / part.size)))
    if scale < 1.0:
        part = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    return View(refocused(part, 7.0, 0.001), _moved(scene.box[0], scene.box[1], scale))


def part_stretched(scene: Scene) -> View:
    """The part, smoothed a little, from black to white."""
    smooth = cv2.GaussianBlur(scene.part(), (0, 0), 1.0)
    stretched = np.asarray(cv2.normalize(smooth, np.empty_like(smooth), 0, 255, cv2.NORM_MINMAX))
    return View(stretched, _moved(scene.box[0], scene.box[1], 1.0))


def part_enlarged(scene: Scene) -> View:
    """The part, evenly lit and enlarged."""
    part = _evenly_lit(cv2.GaussianBlur(scene.part(), (0, 0), 0.8))
    scale = _enlargement(*part.shape)
    enlarged = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return View(np.asarray(enlarged), _moved(scene.box[0], scene.box[1], scale))


def part_straightened(scene: Scene) -> View:
    """The part, turned so that bars stand, and enlarged."""
    left, top, right, bottom = scene.box
    turn = cv2.getRotationMatrix2D(((left + right) / 2, (top + bottom) / 2), lean_of(scene.part()), 1.0)
    corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], np.float32)
    x, y, width, height = cv2.boundingRect(cv2.transform(corners, turn))
    scale = _enlargement(height, width)
    matrix = (turn - np.array([[0, 0, x], [0, 0, y]])) * scale
    size = (round(width * scale), round(height * scale))
    turned = cv2.warpAffine(scene.grey, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return View(np.asarray(turned), np.asarray(cv2.invertAffineTransform(matrix)))


def part_straightened_lit(scene: Scene) -> View:
    """The straightened part, evenly lit."""
    view = part_straightened(scene)
    return View(_evenly_lit(view.grey), view.back)


def part_negative(scene: Scene) -> View:
    """The negative of that."""
    view = part_straightened_lit(scene)
    return View(255 - view.grey, view.back)


QUICK = Look("zxing", as_it_is, thrifty)
PLAIN = Look("zxing", as_it_is, zxing(Options()))
SHARPENED = Look("zxing-sharpened", all_sharpened, zxing(Options()))
PART_SHARPENED = Look("zxing-part-sharpened", part_sharpened, zxing(Options()))
NEGATIVE = Look("zxing-negative", all_negative, zxing(Options()), WEAK_FORMATS)
"""zxing-cpp reads no barcode that is light on dark."""

PART_REFOCUSED = Look("zxing-refocused", part_refocused, thrifty, MATRIX_FORMATS)
ENLARGED = Look("zxing-enlarged", part_enlarged, thrifty)
STRAIGHTENED = Look("zxing-straightened", part_straightened_lit, zxing(Options(try_rotate=False)), WEAK_FORMATS)
STRAIGHTENED_GLOBAL = Look(
    "zxing-straightened-global",
    part_straightened,
    zxing(Options(try_rotate=False, binarizer="GlobalHistogram")),
    WEAK_FORMATS,
)
PART_NEGATIVE = Look("zxing-part-negative", part_negative, zxing(Options(try_rotate=False)), WEAK_FORMATS)
ZBAR = Look("zbar", as_it_is, zbar, ZBAR_FORMATS)
PART_ZBAR = Look("zbar-stretched", part_stretched, zbar, ZBAR_FORMATS)

STILL_LOOKS = (
    PLAIN,
    SHARPENED,
    ZBAR,
    NEGATIVE,
    ENLARGED,
    STRAIGHTENED,
    STRAIGHTENED_GLOBAL,
    PART_SHARPENED,
    PART_REFOCUSED,
    PART_NEGATIVE,
    PART_ZBAR,
)
REST = Look("rest", as_it_is, thrifty, frozenset())
"""A turn without a look."""

EXTRA_LOOKS = (ENLARGED, STRAIGHTENED, PART_SHARPENED, PART_REFOCUSED, PART_NEGATIVE, PART_ZBAR)


def _evenly_lit(grey: Image) -> Image:
    """The same contrast everywhere: CLAHE over 8 × 8 tiles, at most tripled."""
    return np.asarray(cv2.createCLAHE(3.0, (8, 8)).apply(grey))


def _enlargement(height: int, width: int) -> float:
    return float(min(2.0, np.sqrt(ENLARGED_PX / (height * width))))


def _moved(left: int, top: int, scale: float) -> Image:
    return np.array([[1 / scale, 0.0, left], [0.0, 1 / scale, top]])


def _placed(code: Code, view: View) -> tuple[tuple[int, int], ...]:
    return tuple(
        (round(float(view.back[0] @ (x, y, 1.0))), round(float(view.back[1] @ (x, y, 1.0)))) for x, y in code.corners
    )
