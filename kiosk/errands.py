"""Carries wishes to the hall in a thread of its own and repeats them under one key; knows no window and no words."""

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from config.clock import elapsed_s
from hallserver.device.rest import Done, Refused, Reply, new_key
from kiosk.flow.events import Denied, Granted, Send, Unanswered
from kiosk.flow.identity import CardIdentity, CodeIdentity, Identity
from kiosk.flow.scenes import NumberWish, PlaceWish, Taken, Wish

TRIES_S = 15.0
AGAIN_S, AGAIN_MAX_S = 0.5, 2.0
FEED = "kiosk"


class Hall(Protocol):
    """What an errand needs of the way to the hall."""

    def command(self, path: str, body: dict[str, Any], key: str | None = None) -> Reply: ...


Answer = Granted | Denied | Unanswered


@dataclass(frozen=True)
class SlipOrdered:
    """A slip that this machine owes: `slip` as facts and messages."""

    print_job: str
    slip: Mapping[str, Any]
    language: str


class Errands:
    """`send` from the main thread; `answered` and `ordered` are called in the errand's thread, in this order."""

    def __init__(self, hall: Hall, answered: Callable[[Answer], None], ordered: Callable[[SlipOrdered], None]) -> None:
        self._hall, self._answered, self._ordered = hall, answered, ordered
        self._keys: dict[int, str] = {}
        self._queue: queue.SimpleQueue[Send | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="errands", daemon=True)

    def start(self) -> None:
        """Begins to wait for wishes."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the request that is under way."""
        self._stopping.set()
        self._queue.put(None)
        self._thread.join(timeout=10)

    def send(self, errand: Send) -> None:
        """On its way; the same errand again goes under the same key."""
        self._keys.setdefault(errand.errand, new_key())
        self._queue.put(errand)

    def forget(self) -> None:
        """The person has gone: no key of theirs is used again."""
        self._keys.clear()

    def _run(self) -> None:
        while self._carry_next():
            pass

    def _carry_next(self) -> bool:
        """A function of its own: between two errands nothing of the last one is held."""
        errand = self._queue.get()
        if errand is None:
            return False
        reply = self._insist(errand.wish, self._keys.get(errand.errand, new_key()))
        if reply is not None:
            self._report(errand, reply)
        return True

    def _insist(self, wish: Wish, key: str) -> Reply | None:
        """The last reply of many tries under one key; None: the machine stops."""
        path, body = request_of(wish)
        deadline_s, pause_s = elapsed_s() + TRIES_S, AGAIN_S
        while not self._stopping.is_set():
            reply = self._hall.command(path, body, key)
            if isinstance(reply, Done | Refused) or elapsed_s() + pause_s > deadline_s:
                return reply
            self._stopping.wait(pause_s)
            pause_s = min(pause_s * 2, AGAIN_MAX_S)
        return None

    def _report(self, errand: Send, reply: Reply) -> None:
        if isinstance(reply, Refused):
            self._answered(Denied(errand.errand, reply.code, reply.facts))
        elif isinstance(reply, Done):
            taken = taken_of(reply.body)
            self._answered(Granted(errand.errand, taken))
            if taken.print_job is not None:
                self._ordered(SlipOrdered(taken.print_job, taken.slip, errand.language))
        else:
            self._answered(Unanswered(errand.errand))


def request_of(wish: Wish) -> tuple[str, dict[str, Any]]:
    """Path below /api/v1 and body of the command that a wish is."""
    match wish:
        case PlaceWish(page=page, way=way, identity=identity):
            place = {"job": page.job_id, "way": way, "party_size": 1, "standby": False}
            return "/claims", place | {"identity": identity_of(identity)}
        case NumberWish(service=service):
            return "/queue-tickets", {"service": service}


def identity_of(identity: Identity) -> dict[str, Any]:
    """How `/claims` is told who somebody is. An ID card is only ever sent after its owner agreed and confirmed."""
    match identity:
        case CodeIdentity(code=code):
            return {"kind": "code", "code": code}
        case CardIdentity(card=card):
            return {"kind": "id_card", "number": card.number, "name": card.name, "consent": True}
    return {"kind": "none"}


def taken_of(body: Mapping[str, Any]) -> Taken:
    """What the answer of `/claims` and `/queue-tickets` means here; a change not in this feed needs no waiting."""
    seq = int(body.get("seq", {}).get(FEED, 0))
    return Taken(body["number"], body["slip"], body.get("speech"), body.get("print_job"), seq)
