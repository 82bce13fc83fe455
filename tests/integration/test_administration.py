"""The command line an administrator uses: packs in and out, migration, seed, backup."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.pack import Pack
from hallserver.cli import main
from tests.support import hall
from tests.support.hall import DEMO_HALL


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("GIGHALL_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GIGHALL_CLOCK_HALL_TIME", "2026-11-20T05:30:00+08:00")
    monkeypatch.setenv("GIGHALL_CLOCK_REAL_TIME", "2026-11-20T05:30:00+08:00")

    def command(*words: str | Path) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])

    return command


def test_a_pack_comes_out_as_it_went_in(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("hall", "apply", DEMO_HALL).output == "applied\n"
    assert run("hall", "diff", DEMO_HALL).output == "no difference\n"
    assert run("hall", "export", tmp_path / "out").exit_code == 0
    assert Pack.load(tmp_path / "out") == Pack.load(DEMO_HALL)


def test_diff_names_the_place_and_both_values(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("hall", "apply", DEMO_HALL)
    shutil.copytree(DEMO_HALL, tmp_path / "changed")
    file = tmp_path / "changed" / "hall.toml"
    file.write_text(file.read_text().replace("print_early_minutes = 10", "print_early_minutes = 15"))
    assert run("hall", "diff", tmp_path / "changed").output == "hall.rules.print_early_minutes: 10 -> 15\n"
    assert run("hall", "apply", tmp_path / "changed").exit_code == 0
    assert run("hall", "diff", tmp_path / "changed").output == "no difference\n"


def test_a_pack_with_mistakes_changes_nothing_and_tells_all_of_them(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("hall", "apply", DEMO_HALL)
    shutil.copytree(DEMO_HALL, tmp_path / "wrong")
    file = tmp_path / "wrong" / "hall.toml"
    text = file.read_text().replace('zone = "Asia/Shanghai"', 'zone = "Asia/Atlantis"').replace('"03:00"', '"25:00"', 1)
    file.write_text(text)
    result = run("hall", "apply", tmp_path / "wrong")
    assert result.exit_code == 1
    assert "Atlantis" in result.output
    assert "25:00" in result.output
    assert run("hall", "diff", DEMO_HALL).output == "no difference\n"


def test_a_new_pack_starts_right(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("hall", "new", tmp_path / "mine").exit_code == 0
    assert run("hall", "check", tmp_path / "mine").exit_code == 0
    assert run("hall", "new", tmp_path / "mine").exit_code == 1


def test_seeding_is_refused_where_a_real_hall_is(run) -> None:  # type: ignore[no-untyped-def]
    run("hall", "apply", DEMO_HALL)
    result = run("db", "seed", "--posts", "5")
    assert result.exit_code == 1
    assert "real hall" in result.output


def test_a_demo_is_seeded_and_its_backup_opens(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("db", "seed", "--posts", "30")
    assert result.exit_code == 0, result.output
    assert "staff login demo" in result.output
    assert run("db", "backup", tmp_path / "copy").exit_code == 0
    copy = hall.HallProcess(tmp_path / "copy").start()
    copy.stop()


def test_a_server_without_a_hall_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(hall.HallFault, match="gighall hall apply"):
        hall.HallProcess(tmp_path / "empty").start()


def test_a_server_with_an_unbelievable_clock_does_not_start(tmp_path: Path) -> None:
    process = hall.HallProcess(tmp_path / "hall", hall_time="1999-01-01T05:30:00+08:00")
    with pytest.raises(hall.HallFault, match="set it, then start again"):
        process.start()


def test_a_new_clerk_gets_a_recovery_code_once(run) -> None:  # type: ignore[no-untyped-def]
    words = ("staff", "add", "li", "--name", "Li", "--role", "clerk", "--password", "long enough")
    assert run(*words).exit_code == 1
    run("hall", "apply", DEMO_HALL)
    assert re.search(r"([2-9A-Z]{4}-){3}[2-9A-Z]{4}\n$", run(*words).output)
    assert "taken" in run(*words).output
    assert "at least 8" in run("staff", "add", "x", "--name", "X", "--role", "clerk", "--password", "short").output
