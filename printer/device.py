"""Brings one paper to one printer and tells the truth about it; must not know slips, the spool or who waits for it.

Before the first byte the printer is asked how it is: what is refused then is safe to try again. After the first byte
only the printer's own answer makes it printed; everything else is unknown.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from printer.encode import CLEAR_BUFFERS, Closing, Profile, closing_request, encode_separation
from printer.faults import PrinterFault
from printer.replies import AllPrinted, Change, Cleared, PaperSensor, RealTime, Reply, ReplyReader
from printer.transport import Dial, Port, PortLost

SEND_BYTES = 16 * 1024
STEP_S = 0.25  # how long one wait may last before the limits are looked at


class Reason(StrEnum):
    """Why a paper was refused, is late or is unknown; its words are `ticket.fault.<reason>` in the catalogue."""

    UNREACHABLE = "unreachable"
    NO_ANSWER = "no_answer"
    PAPER_END = "paper_end"
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    PRINTER_ERROR = "printer_error"
    OFFLINE = "offline"
    CONNECTION_LOST = "connection_lost"
    NO_REPLY = "no_reply"
    INTERRUPTED = "interrupted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Printed:
    """The printer said that everything is on paper."""


@dataclass(frozen=True)
class Refused:
    """Nothing was sent; safe to try again."""

    reason: Reason


@dataclass(frozen=True)
class Unknown:
    """Something was sent and no proof came back; never to be repeated by itself."""

    reason: Reason


Outcome = Printed | Refused | Unknown


@dataclass(frozen=True)
class Status:
    """How the printer is: `stop` is None while it can print."""

    stop: Reason | None
    is_paper_near_end: bool


@dataclass(frozen=True)
class Patience:
    """How long to wait for what, in seconds of elapsed time."""

    status_s: float = 1.0  # an answer to a status request
    progress_s: float = 10.0  # a byte taken, or the last answer
    recovery_s: float = 60.0  # a person to close the cover or change the roll


class NotAnswered(PrinterFault):
    """A question was not answered in time."""


@dataclass(frozen=True)
class Order:
    """One paper to print: its bytes, its four-character id, and whom to tell.

    `starting` is called right before the first byte (a spool commits there); `stopped` with the reason when the
    printer stops on the way, with None when it goes on.
    """

    paper: bytes
    process_id: bytes
    starting: Callable[[], None]
    stopped: Callable[[Reason | None], None]


class Device:
    """One printer. Not for several threads at once: each printer has one worker."""

    def __init__(self, dial: Dial, profile: Profile, patience: Patience) -> None:
        self.profile = profile
        self._dial = dial
        self._patience = patience
        self._gives_up = threading.Event()
        self._may_hold_rest = True  # of a paper that this or an earlier process did not bring to its end

    def give_up(self) -> None:
        """Stop waiting, from another thread: what is under way ends as unknown; the device is not used again."""
        self._gives_up.set()

    def status(self) -> Status:
        """Ask how the printer is; an unreachable or silent one is a status too."""
        try:
            with closing(self._dial()) as port:
                return _Talk(port, self._patience, self._gives_up.is_set).status()
        except PortLost:
            return Status(Reason.UNREACHABLE, False)
        except NotAnswered:
            return Status(Reason.NO_ANSWER, False)

    def print_paper(self, order: Order) -> Outcome:
        """Ask, send, wait for the proof. Raises nothing that a printer or a network can cause."""
        try:
            port = self._dial()
        except PortLost:
            return Refused(Reason.UNREACHABLE)
        with closing(port):
            talk = _Talk(port, self._patience, self._gives_up.is_set)
            refusal = self._prepare(talk)
            if refusal is not None:
                return Refused(refusal)
            order.starting()
            return self._send(talk, order)

    def _prepare(self, talk: "_Talk") -> Reason | None:
        try:
            status = talk.status()
            if status.stop is None and self._may_hold_rest and self.profile.clears_buffers:
                talk.clear()
        except (PortLost, NotAnswered):
            return Reason.NO_ANSWER
        return status.stop

    def _send(self, talk: "_Talk", order: Order) -> Outcome:
        before = encode_separation(self.profile) if self._may_hold_rest else b""
        self._may_hold_rest = True
        question = closing_request(self.profile.closing, order.process_id)
        try:
            talk.deliver(before + order.paper + question, order.stopped)
            talk.await_printed(self.profile.closing, order.process_id)
        except PortLost:
            return Unknown(Reason.CONNECTION_LOST)
        except NotAnswered:
            return Unknown(Reason.INTERRUPTED if self._gives_up.is_set() else talk.stop or Reason.NO_REPLY)
        self._may_hold_rest = False
        return Printed()


class _Talk:
    """One connection's conversation: what was asked, what came back, what stops the printer at the moment."""

    def __init__(self, port: Port, patience: Patience, gives_up: Callable[[], bool]) -> None:
        self.stop: Reason | None = None
        self._port = port
        self._patience = patience
        self._gives_up = gives_up
        self._tell: Callable[[Reason | None], None] = lambda _reason: None
        self._reader = ReplyReader()
        self._replies: deque[Reply] = deque()
        self._last_sign = time.monotonic()

    def status(self) -> Status:
        """DLE EOT 1, 2, 4, and 3 for the kind of error; raises NotAnswered."""
        general, cause, paper = self._ask(1), self._ask(2), self._ask(4)
        errors = self._ask(3) if cause & 0x40 else 0
        return Status(_stop(general, cause, paper, errors), bool(paper & 0x0C))

    def clear(self) -> None:
        """Empty the printer's buffers and wait until it says so; raises NotAnswered."""
        self._put(CLEAR_BUFFERS)
        self._await(lambda reply: isinstance(reply, Cleared), self._patience.status_s)

    def deliver(self, data: bytes, tell: Callable[[Reason | None], None]) -> None:
        """Hand over all bytes, telling when the printer stops and goes on; raises NotAnswered or PortLost."""
        self._tell, self._last_sign = tell, time.monotonic()
        while data:
            sent = self._exchange(data[:SEND_BYTES])
            data = data[sent:]
            if sent:
                self._last_sign = time.monotonic()
            self._lose_patience(self._patience.progress_s)

    def await_printed(self, closing_question: Closing, process_id: bytes) -> None:
        """Wait for the proof; raises NotAnswered or PortLost."""
        if closing_question is Closing.PROCESS_ID:
            self._await(lambda reply: reply == AllPrinted(process_id), self._patience.progress_s)
        else:
            self._await(lambda reply: isinstance(reply, PaperSensor), self._patience.progress_s)

    def _ask(self, which: int) -> int:
        self._replies.clear()
        self._put(bytes([0x10, 0x04, which]))
        reply = self._await(lambda answer: isinstance(answer, RealTime), self._patience.status_s)
        return reply.bits if isinstance(reply, RealTime) else 0

    def _put(self, data: bytes) -> None:
        self._last_sign = time.monotonic()
        while data:
            data = data[self._exchange(data) :]
            self._lose_patience(self._patience.status_s)

    def _await(self, is_wanted: Callable[[Reply], bool], limit_s: float) -> Reply:
        self._last_sign = time.monotonic()
        while True:
            while self._replies:
                reply = self._replies.popleft()
                if is_wanted(reply):
                    return reply
            self._exchange(b"")
            if not self._replies:
                self._lose_patience(limit_s)

    def _exchange(self, data: bytes) -> int:
        sent, received = self._port.exchange(data, STEP_S)
        for reply in self._reader.feed(received):
            if isinstance(reply, Change):
                self._note(reply)
            else:
                self._replies.append(reply)
        return sent

    def _note(self, change: Change) -> None:
        self._last_sign = time.monotonic()
        stop = _stop_of(change)
        if stop is not self.stop:
            self.stop = stop
            self._tell(stop)

    def _lose_patience(self, limit_s: float) -> None:
        limit = self._patience.recovery_s if self.stop else limit_s
        if self._gives_up() or time.monotonic() - self._last_sign > limit:
            raise NotAnswered(f"no sign for {limit} s")


def _stop(general: int, cause: int, paper: int, errors: int) -> Reason | None:
    table = (
        (paper & 0x60 or cause & 0x20, Reason.PAPER_END),
        (cause & 0x04, Reason.COVER_OPEN),
        (errors & 0x08, Reason.CUTTER_ERROR),
        (cause & 0x40, Reason.PRINTER_ERROR),
        (general & 0x08, Reason.OFFLINE),
    )
    return next((reason for is_so, reason in table if is_so), None)


def _stop_of(change: Change) -> Reason | None:
    table = (
        (change.is_paper_end, Reason.PAPER_END),
        (change.is_cover_open, Reason.COVER_OPEN),
        (change.has_cutter_error, Reason.CUTTER_ERROR),
        (change.has_error, Reason.PRINTER_ERROR),
        (change.is_offline, Reason.OFFLINE),
    )
    return next((reason for is_so, reason in table if is_so), None)
