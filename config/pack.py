"""A hall pack: all that a hall chooses, read from a folder, its mistakes told all at once; knows no data base."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.pack_checks import Finding, Raw, Tree, check
from config.pack_parts import (
    FORMS,
    Bay,
    Bus,
    Counter,
    District,
    Employer,
    EmployersFile,
    Hall,
    Hotline,
    Line,
    LinesFile,
    Part,
    PayRange,
    Phrases,
    Rules,
    Service,
    Trade,
    TradePhrases,
    TradesFile,
)
from config.toml_lines import index_lines, line_of

__all__ = [
    "Bay", "Bus", "Counter", "District", "Employer", "Hall", "Hotline", "Line", "Mistake", "Pack", "PackMistakes",
    "PayRange", "Phrases", "Rules", "Service", "Trade", "TradePhrases",
]  # fmt: skip

PICTOGRAMS = Path(__file__).parent / "pictograms"
FILES: Mapping[str, type[Part]] = {
    "hall.toml": Hall,
    "trades.toml": TradesFile,
    "employers.toml": EmployersFile,
    "lines.toml": LinesFile,
    "phrases.toml": Phrases,
}
OPTIONAL_FILES = frozenset({"employers.toml", "lines.toml", "phrases.toml"})
_AT_LINE = re.compile(r"at line (\d+)")
_PROPOSALS = {
    "missing": "write {key} = …",
    "string_too_short": "write some words",
    "too_short": "write at least one",
    "value_error": "correct it",
}


@dataclass(frozen=True)
class Mistake:
    """One mistake: file name, line from 1 (None: cannot be told), dotted place, what is wrong, what to write."""

    file: str
    line: int | None
    where: str
    problem: str
    proposal: str

    def __str__(self) -> str:
        at = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{at}: {self.where}: {self.problem}; {self.proposal}"


class PackMistakes(ValueError):
    """A folder is no pack; `mistakes` holds every mistake found, by file and line."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)


class Pack(Part):
    """All that one hall chooses. `phrases` None: no demo day can be planned for the hall."""

    hall: Hall
    trades: tuple[Trade, ...]
    employers: tuple[Employer, ...]
    lines: tuple[Line, ...]
    phrases: Phrases | None

    @classmethod
    def load(cls, folder: Path, pictograms: Path = PICTOGRAMS) -> Pack:
        """The pack in a folder. Raises PackMistakes with every mistake there is, OSError if a file cannot be read."""
        texts = {name: (folder / name).read_text(encoding="utf-8") for name in FILES if (folder / name).is_file()}
        trees, findings = _trees(texts)
        raw = Raw({name: {} for name in OPTIONAL_FILES - texts.keys()} | trees, _pictograms(pictograms))
        parts = {name: _part(name, trees[name], findings) for name in trees}
        findings += check(raw)
        if findings:
            raise PackMistakes(_mistakes(findings, texts))
        return cls(
            hall=_only(Hall, parts["hall.toml"]),
            trades=_only(TradesFile, parts["trades.toml"]).trades,
            employers=_only(EmployersFile, parts["employers.toml"]).employers if "employers.toml" in parts else (),
            lines=_only(LinesFile, parts["lines.toml"]).lines if "lines.toml" in parts else (),
            phrases=_only(Phrases, parts["phrases.toml"]) if "phrases.toml" in parts else None,
        )

    def trade(self, id: str) -> Trade:
        """The trade of that id. Raises KeyError."""
        return {trade.id: trade for trade in self.trades}[id]

    def employer(self, id: str) -> Employer:
        """The employer of that id. Raises KeyError."""
        return {employer.id: employer for employer in self.employers}[id]

    def line(self, id: str) -> Line:
        """The bus line of that id. Raises KeyError."""
        return {line.id: line for line in self.lines}[id]

    def service(self, id: str) -> Service:
        """The service of that id. Raises KeyError."""
        return {service.id: service for service in self.hall.services}[id]

    def district(self, id: str) -> District:
        """The district of that id. Raises KeyError."""
        return {district.id: district for district in self.hall.districts}[id]


P = TypeVar("P", bound=Part)


def _only(kind: type[P], part: Part | None) -> P:
    """The part, known to be of that kind once there are no findings."""
    assert isinstance(part, kind)
    return part


def _trees(texts: Mapping[str, str]) -> tuple[dict[str, Tree], list[Finding]]:
    """The files as tomllib reads them; what is missing or no TOML is a finding and has no tree."""
    trees: dict[str, Tree] = {}
    findings = [
        Finding(name, (), "the file is missing", "every pack has one")
        for name in FILES
        if name not in texts and name not in OPTIONAL_FILES
    ]
    for name, text in texts.items():
        try:
            trees[name] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            findings.append(Finding(name, (), f"not TOML: {error}", "correct that line"))
    return trees, findings


def _part(name: str, tree: Tree, findings: list[Finding]) -> Part | None:
    """The file's tree as its part; None, with findings added, when it is none."""
    try:
        return FILES[name].model_validate(tree)
    except ValidationError as error:
        findings += [_finding(name, detail) for detail in error.errors()]
        return None


def _finding(name: str, detail: ErrorDetails) -> Finding:
    place = detail["loc"]
    if detail["type"] == "extra_forbidden":
        return Finding(name, place, f"unknown key {place[-1]!r}", "leave it out, or correct its spelling")
    if detail["type"] == "string_pattern_mismatch":
        form = FORMS[detail["ctx"]["pattern"]]
        return Finding(name, place, f"{detail['input']!r} has another form", f"write {form}")
    proposal = _PROPOSALS.get(detail["type"], "correct it").format(key=place[-1])
    return Finding(name, place, detail["msg"].removeprefix("Value error, "), proposal)


def _pictograms(folder: Path) -> Mapping[str, frozenset[str]]:
    return {
        kind.name: frozenset(sign.stem for sign in kind.glob("*.svg"))
        for kind in sorted(folder.iterdir())
        if kind.is_dir()
    }


def _mistakes(findings: Sequence[Finding], texts: Mapping[str, str]) -> list[Mistake]:
    """The findings with their lines, by file and line."""
    lines = {name: index_lines(text) for name, text in texts.items()}
    told = [
        Mistake(
            file=finding.file,
            line=line_of(finding.place, lines.get(finding.file, {})) or _told_line(finding.problem),
            where=".".join(map(str, finding.place)) or "file",
            problem=finding.problem,
            proposal=finding.proposal,
        )
        for finding in findings
    ]
    return sorted(told, key=lambda mistake: (mistake.file, mistake.line or 0, mistake.where))


def _told_line(problem: str) -> int | None:
    """The line that tomllib names in its message."""
    found = _AT_LINE.search(problem)
    return int(found[1]) if found else None
