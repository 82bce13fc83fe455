"""Lines break where a Chinese reader expects it."""

from printer.layouts.breaks import wrap, wrap_parts


def test_chinese_breaks_anywhere_but_not_before_closing_punctuation() -> None:
    assert wrap("一二三四，五六", 4, len) == ["一二三", "四，五六"]


def test_an_opening_bracket_never_ends_a_line() -> None:
    assert wrap("一二三（四）五六", 4, len) == ["一二三", "（四）五", "六"]


def test_a_bracket_stays_whole_where_a_line_can_hold_it() -> None:
    assert wrap("一二三四（五六）", 6, len) == ["一二三四", "（五六）"]
    assert wrap("一二三四（五六七八九）", 6, len) == ["一二三四", "（五六七八", "九）"]


def test_a_number_keeps_its_unit() -> None:
    assert wrap("共干 8 天", 4, len) == ["共干", "8 天"]
    assert wrap("到了第27日", 4, len) == ["到了第", "27日"]


def test_a_date_stays_whole() -> None:
    assert wrap("到明年11月27日止", 8, len) == ["到明年", "11月27日止"]


def test_a_bracket_after_a_number_is_no_unit() -> None:
    assert wrap("至 7:30（夜班）", 8, len) == ["至 7:30", "（夜班）"]


def test_a_latin_word_stays_whole_and_loses_the_space_at_the_break() -> None:
    assert wrap("north gate of B", 10, len) == ["north gate", "of B"]


def test_a_word_wider_than_the_line_is_chopped_and_nothing_is_lost() -> None:
    lines = wrap("ab0123456789012345", 7, len)
    assert "".join(lines) == "ab0123456789012345"
    assert max(map(len, lines)) <= 7


def test_parts_break_at_the_dots_and_drop_them_there() -> None:
    assert wrap_parts("不收费 · 不交押金 · 不押身份证", 12, len) == ["不收费 · 不交押金", "不押身份证"]


def test_an_empty_text_has_no_lines() -> None:
    assert wrap("", 10, len) == []
    assert wrap("   ", 10, len) == []
