"""Which codes may be read, and what one that was read is; knows no engine and no picture."""

from dataclasses import dataclass
from typing import Literal, get_args

from kiosk.scanning.image import Point

Symbology = Literal["QRCode", "Code128", "Code39", "EAN13", "PDF417", "DataMatrix"]
Formats = frozenset[Symbology]

ALL_FORMATS: Formats = frozenset(get_args(Symbology))
WORKER_FORMATS: Formats = frozenset({"QRCode"})
"""What a worker holds up to a kiosk: cards, slips, registration links and the social-security code are all QR."""
MATRIX_FORMATS: Formats = frozenset({"QRCode", "DataMatrix"})
LINEAR_FORMATS: Formats = frozenset({"Code128", "Code39", "EAN13"})
WEAK_FORMATS: Formats = LINEAR_FORMATS | {"PDF417"}
"""A reading counts only when a second one agrees: barcodes have a weak check or none, and a worn PDF417 uses up its
whole error correction on rows it could not read, so that nothing is left to notice a wrong text (seen on torn and
folded ones)."""

SHORTEST: dict[Symbology, int] = {"Code128": 3, "Code39": 3}
"""Characters below which a symbology without error correction is seen where nothing is."""


@dataclass(frozen=True)
class Code:
    """One code in a picture: corners in px clockwise from its top left, which reader found it, in how many ms."""

    text: str
    symbology: Symbology
    corners: tuple[Point, ...]
    reader: str
    ms: float


def is_long_enough(code: Code) -> bool:
    """Whether so short a text may be believed of its symbology; an empty one never is."""
    return len(code.text) >= SHORTEST.get(code.symbology, 1)
