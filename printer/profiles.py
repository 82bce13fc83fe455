"""What each make of printer can do, as one table; must not know slips, pictures, sockets or the time.

Widths and knives: python-escpos's capability data base, whose 58 mm profiles without a knife send no cut. Sequences:
Epson's ESC/POS command reference (`GS V`, `ESC d`, `GS ( H`, `GS r`, `DLE DC4`); `ESC B` is of clones only.
"""

from dataclasses import dataclass, replace
from enum import Enum

from printer.faults import UnknownProfile


class Closing(Enum):
    """Which question after the last byte is answered only when the paper is out."""

    PROCESS_ID = "process_id"  # GS ( H: echoes four characters after printing
    PAPER_STATUS = "paper_status"  # GS r 1: for clones without GS ( H
    NONE = "none"  # nothing is ever proven: its papers are sent, not printed


class Knife(Enum):
    """How a slip leaves the printer."""

    FEEDS_AND_CUTS = "feeds_and_cuts"  # GS V 66 0: feeds the last row to the knife by itself and leaves a hinge
    CUTS_IN_PLACE = "cuts_in_place"  # GS V 1: cuts where the paper is, so it is fed before
    NONE = "none"  # a tear bar: fed until the last row is past it


@dataclass(frozen=True)
class Buzz:
    """ESC B n t: `times` beeps (1-9), each `tenths` (1-9) tenths of a second long; other makes print these bytes."""

    times: int
    tenths: int


@dataclass(frozen=True)
class Profile:
    """What a kind of printer can do; `escpos_name` is python-escpos's profile for it.

    `feed_lines` (of about 30 dots) go before a knife that does not feed by itself, or bring the slip past the tear bar.
    """

    name: str
    escpos_name: str
    width_dots: int
    closing: Closing
    clears_buffers: bool
    knife: Knife = Knife.FEEDS_AND_CUTS
    feed_lines: int = 0
    buzz: Buzz | None = None


_ID, _STATUS = Closing.PROCESS_ID, Closing.PAPER_STATUS

PROFILES = {
    profile.name: profile
    for profile in (
        Profile("generic-80", "RP-F10-80mm", 576, _ID, True),
        Profile("generic-80-buzzer", "RP-F10-80mm", 576, _STATUS, False, buzz=Buzz(2, 2)),
        Profile("generic-80-plain-cut", "RP-F10-80mm", 576, _STATUS, False, Knife.CUTS_IN_PLACE, 6),
        Profile("generic-58", "POS-5890", 384, _STATUS, False, Knife.NONE, 4),
        Profile("generic-58-cut", "RP-F10-58mm", 420, _ID, True),
        Profile("TM-T20II", "TM-T20II", 576, _ID, True),
        Profile("TM-T88V", "TM-T88V", 512, _ID, True),
    )
}

_BY_WIDTH = {576: "generic-80", 512: "TM-T88V", 420: "generic-58-cut", 384: "generic-58"}


def profile_for(name: str, width_dots: int) -> Profile:
    """Give the profile of a make for a paper width; "default" is the usual one of the width. Raises UnknownProfile."""
    chosen = PROFILES.get(_BY_WIDTH.get(width_dots, "") if name == "default" else name)
    if chosen is None or not 0 < width_dots <= chosen.width_dots:
        raise UnknownProfile(f"no profile {name} for {width_dots} dots; known: default, {', '.join(PROFILES)}")
    return replace(chosen, width_dots=width_dots)
