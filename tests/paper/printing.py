"""A whole way to paper for tests: spool, worker and device on a sink, and what came out of it."""

import json
import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import zxingcpp
from PIL import Image

from printer.device import Device
from printer.encode import PROFILES, Profile
from printer.layouts import Faces
from printer.press import Press
from printer.samples import load_sample
from printer.sink.machine import Build
from printer.sink.serve import Sink
from printer.spool import JobState, PrintJob, Spool
from printer.talk import Patience
from printer.ticket import to_json
from printer.transport import NetworkAddress
from printer.worker import Pace, Worker
from tests.paper import signs, words_of

PATIENT = Patience(status_s=2, progress_s=5, recovery_s=20, settle_s=0.3)
HASTY = Patience(status_s=0.3, progress_s=0.6, recovery_s=0.6, settle_s=0.3)
QUICK = Pace(look_s=0.2, first_retry_s=0.05, longest_retry_s=0.1, end_s=2)
LONG_S = 15.0


def now() -> datetime:
    return datetime.now(UTC)


def slip_json(code: str) -> str:
    """Give the main job's slip with this code as its QR text."""
    return json.dumps({**json.loads(to_json(load_sample("job_slip", "zh_Hans"))), "qr_text": code})


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, failing after a long while."""
    limit = time.monotonic() + LONG_S
    while not is_so():
        assert time.monotonic() < limit, "it never became so"
        time.sleep(0.01)


def printed_codes(folder: Path) -> list[str]:
    """Scan the QR codes of all slips the sink cut off, in order; a slip without a readable code gives "-"."""
    codes = []
    for path in sorted(folder.glob("paper-*.png")):
        with Image.open(path) as paper:
            found = zxingcpp.read_barcodes(paper.convert("L"))
        codes.append(found[0].text if found else "-")
    return codes


@dataclass
class Place:
    """One printer's place: the sink, the spool beside it, and the folder where slips fall."""

    sink: Sink
    spool: Spool
    papers: Path
    lock: Path
    faces: Faces
    expected_error: str = "(none)"
    changes: "queue.Queue[PrintJob]" = field(default_factory=queue.Queue)

    def worker(self, patience: Patience = PATIENT, profile: Profile = PROFILES["generic-80"]) -> Worker:
        device = Device(NetworkAddress("127.0.0.1", self.sink.port), profile, patience)
        return Worker(self.spool, device, Press(self.faces, words_of, signs).draw, QUICK)

    def await_state(self, job_id: str, *states: JobState) -> PrintJob:
        until(lambda: self.job(job_id).state in states)
        return self.job(job_id)

    def job(self, job_id: str) -> PrintJob:
        job = self.spool.job(job_id)
        assert job is not None
        return job


@contextmanager
def place(folder: Path, faces: Faces, build: Build | None = None) -> Iterator[Place]:
    """Set up a place; at the end the sink must have read nothing illegal."""
    papers = folder / "papers"
    sink, spool = Sink(build or Build(576, True), papers), Spool(folder / "spool.db", now)
    here = Place(sink, spool, papers, folder / "spool.lock", faces)
    spool.listen(here.changes.put)
    sink.start()
    try:
        yield here
        errors = [error for error in sink.status()["errors"] if here.expected_error not in error]
        assert errors == []
    finally:
        sink.stop()
        spool.close()


@contextmanager
def running(worker: Worker, lock: Path) -> Iterator[Worker]:
    """Run a worker's thread for a while."""
    worker.start(lock)
    try:
        yield worker
    finally:
        worker.stop()
