"""Commands and reads by REST, with every way in which they can fail told apart. Knows no feed and no screen."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import requests

CONNECT_TIMEOUT_S, READ_TIMEOUT_S = 2.0, 6.0


@dataclass(frozen=True)
class Done:
    """The command was carried out; `body["seq"]` says when it is on a screen."""

    body: dict[str, Any]


@dataclass(frozen=True)
class Refused:
    """A rule said no; the words are `refusal.<code>` with `facts`."""

    code: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Unreachable:
    """No answer: whether it was carried out is not known. The same key may be sent again."""

    reason: str


Reply = Done | Refused | Unreachable


def new_key() -> str:
    """A key for one command, to be used for every repetition of it."""
    return secrets.token_hex(16)


class HallRest:
    """One hall server as seen by one device; use one per thread."""

    def __init__(self, server_url: str, token: str | None) -> None:
        self._base = server_url.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the machine must not stand between a kiosk and its hall
        if token is not None:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def command(self, path: str, body: dict[str, Any], key: str | None = None) -> Reply:
        """POST below /api/v1. Without `key` a new one is made: then do not repeat."""
        return self._ask("POST", f"/api/v1{path}", json=body, headers={"Idempotency-Key": key or new_key()})

    def get(self, path: str, **headers: str) -> Reply:
        """GET of a path that the server named or that begins with /api/v1."""
        return self._ask("GET", path, headers=headers)

    def _ask(self, method: str, path: str, **request: Any) -> Reply:
        try:
            answer = self._session.request(
                method, self._base + path, timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S), **request
            )
            body = answer.json()
        except (requests.RequestException, ValueError) as error:
            return Unreachable(type(error).__name__)
        return _reply(answer.status_code, body)

    def close(self) -> None:
        """Gives sockets back."""
        self._session.close()


def _reply(status: int, body: dict[str, Any]) -> Reply:
    if status < 300:
        return Done(body)
    refusal = body.get("refusal")
    if refusal is None or status >= 500:
        return Unreachable(f"HTTP {status}")
    return Refused(refusal["code"], refusal["facts"])
