"""The kiosk's composition root: makes the machine, the window and the screens, and is the only place that knows all.

`run` prepares Kivy before it is imported, so the window's classes are made inside it.
"""

from __future__ import annotations

import contextlib
import signal
from pathlib import Path
from typing import Any

from config.clock import elapsed_s
from config.derive import DERIVED
from config.look import load_look
from config.settings import Settings
from kiosk import window
from kiosk.attendant import Attendant, languages_of
from kiosk.flow.events import Event, Touched
from kiosk.machine import Machine
from kiosk.theme import Theme, faces_in
from kiosk.viewmodels import views as v

HERE = Path(__file__).parent
RULES = ("widgets/widgets.kv", *(f"screens/{name}.kv" for name in ("shell", "home", "jobs", "tiles", "job", "ways")))
MORE_RULES = tuple(f"screens/{name}.kv" for name in ("identify", "done", "buses", "message"))


def run(settings: Settings) -> None:
    """Opens the window and returns when it was closed."""
    machine = Machine(settings)
    machine.folder.mkdir(parents=True, exist_ok=True)
    window.prepare(settings, machine.folder / "kivy")
    app = _make_app(settings, machine)
    with contextlib.suppress(ValueError):  # not the main thread: whoever runs us there ends us otherwise
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: app.end())
    app.run()


def _screens() -> dict[type, type]:
    from kiosk.screens.buses import BusesScreen
    from kiosk.screens.done import DoneScreen
    from kiosk.screens.home import HomeScreen
    from kiosk.screens.identify import IdentifyScreen
    from kiosk.screens.job import JobScreen
    from kiosk.screens.jobs import JobsScreen
    from kiosk.screens.message import PairingScreen, RefusedScreen, StillThereScreen, WorkingScreen
    from kiosk.screens.tiles import TilesScreen
    from kiosk.screens.ways import WaysScreen

    return {
        v.HomeView: HomeScreen,
        v.JobsView: JobsScreen,
        v.TilesView: TilesScreen,
        v.JobView: JobScreen,
        v.WaysView: WaysScreen,
        v.IdentifyView: IdentifyScreen,
        v.DoneView: DoneScreen,
        v.BusesView: BusesScreen,
        v.MessageView: RefusedScreen,
        v.WorkingView: WorkingScreen,
        v.StillThereView: StillThereScreen,
        v.PairingView: PairingScreen,
    }


def _make_app(settings: Settings, machine: Machine) -> Any:
    from kivy.app import App
    from kivy.clock import Clock
    from kivy.core.text import LabelBase
    from kivy.core.window import Window
    from kivy.lang import Builder

    from kiosk.screens.shell import Shell
    from kiosk.widgets import pictures  # noqa: F401  its classes are named in the rules

    class KioskApp(App):
        """Kivy's side: frames, touches, one shell."""

        title = "gighall kiosk"
        use_kivy_settings = False

        def __init__(self) -> None:
            super().__init__()
            width, height = Window.size if settings.kiosk_fullscreen else window.size_of(settings)
            self.theme = Theme(load_look(), width, height, settings.kiosk_px_per_mm)
            self.is_mirrored = settings.camera_mirror
            self.attendant: Attendant | None = None
            self._shell: Shell | None = None
            self._attending: Any = None
            self._is_ending = False

        def end(self) -> None:
            """Ends with the next frame: a signal may come in the middle of one."""
            self._is_ending = True

        def load_kv(self, filename: str | None = None) -> None:
            """No file is looked for by name."""

        def build(self) -> Shell:
            """Fonts, rules, the shell."""
            regular, bold = faces_in(DERIVED)
            LabelBase.register("Noto", str(regular), fn_bold=str(bold))
            screens = _screens()
            for rule in RULES + MORE_RULES:
                Builder.load_file(str(HERE / rule))
            Window.clearcolor = self.theme.colour("ground")
            Window.bind(on_touch_down=self._touch_down, on_touch_up=self._touch_up)
            self._shell = Shell(screens)
            return self._shell

        def on_start(self) -> None:
            """The machine begins, and with it the first frame."""
            is_paired = machine.start()
            self.attendant = Attendant(machine, languages_of(settings.language), is_paired)
            self._attending = Clock.schedule_interval(self._attend, 0)

        def on_stop(self) -> None:
            """Frames end, then threads; files close."""
            if self._attending is not None:
                self._attending.cancel()
            machine.stop()

        def open_settings(self, *_: Any) -> bool:
            """F1 must not open Kivy's settings over a kiosk."""
            return True

        def choose(self, event: Event) -> None:
            """A finger chose."""
            if self.attendant is not None:
                self.attendant.hear(event)

        def newest_frame(self) -> Any:
            """What the camera sees now: (number, picture), or None."""
            return machine.camera.newest() if machine.camera is not None else None

        def _attend(self, _: float) -> None:
            if self._is_ending:
                self.stop()
                return
            assert self.attendant is not None and self._shell is not None
            view = self.attendant.attend(elapsed_s())
            if view is not None:
                self._shell.show(view)

        def _touch_down(self, _: Any, touch: Any) -> None:
            if self.attendant is not None:
                self.attendant.hand.down(touch.uid)
                machine.inbox.put(Touched(elapsed_s()))

        def _touch_up(self, _: Any, touch: Any) -> None:
            if self.attendant is not None:
                self.attendant.hand.up(touch.uid, elapsed_s())

    return KioskApp()
