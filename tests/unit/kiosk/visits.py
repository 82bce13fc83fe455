"""A visit in a few words: a kiosk that stands at a scene, and what it does when things happen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from kiosk import flow
from kiosk.flow import events as e
from kiosk.flow import scenes as s
from kiosk.flow.identity import Meaning, SeenCard
from kiosk.flow.scenes import Filter, Kiosk

LANGUAGES = ("zh_Hans", "en")
CARD = "WK7Q4M2XH9TBE2"
ID_CARD = SeenCard("990101198001011234", "欧阳娜娜")
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
JOBS = s.Jobs(Filter(), ("a", "b"))
PAGE = s.JobPage("a", JOBS)
ASKED = s.Identify(PAGE, "bus", PAGE)


def at(scene: s.Scene, **changes: Any) -> Kiosk:
    return replace(flow.start(LANGUAGES, True), scene=scene, **changes)


def play(kiosk: Kiosk, *events: e.Event) -> tuple[Kiosk, list[e.Effect]]:
    effects: list[e.Effect] = []
    for event in events:
        kiosk, asked = flow.step(kiosk, event)
        effects += asked
    return kiosk, effects
