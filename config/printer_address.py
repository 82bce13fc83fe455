"""Reads where a receipt printer is plugged in, and says in plain words what is wrong; opens nothing.

`tcp://HOST:PORT` or `HOST:PORT`, `usb:04b8:0e15` with the numbers that `lsusb` shows (and `:SERIAL` where two of a kind
stand here), `serial:/dev/ttyUSB0?baud=115200&flow=rtscts`, `file:/dev/usb/lp0`, `cups:NAME` or `cups://HOST/NAME`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

RAW_PORT = 9100
IPP_PORT = 631
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400)
FLOWS = ("none", "rtscts", "xonxoff")

_HOST = r"(\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]@]+)"
_USB = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})(?::(\S+))?")
_NETWORK = re.compile(_HOST + r"(?::(\d{1,5}))?")
_CUPS = re.compile(r"(?://" + _HOST + r"(?::(\d{1,5}))?/)?([^\s/#?]+)")


@dataclass(frozen=True)
class TcpPrinter:
    """On the network, raw."""

    host: str
    port: int


@dataclass(frozen=True)
class UsbPrinter:
    """On USB: the maker's and the model's number, four small hexadecimal digits each; `serial` may be empty."""

    vendor: str
    product: str
    serial: str


@dataclass(frozen=True)
class SerialPrinter:
    """On a serial line, eight bits without parity."""

    path: str
    baud: int
    flow: str


@dataclass(frozen=True)
class FilePrinter:
    """Behind a path of this machine that takes bytes."""

    path: str


@dataclass(frozen=True)
class CupsPrinter:
    """A queue of CUPS; `host` empty: of this machine."""

    host: str
    port: int
    queue: str


PrinterAddress = TcpPrinter | UsbPrinter | SerialPrinter | FilePrinter | CupsPrinter


def read_printer_address(text: str) -> PrinterAddress:
    """Raises ValueError with a sentence that says what to write."""
    kind, colon, rest = text.partition(":")
    read = _READERS.get(kind) if colon else None
    if read is None:
        return _network(text)
    return read(rest)


def check_printer_address(text: str) -> str:
    """The same text where it is an address or empty; raises ValueError."""
    if text:
        read_printer_address(text)
    return text


def _network(text: str) -> TcpPrinter:
    """Without `tcp:` the port is wanted, too: a lone word is more often a mistake than a host."""
    found = _NETWORK.fullmatch(text)
    if found is None or found[2] is None:
        raise ValueError(
            f"{text!r} is no printer's address: write HOST:PORT like 192.168.1.50:9100, or usb:, serial:, file:, cups:"
        )
    return TcpPrinter(found[1].strip("[]"), _port(found[2]))


def _tcp(rest: str) -> TcpPrinter:
    found = _NETWORK.fullmatch(rest.removeprefix("//").removesuffix("/"))
    if found is None:
        raise ValueError(f"tcp:{rest} names no host: write tcp://HOST:PORT like tcp://192.168.1.50:{RAW_PORT}")
    return TcpPrinter(found[1].strip("[]"), _port(found[2] or str(RAW_PORT)))


def _usb(rest: str) -> UsbPrinter:
    found = _USB.fullmatch(rest)
    if found is None:
        raise ValueError(f"usb:{rest} needs the two numbers that lsusb shows behind ID, like usb:04b8:0e15")
    return UsbPrinter(found[1].lower(), found[2].lower(), found[3] or "")


def _serial(rest: str) -> SerialPrinter:
    path, _, options = rest.partition("?")
    if not path.startswith("/"):
        raise ValueError(f"serial:{rest} needs the whole path of the line, like serial:/dev/ttyUSB0?baud=115200")
    given = dict(parse_qsl(options, keep_blank_values=True))
    strange = sorted(set(given) - {"baud", "flow"})
    if strange:
        raise ValueError(f"serial: knows baud= and flow=, not {strange[0]!r}")
    return SerialPrinter(path, _baud(given.get("baud", "9600")), _flow(given.get("flow", "none")))


def _baud(text: str) -> int:
    if text not in {str(baud) for baud in BAUDS}:
        raise ValueError(f"baud={text} is no speed of a serial line; the printer's self-test names one of {BAUDS}")
    return int(text)


def _flow(text: str) -> str:
    if text not in FLOWS:
        raise ValueError(f"flow={text} is not known: write one of {', '.join(FLOWS)}")
    return text


def _file(rest: str) -> FilePrinter:
    if not rest.startswith("/"):
        raise ValueError(f"file:{rest} needs a whole path, like file:/dev/usb/lp0")
    if rest.startswith("/dev/tty"):
        raise ValueError(f"file:{rest} is a serial line: write serial:{rest}?baud=9600")
    return FilePrinter(rest)


def _cups(rest: str) -> CupsPrinter:
    found = _CUPS.fullmatch(rest)
    if found is None:
        raise ValueError(f"cups:{rest} needs the name of a queue as lpstat -p shows it, like cups:counter2")
    return CupsPrinter((found[1] or "").strip("[]"), _port(found[2] or str(IPP_PORT)), found[3])


def _port(text: str) -> int:
    if not 0 < int(text) < 65536:
        raise ValueError(f"{text} is no port: it must lie between 1 and 65535, raw printers listen on {RAW_PORT}")
    return int(text)


_READERS: dict[str, Callable[[str], PrinterAddress]] = {
    "tcp": _tcp,
    "usb": _usb,
    "serial": _serial,
    "file": _file,
    "cups": _cups,
}
