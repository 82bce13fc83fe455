"""What a resident identity number must be before a camera may believe it. Pure; knows no picture and no clock.

GB 11643: 17 digits (area, birth date, order) and a check character (ISO 7064 MOD 11-2). Of the area only the first
two digits are looked at: counties come and go, a table of them would refuse people.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"[0-9]{17}[0-9X]")
_EARLIEST = date(1900, 1, 1)

PROVINCES = frozenset(
    str(number)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for number in range(first, last + 1)
)
"""GB/T 2260, first two digits; 81, 82 and 83 are residents of Hong Kong, Macao and Taiwan."""
PERMITS = frozenset(("81", "82", "83"))
"""Prefixes of the residence permit, whose front has no row for the people one belongs to."""


@dataclass(frozen=True)
class NumberRule:
    """`today` bounds the birth date. Tests lift `prefixes` by 99, which is not assigned."""

    today: date
    prefixes: frozenset[str] = PROVINCES

    def allows(self, number: str) -> bool:
        """Check character, birth date from 1900 to today, and prefix are right."""
        born = birth_date_of(number)
        return born is not None and _EARLIEST <= born <= self.today and number[:2] in self.prefixes

    def with_prefix(self, prefix: str) -> "NumberRule":
        """This rule with one prefix more: 99, which is not assigned, for made-up cards."""
        return replace(self, prefixes=self.prefixes | {prefix})


def birth_date_of(number: str) -> date | None:
    """The birth date in a number of right form and check character, else None; not held against any day."""
    if not _FORM.fullmatch(number) or check_character(number[:17]) != number[17]:
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def check_character(first17: str) -> str:
    """The 18th character for 17 digits."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True)) % 11]
