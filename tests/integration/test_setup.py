"""scripts/setup as a newcomer meets it: said, repeated, refused."""

import os
import re
import subprocess
from pathlib import Path

import pytest

SETUP = "scripts/setup"


def run(root: Path, *words: str, path_first: Path | None = None) -> subprocess.CompletedProcess[str]:
    path = os.environ["PATH"] if path_first is None else f"{path_first}:{os.environ['PATH']}"
    return subprocess.run(
        [SETUP, *words], cwd=root, capture_output=True, text=True, env=os.environ | {"PATH": path}, timeout=110
    )


def test_a_second_run_installs_nothing_and_gives_seconds_per_step(pytestconfig: pytest.Config) -> None:
    run(pytestconfig.rootpath, "--no-packages")
    ran = run(pytestconfig.rootpath, "--no-packages")
    assert ran.returncode == 0, ran.stderr
    steps = re.findall(r"^setup: (\S.*?)  +(.*?)  +\d+\.\d s$", ran.stdout, re.MULTILINE)
    assert [name for name, _ in steps] == [".venv", "Python", "browser parts", "derived"]
    assert dict(steps)["Python"] == "as pinned"
    assert dict(steps)["browser parts"] == "as locked"
    assert "0 files built" in dict(steps)["derived"]


def test_a_word_it_does_not_know_is_answered_with_how_to_use_it(pytestconfig: pytest.Config) -> None:
    ran = run(pytestconfig.rootpath, "--fast")
    assert ran.returncode == 2
    assert "scripts/setup --no-packages" in ran.stderr


def test_a_network_that_is_not_there_is_said_and_ends_it(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    answers = {"dpkg-query": "exit 1", "apt-get": "echo no route to host; exit 100", "sudo": 'shift; exec "$@"'}
    for name, body in answers.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    ran = run(pytestconfig.rootpath, path_first=tmp_path)
    assert ran.returncode == 1
    assert "no route to host" in ran.stderr
    assert "FAILED: apt-get update did not work; is the network there?" in ran.stderr
    assert "ready" not in ran.stdout


def test_two_at_once_do_not_disturb_each_other(pytestconfig: pytest.Config) -> None:
    command = [SETUP, "--no-packages"]
    both = [subprocess.Popen(command, cwd=pytestconfig.rootpath, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [each.communicate(timeout=110)[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert all("setup: ready in" in words for words in said)
