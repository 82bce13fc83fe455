"""Decides where a line of Chinese and Latin text may end; must not know fonts, pictures or slips."""

import unicodedata
from collections.abc import Callable
from itertools import accumulate

SEPARATOR = " · "
CLOSING = {"Pe", "Pf", "Po", "Pd"}  # Unicode categories that may not begin a line
OPENING = {"Ps", "Pi", "Sc"}  # and those that may not end one

Fits = Callable[[str], int]  # the width of a text on one line


def wrap(text: str, width: int, fits: Fits) -> list[str]:
    """Break text into lines at most `width` wide, `fits` measuring one.

    Chinese breaks between any two characters except before closing and after opening punctuation, inside a date and
    between a number and its unit; Latin words, numbers and brackets stay whole unless one alone is wider than the line.
    """
    plain = " ".join(text.split())
    if fits(plain) <= width:
        return [plain] if plain else []
    lines = [""]
    for atom in _brackets_joined(_atoms(plain), width, fits):
        if fits((lines[-1] + atom).rstrip()) <= width:
            lines[-1] += atom
        else:
            lines.extend(_chopped(atom, width, fits))
    return [line.rstrip() for line in lines if line.strip()]


def wrap_parts(text: str, width: int, fits: Fits) -> list[str]:
    """Break a row of parts parted by a middle dot at the dots, which are dropped at a line's end; else as `wrap`."""
    lines: list[str] = []
    for part in text.split(SEPARATOR):
        joined = f"{lines[-1]}{SEPARATOR}{part}" if lines else part
        if lines and fits(joined) <= width:
            lines[-1] = joined
        else:
            lines.extend(wrap(part, width, fits))
    return lines


def _atoms(text: str) -> list[str]:
    atoms: list[str] = []
    for char in text:
        if atoms and _sticks(atoms[-1], char):
            atoms[-1] += char
        else:
            atoms.append(char)
    return atoms


def _sticks(before: str, char: str) -> bool:
    last, solid = before[-1], before.rstrip()
    if char == " " or unicodedata.category(char) in CLOSING or unicodedata.category(last) in OPENING:
        return True
    if _is_han(char):
        return solid[-1].isdigit()  # a number and its unit
    if last == " ":
        return False
    if char.isdigit() and _is_han(last):
        return solid[-2:-1].isdigit()  # inside a date
    return not _is_wide(last) and not _is_wide(char)


def _brackets_joined(atoms: list[str], width: int, fits: Fits) -> list[str]:
    joined: list[str] = []
    depths = list(accumulate(_depth(atom) for atom in atoms))
    for index, atom in enumerate(atoms):
        is_inside = index > 0 and depths[index - 1] > 0
        if is_inside and fits((joined[-1] + atom).rstrip()) <= width:
            joined[-1] += atom
        else:
            joined.append(atom)
    return joined


def _depth(text: str) -> int:
    kinds = [unicodedata.category(char) for char in text]
    return kinds.count("Ps") - kinds.count("Pe")


def _chopped(atom: str, width: int, fits: Fits) -> list[str]:
    pieces = [""]
    for char in atom:
        if pieces[-1] and fits((pieces[-1] + char).rstrip()) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _is_han(char: str) -> bool:
    return unicodedata.category(char) == "Lo" and _is_wide(char)
