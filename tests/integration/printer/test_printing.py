"""Slips on their way over a real socket to a printer that can be broken at any byte."""

import queue
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import load_settings
from printer.device import Device
from printer.device import Order as DeviceOrder
from printer.encode import PROFILES
from printer.layouts import Faces
from printer.outcomes import Printed, Reason, Refused, Status, Unknown
from printer.pressroom import open_pressroom
from printer.sink.machine import Build
from printer.sink.serve import Order
from printer.spool import JobState, NotQueued
from printer.talk import Patience
from printer.transport import NetworkAddress
from printer.worker import SpoolInUse
from tests.paper.printing import HASTY, LONG_S, PATIENT, Place, now, place, printed_codes, running, slip_json, until

STATUS_BYTES = 9  # three requests before the first byte

STOPS = {
    "paper_end": Reason.PAPER_END,
    "cover_open": Reason.COVER_OPEN,
    "cutter_error": Reason.CUTTER_ERROR,
    "offline": Reason.OFFLINE,
}


@pytest.fixture
def here(tmp_path: Path, faces: Faces) -> Iterator[Place]:
    with place(tmp_path, faces) as made:
        yield made


def test_a_submitted_slip_comes_out_of_the_printer_and_scans(here: Place) -> None:
    with running(here.worker(), here.lock):
        here.spool.submit("job-1", slip_json("FIRST"))
        job = here.await_state("job-1", JobState.PRINTED)
    assert job.reason is None
    assert printed_codes(here.papers) == ["FIRST"]
    states = [here.changes.get_nowait().state for _ in range(here.changes.qsize())]
    assert states == [JobState.QUEUED, JobState.SENDING, JobState.PRINTED]


def test_slips_come_out_in_the_order_they_were_submitted(here: Place) -> None:
    for number in range(5):
        here.spool.submit(f"job-{number}", slip_json(f"SLIP{number}"))
    with running(here.worker(), here.lock):
        here.await_state("job-4", JobState.PRINTED)
    assert printed_codes(here.papers) == [f"SLIP{number}" for number in range(5)]


def test_the_same_job_submitted_twice_is_printed_once(here: Place) -> None:
    with running(here.worker(), here.lock):
        first = here.spool.submit("job-1", slip_json("ONCE"))
        again = here.spool.submit("job-1", slip_json("OTHER"))
        here.spool.submit("job-2", slip_json("LAST"))
        here.await_state("job-2", JobState.PRINTED)
    assert again.number == first.number
    assert printed_codes(here.papers) == ["ONCE", "LAST"]


def test_a_printer_without_a_knife_is_believed_by_its_paper_sensor(tmp_path: Path, faces: Faces) -> None:
    with place(tmp_path, faces, Build(384, False)) as here:
        here.spool.submit("job-1", slip_json("NARROW"))
        assert here.worker(profile=PROFILES["generic-58"]).step() == Printed()
        assert printed_codes(here.papers) == ["NARROW"]


@pytest.mark.parametrize("action", STOPS)
def test_a_stopped_printer_is_told_apart_before_the_first_byte_and_the_slip_waits(here: Place, action: str) -> None:
    here.sink.obey(Order(action))
    here.spool.submit("job-1", slip_json("WAITS"))
    assert here.worker().step() == Refused(STOPS[action])
    job = here.job("job-1")
    assert (job.state, job.reason) == (JobState.QUEUED, STOPS[action])
    here.sink.obey(Order("ready"))
    assert here.worker().step() == Printed()
    assert printed_codes(here.papers) == ["WAITS"]


@pytest.mark.parametrize("at_byte", [1, 700, 40_000])
@pytest.mark.parametrize("action", STOPS)
def test_a_printer_stopped_on_the_way_goes_on_when_put_right(here: Place, action: str, at_byte: int) -> None:
    here.sink.obey(Order(action, at_byte=at_byte + 9))  # 9 bytes of status requests come first
    with running(here.worker(), here.lock):
        here.spool.submit("job-1", slip_json("RESUMES"))
        until(lambda: bool(here.sink.status()["condition"] == action))
        assert here.job("job-1").state is not JobState.PRINTED
        here.sink.obey(Order("ready"))
        here.await_state("job-1", JobState.PRINTED)
    assert printed_codes(here.papers) == ["RESUMES"]


