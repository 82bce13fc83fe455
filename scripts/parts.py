"""The parts of `scripts/test` in the order they run, as commands; must not know how they are run or counted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
_BIN = Path(sys.executable).parent
_PACKAGES = ("config", "hallserver", "kiosk", "signage", "printer")
_PYTEST_PARTS = {"unit": 2, "service": 1, "contract": 2, "integration": 2, "e2e": 1}
"""Parts and their processes: what measures time on a glass runs alone."""
_NOT_OURS = {"node_modules", ".venv", "derived"}


@dataclass(frozen=True)
class Check:
    """A command that is right or wrong as a whole: one count."""

    command: tuple[str, ...]


@dataclass(frozen=True)
class Pytest:
    """Paths for one run of pytest, which counts its tests, in so many processes side by side."""

    paths: tuple[str, ...]
    processes: int = 1


@dataclass(frozen=True)
class NodeTest:
    """Files for one run of Node's test runner, which counts its tests."""

    files: tuple[str, ...]


Run = Check | Pytest | NodeTest


@dataclass(frozen=True)
class Part:
    """A named part and its runs."""

    name: str
    runs: tuple[Run, ...]


def parts() -> list[Part]:
    """The parts for which the source holds something to check, fast ones first."""
    return [part for part in (*_static(), *_scripts(), *_tests()) if part.runs]


def _static() -> Iterator[Part]:
    ruff = str(_BIN / "ruff")
    yield Part("format", (Check((ruff, "format", "--check", ".")),))
    yield Part("lint", (Check((ruff, "check", ".")),))
    yield Part("types", (Check((str(_BIN / "mypy"), *_typed())),))
    contract = (sys.executable, "-m", "tests.architecture.contract")
    yield Part("layers", (Check(contract), Pytest(("tests/architecture",))))


def _typed() -> list[str]:
    packages = [name for name in _PACKAGES if any((PROJECT / name).glob("*.py"))]
    scripts = (path for path in sorted((PROJECT / "scripts").iterdir()) if path.suffix == ".py" or _is_package(path))
    return [*packages, *(str(path.relative_to(PROJECT)) for path in scripts)]


def _is_package(path: Path) -> bool:
    return (path / "__init__.py").is_file()


def _scripts() -> Iterator[Part]:
    modules = [path for path in PROJECT.rglob("*.mjs") if not _NOT_OURS & set(path.relative_to(PROJECT).parts)]
    compiler = str(PROJECT / "node_modules" / ".bin" / "tsc")
    yield Part("js-types", (Check((compiler, "--project", "tsconfig.json")),) if modules else ())
    tests = tuple(sorted(str(path.relative_to(PROJECT)) for path in modules if path.name.endswith(".test.mjs")))
    yield Part("js", (NodeTest(tests),) if tests else ())


def _tests() -> Iterator[Part]:
    for name, processes in _PYTEST_PARTS.items():
        folder = PROJECT / "tests" / name
        yield Part(name, (Pytest((f"tests/{name}",), processes),) if any(folder.rglob("test_*.py")) else ())
