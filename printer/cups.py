"""Hands a paper to a raw queue of CUPS over IPP; must not know what is printed.

CUPS keeps what it was given and tries again by itself, also hours later. So the paper waits here until it is whole,
the queue is followed until CUPS has passed it on, and what it still holds when the wait ends is cancelled. CUPS cannot
say what came out: its papers are sent, never printed. `lp -o raw` would do the first of these three.
"""

import contextlib
import getpass
import http.client
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.printer_address import CupsPrinter
from printer import ipp
from printer.outcomes import Reason
from printer.transport import CONNECT_S, PortLost

SOCKET = Path("/run/cups/cups.sock")
ANSWER_S = 5.0
LOOKS_EVERY_S = 0.1
STOPPED = 5  # printer-state

_STOPS = (
    ("media-empty", Reason.PAPER_END),
    ("media-needed", Reason.PAPER_END),
    ("cover-open", Reason.COVER_OPEN),
    ("door-open", Reason.COVER_OPEN),
    ("media-jam", Reason.CUTTER_ERROR),
    ("offline", Reason.OFFLINE),
    ("paused", Reason.OFFLINE),
)


@dataclass(frozen=True)
class CupsAddress:
    """A queue; call it to see whether it is there and takes jobs. `local` is CUPS's own socket on this machine."""

    queue: CupsPrinter
    local: Path = SOCKET

    def __call__(self) -> "CupsPort":
        """Ask the queue how it is; raises PortLost."""
        port = CupsPort(self)
        port.look()
        return port

    @property
    def uri(self) -> str:
        return f"ipp://{self.queue.host or 'localhost'}/printers/{self.queue.queue}"

    def ask(self, body: bytes) -> ipp.Answer:
        """One request on a connection of its own; raises PortLost."""
        connection = self._connection()
        try:
            connection.request("POST", f"/printers/{self.queue.queue}", body, self._headers())
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != 200:
                raise PortLost(f"CUPS answers HTTP {answer.status}")
            return ipp.read_answer(said)
        except (OSError, http.client.HTTPException, ipp.IppFault) as error:
            raise PortLost(f"cups:{self.queue.queue}: {error}") from error
        finally:
            connection.close()

    def _headers(self) -> dict[str, str]:
        """On its own socket CUPS believes whom the kernel names: without that nobody may cancel."""
        peer = {"Authorization": f"PeerCred {getpass.getuser()}"} if self._is_local else {}
        return {"Content-Type": "application/ipp"} | peer

    @property
    def _is_local(self) -> bool:
        return not self.queue.host and self.local.is_socket()

    def _connection(self) -> http.client.HTTPConnection:
        if self._is_local:
            return _LocalConnection(str(self.local))
        return http.client.HTTPConnection(self.queue.host or "localhost", self.queue.port, timeout=ANSWER_S)


class _LocalConnection(http.client.HTTPConnection):
    """HTTP over a socket of this machine."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=ANSWER_S)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(CONNECT_S)
        self.sock.connect(self._path)
        self.sock.settimeout(ANSWER_S)


class CupsPort:
    """One paper for one queue."""

    can_answer = False

    def __init__(self, address: CupsAddress, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._address = address
        self._elapsed = elapsed
        self._user = getpass.getuser()
        self._paper = bytearray()
        self._job: int | None = None
        self._looked_at = 0.0
        self._state = ipp.JobState.PENDING
        self._stop: Reason | None = None

    def look(self) -> None:
        """Whether the queue takes jobs; raises PortLost."""
        answer = self._address.ask(ipp.ask_printer(self._address.uri))
        if not answer.number("printer-is-accepting-jobs"):
            raise PortLost(f"cups:{self._address.queue.queue} accepts no jobs")
        reasons = answer.words("printer-state-reasons")
        told = (stop for word, stop in _STOPS if any(reason.startswith(word) for reason in reasons))
        is_stopped = answer.number("printer-state") == STOPPED
        self._stop = next(told, Reason.OFFLINE if is_stopped else None)

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        """Keeps the bytes until the paper is whole."""
        self._paper += data
        if not data:
            time.sleep(min(timeout_s, LOOKS_EVERY_S))
        return len(data), b""

    def is_drained(self) -> bool:
        """Gives the paper to CUPS at the first call, then follows it; raises PortLost where CUPS gave it up."""
        if self._job is None:
            head = ipp.print_job(self._address.uri, self._user, "slip")
            self._job = self._address.ask(head + bytes(self._paper)).number("job-id")
        if self._elapsed() - self._looked_at > LOOKS_EVERY_S:
            self._looked_at = self._elapsed()
            self._state = self._job_state(self._job)
        if self._state in (ipp.JobState.CANCELED, ipp.JobState.ABORTED):
            raise PortLost(f"CUPS gave job {self._job} up")
        return self._state is ipp.JobState.COMPLETED

    def _job_state(self, job: int) -> ipp.JobState:
        asked = ipp.about_job(ipp.Operation.GET_JOB_ATTRIBUTES, self._address.uri, self._user, job)
        try:
            return ipp.JobState(self._address.ask(asked).number("job-state"))
        except ValueError as error:
            raise PortLost(f"CUPS knows a job state of its own: {error}") from error

    def stop_told(self) -> Reason | None:
        return self._stop

    def close(self) -> None:
        """What CUPS still holds may not come out later, when nobody waits for it any more."""
        if self._job is None or self._state >= ipp.JobState.CANCELED:
            return
        asked = ipp.about_job(ipp.Operation.CANCEL_JOB, self._address.uri, self._user, self._job)
        with contextlib.suppress(PortLost):  # then the paper is unknown anyway
            self._address.ask(asked)
