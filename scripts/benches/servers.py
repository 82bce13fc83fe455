"""The servers that the fan-out bench compares, each as a process that pushes one update when told; knows no figure."""

from __future__ import annotations

import http.client
import json
import secrets
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path

import psutil
from measured import PROJECT

from benches.screens import Greeting
from tests.crowd.senders import Credential
from tests.support import hall

PEERS = PROJECT / "scripts" / "peers"


class Peer(ABC):
    """A server under test. `name`, `port` and `greeting` are there after its making."""

    name: str
    port: int
    greeting: Greeting
    _web: http.client.HTTPConnection
    _process: psutil.Process

    @abstractmethod
    def push(self) -> bytes:
        """Makes one update and returns, without waiting for screens, the marker that its frame holds."""

    @abstractmethod
    def pushed_at(self) -> float:
        """When the update of the last `push` was true (monotonic): the commit, or just before a peer's send."""

    @abstractmethod
    def close(self) -> None:
        """Ends the process."""

    def cpu_s(self) -> float:
        """Processor seconds used so far."""
        used = self._process.cpu_times()
        return used.user + used.system

    def _ask(self, path: str, body: str, headers: dict[str, str]) -> None:
        self._web.request("POST", path, body.encode(), {"Content-Type": "application/json", **headers})

    def _answer(self) -> bytes:
        answer = self._web.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{self.name}: HTTP {answer.status} {said[:200]!r}")
        return said


class OwnHall(Peer):
    """gighall on embedded SQLite: an update is a number taken at a kiosk, which the wall's line shows."""

    name = "gighall"

    def __init__(self, folder: Path, extra: dict[str, str] | None = None) -> None:
        self._stamps = folder / "stamps"
        self._stamps.touch()
        stamped = {"GIGHALL_BENCH_STAMPS": str(self._stamps), **(extra or {})}
        self.hall = hall.HallProcess(folder / "hall", module="benches.stamped_hall", extra=stamped)
        self.hall.extra["PYTHONPATH"] = f"{PROJECT}:{PROJECT / 'scripts'}"
        hall.found_hall(self.hall)
        wall = hall.add_device(self.hall, "wall", "wall")
        self.kiosk = Credential.of_token(hall.add_device(self.hall, "kiosk", "kiosk")).headers
        self.hall.start()
        self.port = self.hall.port
        hello = json.dumps(["hello", {"feed": "wall", "epoch": None, "since": 0}])
        steps = ((b"0{", "40" + json.dumps({"token": wall})), (b"40{", "42" + hello))
        self.greeting = Greeting("/socket.io/?EIO=4&transport=websocket", steps, b'["mark"')
        self._web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        self._process = psutil.Process(self.hall.pid)
        self._seq = self._head()

    def _head(self) -> int:
        self._take_number()
        return int(json.loads(self._answer())["seq"]["wall"])

    def _take_number(self) -> None:
        key = {"Idempotency-Key": secrets.token_hex(16)}
        self._ask("/api/v1/queue-tickets", '{"service": "placement"}', {**self.kiosk, **key})

    def push(self) -> bytes:
        self._take_number()
        self._seq += 1
        return f'"seq":{self._seq},'.encode()

    def pushed_at(self) -> float:
        seq = json.loads(self._answer())["seq"]["wall"]
        if seq != self._seq:
            raise RuntimeError(f"the wall's feed is at {seq}, not {self._seq}")
        return self.stamp(seq)

    def stamp(self, seq: int) -> float:
        """When the entry `seq` of the wall's feed was committed."""
        return self.stamps()[seq]

    def stamps(self) -> dict[int, float]:
        """Every commit's moment by sequence."""
        words = [line.split() for line in self._stamps.read_text(encoding="ascii").splitlines()]
        return {int(seq): float(moment) for seq, moment in words}

    def sample(self) -> str:
        """The newest delta's JSON, for peers to push the same."""
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        web.request("GET", "/api/v1/feeds/kiosk/snapshot", headers=dict(self.kiosk))
        epoch = json.loads(web.getresponse().read())["epoch"]
        web.request("GET", f"/api/v1/feeds/kiosk/deltas?epoch={epoch}&since=0", headers=dict(self.kiosk))
        entry = json.loads(web.getresponse().read())["entries"][-1]
        web.close()
        return json.dumps({"feed": "wall", "epoch": epoch, **entry}, ensure_ascii=False, separators=(",", ":"))

    def close(self) -> None:
        self._web.close()
        self.hall.stop()


class NodePeer(Peer):
    """A Node server of scripts/peers; it pushes what it is sent."""

    def __init__(self, name: str, script: str, greeting: Greeting, sample: str) -> None:
        self.name, self.greeting = name, greeting
        self._body = json.loads(sample)
        self._child = subprocess.Popen(
            ["node", str(PEERS / script)], stdout=subprocess.PIPE, cwd=PROJECT, text=True, stdin=subprocess.DEVNULL
        )
        assert self._child.stdout is not None
        self.port = int(self._child.stdout.readline().removeprefix("listening "))
        self._process = psutil.Process(self._child.pid)
        self._web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        self._seq = 1_000_000

    def push(self) -> bytes:
        self._seq += 1
        text = json.dumps({**self._body, "seq": self._seq}, ensure_ascii=False, separators=(",", ":"))
        self._ask("/push", text, {})
        return f'"seq":{self._seq}'.encode()

    def pushed_at(self) -> float:
        return float(self._answer())

    def close(self) -> None:
        self._web.close()
        self._child.terminate()
        self._child.wait(10)
        if self._child.stdout is not None:
            self._child.stdout.close()


def node_peers(sample: str) -> list[Peer]:
    """Node's Socket.IO server and bare `ws`."""
    settled = Greeting("/socket.io/?EIO=4&transport=websocket", ((b"0{", "40"),), b"40{")
    return [
        NodePeer("Socket.IO (Node)", "socketio.mjs", settled, sample),
        NodePeer("ws (Node)", "ws.mjs", Greeting("/"), sample),
    ]
