"""Words a slip that the server sent as facts and messages, in its reader's language; must not know how it looks."""

import json
from collections.abc import Mapping
from typing import Any

from config.words import Speaker
from printer.ticket import Slip, from_json


def word_slip(facts: Mapping[str, Any], speaker: Speaker) -> Slip:
    """Give the slip that a claim's or queue ticket's answer carries, ready for the spool (`to_json`).

    `facts` has the field names of a layout, texts being messages. Raises SlipUnreadable, and TextFault for a message
    that this machine's catalogue does not hold.
    """
    worded = speaker.say_all(facts) | {"language": speaker.catalogue.language}
    return from_json(json.dumps(worded))
