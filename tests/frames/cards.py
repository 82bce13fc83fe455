"""Frames of ID cards as a kiosk's camera takes them, seeded: the same arguments, the same picture. Knows no reader.

`frame(seed, trouble)` is one picture, `held(seed, trouble)` the same with what is true of it, `coming(seed)` a video.
`python -m tests.frames.cards FOLDER` writes one PNG of every trouble.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.frames import card_faces
from tests.frames.card_people import Kind, Person, person
from tests.frames.card_phone import on_a_phone

Image = np.ndarray[Any, np.dtype[Any]]
SIZE = (1280, 720)
_RATIO = card_faces.WIDTH / card_faces.HEIGHT


@dataclass(frozen=True)
class Place:
    """How the card is held: centre in shares of the frame, width in px, turn in degrees, tilt of its two axes."""

    x: float
    y: float
    width: float
    turn_deg: float
    tilt: tuple[float, float]


@dataclass(frozen=True)
class Held:
    """`corners`: top left, top right, bottom right, bottom left of the card as it is printed, px; 4 × 2 float."""

    frame: Image
    person: Person
    corners: Image


def frame(seed: int, trouble: str = "plain", kind: Kind = "resident") -> Image:
    """720 × 1280 BGR. `trouble` is a key of TROUBLES."""
    return held(seed, trouble, kind).frame


def held(seed: int, trouble: str = "plain", kind: Kind = "resident") -> Held:
    """The frame and what is true of it."""
    dice = np.random.default_rng((seed, 79, list(TROUBLES).index(trouble)))
    how = TROUBLES[trouble]
    who = person(seed, kind)
    card = card_faces.back(kind, seed) if trouble == "back" else card_faces.front(who)
    place = how.place(_anywhere(dice), dice)
    if trouble in SCREENS:
        picture, corners = on_a_phone(card, quad(place), hall(dice), dice)
    else:
        corners = quad(place)
        picture = _in_a_hand(card, corners, dice)
    return Held(_camera(how.spoil(picture, corners, dice), dice, how.noise), who, corners)


def empty(seed: int) -> Image:
    """The hall without a card."""
    dice = np.random.default_rng((seed, 82))
    return _camera(hall(dice), dice, 3.0)


def coming(seed: int, empty: int = 5, frames: int = 30, kind: Kind = "resident") -> Iterator[Image]:
    """Video at 15 frames a second: `empty` frames of the hall, then a card that sways in a hand."""
    dice = np.random.default_rng((seed, 80))
    behind, card, first = hall(dice), card_faces.front(person(seed, kind)), _anywhere(dice)
    phase = dice.uniform(0, 2 * np.pi, 3)
    for _ in range(empty):
        yield _camera(behind, dice, 3.0)
    for nth in range(frames):
        at_s = nth / 15
        sway = replace(
            first, x=first.x + 0.01 * np.sin(2 * at_s + phase[0]), turn_deg=first.turn_deg + 2 * np.sin(at_s + phase[1])
        )
        yield _camera(_in_a_hand(card, quad(sway), np.random.default_rng((seed, 81)), behind), dice, 3.0)


def quad(place: Place) -> Image:
    """Corners in px, 4 × 2 float32, clockwise from the card's own top left."""
    half = np.array([place.width, place.width / _RATIO], np.float32) / 2
    box = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    depth = 1.0 + box[:, :1] * place.tilt[0] + box[:, 1:] * place.tilt[1]
    angle = np.deg2rad(place.turn_deg)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]], np.float32)
    centre = np.array([place.x * SIZE[0], place.y * SIZE[1]], np.float32)
    return np.asarray((box * half / depth) @ turn + centre, np.float32)


