"""Python words the shared cases as they are written down; tests/js/words.test.mjs asks the same of its twin in
pages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config.texts import Catalogue, MissingFact, UnknownText
from config.words import Speaker

CASES = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
LANGUAGES = ("zh_Hans", "en")


@pytest.fixture(scope="module")
def catalogues() -> dict[str, Catalogue]:
    return {language: Catalogue.load(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_says(case: dict[str, Any], language: str, catalogues: dict[str, Catalogue]) -> None:
    speaker = Speaker(catalogues[language], date.fromisoformat(case["today"]))
    assert speaker.say(case["value"]) == case["said"][language]


def test_an_unknown_id_and_a_missing_fact_are_faults(catalogues: dict[str, Catalogue]) -> None:
    speaker = Speaker(catalogues["en"], date(2026, 11, 20))
    with pytest.raises(UnknownText):
        speaker.say({"k": "no.such.text"})
    with pytest.raises(MissingFact):
        speaker.say({"k": "job.from_day"})
