"""Refusal -> HTTP, in one table. Knows no rule."""

from typing import Any

from flask import Response, json

from hallserver.domain.refusals import Refusal
from hallserver.domain.refusals import RefusalCode as Code

STATUS: dict[Code, int] = {
    Code.BAD_REQUEST: 400,
    Code.CODE_MISTYPED: 400,
    Code.KEY_MISSING: 400,
    Code.NOT_SIGNED_IN: 401,
    Code.BAD_CREDENTIALS: 401,
    Code.NOT_ALLOWED: 403,
    Code.CSRF_MISSING: 403,
    Code.OWN_POST: 403,
    Code.NOT_FOUND: 404,
    Code.PAIRING_UNKNOWN: 404,
    Code.CODE_UNKNOWN: 404,
    Code.NUMBER_UNKNOWN: 404,
    Code.METHOD_NOT_ALLOWED: 405,
    Code.FEED_TRIMMED: 410,
    Code.TOO_LARGE: 413,
    Code.KEY_REUSED: 422,
    Code.POST_BLOCKED: 422,
    Code.LOCKED_OUT: 429,
    Code.RATE_LIMITED: 429,
    Code.SERVER_BUSY: 503,
}
"""Codes that are not listed are conflicts with what is true now: 409."""

CONFLICT = 409


def status_of(code: str) -> int:
    """HTTP status of a refusal code."""
    return STATUS.get(Code(code), CONFLICT)


def refusal_response(refusal: Refusal) -> Response:
    """The answer that every refused request gets."""
    return answer({"refusal": {"code": refusal.code.value, "facts": refusal.facts}}, status_of(refusal.code))


def answer(body: dict[str, Any], status: int = 200) -> Response:
    """JSON that no cache may keep."""
    response = Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
