"""What a look at one thing can come to; must not know what was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from config.texts import Catalogue


class Severity(Enum):
    """The value ends the id of the word in front of the sentence, `doctor.severity.…`."""

    FINE = "fine"
    NOTE = "note"
    """Works without it; somebody should know."""
    LACK = "lack"
    """Something needed is missing."""


@dataclass(frozen=True)
class Finding:
    """One sentence `doctor.<id>` with its facts."""

    severity: Severity
    id: str
    facts: Mapping[str, Any]

    @property
    def is_lack(self) -> bool:
        """Whether something needed is missing."""
        return self.severity is Severity.LACK

    def sentence(self, words: Catalogue) -> str:
        """One line in plain words."""
        return f"{words.text(f'doctor.severity.{self.severity.value}')} {words.text(f'doctor.{self.id}', **self.facts)}"


def fine(id: str, **facts: Any) -> Finding:
    """It is as it should be."""
    return Finding(Severity.FINE, id, facts)


def note(id: str, **facts: Any) -> Finding:
    """Good to know."""
    return Finding(Severity.NOTE, id, facts)


def lack(id: str, **facts: Any) -> Finding:
    """Needed, and not there."""
    return Finding(Severity.LACK, id, facts)
