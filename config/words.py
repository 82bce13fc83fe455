"""Puts words on messages in one reader's language; `hallserver/wire/static/words.mjs` is its twin, with the same cases
(tests/contract/words.json). Must not know which surface says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from config.texts import Catalogue

JOINT = " · "


@dataclass(frozen=True)
class Speaker:
    """One language and the hall's business day, which "today" and "tomorrow" are told from."""

    catalogue: Catalogue
    today: date

    def say(self, value: Any) -> str:
        """A message, text, day, list, string or number as words. None is an empty text. Raises TextFault."""
        if value is None:
            return ""
        if isinstance(value, list | tuple):
            return JOINT.join(said for said in map(self.say, value) if said)
        if isinstance(value, Mapping):
            return self._say_tagged(value)
        return str(value)

    def say_all(self, value: Any) -> Any:
        """The same structure with every message in it worded; lists of messages become one joined line."""
        if isinstance(value, Mapping) and not ({"k", "t", "d"} & set(value)):
            return {key: self.say_all(part) for key, part in value.items()}
        return self.say(value) if isinstance(value, Mapping | list | tuple) else value

    def _say_tagged(self, value: Mapping[str, Any]) -> str:
        if "k" in value:
            facts = {name: _plain(self, part) for name, part in value.get("a", {}).items()}
            return self.catalogue.text(value["k"], **facts)
        if "d" in value:
            return self._say_day(date.fromisoformat(value["d"]))
        return str(in_language(value["t"], self.catalogue.language))

    def _say_day(self, day: date) -> str:
        text, weekday = self.catalogue.text, self.catalogue.text(f"day.weekday.{day.isoweekday()}")
        if day == self.today:
            return text("day.today")
        if day == self.today + timedelta(days=1):
            return text("day.tomorrow", weekday=weekday)
        whole = text("day.date", month=day.month, day=day.day, month_name=text(f"day.month.{day.month}"))
        return text("day.other", date=whole, weekday=weekday)


def _plain(speaker: Speaker, part: Any) -> Any:
    """Numbers stay numbers, so that a count chooses its plural form."""
    return part if isinstance(part, int | float) else speaker.say(part)


def in_language(words: Mapping[str, str], language: str) -> str:
    """The hall's own words in a language, or in its first one where it has none for it."""
    return words.get(language.replace("_", "-")) or next(iter(words.values()))
