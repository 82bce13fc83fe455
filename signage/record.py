"""A moving picture of a wall that runs, made of its own screenshots; must not know what is on it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image

from config.clock import elapsed_s

EVERY_S = 0.1
LARGEST_BYTES = 3_000_000


class RecordFault(Exception):
    """The picture does not become small enough."""


@dataclass(frozen=True)
class Frame:
    """PNG bytes and when they were taken (elapsed seconds)."""

    png: bytes
    at_s: float


def take_frames(screenshot: Callable[[], bytes], lasts_s: float, every_s: float = EVERY_S) -> list[Frame]:
    """A screenshot each `every_s`, or as fast as they come; `screenshot` is that of a Player or of DevTools."""
    return list(_frames(screenshot, elapsed_s() + lasts_s, every_s))


def _frames(screenshot: Callable[[], bytes], until_s: float, every_s: float) -> Iterator[Frame]:
    while (began := elapsed_s()) < until_s:
        yield Frame(screenshot(), began)
        time.sleep(max(0.0, began + every_s - elapsed_s()))


def to_animation(frames: Sequence[Frame], width_px: int, quality: int = 60) -> bytes:
    """Animated WebP without end, each frame as long as it stood, at most `LARGEST_BYTES`. Raises RecordFault."""
    pictures = [_scaled(frame.png, width_px) for frame in frames]
    lasts_ms = [round((after.at_s - frame.at_s) * 1000) for frame, after in pairwise(frames)]
    for attempt in (quality, quality - 20, quality - 40):
        animation = _encode(pictures, [*lasts_ms, round(EVERY_S * 1000)], max(5, attempt))
        if len(animation) <= LARGEST_BYTES:
            return animation
    raise RecordFault(f"{len(animation)} bytes for {len(frames)} frames of {width_px} px: take fewer or smaller ones")


def _scaled(png: bytes, width_px: int) -> Image.Image:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return picture.resize((width_px, round(picture.height * width_px / picture.width)), Image.Resampling.LANCZOS)


def _encode(pictures: Sequence[Image.Image], lasts_ms: Sequence[int], quality: int) -> bytes:
    out = io.BytesIO()
    first, *others = pictures
    first.save(
        out, "WEBP", save_all=True, append_images=others, duration=list(lasts_ms), loop=0, quality=quality, method=4
    )
    return out.getvalue()
