"""Carries bytes to and from a printer, whatever the wire is; must not know what they mean.

Every wait has a limit. A lost connection is always an exception, never a silent success.
"""

import errno
import fcntl
import os
import select
import socket
import stat
import struct
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from config.printer_address import (
    CupsPrinter,
    FilePrinter,
    SerialPrinter,
    TcpPrinter,
    UsbPrinter,
    read_printer_address,
)
from printer.faults import PrinterFault
from printer.outcomes import Reason

READ_BYTES = 4096
NOTHING_S = 0.02  # usblp wakes a reader for empty packets: not faster than so
CONNECT_S = 2.0
WAITING_BYTES = 0x5411  # ioctl TIOCOUTQ, the same number as SIOCOUTQ: what the kernel still holds for the other end
USB_STATUS = 0x060B  # ioctl LPGETSTATUS of usblp: the port status byte of the USB printer class
USB_LINES = Path("/sys/class/usbmisc")


class PortLost(PrinterFault):
    """The connection could not be made or is gone."""


class Port(Protocol):
    """An open connection to a printer."""

    can_answer: bool
    """False: nothing can ever come back on this wire."""

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        """Wait until some of `data` could be handed over or something came back, at most `timeout_s`.

        Gives how many bytes were taken and what was received; (0, b"") when nothing happened. Raises PortLost.
        """

    def is_drained(self) -> bool:
        """Whether everything handed over has left this machine; raises PortLost."""

    def stop_told(self) -> Reason | None:
        """What the wire itself knows of a printer that cannot be asked; None: nothing stops it, or nothing is known."""

    def close(self) -> None: ...


Dial = Callable[[], Port]
"""Connects; raises PortLost."""


@dataclass(frozen=True)
class NetworkAddress:
    """Where a raw network printer listens, usually port 9100; call it to connect."""

    host: str
    port: int
    connect_timeout_s: float = CONNECT_S

    def __call__(self) -> Port:
        """Connect; raises PortLost."""
        try:
            connection = socket.create_connection((self.host, self.port), timeout=self.connect_timeout_s)
        except OSError as error:
            raise PortLost(f"{self.host}:{self.port}: {error}") from error
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return NetworkPort(connection)


class NetworkPort:
    """An open TCP connection to a printer."""

    can_answer = True

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        writers = [self._connection] if data else []
        readable, writable, _ = select.select([self._connection], writers, [], timeout_s)
        try:
            received = self._receive() if readable else b""
            sent = self._connection.send(data) if writable else 0
        except BlockingIOError:
            return 0, b""
        except OSError as error:
            raise PortLost(str(error)) from error
        return sent, received

    def _receive(self) -> bytes:
        received = self._connection.recv(READ_BYTES)
        if not received:
            raise PortLost("closed by the printer")
        return received

    def is_drained(self) -> bool:
        return _waiting_bytes(self._connection.fileno()) == 0

    def stop_told(self) -> Reason | None:
        return None

    def close(self) -> None:
        self._connection.close()


