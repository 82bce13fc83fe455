"""Kivy's side of the kiosk: fonts, rules, frames and touches. Import it only after `kiosk.window.prepare`."""

from pathlib import Path
from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.core.text import LabelBase
from kivy.core.window import Window
from kivy.lang import Builder

from config.clock import elapsed_s
from config.derive import DERIVED
from config.look import load_look
from config.settings import Settings
from kiosk import window
from kiosk.attendant import Attendant, languages_of
from kiosk.flow.events import Event, Touched
from kiosk.machine import Machine
from kiosk.scanning.burst import Burst, sign_of
from kiosk.screens.buses import BusesScreen
from kiosk.screens.confirm import ConfirmScreen
from kiosk.screens.consent import ConsentScreen
from kiosk.screens.done import DoneScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.identify import IdentifyScreen
from kiosk.screens.job import JobScreen
from kiosk.screens.jobs import JobsScreen
from kiosk.screens.message import PairingScreen, RefusedScreen, StillThereScreen, WorkingScreen
from kiosk.screens.shell import Shell
from kiosk.screens.tiles import TilesScreen
from kiosk.screens.typing_in import TypingScreen
from kiosk.screens.ways import WaysScreen
from kiosk.theme import Theme, faces_in
from kiosk.viewmodels import views as v
from kiosk.widgets import pictures  # noqa: F401  its classes are named in the rules

HERE = Path(__file__).parent
RULES = (
    *("shell", "home", "jobs", "tiles", "job", "ways", "identify", "consent", "confirm", "typing_in", "done", "buses"),
    "message",
)
SCREENS: dict[type, type] = {
    v.HomeView: HomeScreen,
    v.JobsView: JobsScreen,
    v.TilesView: TilesScreen,
    v.JobView: JobScreen,
    v.WaysView: WaysScreen,
    v.IdentifyView: IdentifyScreen,
    v.ConsentView: ConsentScreen,
    v.ConfirmView: ConfirmScreen,
    v.TypingView: TypingScreen,
    v.DoneView: DoneScreen,
    v.BusesView: BusesScreen,
    v.MessageView: RefusedScreen,
    v.WorkingView: WorkingScreen,
    v.StillThereView: StillThereScreen,
    v.PairingView: PairingScreen,
}


class KioskApp(App):
    """One window, one shell; the machine lives as long as the window does."""

    title = "gighall kiosk"
    use_kivy_settings = False

    def __init__(self, settings: Settings, machine: Machine) -> None:
        super().__init__()
        self._settings, self._machine = settings, machine
        width, height = Window.size if settings.kiosk_fullscreen else window.size_of(settings)
        self.theme = Theme(load_look(), width, height, settings.kiosk_px_per_mm)
        self.is_mirrored = settings.camera_mirror
        self.attendant: Attendant | None = None
        self._shell: Shell | None = None
        self._attending: Any = None
        self._is_ending = False
        self._burst = Burst()

    def end(self) -> None:
        """Ends with the next frame: a signal may come in the middle of one."""
        self._is_ending = True

    def load_kv(self, filename: str | None = None) -> None:
        """No file is looked for by name."""

    def build(self) -> Shell:
        """Fonts, rules, the shell."""
        regular, bold = faces_in(DERIVED)
        LabelBase.register("Noto", str(regular), fn_bold=str(bold))
        Builder.load_file(str(HERE / "widgets" / "widgets.kv"))
        for rule in RULES:
            Builder.load_file(str(HERE / "screens" / f"{rule}.kv"))
        Window.clearcolor = self.theme.colour("ground")
        Window.bind(on_touch_down=self._touch_down, on_touch_up=self._touch_up, on_key_down=self._key_down)
        self._shell = Shell(SCREENS)
        return self._shell

    def on_start(self) -> None:
        """The machine begins, and with it the first frame."""
        is_paired = self._machine.start()
        self.attendant = Attendant(self._machine, languages_of(self._settings.language), is_paired)
        self._attending = Clock.schedule_interval(self._attend, 0)

    def on_stop(self) -> None:
        """Frames end, then threads; files close."""
        if self._attending is not None:
            self._attending.cancel()
        self._machine.stop()

    def open_settings(self, *_: Any) -> bool:
        """F1 must not open Kivy's settings over a kiosk."""
        return True

    def choose(self, event: Event) -> None:
        """A finger chose."""
        if self.attendant is not None:
            self.attendant.hear(event)

    def newest_frame(self) -> Any:
        """What the camera sees now: (number, picture), or None."""
        camera = self._machine.camera
        return camera.newest() if camera is not None else None

    def _attend(self, _: float) -> None:
        if self._is_ending:
            self.stop()
            return
        assert self.attendant is not None and self._shell is not None
        self._scan(self._burst.pause(elapsed_s()))
        view = self.attendant.attend(elapsed_s())
        if view is not None:
            self._shell.show(view)

    def _touch_down(self, _: Any, touch: Any) -> None:
        if self.attendant is not None:
            self.attendant.hand.down(touch.uid)
            self._machine.inbox.put(Touched(elapsed_s()))

    def _touch_up(self, _: Any, touch: Any) -> None:
        if self.attendant is not None:
            self.attendant.hand.up(touch.uid, elapsed_s())

    def _key_down(self, _: Any, key: int, __: int, ___: Any, modifiers: list[str]) -> bool:
        """No key does anything here but those of a scanner that types: F1 and Escape stay without effect, too."""
        self._scan(self._burst.press(sign_of(key, modifiers), elapsed_s()))
        return True

    def _scan(self, text: str | None) -> None:
        if text is not None and self.attendant is not None:
            self.attendant.scan(text)
