"""Signing in and out, and pairing: the doors that are open without a login. Argon2 runs off the loop."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from hallserver.api.command_table import COMMANDS
from hallserver.api.credentials import STAFF_COOKIE, TABLET_COOKIE, actor_of, require
from hallserver.api.refused import answer
from hallserver.api.routes import parse
from hallserver.api.sessions_models import AskPairing, LogIn, LogInByPin, Recover
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services import devices, staff
from hallserver.services.door import Door
from hallserver.store.work import Actor

ASKING = RateLimitItemPerMinute(120)

OffLoop = Callable[..., Any]
"""`off_loop(function, *arguments)` runs a slow computation in a thread while the loop goes on."""


def sessions_blueprint(door: Door, off_loop: OffLoop, signed_out: Callable[[str], None]) -> Blueprint:
    """/session and /pairing. `signed_out(pass id)` ends the sockets of a session."""
    blueprint = Blueprint("sessions", __name__, url_prefix="/api/v1")
    _limit_asking(blueprint)

    @blueprint.post("/session")
    def log_in() -> Response:
        asked = parse(LogIn)
        return _signed_in(door, _verified(door, off_loop, asked.login, asked.password, "password").id, None)

    @blueprint.get("/session")
    def look() -> Response:
        tablet = _tablet(door)
        return answer({"tablet": tablet and {"id": tablet.device_id, "name": tablet.label}, **_whoever(door)})

    @blueprint.post("/session/pin")
    def log_in_by_pin() -> Response:
        asked = parse(LogInByPin)
        tablet = _tablet(door)
        if tablet is None:
            raise Refusal(RefusalCode.NOT_SIGNED_IN)
        return _signed_in(door, _verified(door, off_loop, asked.login, asked.pin, "pin").id, tablet.device_id)

    @blueprint.post("/session/recover")
    def recover() -> Response:
        asked = parse(Recover)
        row = door.read(lambda work: staff.find_login(work, asked.login))
        if not off_loop(staff.secret_fits, row, asked.recovery_code.strip().upper(), "recovery"):
            raise Refusal(RefusalCode.BAD_CREDENTIALS)
        code = door.perform("recover", lambda work: staff.use_recovery(work, row, asked.new_password))
        return answer({"recovery_code": code})

    @blueprint.post("/session/end")
    def log_out() -> Response:
        actor = actor_of(door, request)
        require(actor, frozenset({"staff"}))
        token = request.cookies[STAFF_COOKIE]
        door.perform("log-out", lambda work: staff.end_session(work, token))
        signed_out(actor.pass_id)
        response = answer({})
        response.delete_cookie(STAFF_COOKIE)
        return response

    _add_pairing(blueprint, door)
    return blueprint


def _limit_asking(blueprint: Blueprint) -> None:
    """These doors need no login: so many POSTs a minute from one address, and no more."""
    limiter = MovingWindowRateLimiter(MemoryStorage())

    @blueprint.before_request
    def refuse_hurry() -> None:
        if request.method == "POST" and not limiter.hit(ASKING, request.remote_addr or "?"):
            raise Refusal(RefusalCode.RATE_LIMITED)


def _add_pairing(blueprint: Blueprint, door: Door) -> None:
    @blueprint.post("/pairing")
    def begin() -> Response:
        asked = parse(AskPairing)
        return answer(door.perform("begin-pairing", lambda work: devices.begin_pairing(work, asked.role)))

    @blueprint.get("/pairing/<hex:pairing_id>")
    def poll(pairing_id: str) -> Response:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "pairing":
            raise Refusal(RefusalCode.NOT_SIGNED_IN)
        told = door.perform("poll-pairing", lambda work: devices.poll_pairing(work, pairing_id, secret.strip()))
        response = answer(told)
        if told["state"] == "paired" and told["device"]["role"] == "tablet":
            set_cookie(response, TABLET_COOKIE, told["token"], devices.SCREEN_SESSION_LASTS.total_seconds())
        return response


def _tablet(door: Door) -> Actor | None:
    """The paired tablet whose browser asks; None where it is none (any more)."""
    token = request.cookies.get(TABLET_COOKIE, "")
    tablet = door.read(lambda work: devices.actor_of_token(work, token))
    return tablet if tablet is not None and "tablet" in tablet.roles else None


def _whoever(door: Door) -> dict[str, Any]:
    """`{staff, csrf, may}` of the session's cookie, or nothings: the page hides what may not be done."""
    token = request.cookies.get(STAFF_COOKIE, "")
    found = door.read(lambda work: staff.actor_of_session(work, token))
    if found is None:
        return {"staff": None, "csrf": None, "may": []}
    actor, csrf = found
    may = [route.name for route in COMMANDS if route.roles & actor.roles]
    return {"staff": door.read(lambda work: staff.describe(work, actor.id)), "csrf": csrf, "may": may}


def _verified(door: Door, off_loop: OffLoop, login: str, secret: str, kind: str) -> Any:
    """The staff row; a wrong secret is counted, an unknown login takes as long and says the same."""
    row = door.read(lambda work: staff.find_login(work, login))
    door.read(lambda work: staff.refuse_locked(work, row))
    if not off_loop(staff.secret_fits, row, secret, kind):
        if row is not None:
            door.perform("failed-log-in", lambda work: staff.count_failure(work, row))
        raise Refusal(RefusalCode.BAD_CREDENTIALS)
    return row


def _signed_in(door: Door, staff_id: str, device_id: str | None) -> Response:
    session = door.perform("log-in", lambda work: staff.open_session(work, staff_id, device_id))
    response = answer({"csrf": session["csrf"], "staff": session["staff"]})
    set_cookie(response, STAFF_COOKIE, session["token"], staff.SESSION_LASTS.total_seconds())
    return response


def set_cookie(response: Response, name: str, value: str, lasts_s: float) -> None:
    """HttpOnly, SameSite=Strict, and Secure where the page came by https."""
    response.set_cookie(
        name, value, max_age=int(lasts_s), httponly=True, samesite="Strict", secure=request.is_secure, path="/"
    )
