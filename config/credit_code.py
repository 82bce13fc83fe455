"""The check characters of a unified social credit code, needed wherever one is typed or invented; knows no register."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015, table 2: digits and capitals without I, O, S, V, Z; a character's value is its place."""

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first_17: str) -> str:
    """The 18th character (GB 32100-2015, annex A: weights 3^i mod 31, 31 minus the sum mod 31).

    Raises ValueError when `first_17` is not 17 characters of ALPHABET.
    """
    if len(first_17) != 17:
        raise ValueError("a credit code without its check character has 17 characters")
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first_17))
    return ALPHABET[-total % 31]


def organisation_check(first_8: str) -> str:
    """The ninth character of the organisation code inside (GB 11714-1997: A is 10 to Z is 35; 11 less sum mod 11)."""
    total = sum(int(character, 36) * weight for character, weight in zip(first_8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def is_credit_code(code: str) -> bool:
    """True for 18 characters whose check character fits; says nothing about whether anyone holds the code."""
    if len(code) != 18 or not set(code) <= set(ALPHABET):
        return False
    return check_character(code[:17]) == code[17]
