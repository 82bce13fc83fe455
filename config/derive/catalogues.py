"""Turns the .po parts of a language into one .mo for Python and one JSON for pages; must not know who says the words.

Source: `config/locales/<language>/*.po`, one part per surface, ids instead of sentences. Out: for Python
`locales/<language>/LC_MESSAGES/gighall.mo`; for pages `locales/<language>.json`:
`{"language": BCP 47 tag, "texts": {id: text | {CLDR plural category: text}}}`.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from functools import partial
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from config.derive import DeriveFault
from config.derive.ledger import Ledger

DOMAIN = "gighall"
_MSGID = re.compile(r'^msgid "(.+)"$', re.MULTILINE)
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


def languages(locales: Path) -> list[str]:
    """Names of the languages that have a folder with at least one part, sorted."""
    return sorted({part.parent.name for part in locales.glob("*/*.po")})


def parts(locales: Path, language: str) -> list[Path]:
    """The .po files of a language, sorted by name."""
    return sorted((locales / language).glob("*.po"))


def merge(locales: Path, language: str) -> Catalog:
    """All parts of a language as one catalogue.

    Raises DeriveFault for an id that stands twice, has no text, is marked fuzzy, or for a file that is no .po.
    """
    whole = Catalog(locale=language, domain=DOMAIN, charset="utf-8")
    origin: dict[str, str] = {}
    for part in parts(locales, language):
        for message in _read(part, language):
            _add(whole, message, origin, f"{language}/{part.name}")
    return whole


def derive(locales: Path, ledger: Ledger) -> None:
    """Builds .mo and JSON of every language. Raises DeriveFault."""
    for language in languages(locales):
        mo = ledger.folder / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
        page = ledger.folder / "locales" / f"{language}.json"
        ledger.build([mo, page], parts(locales, language), partial(_derive_one, locales, language, mo, page))


def _derive_one(locales: Path, language: str, mo: Path, page: Path) -> None:
    _write(merge(locales, language), mo, page)


def _read(part: Path, language: str) -> list[Message]:
    try:
        text = part.read_text(encoding="utf-8")
        catalogue = read_po(io.StringIO(text), locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise DeriveFault(f"{part}: {error}") from error
    twice = [name for name, times in Counter(_MSGID.findall(text)).items() if times > 1]
    if twice:  # the parser would silently keep the last
        raise DeriveFault(f"{language}/{part.name}: {twice[0]} stands there twice")
    return [message for message in catalogue if message.id]


def _add(whole: Catalog, message: Message, origin: dict[str, str], where: str) -> None:
    name = identity(message)
    if name in origin:
        raise DeriveFault(f"{where}: {name} stands in {origin[name]} already")
    if message.fuzzy or not all(forms(message)):
        raise DeriveFault(f"{where}: {name} has no finished text")
    if len(forms(message)) != len(_categories(message, whole.locale)):
        raise DeriveFault(f"{where}: {name} needs {len(_categories(message, whole.locale))} plural forms")
    origin[name] = where
    whole[message.id] = message


def identity(message: Message) -> str:
    """The id of a message, with or without plural forms."""
    return message.id if isinstance(message.id, str) else str(message.id[0])


def forms(message: Message) -> list[str]:
    """Every text of a message, in gettext's order; one where it has no plural forms."""
    text = message.string
    return [text] if isinstance(text, str) else [str(form) for form in text or [""]]


def _write(catalogue: Catalog, mo: Path, page: Path) -> None:
    with mo.open("wb") as file:
        write_mo(file, catalogue)
    texts = {identity(message): _for_pages(message, catalogue.locale) for message in catalogue if message.id}
    tag = str(catalogue.locale).replace("_", "-")
    page.write_text(
        json.dumps({"language": tag, "texts": texts}, ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8"
    )


def _for_pages(message: Message, locale: Locale | None) -> str | dict[str, str]:
    """A page picks a plural by `Intl.PluralRules`, so the forms carry their CLDR category, in gettext's order."""
    texts = forms(message)
    if isinstance(message.id, str):
        return texts[0]
    return dict(zip(_categories(message, locale), texts, strict=True))


def _categories(message: Message, locale: Locale | None) -> list[str]:
    """Plural categories of the forms of a message; one where it has no plural forms."""
    tags = {"other"} if isinstance(message.id, str) or locale is None else locale.plural_form.tags | {"other"}
    return [name for name in _CATEGORIES if name in tags]
