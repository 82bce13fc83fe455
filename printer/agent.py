"""Prints at a counter what the hall orders for this printer: follows the `printer` feed, fetches its own slips, spools.

Knows no window. The spool keeps the truth; the hall hears it through the outbox. `say` hears one line per change.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from config.settings import Settings
from hallserver.device.hall_clock import HallMark
from hallserver.device.link import Heard, Link, LinkEvent, LinkPlace, ShutOut
from hallserver.device.outbox import Outbox
from hallserver.device.pairing import DeviceToken, forget_token, keep_token, load_token, pair
from hallserver.device.rest import Done, HallRest, Refused, Reply
from printer.orders import LOOKS_EVERY_S, Fetched, NotFetched, Orders, Picture
from printer.pressroom import PressRoom, open_pressroom
from printer.reports import PrintReports
from printer.spool import PrintJob

FEED = "printer"
PAPER = "paper"
"""The folder of spool and marks under this machine's own."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Counter:
    """What an agent holds while it is paired."""

    link: Link
    room: PressRoom
    orders: Orders
    outbox: Outbox
    rests: tuple[HallRest, ...]

    def start(self) -> None:
        """Everything begins."""
        self.outbox.start()
        self.room.start()
        self.link.start()

    def stop(self) -> None:
        """Everything ends; what waits stays on disk."""
        self.link.stop()
        self.room.stop()
        self.outbox.stop()
        for rest in self.rests:
            rest.close()


class Agent:
    """`run` in the thread that may wait, `stop` from any other."""

    def __init__(self, settings: Settings, say: Say) -> None:
        self._settings, self._say = settings, say
        self._folder = settings.data_dir / settings.device_name
        self._events: queue.SimpleQueue[LinkEvent | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._mark: HallMark | None = None

    def stop(self) -> None:
        """Ends `run`."""
        self._stopping.set()
        self._events.put(None)

    def run(self) -> None:
        """Pairs where it must, then prints until stopped. Raises FaceMissing, SpoolInUse, UnknownProfile."""
        while not self._stopping.is_set():
            token = load_token(self._token_file) or self._pair()
            if token is not None:
                self._serve(token)

    @property
    def _token_file(self) -> Path:
        return self._folder / "token.json"

    def _pair(self) -> DeviceToken | None:
        def show(digits: str | None) -> None:
            self._say(f"pair this printer with {digits}" if digits else "the hall cannot be reached")

        token = pair(self._settings.server_url, "printer", show, self._stopping)
        if token is not None:
            keep_token(self._token_file, token)
            self._say(f"paired as {token.name}")
        return token

    def _serve(self, token: DeviceToken) -> None:
        counter = self._open(token)
        counter.start()
        try:
            while not self._stopping.is_set():
                event = _next(self._events)
                if isinstance(event, ShutOut):
                    forget_token(self._token_file)
                    return
                if isinstance(event, Heard):
                    self._mark = event.mark
                self._take_orders(counter)
        finally:
            counter.stop()

    def _open(self, token: DeviceToken) -> Counter:
        own = self._settings
        rests = (HallRest(own.server_url, token.token), HallRest(own.server_url, token.token))
        outbox = Outbox(self._folder / "outbox.sqlite", rests[0], _ignore)
        room = open_pressroom(self._folder / PAPER, own, lambda: datetime.now(UTC))
        room.report_to(PrintReports(outbox))
        room.listen(self._hear)
        orders = Orders(token.device_id, room, own.language, lambda job_id: fetch_payload(rests[1], job_id))
        place = LinkPlace(own.server_url, token.token, FEED, self._folder / "replica.sqlite")
        return Counter(Link(place, self._events.put), room, orders, outbox, rests)

    def _hear(self, job: PrintJob) -> None:
        self._say(f"{job.job_id} {job.state.value} {job.reason or ''}".rstrip())

    def _take_orders(self, counter: Counter) -> None:
        if self._mark is None:  # without the business day no slip can be worded
            return
        picture = Picture(counter.link.items(), self._mark.now(), self._mark.business_day)
        for line in counter.orders.take(picture):
            self._say(line)


def fetch_payload(rest: HallRest, job_id: str) -> Fetched | NotFetched:
    """An own job's slip; also for a kiosk, for which staff ordered one."""
    reply = rest.get(f"/api/v1/print-jobs/{job_id}/payload")
    if isinstance(reply, Done):
        return Fetched(reply.body["slip"], reply.body.get("language", ""))
    return NotFetched(reply.code if isinstance(reply, Refused) else None)


def _next(events: "queue.SimpleQueue[LinkEvent | None]") -> LinkEvent | None:
    try:
        return events.get(timeout=LOOKS_EVERY_S)
    except queue.Empty:
        return None


def _ignore(key: str, reply: Reply) -> None:
    """A refused report was late news; the spool keeps the truth."""
