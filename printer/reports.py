"""Tells the hall how a slip came out, through an outbox; must not know slips or printers' reasons."""

from collections import OrderedDict
from typing import Any, Protocol

REMEMBERED = 500


class Outbox(Protocol):
    """Where commands wait until the hall has answered them."""

    def put(self, path: str, body: dict[str, Any]) -> str: ...


class PrintReports:
    """One report per job and state; from any thread of one printer at a time."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._last: OrderedDict[str, str] = OrderedDict()

    def tell(self, print_job: str, state: str, reason: str) -> None:
        """Say it once: a job that is still sending for another reason is no news to the hall."""
        if self._last.get(print_job) == state:
            return
        self._last[print_job] = state
        self._last.move_to_end(print_job)
        if len(self._last) > REMEMBERED:
            self._last.popitem(last=False)
        self._outbox.put(f"/print-jobs/{print_job}/report", {"state": state, "reason": reason})
