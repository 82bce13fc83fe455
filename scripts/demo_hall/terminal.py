"""What the demo says in the terminal it was started in; words come from the catalogue."""

from __future__ import annotations

import sys

from config.texts import Catalogue


class Terminal:
    """Sentences in one language; each goes out at once."""

    def __init__(self, language: str) -> None:
        self._words = Catalogue.load(language)

    def text(self, id: str, **facts: object) -> str:
        """The sentence of `id`."""
        return self._words.text(id, **facts)

    def tell(self, id: str, **facts: object) -> None:
        """On standard output."""
        print(self.text(id, **facts), flush=True)

    def complain(self, id: str, **facts: object) -> None:
        """On standard error."""
        print(self.text(id, **facts), file=sys.stderr, flush=True)
