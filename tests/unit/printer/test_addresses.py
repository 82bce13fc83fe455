"""Where a printer is plugged in is read from one line, and a mistake is told with what to write instead."""

import pytest

from config.printer_address import (
    CupsPrinter,
    FilePrinter,
    PrinterAddress,
    SerialPrinter,
    TcpPrinter,
    UsbPrinter,
    read_printer_address,
)
from config.settings import SettingsMistakes, load_settings


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.168.1.50:9100", TcpPrinter("192.168.1.50", 9100)),
        ("tcp://printer.hall", TcpPrinter("printer.hall", 9100)),
        ("tcp://[fe80::1]:9101", TcpPrinter("fe80::1", 9101)),
        ("usb:04B8:0e15", UsbPrinter("04b8", "0e15", "")),
        ("usb:04b8:0e15:J4XF012345", UsbPrinter("04b8", "0e15", "J4XF012345")),
        ("serial:/dev/ttyUSB0", SerialPrinter("/dev/ttyUSB0", 9600, "none")),
        ("serial:/dev/ttyS1?baud=115200&flow=rtscts", SerialPrinter("/dev/ttyS1", 115200, "rtscts")),
        ("file:/dev/usb/lp0", FilePrinter("/dev/usb/lp0")),
        ("cups:counter2", CupsPrinter("", 631, "counter2")),
        ("cups://print.hall:8631/counter2", CupsPrinter("print.hall", 8631, "counter2")),
    ],
)
def test_every_kind_of_address_is_read(text: str, address: PrinterAddress) -> None:
    assert read_printer_address(text) == address


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9100", "write HOST:PORT"),
        ("printer", "write HOST:PORT"),
        (":9100", "write HOST:PORT"),
        ("host:0", "between 1 and 65535"),
        ("host:99999", "between 1 and 65535"),
        ("tcp://", "names no host"),
        ("usb:", "lsusb shows"),
        ("usb:4b8:e15", "lsusb shows"),
        ("serial:ttyUSB0", "whole path"),
        ("serial:/dev/ttyUSB0?baud=fast", "no speed of a serial line"),
        ("serial:/dev/ttyUSB0?speed=9600", "not 'speed'"),
        ("serial:/dev/ttyUSB0?flow=dtr", "rtscts"),
        ("file:lp0", "whole path"),
        ("file:/dev/ttyUSB0", "write serial:/dev/ttyUSB0"),
        ("cups:", "name of a queue"),
        ("cups:a/b", "name of a queue"),
    ],
)
def test_a_mistake_says_what_to_write(text: str, told: str) -> None:
    with pytest.raises(SettingsMistakes) as mistakes:
        load_settings(printer_address=text)
    (sentence,) = mistakes.value.sentences
    assert sentence.startswith("printer_address: ")
    assert told in sentence
    assert "Value error" not in sentence


def test_no_printer_is_no_mistake() -> None:
    assert load_settings(printer_address="").printer_address == ""
