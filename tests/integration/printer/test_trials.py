"""A hundred slips for printers that break at random, and ten kills: nothing lost, doubled, or kept from the hall.

The same with 1,000 slips and 100 kills under a whole hall: `scripts/soak print`.
"""

from pathlib import Path

import pytest

from printer.sink.machine import Speech
from tests.paper.killing import Killing
from tests.paper.trial import try_printer


@pytest.mark.parametrize(
    ("speech", "jobs"), [(Speech.FULL, 60), (Speech.WITHOUT_PROCESS_ID, 25), (Speech.MUTE, 15)], ids=str
)
def test_no_slip_is_lost_doubled_or_called_printed_without_being_out(tmp_path: Path, speech: Speech, jobs: int) -> None:
    verdict = try_printer(tmp_path, speech, jobs, seed=jobs)
    assert verdict.broken == []
    assert verdict.faults > 0  # the trial was one


def test_ten_kills_lose_and_double_nothing_and_the_hall_hears_every_end(tmp_path: Path) -> None:
    verdict = Killing(tmp_path, seed=7).kill_often(10)
    assert verdict.broken == []
    assert verdict.states["printed"] > 0
