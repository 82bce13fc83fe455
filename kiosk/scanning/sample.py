"""Makes what a camera would see of somebody who holds a card up, for tests and demo. Same arguments, same frames."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
import segno

from kiosk.scanning.codes import Image

SIZE = (1280, 720)
FPS = 15
EMPTY_FRAMES, COMING_FRAMES, HELD_FRAMES = 10, 20, 40


def make_card_video(code: str, file: Path, seed: int = 1, empty: int = EMPTY_FRAMES) -> None:
    """Writes an empty hall, a card that comes nearer, is held, and leaves, as a video. Raises OSError."""
    write_video(card_frames(code, seed, empty), file)


def write_video(frames: Iterable[Image], file: Path) -> None:
    """Writes frames (720 × 1280 BGR) as an MJPEG video (.avi) of 15 a second. Raises OSError."""
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), FPS, SIZE)
    if not writer.isOpened():
        raise OSError(f"cannot write {file}")
    for frame in frames:
        writer.write(frame)
    writer.release()


def card_frames(code: str, seed: int = 1, empty: int = EMPTY_FRAMES) -> Iterator[Image]:
    """The frames (720 × 1280 BGR), `empty` of them without a card; scale, sway, blur, glare, noise and perspective
    come from `seed`."""
    dice = np.random.default_rng(seed)
    hall, card = _hall(dice), _card(code)
    sway = dice.uniform(0, 2 * np.pi, 4)
    for _ in range(empty):
        yield _noisy(hall, dice)
    total = COMING_FRAMES + HELD_FRAMES + COMING_FRAMES
    for nth in range(total):
        nearness = min(1.0, (nth + 1) / COMING_FRAMES, (total - nth) / COMING_FRAMES)
        yield _noisy(_held(hall, card, nearness, nth / FPS, sway), dice)


def _hall(dice: np.random.Generator) -> Image:
    """A blurred hall: lamps, people, a floor."""
    width, height = SIZE
    rows = np.linspace(95, 60, height, dtype=np.float32)[:, None, None]
    hall = np.clip(np.ones((height, width, 3), np.float32) * rows * np.array([1.0, 0.96, 0.9]), 0, 255).astype(np.uint8)
    for _ in range(26):
        x, y = int(dice.integers(0, width)), int(dice.integers(height // 4, height))
        grey = int(dice.integers(25, 140))
        shade = tuple(int(np.clip(grey + value, 0, 255)) for value in dice.integers(-14, 15, 3))
        cv2.ellipse(hall, (x, y), (int(dice.integers(30, 70)), int(dice.integers(80, 220))), 0, 0, 360, shade, -1)
    for _ in range(5):
        x = int(dice.integers(0, width))
        cv2.rectangle(hall, (x, 20), (x + int(dice.integers(120, 260)), 46), (235, 240, 245), -1)
    return np.asarray(cv2.GaussianBlur(hall, (0, 0), 14))


def _card(code: str) -> Image:
    """A white card with a QR code, a blue head and a photo's place."""
    card = np.full((400, 640, 3), 244, np.uint8)
    cv2.rectangle(card, (0, 0), (640, 84), (138, 58, 30), -1)
    modules = np.array([list(row) for row in segno.make(code, micro=False, error="m").matrix_iter(border=4)], np.uint8)
    qr = cv2.resize(255 - modules * 235, (280, 280), interpolation=cv2.INTER_NEAREST)
    card[100:380, 330:610] = qr[:, :, None]
    cv2.rectangle(card, (40, 116), (190, 306), (170, 160, 150), -1)
    for top, right in ((330, 270), (356, 220)):
        cv2.rectangle(card, (40, top), (right, top + 12), (90, 84, 78), -1)
    return card


def _held(hall: Image, card: Image, nearness: float, at_s: float, sway: Image) -> Image:
    """The card in a hand in front of the hall, with a stripe of glare that wanders over it."""
    corners = _corners(nearness, at_s, sway)
    height, width = card.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners)
    shiny = _glare(card, at_s, float(sway[3]))
    blur = 0.6 + 1.6 * (1.0 - nearness)
    soft = cv2.GaussianBlur(shiny, (0, 0), blur)
    placed = cv2.warpPerspective(soft, matrix, SIZE, flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, SIZE)
    frame = hall.copy()
    thumb = tuple(int(value) for value in corners[3] + (corners[2] - corners[3]) * 0.14)
    frame[mask > 127] = placed[mask > 127]
    cv2.ellipse(frame, thumb, (46, 90), -20, 0, 360, (120, 150, 196), -1)
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 0.7))


def _corners(nearness: float, at_s: float, sway: Image) -> Image:
    half = np.array([320, 200], np.float32) * (0.35 + 0.6 * nearness)
    centre = np.array([SIZE[0] / 2, SIZE[1] / 2 + 260 * (1.0 - nearness)], np.float32)
    centre += np.array([26 * np.sin(1.7 * at_s + sway[0]), 14 * np.sin(2.3 * at_s + sway[1])], np.float32)
    angle = 0.12 * np.sin(1.1 * at_s + sway[2])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    box = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32) * half
    box[:2] *= 1.0 - 0.06 * np.sin(0.9 * at_s + sway[3])
    return np.asarray(box @ turn.T + centre, np.float32)


def _glare(card: Image, at_s: float, phase: float) -> Image:
    height, width = card.shape[:2]
    x = np.arange(width, dtype=np.float32)[None, :] + np.arange(height, dtype=np.float32)[:, None] * 0.6
    middle = width * (0.5 + 0.8 * np.sin(0.8 * at_s + phase))
    shine = 70.0 * np.exp(-(((x - middle) / 60.0) ** 2))
    return np.asarray(np.clip(card.astype(np.float32) + shine[:, :, None], 0, 255).astype(np.uint8))


def _noisy(frame: Image, dice: np.random.Generator) -> Image:
    grain = np.asarray(dice.normal(0.0, 5.0, frame.shape), np.float32)
    return np.asarray(np.clip(frame.astype(np.float32) + grain, 0, 255).astype(np.uint8))
