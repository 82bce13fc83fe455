"""Takes the hall's orders for one printer: which are new, which shall not come out here; knows no window and no socket.

The hall's row is the order, the spool the truth: an order that the spool knows is never fetched again. A machine that
prints what its own claims bring (a kiosk) takes here what others order for it: reprints, slips moved to it, and its own
after a crash between the answer and the spool.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from config.texts import Catalogue, TextFault
from config.words import Speaker
from printer.faults import SlipUnreadable
from printer.outcomes import Reason
from printer.pressroom import PressRoom
from printer.spool import SpoolFull
from printer.ticket import to_json
from printer.wording import word_slip

LOOKS_EVERY_S = 2.0
TOO_OLD = timedelta(minutes=30)
"""Nobody waits any more for a slip that was ordered so long ago; the worker gives a queued one as long."""

Items = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Fetched:
    """A slip's payload as the hall sent it; `language` empty: this machine's own."""

    slip: Mapping[str, Any]
    language: str = ""


@dataclass(frozen=True)
class NotFetched:
    """`code` None: the hall was not reached, ask again later; else it refused."""

    code: str | None


Fetch = Callable[[str], Fetched | NotFetched]


@dataclass(frozen=True)
class Picture:
    """What a device knows of its hall at one moment: its feed's items, hall time, the business day."""

    items: Items
    now: datetime
    today: date


class Orders:
    """`take` in one thread. `fetch` gives an own job's payload. `waits_looks`: so many looks an order is left alone
    that is no copy, because the answer to this machine's own claim brings it, worded for whoever stands there."""

    def __init__(self, device_id: str, room: PressRoom, language: str, fetch: Fetch, waits_looks: int = 0) -> None:
        self._device_id, self._room, self._language, self._fetch = device_id, room, language, fetch
        self._waits_looks = waits_looks
        self._looked: dict[str, int] = {}

    def take(self, picture: Picture) -> list[str]:
        """Brings the spool up to what the feed says -> a line for each order that could not be taken."""
        for job_id in withdrawn(picture.items, self._device_id):
            self._room.bury(job_id, Reason.WITHDRAWN)
        unknown = [
            job_id for job_id in own_orders(picture.items, self._device_id) if self._room.spool.job(job_id) is None
        ]
        self._looked = {job_id: self._looked.get(job_id, 0) + 1 for job_id in unknown}
        due = [job_id for job_id in unknown if self._is_due(job_id, picture.items[f"print/{job_id}"])]
        return [line for job_id in due for line in self._take_one(job_id, picture)]

    def _is_due(self, job_id: str, order: Mapping[str, Any]) -> bool:
        return bool(order.get("is_copy")) or self._looked[job_id] > self._waits_looks

    def _take_one(self, job_id: str, picture: Picture) -> list[str]:
        if picture.now - ordered_at(job_id) > TOO_OLD:
            self._room.bury(job_id, Reason.EXPIRED)
            return []
        fetched = self._fetch(job_id)
        if isinstance(fetched, NotFetched):
            return [f"{job_id} refused {fetched.code}"] if fetched.code else []
        try:
            catalogue = Catalogue.load(fetched.language or self._language)
            self._room.submit(job_id, to_json(word_slip(fetched.slip, Speaker(catalogue, picture.today))))
        except SpoolFull as fault:  # stays ordered: taken when there is room
            return [f"{job_id} waits at the hall: {fault}"]
        except (SlipUnreadable, TextFault) as fault:
            self._room.bury(job_id, Reason.UNREADABLE)
            return [f"{job_id} not queued: {fault}"]
        return []


class OrderTaker:
    """Takes orders in a thread of its own, for a machine whose own thread may not wait for the hall. `look` gives what
    is known now, None before anything is; `say` hears what could not be taken."""

    def __init__(
        self,
        orders: Orders,
        look: Callable[[], Picture | None],
        say: Callable[[str], None],
        looks_every_s: float = LOOKS_EVERY_S,
    ) -> None:
        self._orders, self._look, self._say = orders, look, say
        self._looks_every_s = looks_every_s
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="print-orders")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends after the order under way."""
        self._ends.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ends.wait(self._looks_every_s):
            picture = self._look()
            for line in self._orders.take(picture) if picture is not None else ():
                self._say(line)


def own_orders(items: Items, device_id: str) -> list[str]:
    """Print jobs of this device that nobody has begun, oldest first (their ids sort by time)."""
    return [job_id for job_id, item in _own(items, device_id) if item["state"] == "queued" and not _is_withdrawn(item)]


def withdrawn(items: Items, device_id: str) -> list[str]:
    """Print jobs of this device that shall come out elsewhere or not at all, if nothing of them was sent yet."""
    return [job_id for job_id, item in _own(items, device_id) if item["state"] == "queued" and _is_withdrawn(item)]


def ordered_at(job_id: str) -> datetime:
    """Hall time of the order: a UUIDv7 begins with 48 bits of milliseconds (RFC 9562, 5.7)."""
    return datetime.fromtimestamp(int(job_id[:12], 16) / 1000, UTC)


def _own(items: Items, device_id: str) -> list[tuple[str, Mapping[str, Any]]]:
    return sorted(
        (key.removeprefix("print/"), item)
        for key, item in items.items()
        if key.startswith("print/") and item["device"] == device_id
    )


def _is_withdrawn(item: Mapping[str, Any]) -> bool:
    return bool(item.get("is_withdrawn", False))
