"""From a picture to the bytes a receipt printer obeys; must not know slips, sockets or the time.

python-escpos writes commands into its `Dummy`; the bytes are the contract, sending them is ours. Sources of the
sequences: Epson's ESC/POS command reference (`GS v 0`, `GS a`, `GS r`, `GS ( H`, `DLE EOT`, `DLE ENQ`, `DLE DC4`) and,
for the real-time commands that begin with GS, NCR's owner's guides 7158, 7167 and 7197.
"""

from functools import lru_cache
from importlib import import_module
from typing import Any

from PIL import Image, ImageChops

from printer.profiles import PROFILES, Closing, Knife, Profile, profile_for

__all__ = [
    "ASK_PAPER",
    "CLEAR_BUFFERS",
    "INITIALISE",
    "PROFILES",
    "REPORT_CHANGES",
    "SLICE_ROWS",
    "Closing",
    "Profile",
    "closing_request",
    "encode_paper",
    "encode_separation",
    "profile_for",
    "without_traps",
]

SLICE_ROWS = 255  # clones keep the slice height in one byte
INITIALISE = b"\x1b@"
REPORT_CHANGES = b"\x1da\x0e"  # ASB: online, errors, paper
ASK_PAPER = b"\x1dr\x01"  # GS r 1: obeyed in its turn, so after what was sent before
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # DLE DC4 fn 8; answered by 37 25 00

_TRAPS = {  # no harmless pair ends in 10 or 1d, so breaking one trap never makes another
    b"\x10\x04": b"\x10\x06",  # DLE EOT, status request: one dot grows to the right
    b"\x10\x05": b"\x10\x07",  # DLE ENQ, recover or cancel: the hole between two dots closes
    b"\x10\x14": b"\x10\x1c",  # DLE DC4, pulse, power off, clear: likewise
    b"\x1d\x03": b"\x1d\x07",  # GS ETX, GS EOT, GS ENQ: what DLE ENQ and DLE EOT are, at NCR and Axiohm
    b"\x1d\x04": b"\x1d\x06",
    b"\x1d\x05": b"\x1d\x07",
}


def encode_paper(picture: Image.Image, profile: Profile) -> bytes:
    """Encode one slip: initialise, report changes from now on, raster slices, feed, cut where there is a knife.

    `picture` is 1-bit, 0 is ink, at most the profile's width; raises ValueError when wider.
    """
    if picture.width > profile.width_dots:
        raise ValueError(f"{picture.width} dots do not fit {profile.width_dots}")
    paper = _dummy(profile)
    paper.hw("INIT")
    paper._raw(REPORT_CHANGES)  # after the reset, which may switch it off
    for part in _slices(_safe(_packed(picture)), (picture.width + 7) // 8):
        paper._raw(part)
    _part(paper, profile)
    return bytes(paper.output)


def encode_separation(profile: Profile) -> bytes:
    """Part what an interrupted job left hanging from the next slip, which must not be taken for the rest of it.

    A printer that cannot clear its buffers first gets as many zeros as the picture it may still be waiting for has
    bytes: they fill that picture with white, and between commands a zero prints nothing.
    """
    paper = _dummy(profile)
    if not profile.clears_buffers:
        paper._raw(bytes((profile.width_dots + 7) // 8 * SLICE_ROWS + 8))
    paper.hw("INIT")
    _cut(paper, profile)
    return bytes(paper.output)


def closing_request(closing: Closing, process_id: bytes) -> bytes:
    """Ask to be told when everything before is on paper; `process_id` is four printable ASCII characters."""
    if len(process_id) != 4 or not all(0x20 <= byte <= 0x7E for byte in process_id):
        raise ValueError("a process id is four printable ASCII characters")
    questions = {
        Closing.PROCESS_ID: b"\x1d(H\x06\x00\x30\x30" + process_id,
        Closing.PAPER_STATUS: ASK_PAPER,
        Closing.NONE: b"",
    }
    return questions[closing]


def without_traps(picture: Image.Image) -> Image.Image:
    """Give the same picture without the pairs of bytes that printers obey even inside raster data.

    Each is broken by one dot beside a dot that is already there. About one Chinese slip in ten has a `DLE` pair.
    """
    packed = _packed(picture)
    safe = _safe(packed)
    return picture if safe == packed else ImageChops.invert(Image.frombytes("1", picture.size, safe))


def _packed(picture: Image.Image) -> bytes:
    """Rows from the top, eight dots a byte, the leftmost in the highest bit, a set bit is ink."""
    return ImageChops.invert(picture).tobytes()


def _safe(packed: bytes) -> bytes:
    for trap, harmless in _TRAPS.items():
        packed = packed.replace(trap, harmless)
    return packed


def _slices(packed: bytes, width_bytes: int) -> list[bytes]:
    """GS v 0 with at most 255 rows each, so that the high byte of the height is always 0."""
    slices = []
    for start in range(0, len(packed), SLICE_ROWS * width_bytes):
        data = packed[start : start + SLICE_ROWS * width_bytes]
        slices.append(b"\x1dv0\x00" + bytes((width_bytes, 0, len(data) // width_bytes, 0)) + data)
    return slices


def _dummy(profile: Profile) -> Any:
    return _dummy_class()(profile=profile.escpos_name)


@lru_cache(maxsize=1)
def _dummy_class() -> Any:
    return import_module("escpos.printer").Dummy  # reads a table and makes a folder on import: not before it is needed


def _part(paper: Any, profile: Profile) -> None:
    _cut(paper, profile)
    if profile.buzz is not None:
        paper.buzzer(profile.buzz.times, profile.buzz.tenths)


def _cut(paper: Any, profile: Profile) -> None:
    if profile.feed_lines:
        paper.print_and_feed(profile.feed_lines)
    if profile.knife is Knife.FEEDS_AND_CUTS:
        paper.cut(feed=False)
    elif profile.knife is Knife.CUTS_IN_PLACE:
        paper._raw(b"\x1dV\x01")  # python-escpos would feed six lines and cut through
