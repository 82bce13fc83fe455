"""Keeps one wall on the glass: pairs, opens the page, watches the browser, says what the page asks. Knows nothing of
jobs, calls and buses; the rules of the watch are in signage/watch.py."""

from __future__ import annotations

import json
import queue
import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import structlog

from config.clock import elapsed_s
from config.settings import Settings
from config.texts import Catalogue, TextFault
from config.words import Speaker
from hallserver.device.pairing import DeviceToken, forget_token, keep_token, load_token, pair
from hallserver.device.rest import Done, HallRest, Refused
from hallserver.device.voice import Voice
from signage import local_page
from signage.browser import Browser, BrowserFault, Glass
from signage.devtools import DevToolsFault
from signage.local_page import LocalPage
from signage.watch import Verdict, Watch, judge

log = structlog.get_logger()

BINDING = "gighallTell"
LOOKS_EVERY_S = 1.0
TRIES_AGAIN_S = 5.0
STALE_CHECK_S = 20.0
"""How often the server is asked while its page says that it hears nothing."""

STALE_ANSWERS = 2
"""After so many answers of a server that the page cannot hear, the page is opened anew."""

SHUT_OUT = frozenset({"NOT_SIGNED_IN", "NOT_ALLOWED"})
TEMPLATE = local_page.STATIC / "local.html"


@dataclass(frozen=True)
class Told:
    """The page said something; `words` is its JSON, not yet trusted."""

    words: str


@dataclass(frozen=True)
class Crashed:
    """The browser told that the page died."""


@dataclass(frozen=True)
class Digits:
    """Six digits to show; None: the hall cannot be reached."""

    code: str | None


@dataclass(frozen=True)
class Paired:
    """Staff typed the digits."""

    token: DeviceToken


@dataclass(frozen=True)
class _Open:
    """How the page of the hall stands: open or not, when to look again, answers of the server while it is stale."""

    is_open: bool = False
    due_at_s: float = 0.0
    stale_answers: int = 0


