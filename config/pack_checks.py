"""What must hold between the files of a hall pack, which no single value can show; works on raw trees, so that it can
go on after a mistake, and must not know how a pack is used."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.toml_lines import Place

Tree = Mapping[str, object]


@dataclass(frozen=True)
class Finding:
    """A mistake at a place of a file, before its line is known."""

    file: str
    place: Place
    problem: str
    proposal: str


@dataclass(frozen=True)
class Raw:
    """The files of a pack as tomllib read them, and the pictograms there are per kind.

    A file that could not be read is left out, and nothing is said of what refers to it; one that a pack may lack is {}.
    """

    files: Mapping[str, Tree]
    pictograms: Mapping[str, frozenset[str]]

    def find(self, file: str, pattern: str) -> Iterator[tuple[Place, object]]:
        """Places and values that fit a pattern as `services.*.letter`; `*` is any key or place in a list."""
        return _walk(self.files.get(file, {}), tuple(pattern.split(".")), ())

    def values(self, file: str, pattern: str) -> list[object]:
        return [value for _, value in self.find(file, pattern)]


@dataclass(frozen=True)
class Reference:
    """A value that must be one of those found elsewhere: `to` is (file, pattern) or ("pictograms", kind)."""

    file: str
    at: str
    to: tuple[str, str]
    noun: str


@dataclass(frozen=True)
class Unique:
    """Values that may stand once only among all that the patterns find in a file."""

    file: str
    at: tuple[str, ...]
    noun: str


REFERENCES = (
    Reference("hall.toml", "services.*.pictogram", ("pictograms", "services"), "service pictogram"),
    Reference("hall.toml", "counters.*.services.*", ("hall.toml", "services.*.id"), "service"),
    Reference("trades.toml", "trades.*.pictogram", ("pictograms", "trades"), "trade pictogram"),
    Reference("employers.toml", "employers.*.district", ("hall.toml", "districts.*.id"), "district"),
    Reference("employers.toml", "employers.*.trades.*", ("trades.toml", "trades.*.id"), "trade"),
    Reference("lines.toml", "lines.*.employer", ("employers.toml", "employers.*.id"), "employer"),
    Reference("lines.toml", "lines.*.buses.*.sign", ("pictograms", "signs"), "trip sign"),
    Reference("lines.toml", "lines.*.buses.*.bay", ("hall.toml", "bays.*.number"), "bay"),
)
UNIQUES = (
    Unique("hall.toml", ("services.*.id",), "service id"),
    Unique("hall.toml", ("services.*.letter", "job_slip_letter"), "letter"),
    Unique("hall.toml", ("counters.*.number",), "counter"),
    Unique("hall.toml", ("bays.*.number",), "bay"),
    Unique("hall.toml", ("districts.*.id",), "district id"),
    Unique("hall.toml", ("hotlines.*.id",), "hotline id"),
    Unique("trades.toml", ("trades.*.id",), "trade id"),
    Unique("employers.toml", ("employers.*.id",), "employer id"),
    Unique("employers.toml", ("employers.*.credit_code",), "credit code"),
    Unique("lines.toml", ("lines.*.id",), "line id"),
    Unique("lines.toml", ("lines.*.buses.*.sign",), "trip sign"),
)
WORDED = (
    ("hall.toml", "names"),
    ("hall.toml", "hotlines.*.names"),
    ("hall.toml", "districts.*.names"),
    ("hall.toml", "services.*.names"),
    ("hall.toml", "services.*.hints"),
    ("hall.toml", "bays.*.names"),
    ("trades.toml", "trades.*.names"),
)


def check(raw: Raw) -> list[Finding]:
    """Every mistake between the files of a pack, in the order of the tables above."""
    checks: tuple[Callable[[Raw], Iterator[Finding]], ...] = (
        _references,
        _repetitions,
        _missing_words,
        _unserved_services,
        _phrases_and_trades,
        _crowded_bays,
    )
    return [finding for one in checks for finding in one(raw)]


def nearest(value: object, known: Iterable[object]) -> str:
    """A proposal: the known word most like the value, else some of the known ones."""
    words = sorted(str(word) for word in known)
    if close := difflib.get_close_matches(str(value), words, n=1):
        return f'did you mean "{close[0]}"?'
    return "use one of: " + ", ".join(words[:12]) + (" …" if len(words) > 12 else "") if words else "there is none yet"


def _walk(node: object, pattern: Sequence[str], place: Place) -> Iterator[tuple[Place, object]]:
    if not pattern:
        yield place, node
        return
    for key, child in _children(node):
        if pattern[0] in ("*", key):
            yield from _walk(child, pattern[1:], (*place, key))


def _children(node: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(node, Mapping):
        return node.items()
    return enumerate(node) if isinstance(node, list) else ()


def _references(raw: Raw) -> Iterator[Finding]:
    for rule in REFERENCES:
        file, pattern = rule.to
        if file != "pictograms" and file not in raw.files:
            continue
        known = raw.pictograms.get(pattern, frozenset()) if file == "pictograms" else set(raw.values(file, pattern))
        for place, value in raw.find(rule.file, rule.at):
            if value not in known:
                yield Finding(rule.file, place, f"unknown {rule.noun} {value!r}", nearest(value, known))


def _repetitions(raw: Raw) -> Iterator[Finding]:
    for rule in UNIQUES:
        seen: dict[object, Place] = {}
        for place, value in (hit for pattern in rule.at for hit in raw.find(rule.file, pattern)):
            if value in seen:
                first = ".".join(map(str, seen[value]))
                yield Finding(
                    rule.file, place, f"{rule.noun} {value!r} stands twice", f"the first is at {first}; change one"
                )
            seen.setdefault(value, place)


def _missing_words(raw: Raw) -> Iterator[Finding]:
    languages = [str(language) for language in raw.values("hall.toml", "languages.*")]
    for file, pattern in WORDED:
        for place, words in raw.find(file, pattern):
            present = {key for key, word in _children(words) if str(word).strip()}
            for language in languages:
                if language not in present:
                    yield Finding(file, place, f"no words in {language}", f'add {language} = "…"')


def _unserved_services(raw: Raw) -> Iterator[Finding]:
    served = set(map(str, raw.values("hall.toml", "counters.*.services.*")))
    for place, service in raw.find("hall.toml", "services.*.id"):
        if service not in served:
            yield Finding("hall.toml", place, f"no counter serves {service!r}", "add it to a counter's services")


def _phrases_and_trades(raw: Raw) -> Iterator[Finding]:
    if not {"trades.toml", "phrases.toml"} <= raw.files.keys():
        return
    trades = raw.values("trades.toml", "trades.*.id")
    phrased = {place[-1]: place for place, _ in raw.find("phrases.toml", "trades.*")}
    for name, place in phrased.items():
        if name not in trades:
            yield Finding("phrases.toml", place, f"unknown trade {name!r}", nearest(name, trades))
    for place, trade in raw.find("trades.toml", "trades.*.id"):
        if phrased and trade not in phrased:
            yield Finding("trades.toml", place, f"{trade!r} has no phrases", f"add [trades.{trade}] to phrases.toml")


def _crowded_bays(raw: Raw) -> Iterator[Finding]:
    seen: set[tuple[object, object]] = set()
    for line, departure in raw.find("lines.toml", "lines.*"):
        leaves_at = dict(_children(departure)).get("leaves_at")
        for inside, bay in _walk(departure, ("buses", "*", "bay"), ()):
            if (leaves_at, bay) in seen:
                problem = f"two buses leave bay {bay} at {leaves_at}"
                yield Finding("lines.toml", line + inside, problem, "use another bay or time")
            seen.add((leaves_at, bay))
