"""Whether tablets and phones can open this hall's pages; asks only the address that is set."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from enum import Enum
from urllib.parse import urlsplit

import requests

from config.settings import Settings
from hallserver.doctor.findings import Finding, fine, lack, note

ANSWERS_IN_S = 3


class Reach(Enum):
    """What a phone in the hall would meet at `public_base_url`; the value ends a text id."""

    REACHED = "phones"
    NOT_SET = "phones_not_set"
    LOOPBACK = "phones_loopback"
    NOT_SECURE = "phones_not_secure"
    SILENT = "phones_silent"


def reach_of(public_base_url: str) -> Reach:
    """Asks the address as a phone would, at most `ANSWERS_IN_S`."""
    if not public_base_url:
        return Reach.NOT_SET
    asked = urlsplit(public_base_url)
    if is_loopback(asked.hostname or ""):
        return Reach.LOOPBACK
    if asked.scheme != "https":
        return Reach.NOT_SECURE
    return Reach.REACHED if _answers(public_base_url.rstrip("/")) else Reach.SILENT


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can reach it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=ANSWERS_IN_S).status_code == 200
    except requests.RequestException:
        return False


def look(settings: Settings) -> Iterator[Finding]:
    """Tablets in the hall's network, then phones."""
    yield _look_at_tablets(settings)
    reach = reach_of(settings.public_base_url)
    if reach is Reach.REACHED:
        yield fine(reach.value, url=settings.public_base_url)
    elif reach is Reach.NOT_SET:
        yield note(reach.value)
    else:
        yield lack(reach.value, url=settings.public_base_url)


def _look_at_tablets(settings: Settings) -> Finding:
    if settings.public_base_url.startswith("https://"):
        return fine("tablets", url=settings.public_base_url)
    if is_loopback(settings.host):
        return note("tablets_only_here", host=settings.host)
    return note("tablets_not_secure", host=settings.host)
