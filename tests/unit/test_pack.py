"""The demo pack is whole, and a broken pack tells every mistake at once, where it is and what to write."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from config.credit_code import check_character, is_credit_code, organisation_check
from config.pack import Mistake, Pack, PackMistakes

QINGSHI = Path(__file__).parents[2] / "config" / "halls" / "qingshi"
Break = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(QINGSHI, tmp_path / "hall"))


@pytest.fixture
def change(folder: Path) -> Break:
    def replace_once(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace_once


def mistakes_of(folder: Path) -> tuple[Mistake, ...]:
    with pytest.raises(PackMistakes) as told:
        Pack.load(folder)
    return told.value.mistakes


def only_mistake(folder: Path) -> Mistake:
    (mistake,) = mistakes_of(folder)
    return mistake


def test_the_demo_hall_is_a_pack_with_65_trades_and_150_employers() -> None:
    pack = Pack.load(QINGSHI)
    assert (len(pack.trades), len(pack.employers), len(pack.hall.services), len(pack.hall.counters)) == (65, 150, 13, 4)
    assert pack.hall.names["zh-Hans"] == "青石零工市场"


def test_the_demo_hall_has_a_departure_with_three_buses_of_three_sizes() -> None:
    pack = Pack.load(QINGSHI)
    assert len(pack.lines) == 8
    assert max(pack.lines, key=lambda line: len(line.buses)).buses[0].sign == "fish"
    assert [bus.capacity for bus in pack.line("qingchuan-food-0540").buses] == [45, 33, 19]


def test_demo_employers_are_invented_codes_of_an_unassigned_area_and_telephones_of_nobody() -> None:
    for employer in Pack.load(QINGSHI).employers:
        assert employer.credit_code[2:4] == "99"
        assert organisation_check(employer.credit_code[8:16]) == employer.credit_code[16]
        assert employer.phone.startswith("0512-0000-")


def test_no_two_demo_employers_share_a_name_or_a_telephone() -> None:
    employers = Pack.load(QINGSHI).employers
    for value in ("name", "full_name", "phone"):
        assert [name for name, count in Counter(getattr(e, value) for e in employers).items() if count > 1] == []


def test_every_trade_has_an_employer_that_usually_hires_it() -> None:
    pack = Pack.load(QINGSHI)
    assert {trade.id for trade in pack.trades} == {id for employer in pack.employers for id in employer.trades}


def test_a_pack_without_buses_employers_and_phrases_is_a_pack(folder: Path) -> None:
    for name in ("lines.toml", "employers.toml", "phrases.toml"):
        (folder / name).unlink()
    pack = Pack.load(folder)
    assert (pack.lines, pack.employers, pack.phrases) == ((), (), None)


def test_the_example_code_of_the_standard_is_a_credit_code() -> None:
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert check_character("91350100M000100Y4") == "3"
    assert organisation_check("M000100Y") == "4"


def test_an_unknown_trade_pictogram_is_told_with_its_line_and_the_nearest_one(folder: Path, change: Break) -> None:
    change("trades.toml", 'pictogram = "loader"', 'pictogram = "loadr"')
    mistake = only_mistake(folder)
    assert (mistake.file, mistake.where) == ("trades.toml", "trades.0.pictogram")
    text = (folder / "trades.toml").read_text(encoding="utf-8")
    assert mistake.line is not None
    assert "loadr" in text.splitlines()[mistake.line - 1]
    assert mistake.proposal == 'did you mean "loader"?'


def test_a_letter_used_twice_is_told(folder: Path, change: Break) -> None:
    change("hall.toml", 'letter = "B"', 'letter = "A"')
    assert only_mistake(folder).problem == "letter 'A' stands twice"


def test_the_job_slip_letter_is_no_service_letter(folder: Path, change: Break) -> None:
    change("hall.toml", 'job_slip_letter = "J"', 'job_slip_letter = "A"')
    assert only_mistake(folder).where == "job_slip_letter"


def test_a_counter_that_serves_an_unknown_service_is_told(folder: Path, change: Break) -> None:
    change("hall.toml", '["guidance", "training", "startup"]', '["guidance", "training", "startup", "haircut"]')
    mistake = only_mistake(folder)
    assert (mistake.where, mistake.problem) == ("counters.0.services.3", "unknown service 'haircut'")
    assert mistake.line is not None


def test_a_service_that_no_counter_serves_is_told(folder: Path, change: Break) -> None:
    change("hall.toml", '["guidance", "training", "startup"]', '["guidance", "training"]')
    assert only_mistake(folder).problem == "no counter serves 'startup'"


def test_a_time_that_is_none_is_told_with_the_form_of_times(folder: Path, change: Break) -> None:
    change("lines.toml", 'leaves_at = "06:20"', 'leaves_at = "6:75"')
    mistake = only_mistake(folder)
    assert mistake.where == "lines.3.leaves_at"
    assert "06:20" in mistake.proposal


def test_an_unknown_zone_is_told(folder: Path, change: Break) -> None:
    change("hall.toml", '"Asia/Shanghai"', '"Asia/Qingshi"')
    assert only_mistake(folder).problem == "unknown time zone 'Asia/Qingshi'"


def test_an_id_used_twice_is_told(folder: Path, change: Break) -> None:
    change("employers.toml", 'id = "xinqiao-storage"', 'id = "shunfeng-storage"')
    assert only_mistake(folder).problem == "employer id 'shunfeng-storage' stands twice"


def test_a_missing_language_is_told_with_what_to_add(folder: Path, change: Break) -> None:
    change("trades.toml", '{ zh-Hans = "装卸搬运工", en = "Loader" }', '{ zh-Hans = "装卸搬运工" }')
    mistake = only_mistake(folder)
    assert (mistake.where, mistake.proposal) == ("trades.0.names", 'add en = "…"')


def test_a_credit_code_with_a_wrong_check_character_is_told(folder: Path, change: Break) -> None:
    code = Pack.load(QINGSHI).employers[0].credit_code
    change("employers.toml", code, code[:17] + ("0" if code[17] != "0" else "1"))
    assert only_mistake(folder).where == "employers.0.credit_code"


def test_a_pay_range_the_wrong_way_round_is_told(folder: Path, change: Break) -> None:
    change("trades.toml", "min_fen = 22000, max_fen = 30000", "min_fen = 30000, max_fen = 22000")
    assert only_mistake(folder).problem == "min_fen 30000 is above max_fen 22000"


def test_a_line_to_an_unknown_employer_is_told(folder: Path, change: Break) -> None:
    change("lines.toml", 'employer = "jinxiu-textile"', 'employer = "jinxiu-textil"')
    assert only_mistake(folder).proposal == 'did you mean "jinxiu-textile"?'


def test_two_buses_in_one_bay_at_one_time_are_told(folder: Path, change: Break) -> None:
    change("lines.toml", 'sign = "umbrella", bay = 2', 'sign = "umbrella", bay = 1')
    assert only_mistake(folder).problem == "two buses leave bay 1 at 05:40"


def test_a_misspelt_key_is_told(folder: Path, change: Break) -> None:
    change("hall.toml", "promise =", "promisse =")
    assert {mistake.problem for mistake in mistakes_of(folder)} == {"Field required", "unknown key 'promisse'"}


def test_part_time_work_settled_later_than_15_days_is_told(folder: Path, change: Break) -> None:
    change("hall.toml", "part_time_settlement_days_max = 15", "part_time_settlement_days_max = 30")
    assert only_mistake(folder).where == "rules.part_time_settlement_days_max"


def test_a_file_that_is_no_toml_is_told_with_its_line(folder: Path, change: Break) -> None:
    change("phrases.toml", "[returns]", "[returns")
    mistake = only_mistake(folder)
    assert (mistake.file, mistake.where) == ("phrases.toml", "file")
    assert mistake.line is not None


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "trades.toml").unlink()
    assert str(only_mistake(folder)) == "trades.toml: file: the file is missing; every pack has one"


def test_a_trade_without_phrases_is_told(folder: Path, change: Break) -> None:
    change("phrases.toml", "[trades.loader]", "[trades.lodaer]")
    assert {mistake.file for mistake in mistakes_of(folder)} == {"phrases.toml", "trades.toml"}


def test_all_mistakes_of_all_files_are_told_at_once(folder: Path, change: Break) -> None:
    change("hall.toml", '"Asia/Shanghai"', '"Asia/Qingshi"')
    change("hall.toml", 'letter = "B"', 'letter = "A"')
    change("trades.toml", 'pictogram = "loader"', 'pictogram = "loadr"')
    change("lines.toml", 'leaves_at = "06:20"', 'leaves_at = "25:20"')
    assert [mistake.file for mistake in mistakes_of(folder)] == ["hall.toml", "hall.toml", "lines.toml", "trades.toml"]


@pytest.mark.parametrize("file", sorted(QINGSHI.glob("*.toml")), ids=lambda path: path.name)
def test_chinese_text_has_full_width_punctuation(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]", text) == []


def test_no_trade_name_tells_who_may_do_it() -> None:
    words = [word for trade in Pack.load(QINGSHI).trades for word in (trade.names["zh-Hans"], *trade.synonyms)]
    assert [word for word in words if set(word) & set("男女嫂妹哥")] == []
