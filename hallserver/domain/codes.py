"""Codes on slips and cards: drawn, checked and grouped here. Knows no key storage and no data base.

A code is a kind letter, 12 random Crockford characters (60 bits) and a check character; a code that belongs to a trip
carries 6 more characters (30 bits) of a tag keyed for that trip. 20 characters of this alphabet are QR version 1-M.
"""

import hashlib
import hmac
from enum import StrEnum

from hallserver.domain.ids import RandomBytes
from hallserver.domain.refusals import Refusal, RefusalCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's Base32: no I, L, O, U; what people type for them is read as 1, 1, 0 (U is refused)."""

BODY_CHARACTERS = 12
TAG_CHARACTERS = 6
_LOOKALIKES = str.maketrans("ILO", "110")


class CodeKind(StrEnum):
    """First letter of a code: what it opens."""

    JOB_SLIP = "J"
    NUMBER_SLIP = "N"
    WORKER_CARD = "W"


def _times_two(value: int) -> int:
    """Multiply by the generator of GF(32) with the primitive polynomial x^5 + x^2 + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 32 else doubled


def check_character(text: str) -> str:
    """Weighted sum over GF(32) with weights g, g², g³…: finds every single slip and every swap of two neighbours."""
    total = 0
    for character in reversed(text):
        total = _times_two(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def draw_code(kind: CodeKind, random_bytes: RandomBytes) -> str:
    """A new 14-character code without a tag."""
    dice = int.from_bytes(random_bytes(8), "big")
    body = "".join(ALPHABET[dice >> 5 * place & 31] for place in range(BODY_CHARACTERS))
    return kind.value + body + check_character(kind.value + body)


def trip_tag(code: str, trip_key: bytes) -> str:
    """Six characters (30 bits of HMAC-SHA-256) that prove, without a data base, that a seat of this trip was sold."""
    digest = int.from_bytes(hmac.digest(trip_key, code[: BODY_CHARACTERS + 2].encode(), hashlib.sha256)[:4], "big")
    return "".join(ALPHABET[digest >> 5 * place & 31] for place in range(TAG_CHARACTERS))


def read_code(text: str) -> tuple[str, str]:
    """What was scanned or typed -> (14-character code, tag or "").

    Spaces, hyphens, case and look-alikes are forgiven. Raises `Refusal(CODE_MISTYPED)` where it cannot be a code.
    """
    cleaned = text.upper().replace(" ", "").replace("-", "").translate(_LOOKALIKES)
    code, tag = cleaned[: BODY_CHARACTERS + 2], cleaned[BODY_CHARACTERS + 2 :]
    kinds = {kind.value for kind in CodeKind}
    well_formed = (
        len(code) == BODY_CHARACTERS + 2
        and len(tag) in (0, TAG_CHARACTERS)
        and code[0] in kinds
        and all(character in ALPHABET for character in cleaned)
    )
    if not well_formed or check_character(code[:-1]) != code[-1]:
        raise Refusal(RefusalCode.CODE_MISTYPED)
    return code, tag


def grouped(code: str) -> str:
    """In groups for reading aloud and typing: `JK7Q 4M2X H9TB E2 …`, four characters each."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def tail(code: str) -> str:
    """The four characters by which staff name a slip; of the code itself, not of its tag."""
    return code[BODY_CHARACTERS - 2 : BODY_CHARACTERS + 2]
