"""The machine of a kiosk without its glass: claims a place for one card after the other and prints each slip.

As a process it reads `{url, token, printer, folder, job, cards}` as JSON and prints `{taps}`: for each card the moments
(monotonic clock) of the tap, of the hall's answer, and of the printer's proof.
"""

from __future__ import annotations

import json
import queue
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from config.settings import load_settings
from hallserver.device.outbox import Outbox
from hallserver.device.rest import Done, HallRest, new_key
from kiosk.errands import SlipOrdered
from kiosk.flow.events import PaperTold
from kiosk.paper import PaperDesk
from printer.pressroom import open_pressroom
from printer.reports import PrintReports

PROVEN_IN_S = 20.0
BETWEEN_S = 0.1
"""A person does not tap while the slip before is still coming out."""


@dataclass(frozen=True)
class Tap:
    """One slip's moments."""

    tapped: float
    answered: float
    proven: float


class Kiosk:
    """Everything between a tap and the printer that a kiosk has."""

    def __init__(self, given: dict[str, Any]) -> None:
        folder = Path(given["folder"])
        self._rests = (HallRest(given["url"], given["token"]), HallRest(given["url"], given["token"]))
        self._outbox = Outbox(folder / "outbox.sqlite", self._rests[0], lambda key, reply: None)
        own = load_settings(printer_address=given["printer"], data_dir=folder)
        room = open_pressroom(folder / "paper", own, lambda: datetime.now(UTC))
        self._told: queue.SimpleQueue[PaperTold] = queue.SimpleQueue()
        self._desk = PaperDesk(room, PrintReports(self._outbox), self._told.put)
        self._job, self._today = given["job"], date.fromisoformat(given["today"])

    def __enter__(self) -> Kiosk:
        self._outbox.start()
        self._desk.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._desk.stop()
        self._outbox.stop()
        for rest in self._rests:
            rest.close()

    def tap(self, card: str) -> Tap:
        """Raises RuntimeError where the hall refuses or the printer does not prove."""
        claim = {"job": self._job, "way": "bus", "identity": {"kind": "code", "code": card}}
        tapped = time.monotonic()
        reply = self._rests[1].command("/claims", claim, new_key())
        answered = time.monotonic()
        if not isinstance(reply, Done):
            raise RuntimeError(f"the hall answered {reply}")
        ordered = SlipOrdered(reply.body["print_job"], reply.body["slip"], "zh_Hans")
        self._desk.order(ordered, self._today)
        while (told := self._told.get(timeout=PROVEN_IN_S)).paper.state != "printed":
            if told.paper.state in ("failed", "unknown"):
                raise RuntimeError(f"the slip is {told.paper}")
        return Tap(tapped, answered, time.monotonic())


if __name__ == "__main__":
    given = json.load(sys.stdin)
    taps = []
    with Kiosk(given) as kiosk:
        for card in given["cards"]:
            time.sleep(BETWEEN_S)
            taps.append(asdict(kiosk.tap(card)))
    print(json.dumps({"taps": taps}))
