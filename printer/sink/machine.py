"""The inside of the sink: its state, receive buffer, knife and answers; must not know sockets, files or the time.

Bits of the answers: Epson's ESC/POS command reference, `DLE EOT`, `GS a`, `GS r`, `GS ( H`, `DLE DC4` function 8.
"""

from collections import deque
from dataclasses import dataclass
from enum import Enum

from PIL import Image, ImageChops

from printer.encode import CLEAR_BUFFERS
from printer.reader import (
    AskPaper,
    AskPrinted,
    Cut,
    Feed,
    Illegal,
    Initialise,
    Raster,
    ReportChanges,
    Step,
    StrictReader,
    traps_in,
)

BUFFER_BYTES = 64 * 1024
LINE_DOTS = 30  # a line of ESC d
KEPT_ERRORS = 100


class Condition(Enum):
    """What a person can do to a printer; every one but the first two stops it."""

    READY = "ready"
    NEAR_END = "near_end"
    PAPER_END = "paper_end"
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    OFFLINE = "offline"


_RUNNING = (Condition.READY, Condition.NEAR_END)


class Speech(Enum):
    """How much a printer answers; `WITHOUT_PROCESS_ID` neither knows GS ( H nor clears its buffers when told."""

    FULL = "full"
    WITHOUT_PROCESS_ID = "without_process_id"
    MUTE = "mute"


@dataclass(frozen=True)
class Build:
    """What kind of printer the sink plays."""

    width_dots: int
    has_knife: bool
    speech: Speech = Speech.FULL


