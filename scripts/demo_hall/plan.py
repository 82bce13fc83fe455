"""What a demo was asked to be; must not know how it is done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
DEMO_PACK = ROOT / "config" / "halls" / "qingshi"
PREFIX = "GIGHALL_"


@dataclass(frozen=True)
class Plan:
    """`folder` holds data and logs; `at` is hall time `05:30` of today; `speed` hall seconds per real second.

    `morning` is the name of a morning to play, None to play none; `shots` the folder for pictures, None for none.
    `language` is that of the terminal and the page to break it, `screens_in` that of every screen.
    """

    folder: Path
    at: str
    seed: int
    posts: int
    speed: float
    is_headless: bool
    morning: str | None
    shots: Path | None
    language: str
    screens_in: str

    def hall_time(self, zone: str, real: datetime) -> str:
        """The moment the hall's clock begins at, RFC 3339 with the hall's offset."""
        hour, _, minute = self.at.partition(":")
        today = real.astimezone(ZoneInfo(zone))
        return today.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0).isoformat()


def language_of_this_terminal() -> str:
    """`zh_Hans` or `en`, as the person at the terminal has set it."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh_Hans" if said.lower().startswith("zh") else "en"


def clean_environment() -> dict[str, str]:
    """Our own environment without any setting of a hall: a demo must never reach a real one."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(PREFIX)}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
