"""How many slips a nearly empty roll still gives, counted from the moment the printer first says so; pure.

An estimate: sensors look at the thickness of the roll, and cores differ ("accurate detection is impossible because the
shape of the core varies", Epson TM-m30III technical reference). So the hall sets how much paper is left when its
printer first says so (`printer_near_end_mm`), and errs on the low side.
"""

import json
from dataclasses import asdict, dataclass, replace

FIRST_SLIP_MM = 160.0
"""A job slip is about so long; stands in until slips were counted."""
REMEMBERED = 50
"""The mean follows the last slips, not those of a month ago."""


@dataclass(frozen=True)
class Roll:
    """`used_mm` since the first report of a near end, None while there is plenty; `mean_mm` of `counted` slips."""

    used_mm: float | None = None
    mean_mm: float = FIRST_SLIP_MM
    counted: int = 0

    def seen(self, is_near_end: bool) -> "Roll":
        """What the sensor says now; plenty after a near end is a new roll."""
        if not is_near_end:
            return self if self.used_mm is None else replace(self, used_mm=None)
        return self if self.used_mm is not None else replace(self, used_mm=0.0)

    def fed(self, slip_mm: float) -> "Roll":
        """A slip of this length came out."""
        counted = min(self.counted + 1, REMEMBERED)
        mean = self.mean_mm + (slip_mm - self.mean_mm) / counted
        used = None if self.used_mm is None else self.used_mm + slip_mm
        return Roll(used, mean, counted)

    def slips_left(self, near_end_mm: int) -> int | None:
        """How many more; None while there is plenty."""
        if self.used_mm is None:
            return None
        return max(0, int((near_end_mm - self.used_mm) // self.mean_mm))


def roll_json(roll: Roll) -> str:
    return json.dumps(asdict(roll))


def read_roll(text: str | None) -> Roll:
    """What `roll_json` wrote; a new roll where nothing or nonsense is there."""
    try:
        return Roll(**json.loads(text)) if text else Roll()
    except (ValueError, TypeError):
        return Roll()
