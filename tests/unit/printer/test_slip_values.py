"""What a slip says survives the way over the wire."""

import json
from datetime import date

import pytest

from config.texts import Catalogue
from config.words import Speaker
from printer.faults import SlipUnreadable
from printer.samples import LANGUAGES, NAMES, load_sample
from printer.ticket import RightsCard, code_on, from_json, to_json
from printer.wording import word_slip
from tests.paper import codes_of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_slip_written_and_read_back_is_the_same_slip(name: str, language: str) -> None:
    slip = load_sample(name, language)
    assert from_json(to_json(slip)) == slip


@pytest.mark.parametrize("name", NAMES)
def test_the_one_code_of_a_slip_is_found_and_a_paper_with_none_or_many_has_none(name: str) -> None:
    slip = load_sample(name, "en")
    codes = codes_of(slip)
    own = codes if len(codes) == 1 else {""}
    assert {code_on(slip)} == own


def test_an_unknown_key_of_a_newer_server_is_ignored() -> None:
    slip = load_sample("job_slip", "zh_Hans")
    newer = {**json.loads(to_json(slip)), "weather": "rain"}
    assert from_json(json.dumps(newer)) == slip


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"layout": "poster"}', '{"layout": "job", "slip_number": "J1"}'])
def test_what_is_no_slip_is_refused_with_the_first_mistake(text: str) -> None:
    with pytest.raises(SlipUnreadable):
        from_json(text)


def test_a_list_of_structures_is_worded_one_by_one_and_a_list_of_messages_becomes_one_text() -> None:
    say = {"k": "ticket.test_page"}
    facts = json.loads(to_json(load_sample("rights_card", "en"))) | {
        "points": [{"text": say}, {"text": "plain"}],
        "checked_on": [say, "today"],
    }
    slip = word_slip(facts, Speaker(Catalogue.load("en"), date(2026, 11, 20)))
    assert isinstance(slip, RightsCard)
    assert [point.text for point in slip.points] == ["TEST PAGE", "plain"]
    assert slip.checked_on == "TEST PAGE · today"


@pytest.mark.parametrize("rows", [-1, 201, 10**9])
def test_more_lines_than_a_roll_has_are_refused(rows: int) -> None:
    facts = json.loads(to_json(load_sample("manifest_blank", "en"))) | {"blank_rows": rows}
    with pytest.raises(SlipUnreadable, match="blank_rows"):
        from_json(json.dumps(facts))
