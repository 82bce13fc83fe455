"""Where in a TOML text a value stands, which tomllib does not tell; knows no schema and judges nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

Place = tuple[str | int, ...]
"""A way down a TOML tree, as ("services", 2, "letter")."""

_HEADER = re.compile(r"(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"([\w-]+)\s*=")


def index_lines(text: str) -> Mapping[Place, int]:
    """Line (from 1) of every table header and every key that starts a line; what stands inside a value is not told."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _open_table(tuple(header[2].split(".")), header[1] == "[[", counts)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, key[1]), number)
    return found


def line_of(place: Place, lines: Mapping[Place, int]) -> int | None:
    """Line of the deepest part of `place` that `lines` knows; None when it knows not even the first."""
    for depth in range(len(place), 0, -1):
        if (line := lines.get(place[:depth])) is not None:
            return line
    return None


def _open_table(name: Place, repeated: object, counts: dict[Place, int]) -> Place:
    if not repeated:
        return name
    counts[name] = counts.get(name, -1) + 1
    return (*name, counts[name])
