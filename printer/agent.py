"""Prints at a counter what the hall orders for this printer: follows the `printer` feed, fetches its own slips, spools.

Knows no window. The spool keeps the truth; the hall hears it through the outbox. `say` hears one line per change.
"""

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.settings import Settings
from config.texts import Catalogue, TextFault
from config.words import Speaker
from hallserver.device.hall_clock import HallMark
from hallserver.device.link import Heard, Link, LinkEvent, LinkPlace, ShutOut
from hallserver.device.outbox import Outbox
from hallserver.device.pairing import DeviceToken, forget_token, keep_token, load_token, pair
from hallserver.device.rest import Done, HallRest, Refused, Reply
from printer.encode import profile_for
from printer.faults import SlipUnreadable
from printer.pressroom import PressRoom, open_pressroom
from printer.reports import PrintReports
from printer.spool import JobState, PrintJob, SpoolFull
from printer.ticket import to_json
from printer.wording import word_slip

FEED = "printer"
LOOKS_EVERY_S = 2.0
"""An order whose payload could not be fetched is tried again after so long."""

Items = Mapping[str, Mapping[str, Any]]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Counter:
    """What an agent holds while it is paired."""

    link: Link
    room: PressRoom
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
                self._take_orders(token.device_id, counter)
        finally:
            counter.stop()

    def _open(self, token: DeviceToken) -> Counter:
        own = self._settings
        rests = (HallRest(own.server_url, token.token), HallRest(own.server_url, token.token))
        outbox = Outbox(self._folder / "outbox.sqlite", rests[0], _ignore)
        profile = profile_for(own.printer_profile, own.printer_width_dots)
        room = open_pressroom(self._folder / "paper", own.printer_address, profile, lambda: datetime.now(UTC))
        reports = PrintReports(outbox)
        room.listen(lambda job: self._hear(job, reports))
        place = LinkPlace(own.server_url, token.token, FEED, self._folder / "replica.sqlite")
        return Counter(Link(place, self._events.put), room, outbox, rests)

    def _hear(self, job: PrintJob, reports: PrintReports) -> None:
        self._say(f"{job.job_id} {job.state.value} {job.reason or ''}".rstrip())
        if job.state is not JobState.QUEUED:
            reports.tell(job.job_id, job.state.value, str(job.reason or ""))

    def _take_orders(self, device_id: str, counter: Counter) -> None:
        if self._mark is None:  # without the business day no slip can be worded
            return
        for job_id in own_orders(counter.link.items(), device_id):
            if counter.room.spool.job(job_id) is None:
                self._fetch(job_id, counter)

    def _fetch(self, job_id: str, counter: Counter) -> None:
        reply = counter.rests[1].get(f"/api/v1/print-jobs/{job_id}/payload")
        if isinstance(reply, Refused):
            self._say(f"{job_id} refused {reply.code}")
        if not isinstance(reply, Done) or self._mark is None:
            return
        speaker = Speaker(Catalogue.load(self._settings.language), self._mark.business_day)
        try:
            counter.room.submit(job_id, to_json(word_slip(reply.body["slip"], speaker)))
        except (SlipUnreadable, TextFault, SpoolFull) as fault:
            self._say(f"{job_id} not queued: {fault}")
            PrintReports(counter.outbox).tell(job_id, JobState.FAILED, "unreadable")


def own_orders(items: Items, device_id: str) -> list[str]:
    """Print jobs of this device that nobody has begun, oldest first (their ids sort by time)."""
    return sorted(
        key.removeprefix("print/")
        for key, item in items.items()
        if key.startswith("print/") and item["device"] == device_id and item["state"] == "queued"
    )


def _next(events: "queue.SimpleQueue[LinkEvent | None]") -> LinkEvent | None:
    try:
        return events.get(timeout=LOOKS_EVERY_S)
    except queue.Empty:
        return None


def _ignore(key: str, reply: Reply) -> None:
    """A refused report was late news; the spool keeps the truth."""
