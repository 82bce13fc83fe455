"""The table of directions names every room, and an import against it is found."""

from pathlib import Path

import pytest

from tests.architecture.contract import PROJECT, check, is_there, present, rows


def named() -> set[str]:
    return {module for row in rows(PROJECT) if row["type"] == "protected" for module in row["protected_modules"]}


def test_every_room_of_the_server_stands_in_the_table_of_directions() -> None:
    names = {f"hallserver.{path.stem}" for path in (PROJECT / "hallserver").glob("[!._]*")}
    assert sorted(name for name in names - named() if is_there(PROJECT, name)) == []


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_bytes((PROJECT / "pyproject.toml").read_bytes())
    for room in (
        "config",
        "hallserver",
        "hallserver/domain",
        "hallserver/store",
        "hallserver/content",
        "hallserver/device",
        "kiosk",
        "printer",
    ):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    for module in ("printer/ticket.py", "printer/spool.py"):
        (tmp_path / module).touch()
    return tmp_path


def test_a_house_whose_imports_run_downward_is_kept(house: Path) -> None:
    (house / "hallserver/store/rows.py").write_text("import config\nimport hallserver.domain\n")
    (house / "kiosk/link.py").write_text("import hallserver.device\nimport printer.spool\n")
    (house / "hallserver/content/paper.py").write_text("import printer.ticket\n")
    assert check(house).returncode == 0


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("hallserver/domain/rules.py", "hallserver.store"),
        ("hallserver/device/link.py", "hallserver.store"),
        ("kiosk/link.py", "hallserver.domain"),
        ("hallserver/content/paper.py", "printer.spool"),
        ("hallserver/domain/rules.py", "printer.ticket"),
        ("config/words.py", "hallserver.domain"),
        ("hallserver/domain/rules.py", "flask"),
        ("hallserver/device/link.py", "sqlalchemy"),
        ("hallserver/store/rows.py", "kivy"),
    ],
)
def test_an_import_against_the_direction_is_found(house: Path, module: str, imported: str) -> None:
    (house / module).write_text(f"import {imported}\n")
    checked = check(house)
    assert checked.returncode == 1
    assert "BROKEN" in checked.stdout


def test_a_row_about_rooms_that_are_not_there_says_nothing(house: Path) -> None:
    assert present(house, {"type": "protected", "name": "x", "protected_modules": ["hallserver.live"]}) is None
