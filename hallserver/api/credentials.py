"""Who sends a request: a device by its token, a person or a wall page by a cookie. Cookies need the session's CSRF
word."""

import hmac
from typing import Any

from flask import Request

from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services import devices, staff
from hallserver.services.door import Door
from hallserver.store.work import Actor, Work

STAFF_COOKIE, SCREEN_COOKIE, TABLET_COOKIE = "gighall_session", "gighall_screen", "gighall_tablet"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def bearer_token(request: Request) -> str | None:
    """The token of `Authorization: Bearer …`; another scheme is no token."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def actor_of(door: Door, request: Request) -> Actor:
    """Raises NOT_SIGNED_IN or CSRF_MISSING. A request with `Authorization` ignores cookies."""
    if "Authorization" in request.headers:
        token = bearer_token(request)
        actor = door.read(lambda work: devices.actor_of_token(work, token)) if token else None
        if actor is None:
            raise Refusal(RefusalCode.NOT_SIGNED_IN)
        return actor
    return door.read(lambda work: _actor_of_cookies(work, request))


def _actor_of_cookies(work: Work, request: Request) -> Actor:
    session = request.cookies.get(STAFF_COOKIE)
    found = staff.actor_of_session(work, session) if session else None
    if found is not None:
        actor, csrf = found
        if request.method not in SAFE_METHODS and not hmac.compare_digest(request.headers.get("X-CSRF", ""), csrf):
            raise Refusal(RefusalCode.CSRF_MISSING)
        return actor
    screen = request.cookies.get(SCREEN_COOKIE)
    device = devices.actor_of_cookie(work, screen) if screen else None
    if device is None or request.method not in SAFE_METHODS:
        raise Refusal(RefusalCode.NOT_SIGNED_IN)
    return device


def actor_or_none(door: Door, request: Any) -> Actor | None:
    """For sockets: the handshake is a GET, cookies suffice."""
    try:
        return actor_of(door, request)
    except Refusal:
        return None


def require(actor: Actor, roles: frozenset[str]) -> None:
    """Raises NOT_ALLOWED unless the actor has one of the roles."""
    if not actor.roles & roles:
        raise Refusal(RefusalCode.NOT_ALLOWED)
