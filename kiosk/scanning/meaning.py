"""What a code is, by its form alone, decided in this one place; a foreign text is never opened or sent anywhere.

Form of a code of the hall: a kind letter, 12 characters of Crockford's Base32, a check character; with a trip 6 more.
"""

import re
from typing import Literal
from urllib.parse import SplitResult, urlsplit

Meaning = Literal["card", "slip", "number", "registration", "social_security", "foreign"]

_KINDS: dict[str, Meaning] = {"W": "card", "J": "slip", "N": "number"}
_FORM = re.compile(r"[WJN][0-9A-HJKMNP-TV-Z]{13}([0-9A-HJKMNP-TV-Z]{6})?")
_OPAQUE = re.compile(r"(?=.*[0-9])[0-9A-Za-z+/=_-]{24,512}")
_SOCIAL_SECURITY_HOSTS = ("12333.gov.cn", "mohrss.gov.cn")
_PORTS = {"https": 443, "http": 80}
LONGEST = 4000


def meaning_of(text: str, hall_url: str = "") -> Meaning:
    """Card, slip or number of a hall, a page of this hall (`hall_url`: its public_base_url, empty: it has none), an
    electronic social-security code, or foreign. Whether a code of a hall is valid is the hall's to say.

    No form of the electronic social-security code is public: its QR code is dynamic and only the national platform
    knows what it says. So a text counts as one that has no reading of its own: one unbroken word of 24 characters and
    more with digits (payment codes have 16 to 24 digits, those of parcels fewer), or a link to the ministry's hosts.
    A health-insurance code (28 digits) falls under it too: the counter helps with both, and nothing is done with the
    text either way.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return "foreign"
    cleaned = text.upper().replace(" ", "").replace("-", "")
    if _FORM.fullmatch(cleaned):
        return _KINDS[cleaned[0]]
    link = _link_of(text)
    if link is not None:
        return _meaning_of_link(link, hall_url)
    return "social_security" if _OPAQUE.fullmatch(text) else "foreign"


def _meaning_of_link(link: SplitResult, hall_url: str) -> Meaning:
    host = link.hostname or ""
    own = _link_of(hall_url)
    if own is not None and _place(link) == _place(own) and f"{link.path}/".startswith(f"{own.path.rstrip('/')}/"):
        return "registration"
    is_national = any(host == known or host.endswith(f".{known}") for known in _SOCIAL_SECURITY_HOSTS)
    return "social_security" if is_national else "foreign"


def _place(link: SplitResult) -> tuple[str, int | None]:
    """Host and port; a name before an @ is somebody's attempt to look like us."""
    return ("", None) if "@" in link.netloc else (link.hostname or "", link.port or _PORTS[link.scheme])


def _link_of(text: str) -> SplitResult | None:
    """None: no link to a page."""
    try:
        link = urlsplit(text)
        is_page = link.scheme in _PORTS and bool(link.hostname) and link.port != 0
    except ValueError:
        return None
    return link if is_page else None
