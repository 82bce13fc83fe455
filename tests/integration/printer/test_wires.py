"""The same truth over every wire: a serial line, a pipe, a file, USB's kernel driver, a queue of CUPS."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from config.printer_address import CupsPrinter, SerialPrinter, UsbPrinter
from printer import ipp
from printer.cups import CupsAddress
from printer.device import Device, Order
from printer.encode import PROFILES, Closing, encode_paper
from printer.ipp import JobState
from printer.outcomes import Outcome, Printed, Reason, Refused, Sent, Status, Unknown
from printer.sink.machine import Build, Condition, Machine, Speech
from printer.talk import Patience
from printer.transport import Dial, FileAddress, PortLost, SerialAddress, UsbAddress, dial_of
from tests.paper.wires import CupsQueue, serial_printer
from tests.paper.wires import SerialPrinter as Line

PAPER = encode_paper(Image.new("1", (576, 300), 0), PROFILES["generic-80"])
QUICK = Patience(status_s=1, progress_s=1, recovery_s=1, settle_s=0.1)
REAL_ANSWER = bytes.fromhex(
    "010100000000000101470012617474726962757465732d6368617273657400057574662d3848001b617474726962757465732d6e617475"
    "72616c2d6c616e67756167650002656e042200197072696e7465722d69732d616363657074696e672d6a6f627300010123000d7072696e"
    "7465722d73746174650004000000034400157072696e7465722d73746174652d726561736f6e7300046e6f6e6503"
)
"""What CUPS 2.4.2 of Debian 12 answered for an idle raw queue."""


def print_on(dial: Dial, patience: Patience = QUICK) -> Outcome:
    order = Order(PAPER, b"0001", lambda: None, lambda _: None)
    return Device(dial, PROFILES["generic-80"], patience).print_paper(order)


@pytest.fixture
def line() -> Iterator[Line]:
    with serial_printer(Machine(Build(576, True))) as made:
        yield made


def test_a_serial_printer_proves_its_slip(line: Line) -> None:
    assert print_on(dial_of(f"serial:{line.path}?baud=115200")) == Printed()
    assert [paper.size for paper in line.papers] == [(576, 300)]
    assert not line.machine.errors


def test_a_serial_printer_says_what_stops_it(line: Line) -> None:
    line.machine.set_condition(Condition.COVER_OPEN)
    assert print_on(SerialAddress(SerialPrinter(line.path, 9600, "none"))) == Refused(Reason.COVER_OPEN)


def test_an_answer_of_an_earlier_conversation_is_not_heard(line: Line) -> None:
    os.write(line._own, b"\x1a\x16\x12\x12")  # as if it had said late that its cover is open
    assert print_on(SerialAddress(SerialPrinter(line.path, 9600, "none"))) == Printed()


def test_a_late_answer_without_a_name_does_not_prove_the_next_slip() -> None:
    """The first slip is given up; the printer answers for it when the second is under way."""
    clone = replace(PROFILES["generic-80"], closing=Closing.PAPER_STATUS, clears_buffers=False)
    with serial_printer(Machine(Build(576, True, Speech.WITHOUT_PROCESS_ID))) as line:
        address = SerialAddress(SerialPrinter(line.path, 9600, "none"))
        device = Device(address, clone, Patience(status_s=1, progress_s=0.3, settle_s=0.3))
        device.make_ready()
        line.is_paused, line.bytes_a_tick = True, 5000
        first, second = (Order(PAPER, name, lambda: None, lambda _: None) for name in (b"0001", b"0002"))
        assert device.print_paper(first) == Unknown(Reason.NO_REPLY)
        line.is_paused = False
        assert device.print_paper(second) == Printed()
        assert len(line.papers) == 2


def test_a_line_pulled_out_before_is_unreachable_and_on_the_way_unknown(line: Line) -> None:
    address = SerialAddress(SerialPrinter(line.path, 9600, "none"))
    pulled = Order(PAPER, b"0001", line.unplug, lambda _: None)
    assert Device(address, PROFILES["generic-80"], QUICK).print_paper(pulled) == Unknown(Reason.CONNECTION_LOST)
    assert print_on(address) == Refused(Reason.UNREACHABLE)


def test_what_is_no_serial_line_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert print_on(SerialAddress(SerialPrinter(str(tmp_path / "file"), 9600, "none"))) == Refused(Reason.UNREACHABLE)


def test_through_a_pipe_a_slip_is_sent_whole_and_never_called_printed(tmp_path: Path) -> None:
    pipe, came = tmp_path / "pipe", bytearray()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: came.extend(pipe.read_bytes()))
    reader.start()
    address = FileAddress(str(pipe))
    while Device(address, PROFILES["generic-80"], QUICK).status().stop is Reason.UNREACHABLE:
        threading.Event().wait(0.01)  # until the reader has opened its end
    reader.join()
    reader = threading.Thread(target=lambda: came.extend(pipe.read_bytes()))
    came.clear()
    reader.start()
    while (outcome := print_on(address)) == Refused(Reason.UNREACHABLE):
        threading.Event().wait(0.01)
    reader.join()
    assert outcome == Sent()
    assert bytes(came).endswith(PAPER)


def test_a_pipe_that_nobody_empties_is_unknown(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    paper = encode_paper(Image.new("1", (576, 2000), 0), PROFILES["generic-80"])
    device = Device(FileAddress(str(tmp_path / "pipe")), PROFILES["generic-80"], Patience(progress_s=0.3))
    assert device.print_paper(Order(paper, b"0001", lambda: None, lambda _: None)) == Unknown(Reason.NO_REPLY)
    os.close(reader)


def test_a_printer_that_is_unplugged_does_not_become_a_file(tmp_path: Path) -> None:
    address = FileAddress(str(tmp_path / "lp0"))
    assert print_on(address) == Refused(Reason.UNREACHABLE)
    assert not (tmp_path / "lp0").exists()
    (tmp_path / "lp0").touch()
    assert print_on(address) == Sent()
    assert (tmp_path / "lp0").read_bytes().endswith(PAPER)


def plug_in(lines: Path, name: str, numbers: tuple[str, str, str]) -> None:
    """As usblp shows a printer under /sys."""
    device = lines.parent / f"device-of-{name}"
    interface = device / "interface"
    interface.mkdir(parents=True)
    (lines / name).mkdir(parents=True)
    (lines / name / "device").symlink_to(interface)
    for file, number in zip(("idVendor", "idProduct", "serial"), numbers, strict=True):
        (device / file).write_text(f"{number}\n")


def test_a_usb_printer_is_found_by_its_numbers_whatever_line_it_got(tmp_path: Path) -> None:
    lines = tmp_path / "usbmisc"
    plug_in(lines, "lp0", ("0519", "0003", "A"))
    plug_in(lines, "lp1", ("04b8", "0e15", "B"))
    assert UsbAddress(UsbPrinter("04b8", "0e15", ""), lines).find() == Path("/dev/usb/lp1")
    plug_in(lines, "lp2", ("04b8", "0e15", "C"))
    with pytest.raises(PortLost, match="2 printers 04b8:0e15"):
        UsbAddress(UsbPrinter("04b8", "0e15", ""), lines).find()
    assert UsbAddress(UsbPrinter("04b8", "0e15", "C"), lines).find() == Path("/dev/usb/lp2")


def test_a_usb_printer_that_is_not_plugged_in_is_unreachable(tmp_path: Path) -> None:
    assert print_on(UsbAddress(UsbPrinter("04b8", "0e15", ""), tmp_path)) == Refused(Reason.UNREACHABLE)


@pytest.fixture
def queue() -> Iterator[CupsQueue]:
    made = CupsQueue([JobState.PENDING, JobState.PROCESSING, JobState.COMPLETED])
    made.start()
    yield made
    made.stop()


def counter(queue: CupsQueue) -> CupsAddress:
    return CupsAddress(CupsPrinter("127.0.0.1", queue.port, "counter"))


def test_a_queue_that_passed_a_slip_on_has_sent_it(queue: CupsQueue) -> None:
    assert print_on(counter(queue)) == Sent()
    assert len(queue.documents) == 1
    assert queue.documents[0].endswith(PAPER)
    assert queue.cancelled == 0


def test_what_a_queue_still_holds_when_nobody_waits_any_more_is_cancelled(queue: CupsQueue) -> None:
    queue.job_states = [JobState.PROCESSING]
    assert print_on(counter(queue), Patience(progress_s=0.3)) == Unknown(Reason.NO_REPLY)
    assert queue.cancelled == 1


def test_a_slip_that_a_queue_gave_up_is_unknown(queue: CupsQueue) -> None:
    queue.job_states = [JobState.PROCESSING, JobState.ABORTED]
    assert print_on(counter(queue)) == Unknown(Reason.CONNECTION_LOST)
    assert queue.cancelled == 0


@pytest.mark.parametrize(
    ("reason", "stop"),
    [
        ("media-empty-error", Reason.PAPER_END),
        ("cover-open-report", Reason.COVER_OPEN),
        ("offline-report", Reason.OFFLINE),
        ("toner-low", None),
    ],
)
def test_a_queue_is_asked_what_it_knows_of_its_printer(queue: CupsQueue, reason: str, stop: Reason | None) -> None:
    queue.reasons = ("none", reason)
    assert Device(counter(queue), PROFILES["generic-80"], QUICK).status() == Status(stop, False, answers=False)


def test_a_stopped_queue_gets_nothing_that_would_come_out_later(queue: CupsQueue) -> None:
    queue.printer_state = 5
    assert print_on(counter(queue)) == Refused(Reason.OFFLINE)
    queue.is_accepting = False
    assert print_on(counter(queue)) == Refused(Reason.UNREACHABLE)
    assert queue.documents == []


def test_a_queue_of_another_name_is_unreachable(queue: CupsQueue) -> None:
    other = CupsAddress(CupsPrinter("127.0.0.1", queue.port, "nobody"))
    assert print_on(other) == Refused(Reason.UNREACHABLE)


def test_the_queue_of_the_tests_answers_as_a_real_one_did(queue: CupsQueue) -> None:
    real, ours = ipp.read_answer(REAL_ANSWER), ipp.read_answer(queue.answer(ipp.ask_printer("ipp://x")))
    names = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
    assert {name: real.attributes[name] for name in names} == {name: ours.attributes[name] for name in names}


@pytest.mark.parametrize(
    "data", [b"", b"\x01\x01\x00\x00", b"\x01\x01\x04\x06\x00\x00\x00\x01\x03", b"<html>no IPP</html>"]
)
def test_what_is_no_answer_of_a_queue_is_a_fault(data: bytes) -> None:
    with pytest.raises(ipp.IppFault):
        ipp.read_answer(data)
