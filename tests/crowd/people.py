"""What kiosks and counters do in a crowd: claims of scarce places and seats, numbers, calls. Knows no check."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import requests

from tests.crowd.senders import Answered, Credential, Ledger, Twin
from tests.support import hall

SERVICES = ("placement", "registration", "bus-help", "hiring")
DAY = "2026-11-20"
COUNTERS_PAUSE_S = 0.1
HOURS = ((("06:00", "12:00"), ("11:00", "14:00")), (("15:00", "19:00"), ("18:00", "22:00")))


@dataclass(frozen=True)
class Supply:
    """How much there is: buses with two posts each, seats of a bus, places of a post, people with a card."""

    buses: int = 8
    seats: int = 5
    places: int = 4
    cards: int = 24


@dataclass(frozen=True)
class Crowd:
    """A hall with paired kiosks, numbered counters, cards in people's hands and scarce places."""

    process: hall.HallProcess
    kiosks: tuple[Credential, ...]
    counters: tuple[int, ...]
    staff: Credential
    cards: tuple[str, ...]
    posts: tuple[str, ...]


def pack_with_counters(folder: Path, count: int) -> Path:
    """The demo pack with as many counters, in a folder of its own."""
    target = folder / "pack"
    shutil.copytree(hall.DEMO_HALL, target)
    served = ", ".join(f'"{one}"' for one in SERVICES)
    with (target / "hall.toml").open("a", encoding="utf-8") as file:
        for number in range(5, 5 + count):
            file.write(f"\n[[counters]]\nnumber = {number}\nservices = [{served}]\n")
    return target


def gather_crowd(process: hall.HallProcess, kiosks: int, counters: int, supply: Supply) -> Crowd:
    """Pairs kiosks, hands out cards, plans the bus and posts; the server runs."""
    url = process.url
    tokens = [hall.add_device(process, "kiosk", f"kiosk {nth}") for nth in range(kiosks)]
    cards = tuple(hall.add_card(process, f"Person {nth}") for nth in range(supply.cards))
    staff = Credential.of_login(url, "demo", hall.PASSWORD)
    ledger = Ledger()
    twin = Twin(url, "staff", staff, ledger)
    try:
        posts = _post(twin, _employer(url, staff), supply)
    finally:
        twin.close()
    assert not ledger.wrong, ledger.wrong
    numbers = tuple(range(5, 5 + counters))
    return Crowd(process, tuple(map(Credential.of_token, tokens)), numbers, staff, cards, posts)


def _employer(url: str, staff: Credential) -> str:
    answer = requests.get(f"{url}/api/v1/employers", cookies=dict(staff.cookies), timeout=10)
    return str(answer.json()["employers"][0]["id"])


def _post(twin: Twin, employer: str, supply: Supply) -> tuple[str, ...]:
    """The two posts of a bus overlap in time, those of the next bus do not: a person may hold two."""
    posts = []
    for nth in range(supply.buses):
        trip = _id(twin.send("/trips", _bus(supply.seats)), "trip")
        for hours in HOURS[nth % len(HOURS)]:
            wanted = job_body(employer, trip, hours) | {"headcount": supply.places}
            posts.append(_id(twin.send("/jobs", wanted), "job"))
    return tuple(posts)


def _bus(seats: int) -> dict[str, Any]:
    return {
        "sign": "star",
        "destination": "Harbour",
        "bay": 2,
        "capacity": seats,
        "day": DAY,
        "departs_at": "23:30",
    }


def _id(answered: Answered, name: str) -> str:
    assert answered.refusal is None, answered
    return str(answered.answer[name])


def job_body(employer: str, trip: str, hours: tuple[str, str] = ("18:00", "22:00")) -> dict[str, Any]:
    """A right post of today, reached by bus or on foot."""
    return {
        "employer": employer,
        "trade": "loader",
        "headcount": 4,
        "pay_min_fen": 26000,
        "pay_max_fen": 26000,
        "pay_unit": "day",
        "settlement": "daily",
        "place": "Lake East",
        "address": "18 Harbour Road",
        "work": "Loading boxes",
        "first_day": DAY,
        "starts_at": hours[0],
        "ends_at": hours[1],
        "ways": ["bus", "own"],
        "trip": trip,
        "contact_name": "Gate",
        "contact_phone": "0512-0000-0018",
    }


@contextmanager
def twin_of(crowd: Crowd, who: str, credential: Credential, ledger: Ledger) -> Iterator[Twin]:
    """A twin that is closed in the end."""
    twin = Twin(crowd.process.url, who, credential, ledger)
    try:
        yield twin
    finally:
        twin.close()


def use_kiosk(crowd: Crowd, nth: int, ledger: Ledger, goes_on: Callable[[int], bool]) -> None:
    """Claims, numbers, print reports at a kiosk while `goes_on(round)`."""
    dice, turn = Random(nth), 0
    with twin_of(crowd, f"kiosk {nth}", crowd.kiosks[nth], ledger) as twin:
        while goes_on(turn):
            turn += 1
            if dice.random() < 0.4:
                twin.send("/queue-tickets", {"service": dice.choice(SERVICES)})
                continue
            claimed = twin.send("/claims", _wish(crowd, nth, turn, dice))
            if claimed.refusal is None:
                twin.send(f"/print-jobs/{claimed.answer['print_job']}/report", {"state": "printed"})


def _wish(crowd: Crowd, nth: int, turn: int, dice: Random) -> dict[str, Any]:
    """At a time all kiosks want the same bus, for few people who stand at several kiosks at once."""
    post = crowd.posts[(2 * turn + nth % 2) % len(crowd.posts)]
    known = dice.random() < 0.7
    identity = (
        {"kind": "code", "code": crowd.cards[(turn + dice.randrange(3)) % len(crowd.cards)]}
        if known
        else {"kind": "none"}
    )
    party = dice.choice((1, 1, 1, 2, 3))
    way = dice.choice(("bus", "bus", "own"))
    return {"job": post, "way": way, "party_size": party, "identity": identity}


def serve_counter(crowd: Crowd, number: int, ledger: Ledger, is_over: threading.Event) -> None:
    """Calls until nobody waits after `is_over`; the last one is finished."""
    dice = Random(100 + number)
    with twin_of(crowd, f"counter {number}", crowd.staff, ledger) as twin:
        while True:
            was_over = is_over.is_set()
            called = twin.send(f"/counters/{number}/call-next", {})
            if called.refusal is not None:
                if was_over:
                    twin.send(f"/counters/{number}/finish", {"outcome": "served"})
                    return
                time.sleep(COUNTERS_PAUSE_S)
                continue
            if dice.random() < 0.3:
                twin.send(f"/counters/{number}/recall", {})
            if dice.random() < 0.5:
                twin.send(f"/counters/{number}/finish", {"outcome": dice.choice(("served", "no_show"))})


def run_together(jobs: Sequence[Callable[[], None]], ledger: Ledger) -> list[threading.Thread]:
    """Starts each in a thread of its own; an exception in one is blamed on the server's ledger."""

    def guarded(job: Callable[[], None]) -> None:
        try:
            job()
        except Exception as error:  # noqa: BLE001 - a thread's end must not be silent; the test reads the ledger
            ledger.blame(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=guarded, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    return threads
