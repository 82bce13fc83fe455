"""Sends commands twice under one key until the hall answers, and keeps every answer; knows no rule of a hall."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import requests

ANSWERS_WITHIN_S = 60.0
COMES_BACK_S = 0.05
BUSY = 503
"""SERVER_BUSY: nothing was done, the same key may come again."""


@dataclass(frozen=True)
class Answered:
    """One command, acknowledged: `status` and `answer` are what both copies of it got."""

    who: str
    path: str
    body: Mapping[str, Any]
    key: str
    status: int
    answer: Mapping[str, Any]

    @property
    def refusal(self) -> str | None:
        """Its refusal's code, None where it was carried out."""
        refused = self.answer.get("refusal")
        return str(refused["code"]) if refused else None


@dataclass
class Ledger:
    """What everybody was told. `wrong` holds faults of the server: 5xx, copies answered in two ways, no answer."""

    answered: list[Answered] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    requests: int = 0
    told_to_wait: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, answered: Answered) -> None:
        """An acknowledged command."""
        with self._lock:
            self.answered.append(answered)

    def blame(self, sentence: str) -> None:
        """Something that must not be."""
        with self._lock:
            self.wrong.append(sentence)

    def count(self) -> None:
        """A request was answered."""
        with self._lock:
            self.requests += 1

    def done(self, path_end: str) -> list[Answered]:
        """Carried-out commands whose path ends so."""
        return [one for one in self.answered if one.refusal is None and one.path.endswith(path_end)]

    def refused(self) -> dict[str, int]:
        """How often each refusal was given."""
        codes = [one.refusal for one in self.answered if one.refusal]
        return {code: codes.count(code) for code in sorted(set(codes))}


@dataclass(frozen=True)
class Credential:
    """Headers and cookies of a device or a person."""

    headers: Mapping[str, str]
    cookies: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_token(cls, token: str) -> Credential:
        """A paired device."""
        return cls({"Authorization": f"Bearer {token}"})

    @classmethod
    def of_login(cls, url: str, login: str, password: str) -> Credential:
        """A signed-in person. Raises requests.HTTPError."""
        answer = requests.post(f"{url}/api/v1/session", json={"login": login, "password": password}, timeout=10)
        answer.raise_for_status()
        return cls({"X-CSRF": answer.json()["csrf"]}, dict(answer.cookies))


class Twin:
    """Two connections of one device or person; every command goes over both at the same time."""

    def __init__(self, url: str, who: str, credential: Credential, ledger: Ledger) -> None:
        self._url, self._who, self._ledger = url, who, ledger
        self._sessions = [_session(credential) for _ in range(2)]
        self._pool = ThreadPoolExecutor(2, thread_name_prefix=f"twin-{who}")

    def send(self, path: str, body: Mapping[str, Any]) -> Answered:
        """Both copies' common answer. Raises TimeoutError where the hall gives none."""
        key = secrets.token_hex(16)
        futures = [self._pool.submit(self._insist, session, path, body, key) for session in self._sessions]
        (status, answer), other = (future.result() for future in futures)
        answered = Answered(self._who, path, body, key, status, answer)
        if (status, answer) != other:
            self._ledger.blame(f"{self._who} {path}: two answers to one key: {(status, answer)} and {other}")
        self._ledger.note(answered)
        return answered

    def send_again(self, before: Answered) -> tuple[int, Any]:
        """What the same key and body get now."""
        return self._insist(self._sessions[0], before.path, before.body, before.key)

    def _insist(self, session: requests.Session, path: str, body: Mapping[str, Any], key: str) -> tuple[int, Any]:
        deadline = time.monotonic() + ANSWERS_WITHIN_S
        while time.monotonic() < deadline:
            try:
                answer = session.post(
                    f"{self._url}/api/v1{path}", json=body, headers={"Idempotency-Key": key}, timeout=(2, 10)
                )
                said = answer.json()
            except (requests.RequestException, ValueError):
                time.sleep(COMES_BACK_S)
                continue
            self._ledger.count()
            if answer.status_code < 500:
                return answer.status_code, said
            if answer.status_code == BUSY:
                self._ledger.told_to_wait += 1
            else:
                self._ledger.blame(f"{self._who} {path}: HTTP {answer.status_code} {said}")
            time.sleep(COMES_BACK_S)
        self._ledger.blame(f"{self._who} {path}: no answer for {ANSWERS_WITHIN_S:.0f} s")
        raise TimeoutError(path)

    def close(self) -> None:
        """Ends both connections."""
        self._pool.shutdown()
        for session in self._sessions:
            session.close()


def _session(credential: Credential) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.headers.update(credential.headers)
    session.cookies.update(credential.cookies)
    return session
