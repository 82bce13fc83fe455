"""What is installed and pinned: the same everywhere, and nothing that would change the server by itself."""

import importlib.metadata
import json
import re
import tomllib

import pytest

from config.derive import PROJECT

CONSTRAINTS = (PROJECT / "constraints.txt").read_text(encoding="utf-8")
LOCK = (PROJECT / "package-lock.json").read_text(encoding="utf-8")


def test_gevent_websocket_is_not_installed_because_engineio_would_prefer_it() -> None:
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("gevent-websocket")
    assert "gevent-websocket" not in CONSTRAINTS


def test_no_package_for_graphics_cards_is_pinned() -> None:
    assert re.findall(r"^(?:torch|triton|tensorflow|nvidia\S*|cuda\S*)\b.*", CONSTRAINTS, re.MULTILINE) == []


def test_every_python_dependency_is_pinned_to_a_release_that_anyone_can_get() -> None:
    pins = [line for line in CONSTRAINTS.splitlines() if line and not line.lstrip().startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9.-]+==[0-9][0-9a-z.]*", pin)] == []


def test_every_named_dependency_has_its_pin() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    plain = {re.split(r"[^A-Za-z0-9._-]", name)[0].lower().replace("_", "-") for name in named}
    pinned = {line.split("==")[0] for line in CONSTRAINTS.splitlines() if "==" in line}
    assert sorted(plain - pinned) == []


def test_lock_files_name_no_address_of_a_registry() -> None:
    packages = json.loads(LOCK)["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert "://" not in CONSTRAINTS


def test_only_one_wheel_of_opencv_is_installed_because_all_of_them_write_the_same_folder() -> None:
    names = {distribution.name.lower().replace("_", "-") for distribution in importlib.metadata.distributions()}
    assert sorted(name for name in names if name.startswith("opencv-")) == ["opencv-python"]
    assert re.findall(r"^opencv-[a-z-]+", CONSTRAINTS, re.MULTILINE) == ["opencv-python"]
