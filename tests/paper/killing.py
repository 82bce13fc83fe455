"""A process that prints, killed with SIGKILL at random moments; the next one comes back to what it left.

Used by the test (10 kills). As a program it forks such a process for every line on its standard input and says its
number: everything is imported once, so ten starts cost no more than one.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hallserver.device.outbox import Outbox
from hallserver.device.rest import HallRest
from printer.device import Device
from printer.encode import PROFILES, encode_separation
from printer.reports import PrintReports, Reporter
from printer.sink.machine import Speech
from printer.spool import Spool
from printer.transport import NetworkAddress
from printer.worker import Worker
from tests.paper import ROOT
from tests.paper.printing import now, until
from tests.paper.trial import PACE, PATIENCE, Trial, Verdict, draw_number

BYTES_PER_S = 400_000
"""A slip takes about a tenth of a second, so that kills fall into the middle of it."""
LIVES_S = 0.4
NOWHERE = "http://127.0.0.1:9"


def print_until_killed(folder: Path, port: int) -> None:
    """What a kiosk's or an agent's process does with its spool; its outbox keeps what it would send."""
    spool = Spool(folder / "spool.db", now)
    device = Device(NetworkAddress("127.0.0.1", port), PROFILES["generic-80"], PATIENCE)
    outbox = Outbox(folder / "outbox.sqlite", HallRest(NOWHERE, ""), lambda key, reply: None)
    Worker(spool, device, draw_number, PACE).start(folder / "spool.lock")
    Reporter(spool, PrintReports(outbox)).start()
    signal.pause()


def fork_on_demand(folder: Path, port: int) -> None:
    """The parent of those processes; ends with its standard input."""
    encode_separation(PROFILES["generic-80"])  # imports the encoder
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            print_until_killed(folder, port)
        print(child, flush=True)
        os.waitpid(child, 0)


class Killing(Trial):
    """A trial whose worker lives in processes that are killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, Speech.FULL, seed, BYTES_PER_S)
        self._folder = folder

    def kill_often(self, kills: int) -> Verdict:
        """Two slips and a reprint of what is unknown for each life."""
        self.sink.start()
        with self._forks():
            for life in range(kills):
                self._submit(2 * life + 1, is_reprint=False)
                self._submit(2 * life + 2, is_reprint=False)
                self._live(lambda: time.sleep(self.dice.uniform(0, LIVES_S)))
                self._maybe_reprint(range(1, 2 * life + 3), 0.3)
            self._live(lambda: until(self._is_told))
        self.sink.stop()
        self.hall.states.update(self._in_outbox())
        return self.judge()

    @contextmanager
    def _forks(self) -> Iterator[None]:
        command = [sys.executable, "-m", "tests.paper.killing", str(self._folder), str(self.sink.port)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as self._parent:
            yield
            assert self._parent.stdin is not None
            self._parent.stdin.close()

    def _live(self, wait: Callable[[], None]) -> None:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write("\n")
        self._parent.stdin.flush()
        child = int(self._parent.stdout.readline())
        try:
            wait()
        finally:
            os.kill(child, signal.SIGKILL)

    def _is_told(self) -> bool:
        return self._is_settled() and not self.spool.untold()

    def _in_outbox(self) -> dict[str, str]:
        with closing(sqlite3.connect(self._folder / "outbox.sqlite")) as outbox:
            rows = outbox.execute("SELECT path, body FROM entry ORDER BY nth").fetchall()
        return {path.split("/")[2]: json.loads(body)["state"] for path, body in rows if "/report" in path}


if __name__ == "__main__":
    fork_on_demand(Path(sys.argv[1]), int(sys.argv[2]))
