"""What a slip says survives the way over the wire."""

import json

import pytest

from printer.faults import SlipUnreadable
from printer.samples import LANGUAGES, NAMES, load_sample
from printer.ticket import from_json, to_json


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_slip_written_and_read_back_is_the_same_slip(name: str, language: str) -> None:
    slip = load_sample(name, language)
    assert from_json(to_json(slip)) == slip


def test_an_unknown_key_of_a_newer_server_is_ignored() -> None:
    slip = load_sample("job_slip", "zh_Hans")
    newer = {**json.loads(to_json(slip)), "weather": "rain"}
    assert from_json(json.dumps(newer)) == slip


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"layout": "poster"}', '{"layout": "job", "slip_number": "J1"}'])
def test_what_is_no_slip_is_refused_with_the_first_mistake(text: str) -> None:
    with pytest.raises(SlipUnreadable):
        from_json(text)