class Machine:
    """One printer. What arrives is buffered, `work` obeys it in order, answers are collected by `take_answers`."""

    def __init__(self, build: Build) -> None:
        self.condition = Condition.READY
        self.consumed = 0
        self.cleared = 0
        self.errors: deque[str] = deque(maxlen=KEPT_ERRORS)
        self._build = build
        self._reader = StrictReader()
        self._buffer = bytearray()
        self._tail = b""
        self._answers = bytearray()
        self._report_mask = 0
        self._rows = bytearray()
        self._finished: list[Image.Image] = []

    @property
    def is_stopped(self) -> bool:
        return self.condition not in _RUNNING

    @property
    def room(self) -> int:
        """How many bytes still fit into the receive buffer."""
        return BUFFER_BYTES - len(self._buffer)

    @property
    def backlog(self) -> int:
        return len(self._buffer)

    def connected(self) -> None:
        """A host has connected: changes are not reported until it asks."""
        self._report_mask = 0
        self._tail = b""

    def arrive(self, data: bytes) -> None:
        """Take bytes from the wire; real-time commands are obeyed now, wherever they stand."""
        self._buffer += data
        window = self._tail + data
        at = window.find(b"\x10")
        while at >= 0:
            self._obey_at_once(window, at)
            at = window.find(b"\x10", at + 1)
        self._tail = _unfinished(window)

    def _obey_at_once(self, window: bytes, at: int) -> None:
        if window[at + 1 : at + 2] == b"\x04" and at + 2 < len(window):
            self._answers += self._status(window[at + 2])
        elif window.startswith(CLEAR_BUFFERS, at) and self._build.speech is Speech.FULL:
            self._buffer = bytearray(window[at + len(CLEAR_BUFFERS) :])
            self._reader.drop()
            self.cleared += 1
            self._answers += b"\x37\x25\x00"

    def work(self, most: int) -> int:
        """Obey at most so many buffered bytes; gives how many were. A stopped printer obeys none."""
        done = 0
        while self._buffer and done < most and not self.is_stopped:
            portion = bytes(self._buffer[: min(most - done, 4096)])
            del self._buffer[: len(portion)]
            for step in self._reader.feed(portion):
                self._obey(step)
            done += len(portion)
        self.consumed += done
        return done

    def set_condition(self, condition: Condition) -> None:
        """Somebody opened the cover, took the paper, put it back …; reported if the host asked for it."""
        if condition is not self.condition:
            self.condition = condition
            if self._report_mask:
                self._answers += self._report()

    def take_answers(self) -> bytes:
        """Give and forget what the printer has said."""
        said = bytes(self._answers) if self._build.speech is not Speech.MUTE else b""
        self._answers.clear()
        return said

    def lose_power(self) -> None:
        """What was received and not printed is gone; what is on paper stays there."""
        self._buffer.clear()
        self._reader.drop()
        self._answers.clear()
        self._tail = b""

    def take_papers(self) -> list[Image.Image]:
        """Give and forget the slips that were cut off."""
        papers, self._finished = self._finished, []
        return papers

    def _obey(self, step: Step) -> None:
        match step:
            case Initialise():
                self._report_mask = 0
            case Raster():
                self._print(step)
            case Feed(lines):
                self._feed(lines)
            case Cut():
                self._cut()
            case ReportChanges(mask):
                self._report_mask = mask
                self._answers += self._report()
            case AskPaper():
                self._answers.append(self._paper_sensor())
            case AskPrinted(process_id):
                if self._build.speech is Speech.FULL:
                    self._answers += b"\x37\x22" + process_id + b"\x00"
            case Illegal(offset, byte):
                self.errors.append(f"byte {offset}: {byte:02x} begins no command")

    def _print(self, raster: Raster) -> None:
        for trap in traps_in(raster):
            self.errors.append(f"byte {trap}: a real-time command inside a picture")
        across = (self._build.width_dots + 7) // 8
        if raster.width_bytes > across:
            self.errors.append(f"byte {raster.offset}: {raster.width_bytes * 8} dots are wider than the paper")
        for row in range(raster.rows):
            start = row * raster.width_bytes
            self._rows += raster.data[start : start + min(across, raster.width_bytes)].ljust(across, b"\x00")

    def _feed(self, lines: int) -> None:
        if not self._build.has_knife and self._rows:
            self._tear()
        elif self._rows:
            self._rows += bytes((self._build.width_dots + 7) // 8 * LINE_DOTS * lines)

    def _cut(self) -> None:
        if not self._build.has_knife:
            self.errors.append("a cut was sent to a printer without a knife")
        elif self._rows:
            self._tear()

    def _tear(self) -> None:
        across = (self._build.width_dots + 7) // 8
        size = (across * 8, len(self._rows) // across)
        ink = Image.frombytes("1", size, bytes(self._rows))
        self._finished.append(ImageChops.invert(ink).crop((0, 0, self._build.width_dots, size[1])))
        self._rows.clear()

    def _status(self, asked: int) -> bytes:
        now = self.condition
        flags = {
            1: 0x08 if self.is_stopped else 0,
            2: {Condition.COVER_OPEN: 0x04, Condition.PAPER_END: 0x20, Condition.CUTTER_ERROR: 0x40}.get(now, 0),
            3: 0x08 if now is Condition.CUTTER_ERROR else 0,
            4: {Condition.NEAR_END: 0x0C, Condition.PAPER_END: 0x6C}.get(now, 0),
        }
        return bytes([0x12 | flags[asked]]) if asked in flags else b""

    def _report(self) -> bytes:
        now = self.condition
        first = 0x10 | (0x08 if self.is_stopped else 0) | (0x20 if now is Condition.COVER_OPEN else 0)
        return bytes([first, 0x08 if now is Condition.CUTTER_ERROR else 0, self._paper_sensor(), 0x0F])

    def _paper_sensor(self) -> int:
        return {Condition.NEAR_END: 0x03, Condition.PAPER_END: 0x0F}.get(self.condition, 0)


def _unfinished(window: bytes) -> bytes:
    """Give the beginning of a real-time command at the end of what has arrived, to be completed by the next bytes."""
    at = window.rfind(b"\x10")
    if at < 0:
        return b""
    rest = window[at:]
    if rest == b"\x10" or rest == b"\x10\x04" or (len(rest) < len(CLEAR_BUFFERS) and CLEAR_BUFFERS.startswith(rest)):
        return rest
    return b""
