"""Keeps how one printer is, its roll counted, and tells it when it changes; must not know papers or the hall."""

from collections.abc import Callable
from dataclasses import dataclass

from printer.device import Device
from printer.outcomes import Reason, Status
from printer.roll import read_roll, roll_json
from printer.spool import Spool

ROLL = "roll"
NEAR_END_MM = 3000
CUT_MM = 15.0
"""From the print head to the knife: fed with every slip."""
_DOTS_PER_MM = {512: 7.1}  # 180 dots an inch on 80 mm paper; every other width is printed at 203


@dataclass(frozen=True)
class PrinterState:
    """How a printer is, for people: `slips_left` None while there is plenty of paper or where nothing is known of it;
    `can_prove` False: its papers are sent, not printed."""

    stop: Reason | None
    is_near_end: bool
    slips_left: int | None
    can_prove: bool


class PrinterWatch:
    """In the worker's thread; `stop` is what stops the printer now."""

    def __init__(self, spool: Spool, device: Device, near_end_mm: int = NEAR_END_MM) -> None:
        self.stop: Reason | None = None
        self._spool, self._device, self._near_end_mm = spool, device, near_end_mm
        self._roll = read_roll(spool.kept(ROLL))
        self._told: PrinterState | None = None
        self._listeners: list[Callable[[PrinterState], None]] = []

    def listen(self, listener: Callable[[PrinterState], None]) -> None:
        """Hear of every change; return at once."""
        self._listeners.append(listener)

    def saw(self, slip_dots: int) -> None:
        """The device has spoken with its printer; so many dots came out of it."""
        status = self._device.seen
        if status is None:
            return
        roll = self._roll
        if slip_dots:
            dots_per_mm = _DOTS_PER_MM.get(self._device.profile.width_dots, 8.0)
            roll = roll.fed(slip_dots / dots_per_mm + CUT_MM)
        if status.answers and status.stop is None:  # an open cover or an empty feed makes the sensors lie
            roll = roll.seen(status.is_paper_near_end)
        if roll.used_mm is not None or self._roll.used_mm is not None:
            self._spool.keep(ROLL, roll_json(roll))  # with plenty of paper there is nothing to lose
        self._roll = roll
        self._tell(status)

    def stopped(self, reason: Reason | None) -> None:
        """It stands still in the middle of a paper, or goes on."""
        self._tell(Status(reason, self._roll.used_mm is not None))

    def state(self, status: Status) -> PrinterState:
        """What people are told of this status."""
        is_empty = status.stop is Reason.PAPER_END
        left = 0 if is_empty else self._roll.slips_left(self._near_end_mm)
        can_prove = self._device.marks.can_prove and status.answers
        return PrinterState(status.stop, is_empty or left is not None, left, can_prove)

    def _tell(self, status: Status) -> None:
        self.stop = status.stop
        state = self.state(status)
        if state != self._told:
            self._told = state
            for listener in self._listeners:
                listener(state)
