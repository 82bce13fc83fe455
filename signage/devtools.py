"""Speaks the DevTools protocol with one page of a running Chromium; must not know what the page shows.

Source: https://chromedevtools.github.io/devtools-protocol/ (JSON over a WebSocket on loopback; ids answer calls).
"""

from __future__ import annotations

import base64
import contextlib
import json
import queue
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import requests
import websocket

from config.clock import elapsed_s

ANSWERS_IN_S = 10.0
_LOOKS_AGAIN_S = 0.05
_LOOPBACK = "127.0.0.1"

Listener = Callable[[str, Mapping[str, Any]], None]
"""Gets `(method, params)` of an event on the reader's thread: it must only hand over."""


class DevToolsFault(Exception):
    """The browser is gone, does not answer, or refuses a call."""


class DevTools:
    """One page. Calls may come from any thread; `close` ends the reader's thread."""

    def __init__(self, address: str, listener: Listener) -> None:
        self._listener = listener
        self._lock = threading.Lock()
        self._waiting: dict[int, queue.SimpleQueue[dict[str, Any] | None]] = {}
        self._last_id = 0
        try:
            self._socket = websocket.create_connection(
                address, timeout=ANSWERS_IN_S, suppress_origin=True, http_no_proxy=[_LOOPBACK]
            )
        except (websocket.WebSocketException, OSError) as error:
            raise DevToolsFault(f"no DevTools at {address}") from error
        self._socket.settimeout(None)
        self._thread = threading.Thread(target=self._read, name="devtools", daemon=True)
        self._thread.start()

    @classmethod
    def of_profile(cls, profile: Path, listener: Listener = lambda method, params: None) -> DevTools:
        """The page of the Chromium that runs with this profile folder. Raises DevToolsFault."""
        return cls(page_address(profile), listener)

    @property
    def is_open(self) -> bool:
        """Whether the browser still listens."""
        return self._thread.is_alive()

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """-> the result. Raises DevToolsFault after `ANSWERS_IN_S` without one."""
        answer: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        with self._lock:
            self._last_id += 1
            number = self._last_id
            self._waiting[number] = answer
        try:
            self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
            said = answer.get(timeout=ANSWERS_IN_S)
        except (websocket.WebSocketException, OSError, queue.Empty) as error:
            raise DevToolsFault(f"{method}: no answer") from error
        finally:
            self._waiting.pop(number, None)
        if said is None or "error" in said:
            raise DevToolsFault(f"{method}: {said['error'] if said else 'the browser is gone'}")
        return dict(said["result"])

    def navigate(self, url: str) -> None:
        """Opens a page. Raises DevToolsFault where it cannot be reached."""
        told = self.call("Page.navigate", url=url)
        if told.get("errorText"):
            raise DevToolsFault(f"cannot open the page: {told['errorText']}")

    def screenshot(self) -> bytes:
        """What is painted, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def close(self) -> None:
        """Lets the browser be."""
        with contextlib.suppress(OSError):
            self._socket.abort()  # type: ignore[no-untyped-call]
        self._thread.join(timeout=5)
        self._socket.shutdown()  # type: ignore[no-untyped-call]

    def _read(self) -> None:
        with contextlib.suppress(websocket.WebSocketException, OSError):
            while text := self._socket.recv():
                self._take(json.loads(text))
        for answer in list(self._waiting.values()):
            answer.put(None)

    def _take(self, frame: dict[str, Any]) -> None:
        if "id" not in frame:
            self._listener(frame["method"], frame.get("params", {}))
        elif (answer := self._waiting.get(frame["id"])) is not None:
            answer.put(frame)


def page_address(profile: Path) -> str:
    """WebSocket address of the first page of the Chromium of a profile folder. Raises DevToolsFault."""
    try:
        port = int((profile / "DevToolsActivePort").read_text().split()[0])
        with requests.Session() as session:
            session.trust_env = False
            targets = session.get(f"http://{_LOOPBACK}:{port}/json/list", timeout=5).json()
    except (OSError, ValueError, IndexError, requests.RequestException) as error:
        raise DevToolsFault(f"no Chromium runs with {profile}") from error
    for target in targets:
        if target["type"] == "page":
            return str(target["webSocketDebuggerUrl"])
    raise DevToolsFault("the browser has no page")


def wait_for_page(profile: Path, listener: Listener, wait_s: float, is_over: Callable[[], bool]) -> DevTools:
    """Tries until the browser answers. Raises DevToolsFault after `wait_s` or when `is_over()`."""
    deadline = elapsed_s() + wait_s
    while True:
        try:
            return DevTools.of_profile(profile, listener)
        except DevToolsFault:
            if elapsed_s() > deadline or is_over():
                raise
            time.sleep(_LOOKS_AGAIN_S)
