"""What is said of a slip is what is known of it: proofs that come late, printers that cannot answer, reprints, the hall
after a crash."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.settings import load_settings
from config.texts import Catalogue
from printer.check import check_printer, say_check
from printer.device import Device
from printer.encode import PROFILES, Closing, encode_paper
from printer.layouts import Faces
from printer.marks import MUTE, Marks, keep_marks, load_marks
from printer.outcomes import Printed, Reason, Sent, Unknown
from printer.press import Press
from printer.pressroom import MARKS, note_marks, open_pressroom, probe_printer
from printer.probe import probe
from printer.reports import PrintReports, Reporter
from printer.samples import load_sample
from printer.sink.machine import Build, Speech
from printer.sink.serve import Order
from printer.spool import JobState, Spool
from printer.talk import Patience
from printer.ticket import NumberSlip, to_json
from printer.transport import NetworkAddress
from printer.watch import PrinterState, PrinterWatch
from printer.worker import SpoolInUse, Worker, lock_spool
from tests.paper import signs, words_of
from tests.paper.printing import HASTY, PATIENT, QUICK, Place, now, place, printed_codes, running, slip_json, until


@pytest.fixture
def here(tmp_path: Path, faces: Faces) -> Iterator[Place]:
    with place(tmp_path, faces) as made:
        yield made


@pytest.fixture
def mute(tmp_path: Path, faces: Faces) -> Iterator[Place]:
    with place(tmp_path, faces, Build(576, True, Speech.MUTE)) as made:
        yield made


def marked(here: Place, marks: Marks | None, patience: Patience = PATIENT) -> Device:
    return Device(NetworkAddress("127.0.0.1", here.sink.port), PROFILES["generic-80"], patience, marks)


def worker_of(here: Place, device: Device) -> Worker:
    return Worker(here.spool, device, Press(here.faces, words_of, signs).draw, QUICK)


def reprint_json(code: str) -> str:
    return json.dumps({**json.loads(slip_json(code)), "is_reprint": True})


# -- reprints --------------------------------------------------------------------------------------------------------


def test_a_reprint_ends_the_wait_for_the_slip_it_replaces_and_empties_the_printer_first(here: Place) -> None:
    here.sink.obey(Order("paper_end", at_byte=40_000))
    with running(here.worker(), here.lock):
        here.spool.submit("job-1", slip_json("TORN"))
        until(lambda: here.job("job-1").state is JobState.UNKNOWN)
        here.spool.submit("again", reprint_json("TORN"))
        until(lambda: here.job("again").reason is Reason.PAPER_END and here.sink.status()["backlog_bytes"] == 0)
        here.sink.obey(Order("ready"))
        here.await_state("again", JobState.PRINTED)
    assert here.job("job-1").state is JobState.UNKNOWN
    assert printed_codes(here.papers).count("TORN") == 1


def test_a_reprint_of_another_slip_waits_its_turn(here: Place) -> None:
    here.sink.obey(Order("paper_end", at_byte=40_000))
    with running(here.worker(), here.lock):
        here.spool.submit("job-1", slip_json("FIRST"))
        until(lambda: here.job("job-1").state is JobState.UNKNOWN)
        here.spool.submit("other", reprint_json("OTHER"))
        until(lambda: here.job("other").reason is Reason.PAPER_END)
        here.sink.obey(Order("ready"))
        here.await_state("other", JobState.PRINTED)
    assert here.job("job-1").state is JobState.PRINTED
    assert printed_codes(here.papers) == ["FIRST", "OTHER"]


def test_before_a_reprint_the_buffer_is_cleared_even_where_nothing_seems_left(here: Place) -> None:
    worker = here.worker()
    here.spool.submit("job-1", slip_json("WHOLE"))
    assert worker.step() == Printed()
    before = int(here.sink.status()["consumed_bytes"])
    here.spool.submit("again", reprint_json("WHOLE"))
    assert worker.step() == Printed()
    here.spool.submit("next", slip_json("NEXT"))
    middle = int(here.sink.status()["consumed_bytes"])
    assert worker.step() == Printed()
    after = int(here.sink.status()["consumed_bytes"])
    assert here.sink.status()["cleared"] == 2  # at the first slip of this process, and at the reprint
    assert middle > before
    assert after > middle


def test_slips_behind_a_stopped_one_say_what_they_wait_for(here: Place) -> None:
    here.sink.obey(Order("cover_open", at_byte=40_000))
    with running(here.worker(), here.lock):
        here.spool.submit("job-1", slip_json("FIRST"))
        until(lambda: here.job("job-1").state is JobState.UNKNOWN)
        here.spool.submit("job-2", slip_json("SECOND"))
        until(lambda: here.job("job-2").reason is Reason.COVER_OPEN)
        assert here.job("job-2").state is JobState.QUEUED
        here.sink.obey(Order("ready"))
        assert here.await_state("job-2", JobState.PRINTED).reason is None
    assert printed_codes(here.papers) == ["FIRST", "SECOND"]


# -- printers that answer less ---------------------------------------------------------------------------------------


def test_a_printer_that_answers_nothing_prints_nothing_until_a_probe_has_marked_it(mute: Place) -> None:
    mute.spool.submit("job-1", slip_json("MUTE"))
    worker_of(mute, marked(mute, None, HASTY)).step()
    assert (mute.job("job-1").state, mute.job("job-1").reason) == (JobState.QUEUED, Reason.NO_ANSWER)
    assert worker_of(mute, marked(mute, MUTE)).step() == Sent()
    assert mute.job("job-1").state is JobState.SENT
    until(lambda: printed_codes(mute.papers) == ["MUTE"])


def test_a_mute_printer_that_takes_nothing_more_leaves_the_slip_unknown(mute: Place) -> None:
    mute.sink.obey(Order("stall", at_byte=20))
    mute.spool.submit("job-1", "{}")
    device = marked(mute, MUTE, HASTY)
    big = b"\x1b@" + bytes(8_000_000)  # more than the kernel's and the printer's buffers hold
    from printer.device import Order as Paper

    assert device.print_paper(Paper(big, b"0001", lambda: None, lambda _: None)) == Unknown(Reason.NO_REPLY)
    mute.expected_error = "begins no command"
    mute.sink.obey(Order("reboot"))


@pytest.mark.parametrize(
    ("speech", "marks"),
    [
        (Speech.FULL, Marks(True, Closing.PROCESS_ID, True)),
        (Speech.WITHOUT_PROCESS_ID, Marks(True, Closing.PAPER_STATUS, False)),
        (Speech.MUTE, MUTE),
    ],
)
def test_a_probe_finds_out_what_a_printer_answers(tmp_path: Path, faces: Faces, speech: Speech, marks: Marks) -> None:
    with place(tmp_path, faces, Build(576, True, speech)) as here:
        page = Press(faces, words_of, signs).draw(load_sample("test_page", "en"), 576)
        profile = PROFILES["generic-80"]
        address = NetworkAddress("127.0.0.1", here.sink.port)
        assert probe(address, profile, HASTY, encode_paper(page, profile)) == marks
        until(lambda: printed_codes(here.papers) == ["GIGHALLTEST"])


def test_a_probe_says_what_stops_the_printer_and_prints_nothing(here: Place) -> None:
    here.sink.obey(Order("cover_open"))
    own = load_settings(printer_address=f"127.0.0.1:{here.sink.port}")
    assert probe_printer(here.lock.parent, own, load_sample("test_page", "en")) is Reason.COVER_OPEN
    with lock_spool(here.lock), pytest.raises(SpoolInUse):
        probe_printer(here.lock.parent, own, load_sample("test_page", "en"))


def test_marks_hold_for_the_address_where_they_were_found(tmp_path: Path) -> None:
    assert load_marks(tmp_path / MARKS, "a:1") is None
    keep_marks(tmp_path / MARKS, "a:1", MUTE)
    assert load_marks(tmp_path / MARKS, "a:1") == MUTE
    assert load_marks(tmp_path / MARKS, "b:1") is None
    (tmp_path / MARKS).write_text('{"address": "a:1"}')
    assert load_marks(tmp_path / MARKS, "a:1") is None


# -- what the hall hears ---------------------------------------------------------------------------------------------


class Kept:
    """An outbox that remembers; `is_full` makes it refuse."""

    def __init__(self) -> None:
        self.bodies: list[tuple[str, dict[str, Any]]] = []
        self.is_full = False

    def put(self, path: str, body: dict[str, Any]) -> str:
        if self.is_full:
            raise OSError("no space left")
        self.bodies.append((path, body))
        return "key"

    def states(self, job: str) -> list[str]:
        return [body["state"] for path, body in self.bodies if path == f"/print-jobs/{job}/report"]


def test_what_a_dead_process_had_not_told_is_told_by_the_next_one(tmp_path: Path) -> None:
    spool, outbox = Spool(tmp_path / "spool.db", now), Kept()
    spool.submit("lost", "{}")
    spool.start("lost")
    spool.recover()  # and here the process dies: no listener, no report
    reporter = Reporter(Spool(tmp_path / "spool.db", now), PrintReports(outbox))
    reporter.tell_all()
    reporter.tell_all()
    assert outbox.bodies == [("/print-jobs/lost/report", {"state": "unknown", "reason": "interrupted"})]
    spool.close()


def test_a_full_disk_only_delays_the_report(tmp_path: Path) -> None:
    spool, outbox = Spool(tmp_path / "spool.db", now), Kept()
    outbox.is_full = True
    reporter = Reporter(spool, PrintReports(outbox))
    reporter.start()
    try:
        spool.submit("a", "{}")
        spool.fail("a", Reason.EXPIRED)
        until(lambda: reporter._has_fault)
        outbox.is_full = False
        spool.wake()
        until(lambda: outbox.states("a") == ["failed"])
    finally:
        reporter.stop()
        spool.close()


def test_a_pressroom_tells_the_hall_of_slips_and_of_the_printer(here: Place, tmp_path: Path) -> None:
    here.sink.obey(Order("near_end"))
    own = load_settings(printer_address=f"127.0.0.1:{here.sink.port}", printer_near_end_mm=1000)
    room, outbox = open_pressroom(tmp_path / "room", own, now), Kept()
    room.report_to(PrintReports(outbox))
    room.start()
    room.submit("job-1", slip_json("TOLD"))
    until(lambda: outbox.states("job-1")[-1:] == ["printed"])
    until(lambda: [body for path, body in outbox.bodies if path == "/printer-state"] != [])
    room.stop()
    told = [body for path, body in outbox.bodies if path == "/printer-state"]
    assert told[-1]["stop"] is None
    assert told[-1]["is_near_end"]
    assert told[-1]["can_prove"]
    assert 0 < told[-1]["slips_left"] < 7


def test_a_roll_that_ran_out_has_no_slips_left_and_a_new_one_is_plenty(here: Place) -> None:
    device = marked(here, None)
    told: list[PrinterState] = []
    watch = PrinterWatch(here.spool, device, 3000)
    watch.listen(told.append)
    for condition in ("ready", "near_end", "near_end", "paper_end", "ready"):
        here.sink.obey(Order(condition))
        device.status()
        watch.saw(0)
    assert [(state.stop, state.is_near_end, state.slips_left) for state in told] == [
        (None, False, None),
        (None, True, 18),
        (Reason.PAPER_END, True, 0),
        (None, False, None),
    ]


def test_an_open_cover_is_no_new_roll(here: Place) -> None:
    device = marked(here, None)
    watch = PrinterWatch(here.spool, device, 3000)
    for condition, slip_dots in (("near_end", 0), ("near_end", 8000), ("cover_open", 0), ("near_end", 0)):
        here.sink.obey(Order(condition))
        device.status()
        watch.saw(slip_dots)
    left = watch.state(device.status()).slips_left
    assert left is not None
    assert left == 1  # a slip of a metre, of which the three metres at the near end gave one already


def test_an_idle_printer_is_watched_so_that_its_cover_is_closed_before_somebody_stands_there(here: Place) -> None:
    device = marked(here, None)
    watch = PrinterWatch(here.spool, device)
    worker = Worker(
        here.spool, device, Press(here.faces, words_of, signs).draw, replace(QUICK, look_s=0.02, watch_s=0.05), watch
    )
    with running(worker, here.lock):
        until(lambda: watch.stop is None and device.seen is not None)
        here.sink.obey(Order("cover_open"))
        until(lambda: watch.stop is Reason.COVER_OPEN)


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_the_status_is_said_in_plain_words(here: Place, language: str) -> None:
    folder, words = here.lock.parent, Catalogue.load(language)
    own = load_settings(printer_address=f"127.0.0.1:{here.sink.port}")
    here.spool.submit("job-1", slip_json("WAITS"))
    assert list(say_check(check_printer(folder, own), words)) == [
        words.text("printer.ready", address=own.printer_address),
        words.text("printer.proves"),
        words.text("printer.waiting", count=1),
    ]
    here.sink.obey(Order("cover_open"))
    lines = list(say_check(check_printer(folder, own), words))
    assert words.text("ticket.fault.cover_open") in lines[0]
    note_marks(folder, own, MUTE)
    assert list(say_check(check_printer(folder, own), words))[:2] == [
        words.text("printer.not_asked", address=own.printer_address),
        words.text("printer.cannot_prove"),
    ]


def test_looking_at_a_printer_leaves_no_spool_behind(tmp_path: Path) -> None:
    check = check_printer(tmp_path / "paper", load_settings(printer_address="127.0.0.1:1"))
    assert (check.state.stop, check.can_print) == (Reason.UNREACHABLE, False)
    assert not (tmp_path / "paper").exists()


def test_a_slip_that_breaks_the_drawing_holds_up_no_other(here: Place) -> None:
    draw = Press(here.faces, words_of, signs).draw

    def breaks(slip: Any, width: int) -> Any:
        if isinstance(slip, NumberSlip):
            raise RuntimeError("a font is broken")
        return draw(slip, width)

    here.spool.submit("job-1", to_json(load_sample("number", "en")))
    here.spool.submit("job-2", slip_json("FINE"))
    worker = Worker(here.spool, marked(here, None), breaks, QUICK)
    with running(worker, here.lock):
        here.await_state("job-2", JobState.PRINTED)
    assert here.job("job-1").reason is Reason.UNREADABLE
