"""`gighall print-agent` under a whole hall, killed with SIGKILL at random moments; what staff see after it.

Used by the soak: each life costs the start of a real process.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from hallserver.administration import Office
from hallserver.content.words import message, text
from hallserver.device.pairing import DeviceToken, keep_token
from hallserver.services.printing import order_print
from hallserver.store.tables import device, print_job
from hallserver.store.work import Actor, Work
from printer.sink.machine import Build
from printer.sink.serve import Sink
from printer.spool import JobState, PrintJob, Spool
from tests.mornings.screens import PollingScreen, StaffSession
from tests.paper import ROOT
from tests.paper.printing import now, printed_codes
from tests.paper.trial import Verdict
from tests.support import hall
from tests.support.servant import until

BYTES_PER_S = 200_000
STARTS_IN_S, SETTLES_IN_S = 30.0, 60.0
LIVES_S = 1.0
SLIP: dict[str, Any] = {
    "layout": "number",
    "hall_name": text({"zh-Hans": "青石零工市场", "en": "Qingshi"}),
    "printed_at": "11-20 05:42",
    "service": text({"zh-Hans": "职业介绍", "en": "Job placement"}),
    "waiting_ahead": 2,
    "code": "NK7Q 4M2X H9TB E2",
    "footer": {"promise": message("hall.promise"), "hotlines": ["12333"], "hall_phone": "0512-0000-0001"},
}


class AgentKilling:
    """A hall, a printer, an agent's folder, and the hand that kills."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._dice = folder, Random(seed)
        self._papers = folder / "papers"
        self._sink = Sink(Build(576, True), self._papers, BYTES_PER_S)
        self._hall = hall.HallProcess(folder / "hall")
        self._codes: dict[str, str] = {}
        self._reprinted: set[str] = set()

    def kill_often(self, kills: int) -> Verdict:
        """Two orders and the reprints of what is unknown for each life."""
        hall.found_hall(self._hall)
        with self._running() as office:
            self._pair(office)
            for life in range(kills):
                for number in (2 * life, 2 * life + 1):
                    self._order(office, f"SLIP{number:04d}", is_reprint=False)
                self._live(self._live_a_while)
                self._reprint(office)
            self._live(lambda: until(lambda: self._is_settled(office), SETTLES_IN_S))
            return self._judge(office)

    @contextmanager
    def _running(self) -> Iterator[Office]:
        self._sink.start()
        self._hall.start()
        office = self._hall.office()
        try:
            yield office
        finally:
            office.engine.dispose()
            self._hall.stop()
            self._sink.stop()

    def _pair(self, office: Office) -> None:
        token = hall.add_device(self._hall, "printer", "counter")
        with office.engine.connect() as conn:
            self._device = str(conn.execute(select(device.c.id).where(device.c.name == "counter")).scalar_one())
        keep_token(self._folder / "agent" / "token.json", DeviceToken(self._hall.url, token, self._device, "counter"))

    def _order(self, office: Office, code: str, *, is_reprint: bool) -> None:
        slip = SLIP | {"number": code[-4:], "qr_text": code, "is_reprint": is_reprint}

        def verb(work: Work) -> str | None:
            work.actor = Actor("device", self._device, "printer", frozenset({"printer"}), self._device)
            return order_print(work, "number_slip", code[-4:], slip)

        self._codes[str(office.write("order", verb))] = code

    def _live(self, wait: Callable[[], object]) -> None:
        command = [sys.executable, "-m", "hallserver.cli", "print-agent", "--data", str(self._folder)]
        command += ["--name", "agent", "--server", self._hall.url, "--printer", f"127.0.0.1:{self._sink.port}"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        log = (self._folder / "agent.log").open("a")
        agent = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait()
        finally:
            agent.send_signal(signal.SIGKILL)
            agent.wait()
            log.close()

    def _live_a_while(self) -> None:
        """Sometimes it dies while it starts, mostly some time after its printer began to print."""
        if self._dice.random() > 0.1:
            before = self._sink.status()["consumed_bytes"]
            until(lambda: bool(self._sink.status()["consumed_bytes"] > before), STARTS_IN_S)
        time.sleep(self._dice.uniform(0, LIVES_S))

    def _reprint(self, office: Office) -> None:
        for job in self._spooled():
            if job.state is JobState.UNKNOWN and job.job_id not in self._reprinted and self._dice.random() < 0.3:
                self._reprinted.add(job.job_id)
                self._order(office, self._codes[job.job_id], is_reprint=True)

    def _spooled(self) -> list[PrintJob]:
        spool = Spool(self._folder / "agent" / "paper" / "spool.db", now)
        try:
            return spool.jobs()
        finally:
            spool.close()

    def _rows(self, office: Office) -> dict[str, str]:
        with office.engine.connect() as conn:
            return {row.id: row.state for row in conn.execute(select(print_job.c.id, print_job.c.state))}

    def _is_settled(self, office: Office) -> bool:
        return all(state not in ("queued", "sending") for state in self._rows(office).values())

    def _judge(self, office: Office) -> Verdict:
        rows, spooled = self._rows(office), {job.job_id: job.state.value for job in self._spooled()}
        staff = StaffSession(self._hall.url, "demo", hall.PASSWORD)
        shown = PollingScreen(staff, "staff").items()
        staff.close()
        broken = [
            f"{job_id}: ordered, the hall says {rows.get(job_id)}, the spool {spooled.get(job_id)}"
            for job_id in self._codes
            if rows.get(job_id) != spooled.get(job_id) or rows[job_id] not in ("printed", "unknown")
        ]
        unknown = [job_id for job_id, state in spooled.items() if state == "unknown"]
        broken += [
            f"{job_id} is unknown and staff do not see it"
            for job_id in unknown
            if shown.get(f"print/{job_id}", {}).get("state") != "unknown"
        ]
        return Verdict(Counter(rows.values()), len(self._reprinted), 0, broken + list(self._miscounted(spooled)))

    def _miscounted(self, spooled: dict[str, str]) -> Iterator[str]:
        """A code may come out once, and once more for each reprint; as often as it is called printed, it must."""
        out, asked = Counter(printed_codes(self._papers)), Counter(self._codes.values())
        proven = Counter(self._codes[job_id] for job_id, state in spooled.items() if state == "printed")
        for code, orders in asked.items():
            if not proven[code] <= out[code] <= orders:
                yield f"{code}: ordered {orders} times, came out {out[code]}, called printed {proven[code]}"
