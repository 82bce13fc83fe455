"""The "break it" page as a process of its own: shows buttons and hands their names to the demo. Does nothing itself.

The demo is at the other end of a socket pair (descriptor in argv): one JSON line down, one up. The key stands in the
address once and then in a cookie; only loopback reaches it, and only pages of its own may press.
"""

from __future__ import annotations

import hmac
import json
import socket
import sys
import threading
from datetime import date
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import parse_qs, urlsplit

from config.derive import DERIVED
from config.texts import Catalogue
from config.words import Speaker
from demo_hall.cards import CARDS, WHOLE, Card

PAGE = Path(__file__).parent / "page"
LANGUAGES = ("zh_Hans", "en")
COOKIE = "demo_key"
KINDS = {".css": "text/css", ".mjs": "text/javascript", ".woff2": "font/woff2"}
SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'"
)


class Demo:
    """The other end: `ask` from any thread, one question at a time."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._lines = end.makefile("rw", encoding="utf-8")
        self._lock = threading.Lock()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """-> the answer. Raises EOFError when the demo has ended."""
        with self._lock:
            self._lines.write(json.dumps(question) + "\n")
            self._lines.flush()
            line = self._lines.readline()
        if not line:
            raise EOFError
        return dict(json.loads(line))

    def close(self) -> None:
        """Hangs up."""
        self._end.shutdown(socket.SHUT_RDWR)
        self._lines.close()


class Page:
    """The page in every language, and answers put into words."""

    def __init__(self) -> None:
        self._words = {language: Catalogue.load(language) for language in LANGUAGES}

    def html(self, language: str) -> str:
        """The whole page."""
        words, other = self._words[language], next(one for one in LANGUAGES if one != language)
        return Template((PAGE / "panel.html").read_text(encoding="utf-8")).substitute(
            lang=language.replace("_", "-"),
            title=words.text("demo.page.title"),
            lead=words.text("demo.page.lead"),
            gone=words.text("demo.page.gone"),
            nothing_yet=words.text("demo.page.nothing_yet"),
            other=other,
            other_lang=other.replace("_", "-"),
            other_name=self._words[other].text("demo.page.language"),
            cards="".join(_card(words, card) for card in CARDS),
        )

    def outcome(self, language: str, message: dict[str, Any]) -> dict[str, Any]:
        """`{said}`."""
        return {"said": Speaker(self._words[language], date.min).say(message)}

    def state(self, language: str, machines: dict[str, str]) -> dict[str, Any]:
        """`{machine: {said, is_broken}}`."""
        return {
            name: {"said": self._words[language].text(f"demo.state.{name}.{word}"), "is_broken": word != WHOLE[name]}
            for name, word in machines.items()
        }


def _card(words: Catalogue, card: Card) -> str:
    groups = (("breaks", card.breaks), ("mends", card.mends), ("acts", card.acts))
    buttons = "".join(
        f'<button class="{kind}" data-order="{order}">{words.text(f"demo.order.{order}")}</button>'
        for kind, orders in groups
        for order in orders
    )
    return Template((PAGE / "card.html").read_text(encoding="utf-8")).substitute(
        name=card.name,
        machine=card.machine,
        title=words.text(f"demo.card.{card.name}"),
        watch=words.text(f"demo.watch.{card.name}"),
        buttons=buttons,
    )


class PanelServer(ThreadingHTTPServer):
    """What its handlers need."""

    daemon_threads = True

    def __init__(self, demo: Demo, key: str, language: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.demo, self.key, self.language, self.page = demo, key, language, Page()

    @property
    def host(self) -> str:
        """The only name it answers to."""
        return f"127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """GET /?key=… lets in; /<language>, its /state and POST /orders/<name>; /page and /derived are files."""

    timeout = 30
    server: PanelServer

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        match asked.path.strip("/").split("/"):
            case [""]:
                self._enter(parse_qs(asked.query).get("key", [""])[0])
            case [("page" | "derived") as room, *rest]:
                self._file(PAGE if room == "page" else DERIVED, "/".join(rest))
            case [language] if language in LANGUAGES and self._is_let_in():
                self._say(200, "text/html; charset=utf-8", self.server.page.html(language).encode())
            case [language, "state"] if language in LANGUAGES and self._is_let_in():
                self._answer(lambda: self.server.page.state(language, self.server.demo.ask({"ask": "state"})))
            case _:
                self._say(404, "text/plain", b"not here")

    def do_POST(self) -> None:
        match self.path.strip("/").split("/"):
            case [language, "orders", name] if language in LANGUAGES and self._is_let_in() and self._is_pressed_here():
                question = {"ask": "order", "name": name}
                self._answer(lambda: self.server.page.outcome(language, self.server.demo.ask(question)))
            case _:
                self._say(404, "text/plain", b"not here")

    def _enter(self, key: str) -> None:
        if not self._is_key(key) and not self._is_let_in():
            self._say(404, "text/plain", b"not here")
            return
        self.send_response(303)
        self.send_header("Location", f"/{self.server.language}")
        self.send_header("Set-Cookie", f"{COOKIE}={self.server.key}; HttpOnly; SameSite=Strict; Path=/")
        self.end_headers()

    def _is_key(self, key: str) -> bool:
        return self.headers.get("Host") == self.server.host and hmac.compare_digest(key, self.server.key)

    def _is_let_in(self) -> bool:
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        return cookie is not None and self._is_key(cookie.value)

    def _is_pressed_here(self) -> bool:
        """A header of our own: no other origin's page may send it."""
        return self.headers.get("X-Demo") == "1"

    def _file(self, folder: Path, name: str) -> None:
        file = (folder / name).resolve()
        kind = KINDS.get(file.suffix)
        if kind is None or not file.is_relative_to(folder.resolve()) or not file.is_file():
            self._say(404, "text/plain", b"not here")
        else:
            self._say(200, kind, file.read_bytes())

    def _answer(self, ask: Any) -> None:
        try:
            self._say(200, "application/json", json.dumps(ask()).encode())
        except (EOFError, OSError):
            self._say(503, "text/plain", b"the demo has ended")

    def _say(self, code: int, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", SECURITY)
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the demo's terminal is for people."""


def main() -> None:
    """First it is told `{key, language}`, then it says its port on standard output and serves until killed."""
    demo = Demo(socket.socket(fileno=int(sys.argv[1])))
    told = demo.ask({"ask": "begin"})
    server = PanelServer(demo, told["key"], told["language"])
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
