"""Kills the server at random moments under a crowd's load and says what was lost; used by the test and the soak."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from tests.crowd import people
from tests.crowd.people import Crowd, Supply
from tests.crowd.senders import Answered, Credential, Ledger, Twin
from tests.crowd.stands import followers
from tests.crowd.truth import judge, unlike
from tests.mornings.screens import Screen
from tests.support import hall

KIOSKS, COUNTERS = 4, 2
PLENTY = Supply(buses=4, seats=80, places=80, cards=40)
LIVES_S = (0.05, 0.9)
ASKED_AGAIN = 6
"""So many of the newest acknowledged commands are sent again after each return: their answers must be the first."""


@dataclass(frozen=True)
class CrashReport:
    """What came out of a number of kills. `broken` is empty where everything held."""

    kills: int
    acknowledged: int
    asked_again: int
    slowest_start_s: float
    converged_s: float
    broken: list[str]


def crash_often(folder: Path, database_url: str, kills: int, seed: int) -> CrashReport:
    """A new hall in `folder`, killed so often under load. Raises HallFault where it does not come back."""
    process = hall.HallProcess(folder / "hall", database_url, port=port_nobody_dials_from())
    hall.found_hall(process, people.pack_with_counters(folder, COUNTERS))
    process.start()
    try:
        crowd = people.gather_crowd(process, KIOSKS, COUNTERS, PLENTY)
        with followers(crowd, folder) as screens:
            return _Crash(crowd, screens, Random(seed)).go(kills)
    finally:
        process.stop()


def port_nobody_dials_from() -> int:
    """A free port below the range of outgoing ones: a client that dials a dead server's port there meets itself."""
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    dice = Random()
    while True:
        port = dice.randrange(max(2000, lowest - 12_000), lowest)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class _Crash:
    """One hall under load and the hand that kills it."""

    def __init__(self, crowd: Crowd, screens: Mapping[str, Screen], dice: Random) -> None:
        self._crowd, self._screens, self._dice = crowd, screens, dice
        self._ledger = Ledger()
        self._again = 0
        self._slowest_start_s = 0.0

    def go(self, kills: int) -> CrashReport:
        """Load, kills, rest, verdict."""
        with self._load():
            for _ in range(kills):
                self._kill_once()
        began = time.monotonic()
        apart = [f"{name} did not become what the server has" for name in unlike(self._crowd, self._screens)]
        converged_s = time.monotonic() - began
        broken = judge(self._crowd, self._ledger).broken + apart
        return CrashReport(kills, len(self._ledger.answered), self._again, self._slowest_start_s, converged_s, broken)

    @contextmanager
    def _load(self) -> Iterator[None]:
        is_over, desks_over = threading.Event(), threading.Event()
        ledger, crowd = self._ledger, self._crowd
        desks = [partial(people.serve_counter, crowd, number, ledger, desks_over) for number in crowd.counters]
        kiosks = [
            partial(people.use_kiosk, crowd, nth, ledger, lambda _: not is_over.is_set()) for nth in range(KIOSKS)
        ]
        counters, customers = people.run_together(desks, ledger), people.run_together(kiosks, ledger)
        try:
            yield
        finally:
            for event, threads in ((is_over, customers), (desks_over, counters)):
                event.set()
                for thread in threads:
                    thread.join()

    def _kill_once(self) -> None:
        time.sleep(self._dice.uniform(*LIVES_S))
        self._crowd.process.kill()
        newest = self._ledger.answered[-ASKED_AGAIN:]
        began = time.monotonic()
        self._crowd.process.start()
        self._slowest_start_s = max(self._slowest_start_s, time.monotonic() - began)
        for answered in newest:
            self._expect_same(answered)

    def _expect_same(self, before: Answered) -> None:
        twin = Twin(self._crowd.process.url, before.who, self._credential(before.who), self._ledger)
        try:
            now = twin.send_again(before)
        finally:
            twin.close()
        self._again += 1
        if now != (before.status, before.answer):
            self._ledger.blame(f"{before.who} {before.path}: acknowledged {before.answer}, after the kill {now}")

    def _credential(self, who: str) -> Credential:
        kind, _, number = who.partition(" ")
        return self._crowd.kiosks[int(number)] if kind == "kiosk" else self._crowd.staff