def test_what_stops_on_the_way_is_unknown_at_once_and_printed_when_the_printer_goes_on_and_says_so(here: Place) -> None:
    here.sink.obey(Order("paper_end", at_byte=40_000))
    with running(here.worker(), here.lock):
        here.spool.submit("job-1", slip_json("RESUMES"))
        until(lambda: here.job("job-1").reason is Reason.PAPER_END)
        assert here.job("job-1").state is JobState.UNKNOWN
        here.sink.obey(Order("ready"))
        assert here.await_state("job-1", JobState.PRINTED).reason is None
    assert printed_codes(here.papers) == ["RESUMES"]


def test_paper_that_nobody_changes_leaves_the_slip_unknown_and_it_is_not_sent_again(here: Place) -> None:
    here.sink.obey(Order("paper_end", at_byte=40_000))
    here.spool.submit("job-1", slip_json("LOST"))
    worker = here.worker(HASTY)
    assert worker.step() == Unknown(Reason.PAPER_END)
    here.sink.obey(Order("ready"))
    here.spool.submit("job-2", slip_json("NEXT"))
    assert worker.step() == Printed()
    assert worker.step() is None
    assert here.job("job-1").state is JobState.UNKNOWN
    assert printed_codes(here.papers).count("NEXT") == 1
    assert printed_codes(here.papers).count("LOST") <= 1


@pytest.mark.parametrize("at_byte", [20, 700, 40_000, 90_000])
def test_a_connection_reset_on_the_way_is_unknown_and_the_next_slip_is_whole(here: Place, at_byte: int) -> None:
    here.sink.obey(Order("reset", at_byte=at_byte))
    here.spool.submit("job-1", slip_json("TORN"))
    worker = here.worker()
    outcome = worker.step()
    assert isinstance(outcome, Unknown)
    assert here.job("job-1").state is JobState.UNKNOWN
    here.spool.submit("job-2", slip_json("NEXT"))
    assert worker.step() == Printed()
    assert printed_codes(here.papers)[-1] == "NEXT"
    assert printed_codes(here.papers).count("NEXT") == 1


def test_a_printer_that_vanishes_and_returns_prints_what_waited_and_not_what_was_under_way(here: Place) -> None:
    here.sink.obey(Order("vanish", at_byte=40_000))
    with running(here.worker(), here.lock):
        here.spool.submit("job-1", slip_json("UNDERWAY"))
        here.await_state("job-1", JobState.UNKNOWN)
        here.spool.submit("job-2", slip_json("WAITED"))
        until(lambda: here.job("job-2").reason is Reason.UNREACHABLE)
        here.sink.obey(Order("ready"))
        here.await_state("job-2", JobState.PRINTED)
    assert printed_codes(here.papers)[-1] == "WAITED"


def test_a_printer_that_says_nothing_is_refused_before_and_unknown_after_the_first_byte(here: Place) -> None:
    here.sink.obey(Order("stall"))
    here.spool.submit("job-1", slip_json("SILENT"))
    worker = here.worker(HASTY)
    assert worker.step() == Refused(Reason.NO_ANSWER)
    here.sink.obey(Order("ready"))
    here.sink.obey(Order("stall", at_byte=40_000))
    assert worker.step() == Unknown(Reason.NO_REPLY)
    here.sink.obey(Order("ready"))


def test_a_slip_waiting_too_long_fails_unprinted(here: Place) -> None:
    here.spool.submit("job-1", slip_json("OLD"))
    here.sink.obey(Order("paper_end"))
    worker = here.worker()
    worker._pace = type(worker._pace)(expire_s=-1)
    assert worker.step() is None
    assert (here.job("job-1").state, here.job("job-1").reason) == (JobState.FAILED, Reason.EXPIRED)


def test_a_slip_nobody_can_read_fails_and_holds_up_no_other(here: Place) -> None:
    here.spool.submit("job-1", "{}")
    here.spool.submit("job-2", slip_json("FINE"))
    with running(here.worker(), here.lock):
        here.await_state("job-2", JobState.PRINTED)
    assert here.job("job-1").reason is Reason.UNREADABLE


def test_two_workers_never_share_a_spool(here: Place) -> None:
    with running(here.worker(), here.lock), pytest.raises(SpoolInUse):
        here.worker().start(here.lock)


def test_stopping_the_worker_ends_a_slip_under_way_as_unknown(here: Place) -> None:
    here.sink.obey(Order("stall", at_byte=40_000))
    with running(here.worker(), here.lock):
        here.spool.submit("job-1", slip_json("ENDED"))
        here.await_state("job-1", JobState.SENDING)
    assert (here.job("job-1").state, here.job("job-1").reason) == (JobState.UNKNOWN, Reason.INTERRUPTED)
    here.sink.obey(Order("ready"))


