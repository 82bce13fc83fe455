"""Makes Kivy behave as a kiosk before its window opens. Kivy reads these when it is imported, so this comes first.

Measured when designed: `multisamples` 2 scrolls at a third of the speed; `maxfps` 0 eats a core; probesysfs
doubles taps.
"""

import os
from pathlib import Path

from config.settings import Settings

FRAMES_PER_S = 60


def size_of(settings: Settings) -> tuple[int, int]:
    """Width and height of the window in px."""
    width, _, height = settings.kiosk_size.partition("x")
    return int(width), int(height)


def prepare(settings: Settings, home: Path) -> None:
    """Sets Kivy's environment and configuration; `home` is a folder for what it writes."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "KIVY_HOME": str(home),
        "KIVY_NO_ARGS": "1",
        "KIVY_NO_CONFIG": "1",
        "KIVY_NO_CONSOLELOG": "1",
        "KIVY_NO_FILELOG": "1",
        "KIVY_NO_ENV_CONFIG": "1",
        "KIVY_LOG_MODE": "PYTHON",
    }
    from kivy.config import Config

    for key, value in _graphics(settings).items():
        Config.set("graphics", key, str(value))
    Config.set("kivy", "exit_on_escape", "0")
    for name, _ in list(Config.items("input")):
        Config.remove_option("input", name)
    Config.set("input", "mouse", "mouse,disable_multitouch")


def _graphics(settings: Settings) -> dict[str, object]:
    width, height = size_of(settings)
    return {
        "width": width,
        "height": height,
        "fullscreen": "auto" if settings.kiosk_fullscreen else 0,
        "borderless": 1,
        "resizable": 0,
        "position": "custom",
        "left": 0,
        "top": 0,
        "multisamples": 0,
        "maxfps": FRAMES_PER_S,
        "show_cursor": 0 if settings.kiosk_fullscreen else 1,
    }
