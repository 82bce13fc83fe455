"""The receipt printer of the demo: the sink as a process, and its loopback controls. Must not know slips."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import requests

from demo_hall.plan import clean_environment
from demo_hall.processes import Crew, Part

STARTS_IN_S = 15.0
ASKS_FOR_S = 6.0


class Printer:
    """`start()` once; its pictures are `paper-0001.png` … in `folder`."""

    def __init__(self, crew: Crew, folder: Path) -> None:
        self._crew, self.folder = crew, folder
        self._port, self._controls = 0, 0

    @property
    def address(self) -> str:
        """HOST:PORT as a kiosk's settings want it."""
        return f"127.0.0.1:{self._port}"

    def start(self) -> None:
        """Returns when it takes paper. Raises PartFault."""
        words = (sys.executable, "-m", "printer.sink", "--port", "0", "--out", str(self.folder))
        running = self._crew.start(Part("printer", words, clean_environment()))
        self._crew.wait_ready(running, lambda: running.said().endswith("\n"), STARTS_IN_S)
        said = json.loads(running.said())
        self._port, self._controls = said["port"], said["controls"]

    def order(self, action: str) -> None:
        """`ready`, `paper_end`, `cover_open`, `vanish` …, see printer.sink.serve.Order."""
        self._ask("POST", "/orders", json={"action": action})

    def condition(self) -> str:
        """`ready`, `paper_end`, `cover_open` …, `vanish` while it is off the network, `gone` where the sink is."""
        try:
            status = self._ask("GET", "/status")
        except requests.RequestException:
            return "gone"
        return str(status["condition"]) if status["is_on_network"] else "vanish"

    def papers(self) -> list[Path]:
        """Pictures of what came out so far, oldest first."""
        return sorted(self.folder.glob("paper-*.png"))

    def _ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        with requests.Session() as session:
            session.trust_env = False
            url = f"http://127.0.0.1:{self._controls}{path}"
            answer = session.request(method, url, timeout=ASKS_FOR_S, **request)
        answer.raise_for_status()
        return dict(answer.json())
