"""Fixtures for every folder of tests about paper."""

import pytest

from printer.faces import load_faces
from printer.layouts import Faces


@pytest.fixture(scope="session")
def faces() -> Faces:
    return load_faces()
