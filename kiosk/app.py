"""The kiosk's composition root: settings in, machine and window made, signals heard.

Kivy reads its environment when it is imported, so the window's side is imported inside `run`, after it was prepared.
"""

import contextlib
import signal

from config.settings import Settings
from kiosk import window
from kiosk.machine import Machine


def run(settings: Settings) -> None:
    """Opens the window and returns when it was closed or a signal ended it."""
    machine = Machine(settings)
    machine.folder.mkdir(parents=True, exist_ok=True)
    window.prepare(settings, machine.folder / "kivy")
    from kiosk.glass import KioskApp

    app = KioskApp(settings, machine)
    with contextlib.suppress(ValueError):  # not the main thread: whoever runs us there ends us otherwise
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: app.end())
    app.run()
