"""Whole machines at work: browsers, windows, servers. One such run at a time on a machine."""

from collections.abc import Iterator

import pytest

from tests.support.machine_lock import machine_lock


@pytest.fixture(scope="session", autouse=True)
def alone_on_this_machine() -> Iterator[None]:
    """Holds the machine's lock for the whole part."""
    with machine_lock("e2e"):
        yield
