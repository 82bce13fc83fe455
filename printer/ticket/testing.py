"""What proves that a printer prints sharp, straight and with every character. Knows neither look nor printer."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class TestPage:
    """What staff print after setting up or changing a printer; `qr_text` lets a scanner prove the print is sharp."""

    __test__ = False  # pytest would take the name for a test case

    language: str
    printed_at: str
    hall_name: str
    printer_name: str
    sample_text: str
    qr_text: str
    is_reprint: bool = False
    layout: Literal["test"] = "test"
