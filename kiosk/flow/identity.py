"""Who somebody says to be, and what a code or a card can turn out to be; no value here shows a secret when printed."""

from dataclasses import dataclass, field
from typing import Literal

Meaning = Literal["card", "slip", "number", "registration", "social_security", "foreign"]
"""What a code is; decided once, in kiosk.scanning.meaning."""

NotACard = Literal["slip", "number", "registration", "social_security", "foreign"]

HintName = Literal[
    "closer",
    "farther",
    "too_dark",
    "glare",
    "upside_down",
    "hold_still",
    "on_a_screen",
    "other_side",
    "not_a_card",
]
"""What the camera asks for; the values of kiosk.scanning.hints."""

CODE_LENGTH = 14
"""Characters of a worker card's code."""

KEYS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's Base32, in the order in which one looks for a character."""

LOOKALIKES = str.maketrans("ILO", "110")
"""What people type for characters that no code has."""


@dataclass(frozen=True)
class SeenCard:
    """What was read of an ID card; `name` None: only the number could be read."""

    number: str = field(repr=False)
    name: str | None = field(repr=False)
    kind: Literal["resident", "permit"] = "resident"

    @property
    def masked_number(self) -> str:
        """The last four characters: enough to know one's own."""
        return self.number[-4:]

    @property
    def masked_name(self) -> str:
        """The first character; empty where no name was read."""
        return f"{self.name.strip()[:1]}**" if self.name and self.name.strip() else ""


@dataclass(frozen=True)
class NoIdentity:
    """Goes on without being known."""


@dataclass(frozen=True)
class CodeIdentity:
    """A worker card; `is_typed`: by its characters, so that a slip of the finger is mended where it was made."""

    code: str = field(repr=False)
    is_typed: bool = False


@dataclass(frozen=True)
class CardIdentity:
    """An ID card that the camera saw, with consent given before: enough to be known, never to open what is private."""

    card: SeenCard


Identity = NoIdentity | CodeIdentity | CardIdentity
