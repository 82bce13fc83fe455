"""Tells a printer's answers apart by their fixed bits; must not know who asked.

Source: Epson's ESC/POS reference, "transmission status identification": `DLE EOT` 0xx1xx10, first byte of ASB 0xx1xx00
followed by three of 0xx0xxxx, `GS r` 0xx0xxxx, blocks 37 xx … 00.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class RealTime:
    """The answer to DLE EOT n."""

    bits: int


@dataclass(frozen=True)
class Change:
    """An automatic status report (ASB): what stops the printer now."""

    is_offline: bool
    is_cover_open: bool
    has_cutter_error: bool
    has_error: bool
    is_paper_end: bool
    is_near_end: bool


@dataclass(frozen=True)
class PaperSensor:
    """The answer to GS r 1."""

    bits: int


@dataclass(frozen=True)
class AllPrinted:
    """The echo of a process id: everything before it is on paper."""

    process_id: bytes


@dataclass(frozen=True)
class Cleared:
    """The buffers are empty."""


Reply = RealTime | Change | PaperSensor | AllPrinted | Cleared
_Read = tuple[Reply | None, int] | None


class ReplyReader:
    """Takes received bytes in any portions and gives the answers that are complete; what is none is skipped."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> list[Reply]:
        self._held += data
        replies: list[Reply] = []
        while self._held:
            read = _read(self._held)
            if read is None:
                break
            reply, length = read
            self._held = self._held[length:]
            if reply is not None:
                replies.append(reply)
        return replies


def _read(held: bytes) -> _Read:
    first = held[0]
    if first == 0x37:
        return _block(held)
    if first & 0x93 == 0x12:
        return RealTime(first), 1
    if first & 0x93 == 0x10:
        return (_change(held), 4) if len(held) >= 4 else None
    if first & 0x90 == 0:
        return PaperSensor(first), 1
    return None, 1


def _block(held: bytes) -> _Read:
    end = held.find(b"\x00")
    if end < 0:
        return None if len(held) < 80 else (None, 1)
    body = held[1:end]
    if body[:1] == b"\x22":
        return AllPrinted(body[1:]), end + 1
    return (Cleared() if body == b"\x25" else None), end + 1


def _change(held: bytes) -> Change:
    first, second, third = held[0], held[1], held[2]
    return Change(
        is_offline=bool(first & 0x08),
        is_cover_open=bool(first & 0x20),
        has_cutter_error=bool(second & 0x08),
        has_error=bool(second & 0x64),
        is_paper_end=bool(third & 0x0C),
        is_near_end=bool(third & 0x03),
    )
