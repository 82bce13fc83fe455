"""The demo's end of the "break it" page: starts its process, answers what it asks. Must not know HTTP."""

from __future__ import annotations

import json
import secrets
import socket
import sys
import threading
from typing import Any

from demo_hall.breaking import Breaking, UnknownOrder
from demo_hall.plan import ROOT, clean_environment
from demo_hall.processes import Crew, Ending, Part, PartFault

STARTS_IN_S = 15.0


class PanelLink:
    """`start` on the main thread, `stop` once; a thread of its own answers."""

    def __init__(self, breaking: Breaking, language: str) -> None:
        self._breaking, self._language = breaking, language
        self._key = secrets.token_urlsafe(24)
        self._ours, self._theirs = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, name="panel-link", daemon=True)
        self.url = ""

    def start(self, crew: Crew) -> None:
        """Returns when the page can be opened at `url`. Raises PartFault."""
        descriptor = self._theirs.fileno()
        words = (sys.executable, "-m", "demo_hall.panel", str(descriptor))
        environment = clean_environment() | {"PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}"}
        self._thread.start()
        running = crew.start(Part("panel", words, environment), keeps=(descriptor,))
        self._theirs.close()
        crew.wait_ready(running, lambda: running.said().endswith("\n"), STARTS_IN_S)
        self.url = f"http://127.0.0.1:{int(running.said())}/?key={self._key}"

    def stop(self) -> None:
        """Hangs up; never started is fine."""
        if self._thread.is_alive():
            self._ours.shutdown(socket.SHUT_RDWR)
            self._thread.join()
        for end in (self._ours, self._theirs):
            end.close()

    def _serve(self) -> None:
        with self._ours.makefile("rw", encoding="utf-8") as lines:
            try:
                for line in lines:
                    lines.write(json.dumps(self._reply(json.loads(line))) + "\n")
                    lines.flush()
            except (OSError, Ending):
                return  # the page or the demo has ended

    def _reply(self, question: dict[str, Any]) -> dict[str, Any]:
        if question["ask"] == "begin":
            return {"key": self._key, "language": self._language}
        if question["ask"] == "state":
            return self._breaking.state()
        try:
            outcome = self._breaking.obey(str(question["name"]))
        except UnknownOrder:
            return {"k": "demo.did.nothing", "a": {}}
        except PartFault as fault:
            return {"k": "demo.did.failed", "a": {"why": str(fault).splitlines()[0]}}
        return {"k": outcome.id, "a": outcome.facts}
