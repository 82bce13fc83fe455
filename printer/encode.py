"""From a picture to the bytes a receipt printer obeys; must not know slips, sockets or the time.

python-escpos writes into its `Dummy`; the bytes are the contract, sending them is ours. Sources of the sequences:
Epson's ESC/POS command reference (`GS v 0`, `GS V`, `GS a`, `GS r`, `GS ( H`, `DLE EOT`, `DLE DC4`).
"""

from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from importlib import import_module
from typing import Any

from PIL import Image, ImageChops

from printer.faults import UnknownProfile

SLICE_ROWS = 255  # clones keep the slice height in one byte
INITIALISE = b"\x1b@"
REPORT_CHANGES = b"\x1da\x0e"  # ASB: online, errors, paper
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # DLE DC4 fn 8; answered by 37 25 00

_TRAPS = {
    b"\x10\x04": b"\x10\x06",  # DLE EOT, status request: one dot grows to the right
    b"\x10\x05": b"\x10\x07",  # DLE ENQ, recover or cancel: the hole between two dots closes
    b"\x10\x14": b"\x10\x1c",  # DLE DC4, pulse, power off, clear: likewise
}


class Closing(Enum):
    """Which question after the last byte is answered only when the paper is out."""

    PROCESS_ID = "process_id"  # GS ( H: echoes four characters after printing
    PAPER_STATUS = "paper_status"  # GS r 1: for clones without GS ( H


@dataclass(frozen=True)
class Profile:
    """What a kind of printer can do; `escpos_name` is python-escpos's profile, which knows whether there is a knife."""

    name: str
    escpos_name: str
    width_dots: int
    closing: Closing
    clears_buffers: bool


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("generic-80", "RP-F10-80mm", 576, Closing.PROCESS_ID, True),
        Profile("generic-58", "POS-5890", 384, Closing.PAPER_STATUS, False),
        Profile("generic-58-cut", "RP-F10-58mm", 420, Closing.PROCESS_ID, True),
        Profile("TM-T20II", "TM-T20II", 576, Closing.PROCESS_ID, True),
        Profile("TM-T88V", "TM-T88V", 512, Closing.PROCESS_ID, True),
    )
}


_BY_WIDTH = {576: "generic-80", 512: "TM-T88V", 420: "generic-58-cut", 384: "generic-58"}


def profile_for(name: str, width_dots: int) -> Profile:
    """Give the profile of a make for a paper width; "default" is the usual one of the width. Raises UnknownProfile."""
    chosen = PROFILES.get(_BY_WIDTH.get(width_dots, "") if name == "default" else name)
    if chosen is None or width_dots > chosen.width_dots:
        raise UnknownProfile(f"no profile {name} for {width_dots} dots; known: default, {', '.join(PROFILES)}")
    return replace(chosen, width_dots=width_dots)


def encode_paper(picture: Image.Image, profile: Profile) -> bytes:
    """Encode one slip: initialise, report changes from now on, raster slices, feed, cut where there is a knife.

    `picture` is 1-bit, 0 is ink, at most the profile's width; raises ValueError when wider.
    """
    if picture.width > profile.width_dots:
        raise ValueError(f"{picture.width} dots do not fit {profile.width_dots}")
    paper = _dummy(profile)
    paper.hw("INIT")
    paper._raw(REPORT_CHANGES)  # after the reset, which may switch it off
    paper.image(without_traps(picture), impl="bitImageRaster", fragment_height=SLICE_ROWS)
    _cut(paper)
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
    _cut(paper)
    return bytes(paper.output)


def closing_request(closing: Closing, process_id: bytes) -> bytes:
    """Ask to be told when everything before is on paper; `process_id` is four printable ASCII characters."""
    if len(process_id) != 4 or not all(0x20 <= byte <= 0x7E for byte in process_id):
        raise ValueError("a process id is four printable ASCII characters")
    if closing is Closing.PROCESS_ID:
        return b"\x1d(H\x06\x00\x30\x30" + process_id
    return b"\x1dr\x01"


def without_traps(picture: Image.Image) -> Image.Image:
    """Give the same picture without the pairs of bytes that printers obey even inside raster data.

    Each is broken by one dot more beside a dot that is already there. About one Chinese slip in ten has one.
    """
    packed = ImageChops.invert(picture).tobytes()
    safe = packed
    for trap, harmless in _TRAPS.items():
        safe = safe.replace(trap, harmless)
    if safe == packed:
        return picture
    return ImageChops.invert(Image.frombytes("1", picture.size, safe))


def _dummy(profile: Profile) -> Any:
    return _dummy_class()(profile=profile.escpos_name)


@lru_cache(maxsize=1)
def _dummy_class() -> Any:
    return import_module("escpos.printer").Dummy  # reads a table and makes a folder on import: not before it is needed


def _cut(paper: Any) -> None:
    if paper.profile.supports("paperFullCut") or paper.profile.supports("paperPartCut"):
        paper.cut(feed=False)  # feeds to the knife by itself
    else:
        paper.print_and_feed(4)
