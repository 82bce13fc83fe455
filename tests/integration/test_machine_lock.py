"""The one lock per machine, between real processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.machine_lock import MachineBusy, lock_file, machine_lock

ASK = """
from tests.support.machine_lock import MachineBusy, machine_lock
try:
    with machine_lock("stranger", wait_s=0):
        print("got it")
except MachineBusy:
    print("busy")
"""


def ask(root: Path, environment: dict[str, str]) -> str:
    asked = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, cwd=root, env=environment, timeout=60
    )
    return asked.stdout.strip()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("GIGHALL_MACHINE_LOCK_HELD", raising=False)
    return {"XDG_RUNTIME_DIR": str(tmp_path)}


def test_a_stranger_is_told_that_the_machine_is_busy(
    environment: dict[str, str], request: pytest.FixtureRequest
) -> None:
    with machine_lock("test"):
        assert ask(request.config.rootpath, environment) == "busy"


def test_the_lock_is_free_again_after_the_block(environment: dict[str, str], request: pytest.FixtureRequest) -> None:
    with machine_lock("test"):
        pass
    assert ask(request.config.rootpath, environment) == "got it"


def test_a_child_of_the_holder_does_not_wait_for_its_parent(
    environment: dict[str, str], request: pytest.FixtureRequest
) -> None:
    with machine_lock("test"):
        held = environment | {"GIGHALL_MACHINE_LOCK_HELD": "test"}
        assert ask(request.config.rootpath, held) == "got it"


def test_a_holder_that_was_killed_holds_nothing(environment: dict[str, str], request: pytest.FixtureRequest) -> None:
    dying = "import os, signal\nfrom tests.support.machine_lock import machine_lock\n"
    dying += "with machine_lock('dying'): os.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", dying], cwd=request.config.rootpath, env=environment, timeout=60)
    with machine_lock("test", wait_s=0):
        assert lock_file().exists()


def test_waiting_ends_with_words_after_the_stated_time(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with machine_lock("first"):
        monkeypatch.delenv("GIGHALL_MACHINE_LOCK_HELD")
        with (
            pytest.raises(MachineBusy, match=r"second: .*gighall-machine\.lock was held for 0 s"),
            machine_lock("second", 0),
        ):
            pass
