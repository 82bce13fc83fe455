"""What a camera tells to whoever listens, and what it may be asked to look for; knows no window and no flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.scanning.hints import Hint

if TYPE_CHECKING:
    from kiosk.scanning.id_card import IdCard

Expects = Literal["codes", "id_card"]
"""What the screen asks for; the readers of the other kind do not run."""


@dataclass(frozen=True)
class CameraTold:
    """`opening`, `seeing` (frames come) or `lost` (unplugged or not there; it is being tried again)."""

    state: Literal["opening", "seeing", "lost"]


@dataclass(frozen=True)
class CodeRead:
    """A code was held up; the same one is told at most once a second. `symbology` as in `Code`."""

    text: str
    symbology: str = "QRCode"


@dataclass(frozen=True)
class CardRead:
    """An ID card was read (two frames agree); the same one is told at most once a second."""

    card: IdCard


@dataclass(frozen=True)
class HintTold:
    """What would help now; None: nothing to say any more. Told on change only; `open` and `close` mean None unsaid."""

    hint: Hint | None


@dataclass(frozen=True)
class ReaderMissing:
    """`open` asked for something that this machine cannot read: a part of the package is not installed."""

    expects: Expects


Told = CameraTold | CodeRead | CardRead | HintTold | ReaderMissing
Listener = Callable[[Told], None]
"""Called in the camera's threads: hands over and returns."""
