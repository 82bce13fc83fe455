"""One connection's conversation with a printer: what was asked, what came back, what stops it; must not know papers.

Sources: Epson's ESC/POS reference (download4.epson.biz/sec_pubs/pos/reference_en/escpos), the same for the TM-T88III
(programming guide 10.01, pp. 316, 395, 428): `DLE EOT` (status in real time), `DLE DC4` function 8 (also when
offline or full; send nothing more until the clear response is there), `GS ( H` function 48 (the process id response
comes when the printing before it is completed), `GS r 1` (obeyed in its turn; a printer out of paper is offline and
does not obey it), `GS a` (four bytes at each change).
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from printer.encode import ASK_PAPER, CLEAR_BUFFERS, Closing
from printer.faults import PrinterFault
from printer.outcomes import Reason, Status
from printer.replies import AllPrinted, Change, Cleared, PaperSensor, RealTime, Reply, ReplyReader
from printer.transport import Port

SEND_BYTES = 16 * 1024
STEP_S = 0.25  # how long one wait may last before the limits are looked at
LOOK_S = 0.01  # between two looks at what has not left this machine yet


@dataclass(frozen=True)
class Patience:
    """How long to wait for what, in seconds of elapsed time."""

    status_s: float = 1.0  # an answer to a status request
    progress_s: float = 10.0  # a byte taken, or the last answer
    recovery_s: float = 300.0  # a person to close the cover or change the roll; the connection stays open meanwhile
    settle_s: float = 1.5  # late answers to questions of an interrupted paper


class NotAnswered(PrinterFault):
    """A question was not answered in time, or nobody waits for the answer any more."""


Tell = Callable[[Reason | None], None]
Want = Callable[[Reply], bool]
GoesOn = Callable[[], bool]


class Talk:
    """`stop` is what stops the printer now; `is_near_end` what it last said of its roll.

    `is_given_up` ends every wait; `goes_on` is asked while a printer stands still in the middle of a paper.
    """

    def __init__(self, port: Port, patience: Patience, is_given_up: Callable[[], bool]) -> None:
        self.stop: Reason | None = None
        self.is_near_end = False
        self._port = port
        self._patience = patience
        self._is_given_up = is_given_up
        self._tell: Tell = lambda _reason: None
        self._goes_on: GoesOn = lambda: True
        self._reader = ReplyReader()
        self._replies: deque[Reply] = deque()
        self._last_sign = time.monotonic()

    # -- before the first byte -------------------------------------------------------------------------------------

    def status(self) -> Status:
        """DLE EOT 1, 2, 4, and 3 for the kind of error; raises NotAnswered or PortLost."""
        general, cause, paper = self._ask(1), self._ask(2), self._ask(4)
        errors = self._ask(3) if cause & 0x40 else 0
        self.is_near_end = bool(paper & 0x0C)
        return Status(_stop(general, cause, paper, errors), self.is_near_end)

    def clear(self) -> None:
        """Empty the printer's buffers and wait until it says so; raises NotAnswered or PortLost."""
        self._put(CLEAR_BUFFERS)
        self._await(lambda reply: isinstance(reply, Cleared), self._bear_asking)

    def settle(self, separation: bytes, unanswered: int) -> None:
        """Let a printer that is asked by GS r answer what an interrupted paper asked: its answers bear no names, so a
        late one would prove the wrong paper. Answers come in turn, ours last. Raises NotAnswered or PortLost."""
        self._put(separation + ASK_PAPER)
        self._await(_is_paper_sensor, self._bear_asking)
        for _ in range(unanswered):
            try:
                self._await(_is_paper_sensor, self._bear_settling)
            except NotAnswered:  # those questions were lost with what stood before them
                return

    # -- the paper -------------------------------------------------------------------------------------------------

    def deliver(self, data: bytes, tell: Tell, goes_on: GoesOn) -> None:
        """Hand over all bytes, telling when the printer stops and goes on; raises NotAnswered or PortLost."""
        self._tell, self._goes_on, self._last_sign = tell, goes_on, time.monotonic()
        while data:
            sent = self._exchange(data[:SEND_BYTES], STEP_S)
            data = data[sent:]
            if sent:
                self._last_sign = time.monotonic()
            self._bear_printing()

    def await_proof(self, closing: Closing, process_id: bytes) -> None:
        """Wait until the paper is surely out; raises NotAnswered or PortLost."""
        wanted: Want = _is_paper_sensor if closing is Closing.PAPER_STATUS else lambda r: r == AllPrinted(process_id)
        self._await(wanted, self._bear_printing)

    def await_drained(self) -> None:
        """Wait until every byte has left this machine; raises NotAnswered or PortLost."""
        self._last_sign = time.monotonic()
        while not self._port.is_drained():
            self._exchange(b"", LOOK_S)
            self._bear_printing()

    # -- waiting ---------------------------------------------------------------------------------------------------

    def _ask(self, which: int) -> int:
        self._replies.clear()
        self._put(bytes([0x10, 0x04, which]))
        reply = self._await(lambda answer: isinstance(answer, RealTime), self._bear_asking)
        return reply.bits if isinstance(reply, RealTime) else 0

    def _put(self, data: bytes) -> None:
        self._last_sign = time.monotonic()
        while data:
            data = data[self._exchange(data, STEP_S) :]
            self._bear_asking()

    def _await(self, is_wanted: Want, bear: Callable[[], None]) -> Reply:
        self._last_sign = time.monotonic()
        while True:
            while self._replies:
                reply = self._replies.popleft()
                if is_wanted(reply):
                    return reply
            self._exchange(b"", STEP_S)
            if not self._replies:
                bear()

    def _exchange(self, data: bytes, timeout_s: float) -> int:
        sent, received = self._port.exchange(data, timeout_s)
        for reply in self._reader.feed(received):
            if isinstance(reply, Change):
                self._note(reply)
            else:
                self._replies.append(reply)
        return sent

    def _note(self, change: Change) -> None:
        self._last_sign = time.monotonic()
        self.is_near_end = change.is_near_end or change.is_paper_end
        stop = _stop_of(change)
        if stop is not self.stop:
            self.stop = stop
            self._tell(stop)

    def _bear_asking(self) -> None:
        self._bear(self._patience.status_s)

    def _bear_settling(self) -> None:
        self._bear(self._patience.settle_s)

    def _bear_printing(self) -> None:
        if self.stop and not self._goes_on():
            raise NotAnswered("nobody waits for this paper any more")
        self._bear(self._patience.recovery_s if self.stop else self._patience.progress_s)

    def _bear(self, limit_s: float) -> None:
        if self._is_given_up() or time.monotonic() - self._last_sign > limit_s:
            raise NotAnswered(f"no sign for {limit_s} s")


def _is_paper_sensor(reply: Reply) -> bool:
    return isinstance(reply, PaperSensor)


def _stop(general: int, cause: int, paper: int, errors: int) -> Reason | None:
    table = (
        (cause & 0x04, Reason.COVER_OPEN),
        (paper & 0x60 or cause & 0x20, Reason.PAPER_END),
        (errors & 0x08, Reason.CUTTER_ERROR),
        (cause & 0x40, Reason.PRINTER_ERROR),
        (general & 0x08, Reason.OFFLINE),
    )
    return next((reason for is_so, reason in table if is_so), None)


def _stop_of(change: Change) -> Reason | None:
    table = (
        (change.is_cover_open, Reason.COVER_OPEN),
        (change.is_paper_end, Reason.PAPER_END),
        (change.has_cutter_error, Reason.CUTTER_ERROR),
        (change.has_error, Reason.PRINTER_ERROR),
        (change.is_offline, Reason.OFFLINE),
    )
    return next((reason for is_so, reason in table if is_so), None)
