"""The watch over threads and processes, tried on tests that leak."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

THREAD = """
import threading
stop = threading.Event()
def test_it(request):
    request.session.config.add_cleanup(stop.set)
    threading.Thread(target=stop.wait, name="forgotten").start()
"""
PROCESS = """
import subprocess
def test_it(request):
    child = subprocess.Popen(["sleep", "30"])
    request.session.config.add_cleanup(lambda: (child.kill(), child.wait()))
"""
CLEAN = """
import subprocess, threading
def test_it():
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    subprocess.run(["true"])
"""


def run(source: str, folder: Path, root: Path) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(source)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.leaks",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        str(folder),
    ]
    return subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(root)}, timeout=60
    )


@pytest.mark.parametrize(("source", "words"), [(THREAD, "thread forgotten"), (PROCESS, "sleep 30")])
def test_a_test_that_leaves_something_running_fails(
    source: str, words: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    ran = run(source, tmp_path, request.config.rootpath)
    assert ran.returncode == 1
    assert "left running" in ran.stdout
    assert words in ran.stdout


def test_a_test_that_clears_up_passes(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    assert run(CLEAN, tmp_path, request.config.rootpath).returncode == 0
