"""Fake screens: they hold a replica and show nothing, over the same links that real screens use. Know no morning."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import requests

from hallserver.device.hall_clock import HallMark
from hallserver.device.link import Changed, Heard, Link, LinkEvent, LinkPlace
from hallserver.wire.replica import Replica, Verdict

Items = Mapping[str, Mapping[str, Any]]


class Screen(Protocol):
    """What every audience's fake can do."""

    feed: str

    def items(self) -> Items: ...

    def cut(self) -> None: ...

    def back(self) -> None: ...

    def close(self) -> None: ...


class DeviceScreen:
    """A paired wall, kiosk, network peer or printer agent: link, replica on disk, acknowledgement."""

    def __init__(self, server_url: str, token: str, feed: str, file: Path) -> None:
        self.feed = feed
        self._place = LinkPlace(server_url, token, feed, file)
        self.mark: HallMark | None = None
        self.marked = threading.Event()
        self.seqs: list[int] = []
        self._link: Link | None = None
        self._last: Items = {}
        self.back()

    def _hear(self, event: LinkEvent) -> None:
        if isinstance(event, Heard):
            self.mark = event.mark
            self.marked.set()
        if isinstance(event, Changed):
            self.seqs.append(event.seq)
        if self._link is not None:
            self._link.rendered(self._link.seq)

    def items(self) -> Items:
        """What it would show."""
        return self._link.items() if self._link is not None else self._last

    @property
    def link(self) -> Link:
        """The running link."""
        assert self._link is not None
        return self._link

    def cut(self) -> None:
        """The cable is pulled; the last picture stays."""
        if self._link is not None:
            self._last = self._link.items()
            self._link.stop()
            self._link = None

    def back(self) -> None:
        """The cable is back: it goes on from what is on its disk."""
        if self._link is None:
            self._link = Link(self._place, self._hear)
            self._link.start()

    def close(self) -> None:
        """Ends for good."""
        self.cut()


class StaffSession:
    """A signed-in person, as a tablet's page is: cookie, CSRF word, REST."""

    def __init__(self, server_url: str, login: str, password: str) -> None:
        self._base = server_url
        self._session = requests.Session()
        self._session.trust_env = False
        answer = self.post("/session", {"login": login, "password": password})
        answer.raise_for_status()
        self._session.headers["X-CSRF"] = answer.json()["csrf"]

    def post(self, path: str, body: dict[str, Any], key: str = "") -> requests.Response:
        """POST below /api/v1."""
        headers = {"Idempotency-Key": key} if key else {}
        return self._session.post(f"{self._base}/api/v1{path}", json=body, headers=headers, timeout=10)

    def get(self, path: str) -> requests.Response:
        """GET below /api/v1."""
        return self._session.get(f"{self._base}/api/v1{path}", timeout=10)

    def close(self) -> None:
        """Gives the socket back."""
        self._session.close()


class PollingScreen:
    """The staff feed without a socket: snapshot once, then deltas by REST whenever asked what it shows."""

    def __init__(self, session: StaffSession, feed: str) -> None:
        self.feed = feed
        self._session = session
        self._replica = Replica(feed)

    def items(self) -> Items:
        """Polls, then what it would show; an unreachable server leaves the last picture."""
        with contextlib.suppress(requests.RequestException):
            self._poll()
        return dict(self._replica.items)

    def _poll(self) -> None:
        if not self._replica.is_loaded:
            self._replica.load(self._session.get(f"/feeds/{self.feed}/snapshot").json())
        asked = self._session.get(f"/feeds/{self.feed}/deltas?epoch={self._replica.epoch}&since={self._replica.seq}")
        if asked.status_code == 410:
            self._replica.forget()
            return
        body = asked.json()
        for entry in body["entries"]:
            assert self._replica.apply({**entry, "epoch": body["epoch"]}) is Verdict.APPLIED

    def cut(self) -> None:
        """A poller has no cable of its own."""

    def back(self) -> None:
        """See `cut`."""

    def close(self) -> None:
        """The session is closed by who opened it."""
