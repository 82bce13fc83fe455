"""Debian's Chromium on one screen, full size, with a profile of its own; must not know what it shows."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from signage.devtools import DevTools, DevToolsFault, Listener, wait_for_page

PROGRAM = "chromium"
STARTS_IN_S = 45.0
ENDS_IN_S = 5.0
QUIET_FLAGS = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-session-crashed-bubble",
    "--disable-infobars",
    "--disable-features=Translate",
    "--noerrdialogs",
    "--password-store=basic",
)
"""Nothing but the page on the glass, and no word to anyone on the internet."""

AWAKE_FLAGS = (
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--autoplay-policy=no-user-gesture-required",
)
"""A wall has nobody who clicks, and is never in the background."""


class BrowserFault(Exception):
    """Chromium is not there or does not start; the text says which."""


@dataclass(frozen=True)
class Glass:
    """Where the page stands: pixels, whether there is a screen at all, and the left and top of a window on it.

    `window_at` None: the whole screen.
    """

    width_px: int
    height_px: int
    is_headless: bool
    window_at: tuple[int, int] | None = None


def words_of(glass: Glass, profile: Path, first_page: str, server_url: str) -> list[str]:
    """The command line of Chromium for a screen of the hall at `server_url`."""
    words = [PROGRAM, f"--user-data-dir={profile}", "--remote-debugging-port=0", *QUIET_FLAGS, *AWAKE_FLAGS]
    left, top = glass.window_at or (0, 0)
    words += [
        f"--window-size={glass.width_px},{glass.height_px}",
        f"--window-position={left},{top}",
        "--hide-scrollbars",
    ]
    if urlsplit(server_url).hostname not in ("127.0.0.1", "localhost"):
        words.append(f"--unsafely-treat-insecure-origin-as-secure={server_url}")
    if glass.is_headless:
        return [*words, "--headless=new", "--disable-gpu", "--mute-audio", first_page]
    whole_screen = ("--kiosk",) if glass.window_at is None else ()
    return [*words, *whole_screen, f"--app={first_page}"]


class Browser:
    """`start()`, `stop()`; `page` between them."""

    def __init__(self, glass: Glass, profile: Path, server_url: str) -> None:
        self._glass, self._profile, self._server_url = glass, profile, server_url
        self._process: subprocess.Popen[bytes] | None = None
        self._page: DevTools | None = None
        self._has_given_up = False

    @property
    def page(self) -> DevTools:
        """Raises DevToolsFault where there is none."""
        if self._page is None:
            raise DevToolsFault("no browser runs")
        return self._page

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self, first_page: str, listener: Listener) -> None:
        """Returns when the page can be spoken to. Raises BrowserFault."""
        if shutil.which(PROGRAM) is None:
            raise BrowserFault(f"{PROGRAM} is not installed on this machine")
        self._profile.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self._profile / "DevToolsActivePort").unlink(missing_ok=True)
        words = words_of(self._glass, self._profile, first_page, self._server_url)
        if os.geteuid() == 0:  # Chromium refuses its sandbox to root; only tests and demos run as root
            words[1:1] = ["--no-sandbox", "--test-type"]  # the second keeps a bar about the first off the glass
        self._process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._page = wait_for_page(self._profile, listener, STARTS_IN_S, self._is_over)
            self._prepare(self._page)
        except DevToolsFault as error:
            self.stop()
            raise BrowserFault("Chromium started and does not answer") from error

    def _prepare(self, page: DevTools) -> None:
        page.call("Page.enable")
        page.call("Inspector.enable")
        if self._glass.is_headless:
            page.call(
                "Emulation.setDeviceMetricsOverride",
                width=self._glass.width_px,
                height=self._glass.height_px,
                deviceScaleFactor=1,
                mobile=False,
            )

    def _is_over(self) -> bool:
        return self._has_given_up or not self.is_running

    def give_up(self) -> None:
        """Ends a `start` that is under way; takes no lock, so a signal handler may call it."""
        self._has_given_up = True

    def stop(self) -> None:
        """Ends Chromium and all its children."""
        if self._page is not None:
            self._page.close()
            self._page = None
        if self._process is not None:
            self._end(self._process)
            self._process = None

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        for how in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(ENDS_IN_S)
                break
        with contextlib.suppress(ProcessLookupError):  # what is left of its children
            os.killpg(process.pid, signal.SIGKILL)
