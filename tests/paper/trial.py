"""Many slips for a printer that breaks at random, and the verdict: what was lost, doubled or kept from the hall.

Used by the test (100 slips) and the soak (1,000). Every slip's picture says whose it is on each of its rows: the
verdict reads what fell out of the sink and not what anybody says of it.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from printer.device import Device
from printer.encode import PROFILES
from printer.marks import MUTE
from printer.reports import PrintReports, Reporter
from printer.samples import load_sample
from printer.sink.machine import Build, Speech
from printer.sink.serve import Order, Sink
from printer.spool import JobState, PrintJob, Spool
from printer.talk import Patience
from printer.ticket import NumberSlip, Slip, to_json
from printer.transport import NetworkAddress
from printer.watch import PrinterWatch
from printer.worker import Pace, Worker
from tests.paper.printing import now

PATIENCE = Patience(status_s=0.3, progress_s=0.3, recovery_s=5, settle_s=0.1)
PACE = Pace(look_s=0.05, first_retry_s=0.01, longest_retry_s=0.05, end_s=2)
SETTLES_IN_S = 20.0
ROWS, BLOCK, BITS = 600, 16, 17
PAPER_BYTES = ROWS * 72
STOPS = ("paper_end", "cover_open", "cutter_error", "offline")
FAULTS = (*STOPS, "reset", "reset", "reboot", "vanish", "stall", "near_end")
MOST_TOGETHER = 4

MARKS = {Speech.FULL: None, Speech.WITHOUT_PROCESS_ID: None, Speech.MUTE: MUTE}


@dataclass(frozen=True)
class Verdict:
    """What came of a trial. `broken` is empty where everything held."""

    states: Counter[str]
    reprints: int
    torn: int
    broken: list[str]
    faults: int = 0


@dataclass
class Hall:
    """Keeps what was reported: the last word of each job, as the server does."""

    states: dict[str, str] = field(default_factory=dict)

    def put(self, path: str, body: dict[str, Any]) -> str:
        if path.startswith("/print-jobs/"):
            self.states[path.split("/")[2]] = body["state"]
        return "key"


def slip_of(number: int, is_reprint: bool) -> str:
    """A slip of this number, as JSON."""
    sample = load_sample("number", "en")
    assert isinstance(sample, NumberSlip)
    return to_json(replace(sample, number=str(number), qr_text=f"SLIP{number}", is_reprint=is_reprint))


def draw_number(slip: Slip, width_dots: int) -> Image.Image:
    """The slip's number and whether it is a reprint as black and white blocks, each beside its opposite."""
    assert isinstance(slip, NumberSlip)
    value = int(slip.number) * 2 + slip.is_reprint
    bits = [value >> place & 1 for place in range(BITS)]
    row = b"".join(bytes([0x00 if bit else 0xFF] * 2 + [0xFF if bit else 0x00] * 2) for bit in bits)
    return Image.frombytes("1", (width_dots, ROWS), row.ljust(width_dots // 8, b"\xff") * ROWS)


def read_number(paper: Image.Image) -> tuple[int, bool] | None:
    """Whose whole slip this is; None: a torn one."""
    if paper.height != ROWS:
        return None
    values = set()
    for y in (0, ROWS // 2, ROWS - 1):
        bits = [not paper.getpixel((place * 2 * BLOCK + 4, y)) for place in range(BITS)]
        values.add(sum(bit << place for place, bit in enumerate(bits)))
    return (values.pop() // 2, False) if len(values) == 1 and not min(values) % 2 else _reprint(values)


def _reprint(values: set[int]) -> tuple[int, bool] | None:
    return (values.pop() // 2, True) if len(values) == 1 else None


class Trial:
    """One printer, its spool and the hand that breaks and mends it."""

    def __init__(self, folder: Path, speech: Speech, seed: int, bytes_per_s: int = 0) -> None:
        self.papers = folder / "papers"
        self.sink = Sink(Build(576, True, speech), self.papers, bytes_per_s)
        self.spool = Spool(folder / "spool.db", now)
        self.hall = Hall()
        self.dice = Random(seed)
        self.asked: dict[str, tuple[int, bool]] = {}
        self.faults = 0
        self._lock = folder / "spool.lock"
        self._speech = speech

    @contextmanager
    def running(self) -> Iterator[None]:
        """Printer, worker and reports."""
        self.sink.start()
        marks = MARKS[self._speech]
        profile = PROFILES["generic-80"]
        if self._speech is Speech.WITHOUT_PROCESS_ID:
            profile = replace(profile, closing=PROFILES["generic-58"].closing, clears_buffers=False)
        device = Device(NetworkAddress("127.0.0.1", self.sink.port), profile, PATIENCE, marks)
        worker = Worker(self.spool, device, draw_number, PACE, PrinterWatch(self.spool, device))
        reporter = Reporter(self.spool, PrintReports(self.hall))
        worker.start(self._lock)
        reporter.start()
        try:
            yield
        finally:
            worker.stop()
            reporter.stop()
            self.sink.stop()

    def go(self, jobs: int) -> None:
        """So many slips in small crowds, half of them while something breaks; then a last one on a whole printer."""
        number = 0
        while number < jobs:
            together = min(self.dice.randint(1, MOST_TOGETHER), jobs - number)
            fault = self.dice.choice(FAULTS) if self.dice.random() < 0.6 else None
            if fault:
                self.faults += 1
                self.sink.obey(Order(fault, self.dice.choice((0, self.dice.randrange(1, together * PAPER_BYTES)))))
            for _ in range(together):
                number += 1
                self._submit(number, is_reprint=False)
            self._mend(range(number - together + 1, number + 1))
        self._submit(0, is_reprint=False)
        self._mend([0])

    def _submit(self, number: int, *, is_reprint: bool) -> None:
        job_id = f"reprint-{number}" if is_reprint else f"job-{number}"
        self.asked[job_id] = (number, is_reprint)
        self.spool.submit(job_id, slip_of(number, is_reprint))

    def _mend(self, numbers: "range | list[int]") -> None:
        """Somebody comes after a while, sometimes only after a reprint was asked for, sometimes asks for it later."""
        limit = time.monotonic() + SETTLES_IN_S
        while not self._is_settled():
            if time.monotonic() > limit:
                raise AssertionError(f"{list(numbers)} never settled: {self.sink.status()}")
            time.sleep(self.dice.choice((0.005, 0.02, 0.08)))
            self._maybe_reprint(numbers, 0.2)
            if not self._is_settled() and self.dice.random() < 0.5:
                self.sink.obey(Order("ready"))
        self.sink.obey(Order("ready"))
        if self._maybe_reprint(numbers, 0.5):
            self._mend(numbers)

    def _is_settled(self) -> bool:
        return not self.spool.jobs(JobState.QUEUED, JobState.SENDING)

    def _maybe_reprint(self, numbers: "range | list[int]", chance: float) -> bool:
        """Staff reprint what is unknown, once; never anything else."""
        unknown = [n for n in numbers if self._state(f"job-{n}") is JobState.UNKNOWN]
        wanted = [n for n in unknown if f"reprint-{n}" not in self.asked and self.dice.random() < chance]
        for number in wanted:
            self._submit(number, is_reprint=True)
        return bool(wanted)

    def _state(self, job_id: str) -> JobState | None:
        job = self.spool.job(job_id)
        return job.state if job else None

    def judge(self) -> Verdict:
        """Reads the papers; call it when everything has ended."""
        read = []
        for path in sorted(self.papers.glob("paper-*.png")):
            with Image.open(path) as paper:
                read.append(read_number(paper))
        out = Counter(one for one in read if one is not None)
        jobs = self.spool.jobs()
        broken = [sentence for job in jobs for sentence in self._wrong(job, out[self.asked[job.job_id]])]
        broken += [f"{job_id} is not in the spool" for job_id in self.asked if self.spool.job(job_id) is None]
        broken += [error for error in self.sink.status()["errors"] if "real-time" not in error]
        self.spool.close()
        reprints = sum(is_reprint for _, is_reprint in self.asked.values())
        return Verdict(Counter(job.state.value for job in jobs), reprints, read.count(None), broken, self.faults)

    def _wrong(self, job: PrintJob, copies: int) -> Iterator[str]:
        if copies > 1:
            yield f"{job.job_id} came out {copies} times"
        if job.state is JobState.PRINTED and not copies:
            yield f"{job.job_id} is called printed and never came out"
        if job.state in (JobState.QUEUED, JobState.SENDING, JobState.FAILED):
            yield f"{job.job_id} was lost: {job.state} {job.reason}"
        if self.hall.states.get(job.job_id) != job.state:
            yield f"{job.job_id} is {job.state}, the hall heard {self.hall.states.get(job.job_id)}"


def try_printer(folder: Path, speech: Speech, jobs: int, seed: int) -> Verdict:
    """One whole trial."""
    trial = Trial(folder, speech, seed)
    with trial.running():
        trial.go(jobs)
    return trial.judge()
