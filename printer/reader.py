"""Reads a printer's byte stream strictly, as the printer would; must not know slips, sockets or pictures.

Only what `printer.encode` may send is legal; any other byte becomes an `Illegal` step. Source: Epson's ESC/POS
command reference. Real-time commands standing between commands were answered on arrival and are skipped here.
"""

from collections.abc import Callable
from dataclasses import dataclass

REAL_TIME = (b"\x10\x04", b"\x10\x05", b"\x10\x14", b"\x1d\x03", b"\x1d\x04", b"\x1d\x05")
"""How commands begin that are obeyed on arrival, wherever they stand: Epson's and, with GS, those of NCR and Axiohm."""


@dataclass(frozen=True)
class Initialise:
    """ESC @: back to the settings of power-on."""


@dataclass(frozen=True)
class Raster:
    """GS v 0: `rows` rows of `width_bytes` bytes, a set bit is ink; `offset` is where its data began."""

    width_bytes: int
    rows: int
    data: bytes
    offset: int


@dataclass(frozen=True)
class Feed:
    """ESC d: forward by so many lines."""

    lines: int


@dataclass(frozen=True)
class Cut:
    """GS V: cut here, or after feeding to the knife."""


@dataclass(frozen=True)
class Beep:
    """ESC B, clones only: so many beeps of so many tenths of a second."""

    times: int
    tenths: int


@dataclass(frozen=True)
class ReportChanges:
    """GS a: from now on send four bytes at each change the mask names (ASB)."""

    mask: int


@dataclass(frozen=True)
class AskPaper:
    """GS r 1: answer with the paper sensor."""


@dataclass(frozen=True)
class AskPrinted:
    """GS ( H 48: echo these four characters when all before is on paper."""

    process_id: bytes


@dataclass(frozen=True)
class Padding:
    """A zero between commands, which prints nothing."""


@dataclass(frozen=True)
class Illegal:
    """A byte no command begins with here."""

    offset: int
    byte: int


Step = Initialise | Raster | Feed | Cut | Beep | ReportChanges | AskPaper | AskPrinted | Padding | Illegal
_Read = tuple[Step | None, int] | None  # a step (None: skipped) and its length; None: more bytes are needed


class StrictReader:
    """Takes bytes in any portions and gives the commands that are complete."""

    def __init__(self) -> None:
        self._held = b""
        self._offset = 0

    @property
    def is_inside_command(self) -> bool:
        return bool(self._held)

    def feed(self, data: bytes) -> list[Step]:
        """Read on; gives the steps completed by `data`."""
        self._held += data
        steps: list[Step] = []
        while self._held:
            read = _read(self._held, self._offset)
            if read is None:
                break
            step, length = read
            self._held = self._held[length:]
            self._offset += length
            if step is not None:
                steps.append(step)
        return steps

    def drop(self) -> None:
        """Forget a half-read command, as a cleared printer does."""
        self._offset += len(self._held)
        self._held = b""


def _read(held: bytes, offset: int) -> _Read:
    for start, parse in _COMMANDS.items():
        if held.startswith(start):
            return parse(held, offset)
    if any(start.startswith(held) for start in _COMMANDS):
        return None
    return Illegal(offset, held[0]), 1


def _fixed(length: int, make: Callable[[bytes], Step | None]) -> Callable[[bytes, int], _Read]:
    def parse(held: bytes, _offset: int) -> _Read:
        return (make(held[:length]), length) if len(held) >= length else None

    return parse


def _raster(held: bytes, offset: int) -> _Read:
    if len(held) < 8:
        return None
    width_bytes, rows = held[4] + 256 * held[5], held[6] + 256 * held[7]
    end = 8 + width_bytes * rows
    if len(held) < end:
        return None
    return Raster(width_bytes, rows, held[8:end], offset + 8), end


def _clear(held: bytes, offset: int) -> _Read:
    if len(held) < 3:
        return None
    length = 10 if held[2] == 8 else 5
    return (None, length) if len(held) >= length else None


_COMMANDS: dict[bytes, Callable[[bytes, int], _Read]] = {
    b"\x1b@": _fixed(2, lambda _: Initialise()),
    b"\x1bd": _fixed(3, lambda held: Feed(held[2])),
    b"\x1dv0\x00": _raster,
    b"\x1dVB": _fixed(4, lambda _: Cut()),
    b"\x1dV\x00": _fixed(3, lambda _: Cut()),
    b"\x1dV\x01": _fixed(3, lambda _: Cut()),
    b"\x1bB": _fixed(4, lambda held: Beep(held[2], held[3])),
    b"\x1da": _fixed(3, lambda held: ReportChanges(held[2])),
    b"\x1dr\x01": _fixed(3, lambda _: AskPaper()),
    b"\x1d(H\x06\x00\x30\x30": _fixed(11, lambda held: AskPrinted(held[7:11])),
    b"\x00": _fixed(1, lambda _: Padding()),
    b"\x10\x04": _fixed(3, lambda _: None),
    b"\x10\x05": _fixed(3, lambda _: None),
    b"\x10\x14": _clear,
}


def traps_in(raster: Raster) -> list[int]:
    """Give the offsets in the stream where a picture holds bytes that a printer would obey at once."""
    return sorted(raster.offset + at for trap in REAL_TIME for at in _occurrences(raster.data, trap))


def _occurrences(data: bytes, pair: bytes) -> list[int]:
    found, at = [], data.find(pair)
    while at >= 0:
        found.append(at)
        at = data.find(pair, at + 1)
    return found
