"""Paper's shared fixtures."""

from tests.paper.fixtures import faces, no_thread_is_left

__all__ = ["faces", "no_thread_is_left"]
