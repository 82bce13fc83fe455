"""Looks at each screen of the demo and gives what is on its glass as PNG. Presses nothing on the wall."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

from PIL import ImageGrab

from signage.browser import Browser, Glass
from signage.devtools import DevTools

TABLET_PIXELS = (1280, 800)
DRAWS_IN_S = 15.0
LOOKS_EVERY_S = 0.1
SCROLLS_BY_S = 30.0
IN_SIGHT = """[...document.querySelectorAll('[data-key="KEY"]')].some((row) => {
  const box = row.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && row.contains(at);
})"""


class NotShown(Exception):
    """A screen did not come to what was awaited; the text says which and what."""


def evaluate(page: DevTools, words: str) -> Any:
    """The value of a JavaScript expression in a page."""
    return page.call("Runtime.evaluate", expression=words, returnByValue=True)["result"].get("value")


def wait_for(page: DevTools, words: str, timeout_s: float = DRAWS_IN_S) -> None:
    """Until the expression is true in the page. Raises NotShown."""
    deadline = time.monotonic() + timeout_s
    while not evaluate(page, words):
        if time.monotonic() > deadline:
            raise NotShown(words)
        time.sleep(LOOKS_EVERY_S)


class WallEye:
    """Looks over the shoulder of the wall's own player."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile

    def picture(self) -> bytes:
        """What is painted now. Raises DevToolsFault."""
        page = DevTools.of_profile(self._profile)
        try:
            return page.screenshot()
        finally:
            page.close()

    def wait_in_sight(self, key: str) -> None:
        """Until the row of an item is whole on the glass. Raises NotShown, DevToolsFault."""
        page = DevTools.of_profile(self._profile)
        try:
            wait_for(page, IN_SIGHT.replace("KEY", key), SCROLLS_BY_S)
        finally:
            page.close()

    def is_showing(self) -> bool:
        """Whether the hall's page is there and painted with posts."""
        page = DevTools.of_profile(self._profile)
        try:
            return bool(
                evaluate(page, "location.pathname.startsWith('/signage/') && document.body.innerText.length > 300")
            )
        finally:
            page.close()


class KioskEye:
    """Looks at the display on which the kiosk's window is."""

    def __init__(self, display: str) -> None:
        self._display = display

    def picture(self) -> bytes:
        """The whole display."""
        out = io.BytesIO()
        ImageGrab.grab(xdisplay=self._display).save(out, format="PNG")
        return out.getvalue()


class Tablet:
    """A staff tablet in headless Chromium: signs in as a person does, by field and button."""

    def __init__(self, server_url: str, profile: Path, language: str) -> None:
        self._server_url, self._language = server_url, language
        self._browser = Browser(Glass(*TABLET_PIXELS, is_headless=True), profile, server_url)

    def open(self, login: str, password: str) -> None:
        """Signed in when this returns. Raises BrowserFault, NotShown."""
        self._browser.start("about:blank", lambda method, params: None)
        page = self._browser.page
        page.navigate(f"{self._server_url}/tablet/")
        choose = f"localStorage.setItem('gighall.tablet.language', JSON.stringify('{self._language}'))"
        page.call("Runtime.evaluate", expression=choose)
        page.navigate(f"{self._server_url}/tablet/")
        for name, text in (("login", login), ("password", password)):
            wait_for(page, f"!!document.querySelector('input[name={name}]')")
            page.call("Runtime.evaluate", expression=f"document.querySelector('input[name={name}]').focus()")
            page.call("Input.insertText", text=text)
        self.press("form button[type=submit]")
        wait_for(page, "!!document.querySelector('nav')")

    def press(self, selector: str) -> None:
        """As a finger does, in the middle of the first thing that fits. Raises NotShown."""
        page = self._browser.page
        wait_for(page, f"!!document.querySelector({selector!r})")
        place = evaluate(
            page,
            f"(() => {{ const e = document.querySelector({selector!r}); e.scrollIntoView({{block: 'center'}});"
            " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()",
        )
        for kind in ("mousePressed", "mouseReleased"):
            page.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def type_text(self, text: str) -> None:
        """Where the cursor is."""
        self._browser.page.call("Input.insertText", text=text)

    def picture(self) -> bytes:
        """What is painted now."""
        return self._browser.page.screenshot()

    def close(self) -> None:
        """Chromium ends."""
        self._browser.stop()
