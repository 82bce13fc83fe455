"""Halls as real processes for integration tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import hall


@pytest.fixture
def running_hall(tmp_path: Path) -> Iterator[hall.HallProcess]:
    """A founded hall on SQLite at half past five."""
    process = hall.HallProcess(tmp_path / "hall")
    hall.found_hall(process)
    process.start()
    yield process
    process.stop()