def hall(dice: np.random.Generator) -> Image:
    """A blurred hall behind the card: lamps, people, now and then a checked shirt close by."""
    width, height = SIZE
    rows = np.linspace(dice.uniform(90, 190), dice.uniform(50, 110), height, dtype=np.float32)[:, None, None]
    view = np.clip(np.ones((height, width, 3), np.float32) * rows * dice.uniform(0.9, 1.05, 3), 0, 255).astype(np.uint8)
    for _ in range(24):
        x, y, grey = int(dice.integers(0, width)), int(dice.integers(height // 4, height)), dice.integers(25, 170)
        shade = tuple(int(np.clip(grey + value, 0, 255)) for value in dice.integers(-24, 25, 3))
        cv2.ellipse(view, (x, y), (int(dice.integers(30, 90)), int(dice.integers(80, 240))), 0, 0, 360, shade, -1)
    for _ in range(5):
        x = int(dice.integers(0, width))
        cv2.rectangle(view, (x, 20), (x + int(dice.integers(120, 260)), 46), (235, 240, 245), -1)
    far = np.asarray(cv2.GaussianBlur(view, (0, 0), 9))
    return _shirt(far, dice) if dice.random() < 0.35 else far


def _shirt(view: Image, dice: np.random.Generator) -> Image:
    """A checked shirt: straight lines that are no card."""
    step, left = int(dice.integers(26, 60)), int(dice.integers(0, 500))
    cloth = np.full((520, 760, 3), dice.integers(60, 200, 3), np.uint8)
    cloth[:, ::step] = cloth[::step] = dice.integers(60, 230, 3)
    cloth[:, 1::step] = cloth[1::step] = cloth[0, 0]
    view[200:720, left : left + 760] = cv2.GaussianBlur(cloth, (0, 0), 1.5)[:, : SIZE[0] - left]
    return np.asarray(view)


def _anywhere(dice: np.random.Generator) -> Place:
    return Place(
        float(dice.uniform(0.42, 0.58)),
        float(dice.uniform(0.42, 0.58)),
        float(dice.uniform(540, 820)),
        float(dice.normal(0, 3.0)),
        (float(dice.normal(0, 0.03)), float(dice.normal(0, 0.03))),
    )


def _in_a_hand(card: Image, corners: Image, dice: np.random.Generator, behind: Image | None = None) -> Image:
    view = hall(dice) if behind is None else behind.copy()
    view = laid_over(view, card, corners)
    skin = tuple(int(value) for value in np.array([130, 160, 205]) * dice.uniform(0.65, 1.05))
    along = float(dice.uniform(0.06, 0.5))
    thumb = corners[3] * (1 - along) + corners[2] * along
    outward = corners[3] - corners[0]
    outward /= np.linalg.norm(outward)
    _finger(view, thumb + outward * 26, outward, skin)
    return np.asarray(view)


def _finger(view: Image, tip: Image, outward: Image, skin: tuple[int, ...]) -> None:
    far = tip + outward * 260
    cv2.line(view, _px(tip), _px(far), skin, 66, cv2.LINE_AA)
    cv2.line(view, _px(tip), _px(tip + outward * 30), tuple(min(255, value + 18) for value in skin), 40, cv2.LINE_AA)


def laid_over(view: Image, card: Image, corners: Image) -> Image:
    """The card drawn over the view with round corners, filtered as its size in the frame asks."""
    scale = float(np.linalg.norm(corners[1] - corners[0])) / card.shape[1]
    soft = cv2.GaussianBlur(card, (0, 0), max(0.3, 0.42 / scale)) if scale < 1 else card
    height, width = card.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners)
    placed = cv2.warpPerspective(soft, matrix, SIZE, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.GaussianBlur(cv2.warpPerspective(_round_mask(width, height), matrix, SIZE), (0, 0), 0.7)
    share = (mask.astype(np.float32) / 255)[:, :, None]
    return np.asarray((placed * share + view * (1 - share)).astype(np.uint8))


def _round_mask(width: int, height: int) -> Image:
    mask, radius = np.zeros((height, width), np.uint8), round(3.18 * width / 85.6)
    cv2.rectangle(mask, (radius, 0), (width - radius, height), 255, -1)
    cv2.rectangle(mask, (0, radius), (width, height - radius), 255, -1)
    for x in (radius, width - radius):
        for y in (radius, height - radius):
            cv2.circle(mask, (x, y), radius, 255, -1)
    return mask


def _camera(view: Image, dice: np.random.Generator, noise: float) -> Image:
    """Lens, noise and the JPEG of a USB camera."""
    grain = np.asarray(dice.normal(0.0, noise, view.shape), np.float32)
    noisy = np.clip(cv2.GaussianBlur(view, (0, 0), 0.6) + grain, 0, 255).astype(np.uint8)
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 88])[1], cv2.IMREAD_COLOR))


def _px(point: Image) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))


# What goes wrong with a picture: each takes the view, the card's corners and dice.


def _unspoilt(view: Image, corners: Image, dice: np.random.Generator) -> Image:
    return view


def _out_of_focus(view: Image, corners: Image, dice: np.random.Generator) -> Image:
    return np.asarray(cv2.GaussianBlur(view, (0, 0), float(dice.uniform(1.2, 2.6))))


def _moved(view: Image, corners: Image, dice: np.random.Generator) -> Image:
    length, angle = int(dice.integers(7, 16)), float(dice.uniform(0, 180))
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1
    matrix = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), angle, 1)
    slanted = np.asarray(cv2.warpAffine(kernel, matrix, (length, length)))
    return np.asarray(cv2.filter2D(view, -1, slanted / slanted.sum()))


