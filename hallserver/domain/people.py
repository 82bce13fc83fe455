"""Rules about persons: how sure the hall is who somebody is, how a name is shown, what an ID number must be."""

from datetime import date
from enum import IntEnum

from hallserver.domain.refusals import Refusal, RefusalCode

YOUNGEST_YEARS = 16
"""Nobody under 16 is placed: Provisions on the Prohibition of Child Labour, art. 2."""


class IdentityLevel(IntEnum):
    """How sure the hall is; the picture of a card alone never opens tickets, wages or give-back."""

    SAID = 0
    CARD_SEEN = 1
    CHECKED = 2


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def birth_date(id_number: str, today: date) -> date:
    """Birth date in an 18-character resident identity number (GB 11643: weights, sum mod 11, date).

    Raises `Refusal(BAD_REQUEST)` where check character or date are wrong. The area code is not a gate.
    """
    number = id_number.strip().upper()
    if len(number) != 18 or not number[:17].isascii() or not number[:17].isdigit():
        raise Refusal(RefusalCode.BAD_REQUEST, field="id_number")
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise Refusal(RefusalCode.BAD_REQUEST, field="id_number") from error
    if _CHECKS[total % 11] != number[17] or not date(1900, 1, 1) <= born <= today:
        raise Refusal(RefusalCode.BAD_REQUEST, field="id_number")
    return born


def refuse_children(born: date, today: date) -> None:
    """Raises `Refusal(TOO_YOUNG)` for anybody under sixteen on `today`."""
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if years < YOUNGEST_YEARS:
        raise Refusal(RefusalCode.TOO_YOUNG, years=YOUNGEST_YEARS)


def masked_name(name: str) -> str:
    """What a volunteer and a loudspeaker may know of a name: its first character. The edge adds the courtesy title."""
    return name.strip()[:1]
