"""Writes the visual tokens as CSS custom properties, so that no style sheet holds a colour; knows no page.

`[wall]` and `[near]` become rules for `data-look="wall"` and `data-look="near"`, so a page chooses its look once, on
`<html>`; every other table becomes `--<table>-<key>` on `:root`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from config.derive import DeriveFault
from config.derive.ledger import Ledger

_LOOKS = ("wall", "near")
_LENGTHS = ("radius",)
"""Tables whose whole numbers are lengths in px."""


def derive(tokens: Path, ledger: Ledger) -> None:
    """Writes `look.css` if `tokens` is there. Raises DeriveFault when it is no TOML."""
    if tokens.exists():
        target = ledger.folder / "look.css"
        ledger.build([target], [tokens], partial(_write, tokens, target))


def _write(tokens: Path, target: Path) -> None:
    try:
        tree = tomllib.loads(tokens.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DeriveFault(f"{tokens}: {error}") from error
    target.write_text(to_css(tree), encoding="utf-8")


def to_css(tree: Mapping[str, object]) -> str:
    """Style sheet of a tree of tokens."""
    return "".join(_rule(name, table) for name, table in tree.items() if isinstance(table, Mapping))


def _rule(name: str, table: Mapping[str, object]) -> str:
    selector, prefix = (f'[data-look="{name}"]', "") if name in _LOOKS else (":root", f"{name}-")
    unit = "px" if name in _LENGTHS else ""
    lines = "".join(f"  --{key}: {value};\n" for key, value in _properties(table, prefix, unit))
    return f"{selector} {{\n{lines}}}\n"


def _properties(table: Mapping[str, object], prefix: str, unit: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        name = f"{prefix}{key}".replace("_", "-")
        if isinstance(value, Mapping):
            yield from _properties(value, f"{name}-", unit)
        else:
            yield name, _value(value, unit)


def _value(value: object, unit: str) -> str:
    if isinstance(value, list):
        return ", ".join(_value(each, unit) for each in value)
    if isinstance(value, int):
        return f"{value}{unit}"
    text = str(value)
    return f'"{text}"' if " " in text else text