def _glare(view: Image, corners: Image, dice: np.random.Generator) -> Image:
    height, width = view.shape[:2]
    weights = dice.dirichlet((1, 1, 1, 1)).astype(np.float32)
    at = weights @ corners
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    across, down = dice.uniform(40, 130), dice.uniform(30, 90)
    shine = dice.uniform(120, 330) * np.exp(-(((x - at[0]) / across) ** 2) - ((y - at[1]) / down) ** 2)
    return np.asarray(np.clip(view + shine[:, :, None], 0, 255).astype(np.uint8))


def _dark(view: Image, corners: Image, dice: np.random.Generator) -> Image:
    return np.asarray((view * dice.uniform(0.12, 0.34)).astype(np.uint8))


def _hand_over_a_corner(view: Image, corners: Image, dice: np.random.Generator) -> Image:
    """Fingers over one of the corners that holds no line that is read."""
    corner, inward = corners[1], corners[3] - corners[1]
    if dice.random() < 0.5:
        corner, inward = corners[2] * 0.25 + corners[1] * 0.75, corners[0] - corners[1]
    inward = inward / np.linalg.norm(inward)
    for shift in (-40, 20):
        tip = corner + inward * dice.uniform(40, 90) + np.array([0, shift], np.float32)
        _finger(view, tip, -inward, (118, 148, 196))
    return view


def _hand_over_the_number(view: Image, corners: Image, dice: np.random.Generator) -> Image:
    along = float(dice.uniform(0.45, 0.8))
    tip = corners[3] * (1 - along) + corners[2] * along
    upward = (corners[0] - corners[3]) / np.linalg.norm(corners[0] - corners[3])
    _finger(view, tip + upward * 70, -upward, (118, 148, 196))
    return view


@dataclass(frozen=True)
class Trouble:
    """How the card is placed and how the picture is spoilt."""

    place: Callable[[Place, np.random.Generator], Place] = lambda at, dice: at
    spoil: Callable[[Image, Image, np.random.Generator], Image] = _unspoilt
    noise: float = 3.0


def _turned(degrees: float, spread: float = 3.0) -> Callable[[Place, np.random.Generator], Place]:
    return lambda at, dice: replace(at, turn_deg=float(degrees + dice.normal(0, spread)))


def _sized(low: float, high: float) -> Callable[[Place, np.random.Generator], Place]:
    return lambda at, dice: replace(at, width=float(dice.uniform(low, high)))


def _tilted(at: Place, dice: np.random.Generator) -> Place:
    signs = dice.choice([-1, 1], 2)
    return replace(at, tilt=(float(signs[0] * dice.uniform(0.06, 0.16)), float(signs[1] * dice.uniform(0.06, 0.16))))


def _upright(at: Place, dice: np.random.Generator) -> Place:
    return replace(at, turn_deg=float(dice.choice([-90, 90]) + dice.normal(0, 3)), width=min(at.width, 640.0))


def _cut(at: Place, dice: np.random.Generator) -> Place:
    return replace(at, width=820.0, x=float(dice.choice([0.07, 0.84])))


TROUBLES: dict[str, Trouble] = {
    "plain": Trouble(),
    "tilted": Trouble(_tilted),
    "turned": Trouble(lambda at, dice: replace(at, turn_deg=float(dice.uniform(-35, 35)), width=min(at.width, 760.0))),
    "upright": Trouble(_upright),
    "upside_down": Trouble(_turned(180)),
    "small": Trouble(_sized(330, 460)),
    "tiny": Trouble(_sized(110, 140)),
    "large": Trouble(_sized(900, 1060)),
    "out_of_focus": Trouble(spoil=_out_of_focus),
    "moved": Trouble(spoil=_moved),
    "noise": Trouble(noise=16.0),
    "glare": Trouble(spoil=_glare),
    "dark": Trouble(spoil=_dark, noise=4.0),
    "corner_covered": Trouble(spoil=_hand_over_a_corner),
    "number_covered": Trouble(spoil=_hand_over_the_number),
    "cut": Trouble(_cut),
    "back": Trouble(),
    "phone": Trouble(),
    "phone_close": Trouble(_sized(620, 760)),
}
SCREENS = ("phone", "phone_close")
"""Troubles that show a photo of a card on a phone."""
UNREADABLE = ("tiny", "number_covered", "cut", "back")
"""Troubles in which nothing may be read: what is wanted is the hint."""
READABLE = tuple(name for name in TROUBLES if name not in (*SCREENS, *UNREADABLE))
"""Troubles in which a card can be read."""


def write_all(folder: Path, seed: int = 1) -> None:
    """A PNG of every trouble, to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    for trouble in TROUBLES:
        cv2.imwrite(str(folder / f"{trouble}.png"), frame(seed, trouble))
    cv2.imwrite(str(folder / "permit.png"), frame(seed, kind="permit"))


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
