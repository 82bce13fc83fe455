"""Builds messages: catalogue ids with arguments, never sentences. The edge words them (config/words.py, words.mjs)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

Message = dict[str, Any]


def message(key: str, **arguments: Any) -> Message:
    """`{"k": id, "a": {…}}`; `a` is left out where there are no arguments."""
    return {"k": key, "a": arguments} if arguments else {"k": key}


def text(words: dict[str, str]) -> Message:
    """The hall's own words in its languages."""
    return {"t": words}


def day(value: date) -> Message:
    """A day, worded relative to the business day of the reader."""
    return {"d": value.isoformat()}


def yuan(fen: int) -> str:
    """`26000 -> "260"`, `850 -> "8.5"`, `700000 -> "7,000"`: digits that need no language."""
    whole, rest = divmod(fen, 100)
    decimals = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{whole:,}{decimals}"


def amount(min_fen: int, max_fen: int) -> str:
    """One amount, or a range with an en dash."""
    return yuan(min_fen) if min_fen == max_fen else f"{yuan(min_fen)}–{yuan(max_fen)}"


def listed(*parts: Any) -> list[Any]:
    """Parts to be joined by the edge; nothing-parts (None, "") are left out."""
    return [part for part in parts if part]


def hours(starts: str, ends: str) -> str:
    """`7:00—17:00`."""
    return f"{starts}—{ends}"


def perks_of(meals: Sequence[str], lodging: str, suits: Sequence[str]) -> list[Message]:
    """Food, lodging and who it suits, in the order in which a worker asks."""
    perks = []
    if meals:
        perks.append(message("job.meals." + ("all" if len(meals) == 3 else "_".join(meals))))
    if lodging != "none":
        perks.append(message("job.lodging." + lodging))
    return perks + [message("job.suits." + group) for group in suits]
