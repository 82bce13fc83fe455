"""Fixtures for every folder of tests about paper."""

import threading
from collections.abc import Iterator

import pytest

from printer.faces import load_faces
from printer.layouts import Faces


@pytest.fixture(scope="session")
def faces() -> Faces:
    return load_faces()


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before
