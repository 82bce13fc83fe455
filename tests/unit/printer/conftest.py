"""Paper's shared fixtures."""

from tests.paper.fixtures import faces

__all__ = ["faces"]
