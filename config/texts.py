"""The words of one language by id; must not know which surface says them. config.derive builds what it reads."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from pathlib import Path

DOMAIN = "gighall"
BUILT = Path(__file__).parent / "derived" / "locales"


class TextFault(Exception):
    """A text that cannot be said."""


class UnknownText(TextFault):
    """The catalogue holds no text of this id."""


class MissingFact(TextFault):
    """The text names a placeholder for which no argument was given."""


class UnknownLanguage(TextFault):
    """No catalogue was built for this language (scripts/setup builds them)."""


class _NoText(gettext.NullTranslations):
    """Stands behind the catalogue: whoever asks here asked for an id that is not in it."""

    def gettext(self, message: str) -> str:
        raise UnknownText(f"no text {message!r}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise UnknownText(f"no text {msgid1!r} with plural forms")


@dataclass(frozen=True)
class Catalogue:
    """Words of one language, loaded once and shared by threads."""

    language: str
    _words: gettext.NullTranslations

    @classmethod
    def load(cls, language: str, built: Path = BUILT) -> Catalogue:
        """The catalogue of `zh_Hans` or `en` (also written `zh-Hans`). Raises UnknownLanguage."""
        name = language.replace("-", "_")
        try:
            words = gettext.translation(DOMAIN, built, languages=[name])
        except FileNotFoundError as error:
            raise UnknownLanguage(f"no catalogue of {name} in {built}: run scripts/setup") from error
        words.add_fallback(_NoText())
        return cls(name, words)

    def text(self, id: str, **facts: object) -> str:
        """The text of `id` with `{name}` replaced by the fact of that name.

        A whole number under the name `count` chooses the plural form where the text has forms.
        Raises UnknownText, MissingFact.
        """
        try:
            return self._pattern(id, facts.get("count")).format_map(facts)
        except KeyError as error:
            raise MissingFact(f"{id} in {self.language} needs {error}") from error

    def _pattern(self, id: str, count: object) -> str:
        if isinstance(count, int):
            try:
                return self._words.ngettext(id, id, count)
            except UnknownText:
                pass  # a text without plural forms that names a count
        return self._words.gettext(id)
