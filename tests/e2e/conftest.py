"""Whole machines at work: browsers, windows, servers. One such run at a time on a machine."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.machine_lock import machine_lock


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first test here waits for the machine's lock; that does not count against its own time."""
    if items:
        items[0].add_marker(pytest.mark.timeout(func_only=True))


@pytest.fixture(scope="session", autouse=True)
def alone_on_this_machine() -> Iterator[None]:
    """Holds the machine's lock for the whole part."""
    with machine_lock("e2e"):
        yield


@pytest.fixture(scope="session")
def chromium(alone_on_this_machine: None) -> Iterator[Browser]:
    """Debian's Chromium without a screen."""
    words = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
    words += ["--autoplay-policy=no-user-gesture-required", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=words)
        yield browser
        browser.close()
