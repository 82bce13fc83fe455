"""What scripts/test counts, on real runs of pytest and of Node's test runner."""

import json
import sys
from pathlib import Path

import pytest
from parts import PROJECT, Check, NodeTest, Part, Pytest, parts
from run_parts import Count, Outcome, closing, count, run_all, summary, until_failed

PROVES = """
import pytest
pytest_plugins = ["tests.promises"]
def test_kept(promise): promise("no seat sold twice", "16 × 8 × 2 requests, 0")
def test_broken(promise):
    promise("no number twice", "1")
    assert False
@pytest.mark.skip
def test_later(): pass
"""
NODE = """
import test from "node:test";
import assert from "node:assert";
test("adds", () => assert.equal(1 + 1, 2));
test("fails", () => assert.equal(1 + 1, 3));
test.skip("later", () => {});
"""


@pytest.fixture
def proven(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "test_it.py").write_text(PROVES, encoding="utf-8")
    return tmp_path


def test_passed_failed_and_skipped_tests_of_pytest_are_told_apart(proven: Path) -> None:
    assert count(Pytest((str(proven / "test_it.py"),)), proven) == Count(passed=1, failed=1, skipped=1)


def test_a_promise_is_written_with_whether_its_test_passed(proven: Path) -> None:
    count(Pytest((str(proven / "test_it.py"),)), proven)
    said = [
        json.loads(line) for file in proven.glob("*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert [(line["promise"], line["kept"]) for line in said] == [
        ("no seat sold twice", True),
        ("no number twice", False),
    ]


def test_passed_failed_and_skipped_tests_of_node_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "sum.test.mjs").write_text(NODE)
    assert count(NodeTest((str(tmp_path / "sum.test.mjs"),)), tmp_path) == Count(passed=1, failed=1, skipped=1)


@pytest.mark.parametrize("source", ["", "import nothing_of_this_name\n"])
def test_a_run_that_finds_or_imports_no_test_is_a_failure(tmp_path: Path, source: str) -> None:
    (tmp_path / "test_it.py").write_text(source)
    assert count(Pytest((str(tmp_path / "test_it.py"),)), tmp_path) == Count(failed=1)


def test_a_check_counts_once(tmp_path: Path) -> None:
    assert count(Check((sys.executable, "-c", "")), tmp_path) == Count(passed=1)
    assert count(Check((sys.executable, "-c", "raise SystemExit(3)")), tmp_path) == Count(failed=1)


def test_fast_parts_come_first() -> None:
    order = ["format", "lint", "types", "layers", "js-types", "js", "unit", "service", "contract", "integration", "e2e"]
    assert [part.name for part in parts()] == [name for name in order if name in {part.name for part in parts()}]


def test_every_test_in_the_source_belongs_to_a_part() -> None:
    run = [PROJECT / path for part in parts() for each in part.runs if isinstance(each, Pytest) for path in each.paths]
    every = (PROJECT / "tests").rglob("test_*.py")
    assert [path for path in every if not any(path.is_relative_to(folder) for folder in run)] == []


def test_the_summary_has_seconds_per_part_and_promises_in_words() -> None:
    said = {"promise": "no seat sold twice", "figures": "256 requests, 0", "test": "test_it", "kept": True}
    words = summary([Outcome("unit", Count(3), 1.26)], [said, said | {"kept": False}])
    assert "unit              1.3       3       0        0" in words
    assert "\n  no seat sold twice: 256 requests, 0\n  BROKEN no seat sold twice: 256 requests, 0" in words


def test_the_last_line_says_how_many_passed_and_failed() -> None:
    assert closing(Count(passed=12)) == "12 passed, 0 failed"
    assert closing(Count(passed=12, failed=1, skipped=3)) == "12 passed, 1 failed, 3 skipped"


def test_after_a_failed_part_the_others_run_unless_asked_otherwise(tmp_path: Path) -> None:
    wrong = Check((sys.executable, "-c", "raise SystemExit(1)"))
    every = [Part("a", (wrong,)), Part("b", (wrong,))]
    assert [outcome.part for outcome in run_all(every, tmp_path)] == ["a", "b"]
    assert [outcome.part for outcome in until_failed(run_all(every, tmp_path))] == ["a"]
