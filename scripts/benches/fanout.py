"""One small update, from its commit until the last of many screens has it; Node's servers beside it in the same run.

Rounds of all servers alternate, so that a busy neighbour on the machine meets them alike.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from measured import Aim, Measured, percentile

from benches.screens import Screens, allow_sockets
from benches.servers import OwnHall, Peer, node_peers

WARM_UP = 5
OWN, SOCKET_IO, WS = "gighall", "Socket.IO (Node)", "ws (Node)"
COLUMNS = ("server", "screens", "p50 ms", "p99 ms", "to the first p50 ms", "messages/s", "CPU µs/message")


@dataclass
class Stand:
    """A server, its screens, and what was measured: seconds."""

    peer: Peer
    screens: Screens
    last_s: list[float] = field(default_factory=list)
    first_s: list[float] = field(default_factory=list)
    cpu_s: float = 0.0

    def round(self) -> None:
        """One update to all screens."""
        before = self.peer.cpu_s()
        marker = self.peer.push()
        moments = self.screens.until_all_have(marker)
        pushed = self.peer.pushed_at()
        self.cpu_s += self.peer.cpu_s() - before
        self.last_s.append(moments[-1] - pushed)
        self.first_s.append(moments[0] - pushed)

    def forget(self) -> None:
        """The warm-up does not count."""
        self.last_s, self.first_s, self.cpu_s = [], [], 0.0


def run(words: Sequence[str]) -> Measured:
    """`[--screens 1500] [--rounds 150] [--against node]`."""
    parser = argparse.ArgumentParser(prog="scripts/bench fanout", description=__doc__)
    parser.add_argument("--screens", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=150)
    parser.add_argument("--against", choices=("node",))
    asked = parser.parse_args(words)
    allow_sockets()
    with tempfile.TemporaryDirectory(prefix="gighall-fanout-") as folder, ExitStack() as opened:
        own = OwnHall(Path(folder))
        opened.callback(own.close)
        sample = own.sample()
        peers: list[Peer] = [own]
        for peer in node_peers(sample) if asked.against else []:
            opened.callback(peer.close)
            peers.append(peer)
        stands = [_stand(peer, asked.screens, opened) for peer in peers]
        _play(stands, asked.rounds)
    return _measured(stands, asked.screens, asked.rounds, len(sample))


def _stand(peer: Peer, count: int, opened: ExitStack) -> Stand:
    screens = Screens(peer.port, peer.greeting, count)
    opened.callback(screens.close)
    return Stand(peer, screens)


def _play(stands: Sequence[Stand], rounds: int) -> None:
    for nth in range(rounds + WARM_UP):
        if nth == WARM_UP:
            for stand in stands:
                stand.forget()
        turn = nth % len(stands)
        for stand in (*stands[turn:], *stands[:turn]):
            stand.round()
            for other in stands:
                other.screens.idle(0.005)


def _measured(stands: Sequence[Stand], screens: int, rounds: int, size: int) -> Measured:
    figures = {stand.peer.name: _figures(stand, screens) for stand in stands}
    rows = [(name, screens, *held.values()) for name, held in figures.items()]
    return Measured(
        "bench fanout",
        COLUMNS,
        rows,
        {"screens": screens, "rounds": rounds, "bytes": size, "servers": figures},
        _aims({name: held["p50_ms"] for name, held in figures.items()}),
    )


def _figures(stand: Stand, screens: int) -> dict[str, float]:
    pushes = len(stand.last_s)
    return {
        "p50_ms": round(percentile(stand.last_s, 50) * 1e3, 2),
        "p99_ms": round(percentile(stand.last_s, 99) * 1e3, 2),
        "first_p50_ms": round(percentile(stand.first_s, 50) * 1e3, 2),
        "messages_s": round(screens * pushes / sum(stand.last_s)),
        "cpu_us_message": round(stand.cpu_s / (screens * pushes) * 1e6, 2),
    }


def _aims(p50_ms: dict[str, float]) -> list[Aim]:
    if WS not in p50_ms:
        return []
    own, socket_io, ws = p50_ms[OWN], p50_ms[SOCKET_IO], p50_ms[WS]
    return [
        Aim(f"faster than Node's Socket.IO: p50 {own} ms, theirs {socket_io} ms", own < socket_io),
        Aim(f"at most 1.1 × bare ws: p50 {own} ms, theirs {ws} ms, ratio {own / ws:.2f}", own <= 1.1 * ws),
    ]