@dataclass(frozen=True)
class FileAddress:
    """A path that takes bytes: a character device is asked for answers, too; a pipe or a file only takes. Never made
    anew: bytes for a printer that is unplugged may not become a file in its place."""

    path: str

    def __call__(self) -> Port:
        """Open; raises PortLost."""
        try:
            is_device = stat.S_ISCHR(Path(self.path).stat().st_mode)
            mode = os.O_RDWR if is_device else os.O_WRONLY | os.O_APPEND
            file = os.open(self.path, mode | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise PortLost(f"{self.path}: {error.strerror}") from error
        port = FilePort(file, is_device)
        port.discard()
        return port


@dataclass(frozen=True)
class SerialAddress:
    """A serial line, eight bits without parity, at one of the usual speeds. The standard library can set all that these
    printers use, so pyserial is not needed."""

    line: SerialPrinter

    def __call__(self) -> Port:
        """Open and set the line; raises PortLost."""
        try:
            file = os.open(self.line.path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise PortLost(f"{self.line.path}: {error.strerror}") from error
        try:
            termios.tcsetattr(file, termios.TCSANOW, _raw_line(self.line, termios.tcgetattr(file)))
            termios.tcflush(file, termios.TCIOFLUSH)
        except termios.error as error:
            os.close(file)
            raise PortLost(f"{self.line.path} is no serial line: {error}") from error
        return FilePort(file, True)


def _raw_line(line: SerialPrinter, now: list[int | list[bytes | int]]) -> list[int | list[bytes | int]]:
    speed = getattr(termios, f"B{line.baud}")
    flags_in = termios.IXON | termios.IXOFF if line.flow == "xonxoff" else 0
    control = termios.CS8 | termios.CREAD | termios.CLOCAL | (termios.CRTSCTS if line.flow == "rtscts" else 0)
    return [flags_in, 0, control, 0, speed, speed, now[6]]


@dataclass(frozen=True)
class UsbAddress:
    """A printer of the USB printer class, found by its numbers under /sys, spoken to through the kernel's usblp: the
    driver that claims it anyway. So neither libusb nor detaching a driver nor root is needed, only the group `lp`."""

    printer: UsbPrinter
    lines: Path = USB_LINES

    def __call__(self) -> Port:
        """Find and open; raises PortLost."""
        return FileAddress(str(self.find()))()

    def find(self) -> Path:
        """Its line now, /dev/usb/lpN; raises PortLost where none or more than one is plugged in."""
        found = [line for line in sorted(self.lines.glob("lp*")) if self._is_it(line)]
        name = ":".join(part for part in (self.printer.vendor, self.printer.product, self.printer.serial) if part)
        if len(found) != 1:
            raise PortLost(f"{len(found)} printers {name} are plugged in")
        return Path("/dev/usb") / found[0].name

    def _is_it(self, line: Path) -> bool:
        device = (line / "device").resolve().parent  # from the interface to the device that holds the numbers
        wanted = self.printer
        numbers = (_read_word(device / "idVendor"), _read_word(device / "idProduct"))
        if numbers != (wanted.vendor, wanted.product):
            return False
        return not wanted.serial or _read_word(device / "serial") == wanted.serial


def _read_word(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


class FilePort:
    """An open file of the kernel: usblp, a serial line, a pipe or a file."""

    def __init__(self, file: int, can_answer: bool) -> None:
        self.can_answer = can_answer
        self._file = file
        self._status = bytearray(4)

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        readers = [self._file] if self.can_answer else []
        readable, writable, _ = select.select(readers, [self._file] if data else [], [], timeout_s)
        try:
            received = self._receive() if readable else b""
            sent = _write(self._file, data) if writable else 0
        except OSError as error:
            raise PortLost(str(error)) from error
        if readable and not (received or sent):
            time.sleep(NOTHING_S)
        return sent, received

    def _receive(self) -> bytes:
        """Empty is no end here: usblp gives empty packets. A line that has gone says so by an error (EIO, ENODEV)."""
        try:
            return os.read(self._file, READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            if error.errno != errno.EINVAL:  # a one-way USB printer cannot be read
                raise
            self.can_answer = False
            return b""

    def discard(self) -> None:
        """Forget what an earlier conversation left to be read; raises PortLost."""
        while self.can_answer and self.exchange(b"", 0)[1]:
            pass

    def is_drained(self) -> bool:
        """usblp takes a transfer at once and is writable again when it is over (usblp.c, usblp_wwait)."""
        if not select.select([], [self._file], [], 0)[1]:
            return False
        return _waiting_bytes(self._file) == 0

    def stop_told(self) -> Reason | None:
        """USB printer class 1.1, GET_PORT_STATUS: 0x20 paper empty, 0x10 selected, 0x08 no error."""
        try:
            fcntl.ioctl(self._file, USB_STATUS, self._status)
        except OSError:
            return None
        told = self._status[0]
        table = (
            (told & 0x20, Reason.PAPER_END),
            (not told & 0x08, Reason.PRINTER_ERROR),
            (not told & 0x10, Reason.OFFLINE),
        )
        return next((reason for is_so, reason in table if is_so), None)

    def close(self) -> None:
        os.close(self._file)


def _write(file: int, data: bytes) -> int:
    try:
        return os.write(file, data)
    except BlockingIOError:
        return 0


def _waiting_bytes(file: int) -> int:
    try:
        answer = fcntl.ioctl(file, WAITING_BYTES, bytes(4))
    except OSError:  # a pipe or a file: what was written is there
        return 0
    return int(struct.unpack("i", answer)[0])


def dial_of(text: str) -> Dial:
    """How to reach the printer at this address; connects to nothing. Raises ValueError with a sentence."""
    match read_printer_address(text):
        case TcpPrinter(host, port):
            return NetworkAddress(host, port)
        case UsbPrinter() as printer:
            return UsbAddress(printer)
        case SerialPrinter() as line:
            return SerialAddress(line)
        case FilePrinter(path):
            return FileAddress(path)
        case CupsPrinter() as queue:
            from printer.cups import CupsAddress

            return CupsAddress(queue)
