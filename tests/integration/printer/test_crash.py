"""A process that dies while it sends: the slip is unknown afterwards and never sent twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from printer.layouts import Faces
from printer.outcomes import Printed, Reason
from printer.sink.serve import Order
from printer.spool import JobState
from tests.paper import ROOT
from tests.paper.printing import Place, place, printed_codes, slip_json, until

AGENT = """
import sys, time
from pathlib import Path
from printer.faces import load_faces
from tests.paper.printing import PATIENT, QUICK, signs, now, words_of
from printer.device import Device
from printer.encode import PROFILES
from printer.press import Press
from printer.spool import Spool
from printer.transport import NetworkAddress
from printer.worker import Worker
folder, port = Path(sys.argv[1]), int(sys.argv[2])
device = Device(NetworkAddress("127.0.0.1", port), PROFILES["generic-80"], PATIENT)
worker = Worker(Spool(folder / "spool.db", now), device, Press(load_faces(), words_of, signs).draw, QUICK)
worker.start(folder / "spool.lock")
time.sleep(60)
"""


@pytest.fixture
def here(tmp_path: Path, faces: Faces) -> Iterator[Place]:
    with place(tmp_path, faces) as made:
        yield made


def start_agent(here: Place) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", AGENT, str(here.lock.parent), str(here.sink.port)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


def kill(agent: "subprocess.Popen[bytes]") -> None:
    agent.send_signal(signal.SIGKILL)
    agent.wait(timeout=10)


@pytest.mark.parametrize("at_byte", [15, 5_000, 60_000])
def test_a_killed_agents_slip_is_unknown_and_the_next_one_comes_out_whole(here: Place, at_byte: int) -> None:
    here.sink.obey(Order("stall", at_byte=at_byte))
    here.spool.submit("job-1", slip_json("KILLED"))
    agent = start_agent(here)
    try:
        until(lambda: here.job("job-1").state is JobState.SENDING and bool(here.sink.status()["is_stalled"]))
    finally:
        kill(agent)
    here.sink.obey(Order("ready"))
    assert [(job.job_id, job.reason) for job in here.spool.recover()] == [("job-1", Reason.INTERRUPTED)]
    here.spool.submit("job-2", slip_json("NEXT"))
    worker = here.worker()
    assert worker.step() == Printed()
    assert worker.step() is None
    assert here.job("job-1").state is JobState.UNKNOWN
    codes = printed_codes(here.papers)
    assert codes[-1] == "NEXT"
    assert codes.count("KILLED") <= 1


def test_a_slip_queued_before_a_crash_is_printed_once_after_it(here: Place) -> None:
    here.sink.obey(Order("paper_end"))
    here.spool.submit("job-1", slip_json("SAFE"))
    agent = start_agent(here)
    try:
        until(lambda: here.job("job-1").reason is Reason.PAPER_END)
    finally:
        kill(agent)
    here.sink.obey(Order("ready"))
    assert here.spool.recover() == []
    assert here.worker().step() == Printed()
    assert printed_codes(here.papers) == ["SAFE"]
