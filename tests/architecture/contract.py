"""Checks the direction of imports that pyproject.toml states, for the rooms that are there; knows no row itself.

import-linter refuses a contract that names a module which is not there. So the rows are cut down to the rooms that are,
and a row enters by itself when its room does. `python -m tests.architecture.contract` is what scripts/test runs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from configparser import RawConfigParser
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
Row = Mapping[str, str | list[str]]
_NEEDED = {"protected": "protected_modules", "forbidden": "source_modules", "independence": "modules"}
_WHOLE = {"forbidden_modules", "ignore_imports"}
"""Lists that stay as they are: other people's packages, and imports that may or may not be there."""


def rows(project: Path) -> list[Row]:
    """The contracts of a project's pyproject.toml as they are written."""
    return list(_settings(project)["contracts"])


def is_there(project: Path, module: str) -> bool:
    """Whether the source of `module` (of the package around it, for `package.*`) stands in the project."""
    path = project.joinpath(*module.removesuffix(".*").split("."))
    return (path / "__init__.py").is_file() or path.with_suffix(".py").is_file()


def present(project: Path, row: Row) -> Row | None:
    """The row without rooms that are not there; None when it says nothing about those that are."""
    cut = {
        key: value if isinstance(value, str) or key in _WHOLE else _kept(project, value) for key, value in row.items()
    }
    return cut if cut[_NEEDED[str(row["type"])]] else None


def check(project: Path) -> subprocess.CompletedProcess[str]:
    """Runs import-linter over the rooms of `project`; its words and exit code."""
    with tempfile.NamedTemporaryFile("w", suffix=".ini", encoding="utf-8") as file:
        _ini(project).write(file)
        file.flush()
        linter = Path(sys.executable).parent / "lint-imports"
        return subprocess.run(
            [str(linter), "--config", file.name, "--no-cache"], cwd=project, capture_output=True, text=True, timeout=300
        )


def _settings(project: Path) -> dict[str, list[Row]]:
    tree = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    settings: dict[str, list[Row]] = tree["tool"]["importlinter"]
    return settings


def _kept(project: Path, modules: list[str]) -> list[str]:
    return [module for module in modules if is_there(project, module)]


def _ini(project: Path) -> RawConfigParser:
    roots = [str(root) for root in _settings(project)["root_packages"]]
    parser = RawConfigParser()
    parser["importlinter"] = {"root_packages": _lines(_kept(project, roots)), "include_external_packages": "True"}
    rows_here = [row for row in (present(project, row) for row in rows(project)) if row]
    for number, row in enumerate(rows_here, start=1):
        parser[f"importlinter:contract:{number}"] = {key: _lines(value) for key, value in row.items()}
    return parser


def _lines(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "\n" + "\n".join(value)


if __name__ == "__main__":
    checked = check(PROJECT)
    print(checked.stdout.partition("Contracts\n")[2].lstrip("-\n") + checked.stderr)
    sys.exit(checked.returncode)
