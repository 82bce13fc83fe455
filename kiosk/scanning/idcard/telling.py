"""Words a read card for a technician's screen, masked unless asked otherwise; must not be used for anything kept."""

from typing import Any, Literal

from kiosk.scanning.hints import Hint
from kiosk.scanning.idcard.number import PROVINCES
from kiosk.scanning.idcard.votes import IdCard

Shown = Literal["masked", "whole"]


def tell(seen: IdCard | Hint, shown: Shown) -> dict[str, Any]:
    """Plain values for JSON: `card`, or `hint`. Masked: prefix and birth year, first character of the name.

    `region` is the id of a text (`region.11`), only to show where a number was given out; None for a prefix unknown.
    """
    if isinstance(seen, Hint):
        return {"hint": seen.value}
    hide = shown == "masked"
    prefix = seen.number[:2]
    return {
        "card": {
            "number": masked_number(seen.number) if hide else seen.number,
            "name": _masked_name(seen.name) if hide else seen.name,
            "kind": seen.kind,
            "region": f"region.{prefix}" if prefix in PROVINCES else None,
            "is_on_a_screen": seen.is_on_a_screen,
            "corners": seen.corners,
            "ms": round(seen.ms, 1),
        }
    }


def masked_number(number: str) -> str:
    """Prefix and birth year, nothing of the rest."""
    return f"{number[:2]}****{number[6:10]}********"


def _masked_name(name: str | None) -> str | None:
    return None if name is None else name[:1] + "*" * (len(name) - 1)
