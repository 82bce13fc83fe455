"""Numbers: a call has a row and a spoken voice made of the same facts, so that sight and sound cannot drift apart."""

from typing import Any

from hallserver.content.facts import CallFacts, QueueFacts
from hallserver.content.words import message, text
from hallserver.domain.hall_time import rfc3339

Item = dict[str, Any]


def call(facts: CallFacts) -> Item:
    """What a wall shows, chimes and speaks."""
    return {
        "number": facts.number,
        "counter": facts.counter,
        "at": rfc3339(facts.at),
        "order": facts.order,
        "chime": True,
        "row": message("queue.call_row", number=facts.number, counter=facts.counter),
        "speech": message("queue.call_speech", number=facts.number, counter=facts.counter),
    }


def line(facts: QueueFacts) -> Item:
    """How many wait for a service."""
    return {
        "letter": facts.letter,
        "name": text(facts.name),
        "waiting": facts.waiting,
        "is_open": facts.is_open,
    }
