"""Every word in every language, whole and well set; none in the code."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from config.derive import CONFIG, PROJECT
from config.derive.catalogues import forms, identity, languages, merge
from config.texts import Catalogue, MissingFact, UnknownLanguage, UnknownText

LOCALES = CONFIG / "locales"
LANGUAGES = languages(LOCALES)
CJK = r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
IDEOGRAPH = r"[\u3400-\u9fff\uf900-\ufaff]"
HALF_WIDTH = re.compile(rf"(?<={CJK})[,.;:!?)]|[(](?={CJK})|(?<!\d)[,;!?]|[,;!?](?!\d)")
EACH_IN_ITS_WAY = {"day.date"}
"""A date gets more facts than one language writes: a month has a number in Chinese and a name in English."""
WORDS_MAY_STAND_IN = ("config/locales/", "config/halls/", "tests/")
CODE = (".py", ".js", ".mjs", ".html", ".kv", ".css", ".svg", ".toml", ".jinja")


def texts(language: str) -> dict[str, list[str]]:
    """Forms of every id of a language."""
    messages = [message for message in merge(LOCALES, language) if message.id]
    return {identity(message): forms(message) for message in messages}


def placeholders(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


TEXTS = {language: texts(language) for language in LANGUAGES}


def test_chinese_and_english_are_there() -> None:
    assert {"zh_Hans", "en"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_id_that_another_has(language: str) -> None:
    every = set().union(*TEXTS.values())
    assert sorted(every - set(TEXTS[language])) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_same_placeholders_in_every_language_and_form(language: str) -> None:
    wrong = {
        id: form
        for id, forms in TEXTS[language].items()
        for form in forms
        if id not in EACH_IN_ITS_WAY and placeholders(form) != placeholders(TEXTS["zh_Hans"].get(id, [form])[0])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_ids_and_not_sentences(language: str) -> None:
    assert [id for id in TEXTS[language] if not re.fullmatch(r"\w+(\.\w+)+", id)] == []


def test_chinese_is_set_with_full_width_punctuation() -> None:
    wrong = {id: form for id, forms in TEXTS["zh_Hans"].items() for form in forms if HALF_WIDTH.search(form)}
    assert wrong == {}


@pytest.mark.parametrize("text", ["看,招满", "扫码.", "(周六)", "明天(周六)", "好!", "请稍等;", "余{seats}座, 快"])
def test_half_width_punctuation_in_chinese_would_be_found(text: str) -> None:
    assert HALF_WIDTH.search(text)


@pytest.mark.parametrize(
    "text", ["还招 1,986 人", "今天 7:00—17:00 · 干 1 天", "8.5 元/单", "明天（周六）", "不收费 · 不交押金"]
)
def test_figures_and_times_are_no_mistakes_of_punctuation(text: str) -> None:
    assert not HALF_WIDTH.search(text)


def test_no_chinese_word_stands_in_the_code() -> None:
    found = [f"{path}: {words[:30]}" for path in code_files() for words in literals(path) if re.search(CJK, words)]
    assert found == []


@pytest.mark.parametrize("code", ['say = "招满"', 'say = "\\u62db"', "say = f'（{seats}）'"])
def test_a_chinese_word_in_code_would_be_found(code: str, tmp_path: Path) -> None:
    (tmp_path / "wall.py").write_text(code, encoding="utf-8")
    assert any(re.search(CJK, words) for words in literals(tmp_path / "wall.py"))


def code_files() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    for name in listed:
        path = PROJECT / name
        if not name.startswith(WORDS_MAY_STAND_IN) and path.is_file() and is_code(path):
            yield path


def is_code(path: Path) -> bool:
    return path.suffix in CODE or (path.parent.name == "scripts" and not path.suffix)


def literals(path: Path) -> Iterator[str]:
    """Of Python its string literals without docstrings, as written and the ideographs they stand for; else every line.

    Full-width punctuation by its Unicode name is a rule of typesetting, no word.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from text.splitlines()
        return
    tree = ast.parse(text)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield (ast.get_source_segment(text, node) or "") + "".join(re.findall(IDEOGRAPH, node.value))


def test_a_text_is_said_in_the_language_that_was_loaded() -> None:
    assert Catalogue.load("zh_Hans").text("hall.promise") == "不收费 · 不交押金 · 不押身份证"
    assert Catalogue.load("en").text("hall.promise") == "No fee · no deposit · nobody keeps your ID card"


def test_facts_replace_their_placeholders() -> None:
    assert Catalogue.load("zh_Hans").text("hall.open_jobs", count=412, places="1,986") == "412 个活 · 还招 1,986 人"


def test_a_count_chooses_the_plural_form() -> None:
    english = Catalogue.load("en")
    assert english.text("hall.open_jobs", count=1, places=4).startswith("1 job ·")
    assert english.text("hall.open_jobs", count=2, places=4).startswith("2 jobs ·")


def test_a_count_does_no_harm_to_a_text_without_plural_forms() -> None:
    assert Catalogue.load("en").text("hall.call_staff", count=1) == "Call staff"


def test_a_language_may_be_named_as_browsers_name_it() -> None:
    assert Catalogue.load("zh-Hans").language == "zh_Hans"


@pytest.mark.parametrize("facts", [{}, {"count": 1}])
def test_an_unknown_id_is_refused(facts: dict[str, object]) -> None:
    with pytest.raises(UnknownText, match=r"hall\.nowhere"):
        Catalogue.load("en").text("hall.nowhere", **facts)


def test_a_missing_fact_is_refused() -> None:
    with pytest.raises(MissingFact, match="places"):
        Catalogue.load("en").text("hall.open_jobs", count=3)


def test_a_language_that_was_not_built_is_refused() -> None:
    with pytest.raises(UnknownLanguage, match="run scripts/setup"):
        Catalogue.load("tlh")
