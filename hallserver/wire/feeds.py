"""Names of the feeds (one audience of one hall each) and which device follows which."""

from enum import StrEnum


class Feed(StrEnum):
    """An audience; what enters a feed is masked for its weakest reader."""

    KIOSK = "kiosk"
    NETWORK = "network"
    PRINTER = "printer"
    STAFF = "staff"
    WALL = "wall"


FEEDS_OF_ROLE: dict[str, frozenset[Feed]] = {
    "wall": frozenset({Feed.WALL}),
    "kiosk": frozenset({Feed.KIOSK, Feed.PRINTER}),
    "tablet": frozenset({Feed.WALL}),
    "printer": frozenset({Feed.PRINTER}),
    "network": frozenset({Feed.NETWORK}),
    "staff": frozenset({Feed.STAFF, Feed.WALL, Feed.KIOSK}),
}
"""Feeds that a paired device, or a person who is signed in (`staff`), may follow."""
