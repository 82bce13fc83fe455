"""Looks for what wall and kiosk are made of: browser, voice, derived files, typeface, reader of codes."""

from __future__ import annotations

import ctypes.util
import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from config.derive import DERIVED
from config.settings import Settings
from hallserver.doctor.findings import Finding, fine, lack, note

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PAPER_FONTS = Path("/usr/share/fonts/opentype/noto")
ANSWERS_IN_S = 10
DERIVED_NEEDED = (
    "look.css",
    "locales/zh_Hans/LC_MESSAGES/gighall.mo",
    "locales/en/LC_MESSAGES/gighall.mo",
    "fonts/web/noto-sans-sc.css",
    "fonts/NotoSansSC-Regular.otf",
    "fonts/NotoSansSC-Bold.otf",
    "vendor/socket.io.mjs",
)


def look_at_wall(settings: Settings) -> Iterator[Finding]:
    """Chromium and, where the wall speaks, its voice."""
    yield look_at_browser()
    if settings.voice != "off":
        yield look_at_voice()


def look_at_browser() -> Finding:
    """Any browser that the wall's player can start."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return fine("browser", path=found) if found else lack("no_browser")


def look_at_voice() -> Finding:
    """espeak-ng with the voice that speaks pinyin."""
    program = shutil.which("espeak-ng")
    if program is None:
        return lack("no_voice_program")
    try:
        told = subprocess.run([program, "--voices=cmn"], capture_output=True, text=True, timeout=ANSWERS_IN_S)
    except (OSError, subprocess.TimeoutExpired):
        return lack("no_voice_program")
    return fine("voice") if "cmn-latn-pinyin" in told.stdout else lack("no_voice")


def look_at_derived(folder: Path = DERIVED) -> Finding:
    """What scripts/setup derives: words, typeface, colours, pictograms, browser parts."""
    missing = [name for name in DERIVED_NEEDED if not (folder / name).is_file()]
    if not any((folder / "pictograms").rglob("*")):
        missing.append("pictograms")
    return lack("not_derived", count=len(missing), first=missing[0]) if missing else fine("derived")


def look_at_paper_fonts(folder: Path = PAPER_FONTS) -> Finding:
    """The typeface that paper is drawn with."""
    missing = [name for name in ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc") if not (folder / name).is_file()]
    return lack("no_fonts", file=folder / missing[0]) if missing else fine("fonts")


def look_at_kiosk() -> Iterator[Finding]:
    """Kivy and the reader of codes."""
    yield fine("kivy") if importlib.util.find_spec("kivy") else lack("no_kivy")
    yield fine("zbar") if ctypes.util.find_library("zbar") else lack("no_zbar")


def look_at_display(display: str) -> Finding:
    """Where windows would open; `display` is DISPLAY of the environment."""
    return fine("display", display=display) if display else note("no_display")
