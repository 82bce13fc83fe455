"""Words a slip that the server sent as facts and messages, in its reader's language; must not know how it looks."""

import json
from collections.abc import Mapping
from typing import Any

from config.words import Speaker
from printer.ticket import Slip, from_json


def word_slip(facts: Mapping[str, Any], speaker: Speaker) -> Slip:
    """Give the slip that an answer of the hall carries, ready for the spool (`to_json`).

    `facts` has the field names of a layout, texts being messages; a list of messages is one text, a list of structures
    (a list slip's jobs) stays a list. Raises SlipUnreadable, and TextFault for a message that this machine's catalogue
    does not hold.
    """
    worded = {name: _worded(part, speaker) for name, part in facts.items()}
    return from_json(json.dumps(worded | {"language": speaker.catalogue.language}))


def _worded(value: Any, speaker: Speaker) -> Any:
    if isinstance(value, list | tuple) and all(_is_structure(part) for part in value):
        return [speaker.say_all(part) for part in value]
    return speaker.say_all(value)


def _is_structure(value: Any) -> bool:
    return isinstance(value, Mapping) and not {"k", "t", "d"} & set(value)
