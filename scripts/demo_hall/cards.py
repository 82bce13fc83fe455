"""What stands on the "break it" page and in which order; must not know what a button does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """Texts `demo.card.<name>` and `demo.watch.<name>`; buttons are orders with texts `demo.order.<order>`.

    `machine` is the key of the state that the card shows, empty where it breaks nothing.
    """

    name: str
    machine: str
    breaks: tuple[str, ...]
    mends: tuple[str, ...]
    acts: tuple[str, ...]


CARDS = (
    Card("network", "network", ("network_cut",), ("network_mend",), ()),
    Card("server", "server", ("server_kill",), ("server_start",), ()),
    Card("printer", "printer", ("paper_end", "cover_open", "printer_off"), ("printer_ready",), ()),
    Card("last_place", "", (), (), ("last_place",)),
    Card("fifty_posts", "", (), (), ("fifty_posts",)),
    Card("raise", "", (), (), ("raise",)),
    Card("call", "", (), (), ("call",)),
    Card("depart", "", (), (), ("depart",)),
)
WHOLE = {"network": "whole", "server": "up", "printer": "ready"}
"""The word of a machine that is as it should be."""
