"""docs/errors.md, the status table and the catalogues speak of the same refusals."""

import re
from pathlib import Path
from string import Formatter

import pytest

from config.texts import Catalogue
from hallserver.api.refused import status_of
from hallserver.domain.refusals import RefusalCode

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| `(\w+)` \| (\d+) \| (.+?) \| (.+?) \|$", (ROOT / "docs" / "errors.md").read_text(), re.MULTILINE
)


def test_every_code_is_documented_once_with_its_status() -> None:
    assert {code: int(status) for code, status, _, _ in ROWS} == {code.value: status_of(code) for code in RefusalCode}
    assert len(ROWS) == len(RefusalCode)


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_code_has_words_whose_placeholders_are_documented(language: str) -> None:
    catalogue = Catalogue.load(language)
    for code, _, meaning, _ in ROWS:
        named = set(re.findall(r"`(\w+)`", meaning))
        text = catalogue.text(f"refusal.{code}", **dict.fromkeys(named, "1"))
        assert text
        assert not [field for _, field, _, _ in Formatter().parse(text) if field]


def test_every_code_is_raised_somewhere() -> None:
    code_text = "".join(path.read_text() for path in (ROOT / "hallserver").rglob("*.py") if path.name != "refusals.py")
    assert [code.name for code in RefusalCode if f"Code.{code.name}" not in code_text] == []
