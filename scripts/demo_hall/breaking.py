"""What one can do to the hall of the demo from the "break it" page: every order by name. Must not know the page.

People's acts go by REST as everywhere; machines are treated as a hall's cleaner treats them: plugs, covers, power.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from demo_hall.people import NothingToDo, People
from demo_hall.relay import Relay


@dataclass(frozen=True)
class Machines:
    """The plugs and covers: given by whoever holds the machines."""

    cables: Mapping[str, Relay]
    order_printer: Callable[[str], None]
    printer_condition: Callable[[], str]
    kill_server: Callable[[], None]
    start_server: Callable[[], None]
    is_server_up: Callable[[], bool]


@dataclass(frozen=True)
class Outcome:
    """What came of an order: a sentence of the catalogue with its facts."""

    id: str
    facts: dict[str, Any]


class UnknownOrder(KeyError):
    """There is no such button."""


class Breaking:
    """`obey(name)` from one thread at a time; `state()` from any."""

    def __init__(self, machines: Machines, people: People) -> None:
        self._machines, self._people = machines, people
        self._orders: dict[str, Callable[[], dict[str, Any]]] = {
            "network_cut": self._cut,
            "network_mend": self._mend,
            "paper_end": lambda: self._printer("paper_end"),
            "cover_open": lambda: self._printer("cover_open"),
            "printer_off": lambda: self._printer("vanish"),
            "printer_ready": lambda: self._printer("ready"),
            "server_kill": self._kill,
            "server_start": self._start,
            "last_place": people.take_the_last_place,
            "fifty_posts": people.post_fifty,
            "raise": people.raise_a_pay,
            "call": people.call_the_next,
            "depart": people.let_a_bus_depart,
        }

    @property
    def names(self) -> tuple[str, ...]:
        """Every order there is."""
        return tuple(self._orders)

    def obey(self, name: str) -> Outcome:
        """Does it -> what came of it. Raises UnknownOrder."""
        if name not in self._orders:
            raise UnknownOrder(name)
        if name not in _WITHOUT_SERVER and not self._machines.is_server_up():
            return Outcome("demo.did.no_server", {})
        try:
            return Outcome(f"demo.did.{name}", self._orders[name]())
        except NothingToDo as nothing:
            return Outcome(f"demo.did.{nothing.why}", nothing.facts)

    def state(self) -> dict[str, Any]:
        """How the machines are: `{network, server, printer}`, each a word."""
        is_cut = any(cable.is_cut for cable in self._machines.cables.values())
        return {
            "network": "cut" if is_cut else "whole",
            "server": "up" if self._machines.is_server_up() else "down",
            "printer": self._machines.printer_condition(),
        }

    def _cut(self) -> dict[str, Any]:
        for cable in self._machines.cables.values():
            cable.cut()
        return {}

    def _mend(self) -> dict[str, Any]:
        for cable in self._machines.cables.values():
            cable.mend()
        return {}

    def _printer(self, action: str) -> dict[str, Any]:
        self._machines.order_printer(action)
        return {}

    def _kill(self) -> dict[str, Any]:
        self._machines.kill_server()
        return {}

    def _start(self) -> dict[str, Any]:
        self._machines.start_server()
        return {}


_WITHOUT_SERVER = {
    "network_cut",
    "network_mend",
    "paper_end",
    "cover_open",
    "printer_off",
    "printer_ready",
    "server_kill",
    "server_start",
}