@pytest.mark.parametrize(("action", "stop"), [*STOPS.items(), ("ready", None), ("near_end", None)])
def test_the_status_names_what_is_wrong(here: Place, action: str, stop: Reason | None) -> None:
    here.sink.obey(Order(action))
    device = Device(NetworkAddress("127.0.0.1", here.sink.port), PROFILES["generic-80"], PATIENT)
    assert device.status() == Status(stop, action == "near_end" or action == "paper_end")


def test_the_status_of_a_printer_off_the_network_is_unreachable(here: Place) -> None:
    here.sink.obey(Order("vanish"))
    device = Device(NetworkAddress("127.0.0.1", here.sink.port), PROFILES["generic-80"], PATIENT)
    assert device.status() == Status(Reason.UNREACHABLE, False)


def test_sending_is_on_the_disk_before_the_first_byte(here: Place) -> None:
    here.spool.submit("job-1", slip_json("ORDER"))
    consumed: list[int] = []
    here.spool.listen(lambda job: consumed.append(int(here.sink.status()["consumed_bytes"])))
    assert here.worker().step() == Printed()
    assert consumed[0] == STATUS_BYTES


def test_a_job_withdrawn_at_the_last_moment_is_not_sent(here: Place) -> None:
    here.spool.submit("job-1", slip_json("GONE"))
    device = Device(NetworkAddress("127.0.0.1", here.sink.port), PROFILES["generic-80"], PATIENT)

    def starting() -> None:
        here.spool.fail("job-1", Reason.WITHDRAWN)
        here.spool.start("job-1")

    with pytest.raises(NotQueued):
        device.print_paper(DeviceOrder(b"\x1b@", b"0001", starting, lambda _: None))
    until(lambda: bool(here.sink.status()["consumed_bytes"] == STATUS_BYTES))
    assert here.sink.status()["backlog_bytes"] == 0


def test_a_person_changing_the_roll_gets_more_time_than_a_silent_printer(here: Place) -> None:
    patience = Patience(status_s=2, progress_s=0.3, recovery_s=20)
    here.sink.obey(Order("paper_end", at_byte=40_000))
    with running(here.worker(patience), here.lock):
        here.spool.submit("job-1", slip_json("LATE"))
        until(lambda: here.job("job-1").reason is Reason.PAPER_END)
        threading.Event().wait(1.0)  # more than progress_s: only a worker without that patience fails here
        here.sink.obey(Order("ready"))
        here.await_state("job-1", JobState.PRINTED)


def test_a_spool_on_a_full_disk_sends_nothing_and_goes_on_afterwards(here: Place) -> None:
    here.spool.submit("job-1", slip_json("LATER"))
    blocker = sqlite3.connect(here.lock.with_name("spool.db"), isolation_level=None)
    blocker.execute("CREATE TRIGGER full BEFORE UPDATE ON print_job BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with running(here.worker(), here.lock) as worker:
        until(lambda: worker._has_disk_fault)
        assert here.job("job-1").state is JobState.QUEUED
        assert here.sink.status()["papers"] == 0
        blocker.execute("DROP TRIGGER full")
        here.await_state("job-1", JobState.PRINTED)
    blocker.close()
    assert printed_codes(here.papers) == ["LATER"]


def test_a_pressroom_prints_what_is_submitted_and_tells_its_inbox(here: Place, tmp_path: Path) -> None:
    room = open_pressroom(tmp_path / "room", load_settings(printer_address=f"127.0.0.1:{here.sink.port}"), now)
    inbox: queue.Queue[JobState] = queue.Queue()
    room.listen(lambda job: inbox.put(job.state))
    room.start()
    room.submit("job-1", slip_json("ROOM"))
    heard = [inbox.get(timeout=LONG_S) for _ in range(3)]
    room.stop()
    assert heard == [JobState.QUEUED, JobState.SENDING, JobState.PRINTED]
    assert printed_codes(here.papers) == ["ROOM"]


@pytest.mark.parametrize("at_byte", [12_400, 20_000, 40_000])
def test_without_clearing_the_slip_after_a_torn_one_is_whole_too(tmp_path: Path, faces: Faces, at_byte: int) -> None:
    with place(tmp_path, faces, Build(384, False)) as here:
        here.expected_error = "real-time command inside a picture"  # the status requests fall into the torn slip
        here.sink.obey(Order("reset", at_byte=at_byte))
        worker = here.worker(profile=PROFILES["generic-58"])
        here.spool.submit("job-1", slip_json("TORN"))
        assert isinstance(worker.step(), Unknown)
        here.spool.submit("job-2", slip_json("NEXT"))
        assert worker.step() == Printed()
        assert printed_codes(here.papers)[-1] == "NEXT"