class Player:
    """`run()` blocks until `stop()` from any thread or a signal handler."""

    def __init__(self, settings: Settings, screen: str, glass: Glass) -> None:
        self._settings = settings
        self._folder = settings.data_dir
        self._token_file = token_file(settings, screen)
        self._page_file = self._folder / f"{screen}.page.html"
        self._words = Catalogue.load(settings.language)
        self._browser = Browser(glass, profile_folder(settings, screen), settings.server_url)
        self._voice = _voice_of(settings)
        self._inbox: queue.SimpleQueue[Told | Crashed | Digits | Paired | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._pairing: threading.Thread | None = None
        self._token = load_token(self._token_file)
        self._shown: LocalPage | None = None
        self._open = _Open()
        self._watch = Watch(elapsed_s())
        self._has_crashed = False

    def stop(self) -> None:
        """Ends `run` within seconds."""
        self._stopping.set()
        self._browser.give_up()
        self._inbox.put(None)

    def screenshot(self) -> bytes:
        """What is painted now, as PNG. Raises DevToolsFault."""
        return self._browser.page.screenshot()

    def run(self) -> None:
        """Raises BrowserFault where Chromium is not there at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if self._voice is not None:
            self._voice.start()
        try:
            self._start_browser()
            while not self._stopping.is_set():
                self._look()
                self._hear()
        except BrowserFault:
            if not self._stopping.is_set():
                raise
        finally:
            self._close()

    def _close(self) -> None:
        self._stopping.set()
        self._browser.stop()
        if self._pairing is not None:
            self._pairing.join(timeout=15)
        if self._voice is not None:
            self._voice.stop()

    # -- the browser -----------------------------------------------------------------------------------------------

    def _start_browser(self) -> None:
        page = self._shown or local_page.starting(self._words)
        self._has_crashed = False
        self._open = _Open()
        self._browser.start(self._write(page), self._on_event)
        self._browser.page.call("Runtime.enable")
        self._browser.page.call("Runtime.addBinding", name=BINDING)

    def _on_event(self, method: str, params: Mapping[str, Any]) -> None:
        if method == "Runtime.bindingCalled" and params.get("name") == BINDING:
            self._inbox.put(Told(str(params.get("payload"))))
        elif method == "Inspector.targetCrashed":
            self._inbox.put(Crashed())

    def _keep_browser(self, now_s: float) -> None:
        sight = self._watch.sight(self._browser.is_running, self._has_crashed, now_s)
        if judge(self._watch, sight, now_s) is not Verdict.RESTART:
            return
        log.warning("browser restarted", reason=sight.value)
        self._watch = self._watch.restarted(now_s)
        self._browser.stop()
        try:
            self._start_browser()
        except (BrowserFault, DevToolsFault) as error:
            log.error("browser does not start", reason=str(error))

    def _show(self, page: LocalPage) -> None:
        if page == self._shown:
            return
        self._shown = page
        self._go(self._write(page))

    def _write(self, page: LocalPage) -> str:
        """-> the address of the page as a file."""
        template = TEMPLATE.read_text(encoding="utf-8")
        self._page_file.write_text(local_page.to_html(page, self._words.language, template), encoding="utf-8")
        return self._page_file.resolve().as_uri()

    def _go(self, url: str) -> bool:
        try:
            self._browser.page.navigate(url)
        except DevToolsFault as error:
            log.warning("page not opened", reason=str(error))
            return False
        return True

    # -- the hall --------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        now_s = elapsed_s()
        self._keep_browser(now_s)
        if self._token is None:
            self._begin_pairing()
        elif now_s >= self._open.due_at_s:
            self._open_wall(self._token, now_s)

    def _open_wall(self, token: DeviceToken, now_s: float) -> None:
        """Asks for a one-time entry and goes there; a page that is open and hears its hall is left alone."""
        rest = HallRest(self._settings.server_url, token.token)
        try:
            reply = rest.command("/wall-session", {})
        finally:
            rest.close()
        if isinstance(reply, Refused) and reply.code in SHUT_OUT:
            self._forget()
        elif isinstance(reply, Done):
            self._enter(reply.body["url"], now_s)
        else:
            self._open = replace(self._open, due_at_s=now_s + TRIES_AGAIN_S * random.uniform(0.5, 1.5))
            if not self._open.is_open:
                self._show(local_page.unreachable(self._words))

    def _enter(self, path: str, now_s: float) -> None:
        if self._open.is_open and self._open.stale_answers + 1 < STALE_ANSWERS:
            answers = self._open.stale_answers + 1
            self._open = replace(self._open, due_at_s=now_s + STALE_CHECK_S, stale_answers=answers)
            return
        went = self._go(f"{self._settings.server_url.rstrip('/')}{path}?lang={self._words.language}")
        self._open = _Open(went, float("inf") if went else now_s + TRIES_AGAIN_S)
        if went:
            self._shown = None
            log.info("wall open", name=self._token_file.stem)

    def _forget(self) -> None:
        log.warning("wall was shut out", name=self._token_file.stem)
        forget_token(self._token_file)
        self._token = None
        self._open = _Open()

    def _begin_pairing(self) -> None:
        if self._pairing is None:
            self._pairing = threading.Thread(target=self._pair, name="pairing", daemon=True)
            self._pairing.start()

    def _pair(self) -> None:
        show = lambda code: self._inbox.put(Digits(code))  # noqa: E731 - hands over, draws nothing
        token = pair(self._settings.server_url, "wall", show, self._stopping)
        if token is not None:
            self._inbox.put(Paired(token))

    # -- what comes in ---------------------------------------------------------------------------------------------

    def _hear(self) -> None:
        try:
            event = self._inbox.get(timeout=LOOKS_EVERY_S)
        except queue.Empty:
            return
        match event:
            case Told(words):
                self._take(words)
            case Crashed():
                self._has_crashed = True
            case Digits(None):
                self._show(local_page.unreachable(self._words))
            case Digits(code) if code:
                log.info("pairing", name=self._token_file.stem)
                self._show(local_page.pairing(self._words, code))
            case Paired(token):
                self._pairing = None
                keep_token(self._token_file, token)
                self._token = token

    def _take(self, words: str) -> None:
        """What the page says is input like any other: what it cannot be is left out."""
        self._watch = self._watch.heard(elapsed_s())
        try:
            told = json.loads(words)
            kind = told["kind"]
            if kind == "say":
                self._say(told)
            elif kind == "stands":
                self._stand(str(told["standing"]))
            elif kind == "shut-out":
                self._open = _Open()
        except (ValueError, KeyError, TypeError, TextFault) as error:
            log.warning("page said something unknown", error=type(error).__name__)

    def _say(self, told: Mapping[str, Any]) -> None:
        if self._voice is None:
            return
        words = Catalogue.load(told["language"])
        text = Speaker(words, date.fromisoformat(told["today"])).say(told["message"])
        if not self._voice.say(text, words.language):
            log.warning("too much to say", count=1)

    def _stand(self, standing: str) -> None:
        is_lost = standing in ("stale", "never")
        if is_lost and self._open.due_at_s == float("inf"):
            self._open = replace(self._open, due_at_s=elapsed_s())
        elif not is_lost and self._open.is_open:
            self._open = _Open(True, float("inf"))


def token_file(settings: Settings, screen: str) -> Path:
    """Where a screen keeps who it is."""
    return settings.data_dir / f"{screen}.token"


def profile_folder(settings: Settings, screen: str) -> Path:
    """Where a screen's Chromium keeps its own files; `DevTools.of_profile` finds its page there."""
    return settings.data_dir.resolve() / f"{screen}.chromium"


def _voice_of(settings: Settings) -> Voice | None:
    if settings.voice == "off":
        return None
    if not Voice.is_there():
        log.warning("no voice on this machine", reason="espeak-ng is not installed")
        return None
    return Voice(None if settings.voice == "espeak" else Path(settings.voice))
