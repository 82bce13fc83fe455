"""What a code is, by its form alone, decided in this one place; a foreign text is never opened or sent anywhere.

Form of a code of the hall: a kind letter, 12 characters of Crockford's Base32, a check character; with a trip 6 more.
"""

import re
from typing import Literal

Meaning = Literal["card", "slip", "number", "foreign"]

_KINDS: dict[str, Meaning] = {"W": "card", "J": "slip", "N": "number"}
_FORM = re.compile(r"[WJN][0-9A-HJKMNP-TV-Z]{13}([0-9A-HJKMNP-TV-Z]{6})?")


def meaning_of(text: str) -> Meaning:
    """Card, slip or number of a hall, else foreign. Whether it is valid is the hall's to say."""
    cleaned = text.upper().replace(" ", "").replace("-", "")
    return _KINDS[cleaned[0]] if _FORM.fullmatch(cleaned) else "foreign"
