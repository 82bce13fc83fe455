"""The doctor's round: which parts of a hall a machine may be, and what each needs. Prints nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from config.settings import Settings
from config.texts import Catalogue
from hallserver.doctor import camera, machines, reach, screen_parts, server_room
from hallserver.doctor.findings import Finding, Severity

Look = Callable[[Settings], Iterator[Finding]]


def _server(settings: Settings) -> Iterator[Finding]:
    yield screen_parts.look_at_derived()
    yield from server_room.look(settings)
    yield from reach.look(settings)


def _wall(settings: Settings) -> Iterator[Finding]:
    yield from screen_parts.look_at_wall(settings)


def _kiosk(settings: Settings) -> Iterator[Finding]:
    yield from screen_parts.look_at_kiosk()
    yield screen_parts.look_at_display(os.environ.get("DISPLAY", ""))


def _camera(settings: Settings) -> Iterator[Finding]:
    yield from camera.look(settings)


def _printer(settings: Settings) -> Iterator[Finding]:
    yield screen_parts.look_at_paper_fonts()
    yield machines.look_at_printer(settings)


PARTS: Mapping[str, Look] = {
    "server": _server,
    "wall": _wall,
    "kiosk": _kiosk,
    "camera": _camera,
    "printer": _printer,
}
"""Headings `doctor.part.<name>`."""

ONLY_WHERE_ASKED = {"no_camera"}
"""Most machines of a hall have no camera; only who asks for one misses it."""


def visit(settings: Settings, names: tuple[str, ...]) -> Iterator[tuple[str, list[Finding]]]:
    """Each part by name with what was found, in the order of `PARTS`; no names: all."""
    for name, look in PARTS.items():
        if name in names:
            yield name, list(look(settings))
        elif not names:
            yield name, [_unasked(finding) for finding in look(settings)]


def _unasked(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.NOTE) if finding.id in ONLY_WHERE_ASKED else finding


def report(words: Catalogue, found: Sequence[tuple[str, Sequence[Finding]]]) -> str:
    """Everything as lines for a terminal, the sum last."""
    lines = []
    for name, findings in found:
        lines += [words.text(f"doctor.part.{name}"), *(f"  {finding.sentence(words)}" for finding in findings), ""]
    lacking = sum(finding.is_lack for _, findings in found for finding in findings)
    last = words.text("doctor.lacks", count=lacking) if lacking else words.text("doctor.whole")
    return "\n".join([*lines, last])
