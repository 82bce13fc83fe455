"""A camera that runs only while it is wanted: newest frame wins, and one that was unplugged or hangs is noticed, told
and tried again. Knows no window and no flow.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import structlog

from config.clock import elapsed_s
from kiosk.scanning.grabber import Grabber, opener
from kiosk.scanning.image import Image
from kiosk.scanning.looking import Looking, look_for
from kiosk.scanning.source import CameraSettings, hush_backends, spoken_source
from kiosk.scanning.told import CameraTold, Expects, HintTold, Listener, Told

_log = structlog.get_logger(__name__)

STUCK_MOST = 3
"""Reads that never returned: more threads than this are not spent on a source."""


@dataclass(frozen=True)
class Patience:
    """`opens_s`: until the first frame; `quiet_s`: between two frames; after a loss `again_s`, doubling up to
    `again_max_s`. A read that hangs is ended, where that is possible, after `gives_up` times as long as it was waited
    for."""

    opens_s: float = 6.0
    quiet_s: float = 2.0
    again_s: float = 0.5
    again_max_s: float = 5.0
    gives_up: float = 1.5


@dataclass(frozen=True)
class _Sight:
    """A frame, its number, and what whoever asks looks for."""

    nth: int
    frame: Image
    expects: Expects


class Eye(Protocol):
    """What the kiosk needs of a camera."""

    def open(self, expects: Expects = "codes") -> None: ...

    def close(self) -> None: ...

    def newest(self) -> tuple[int, Image] | None: ...


class Camera:
    """`start` once, `stop` once; between them `open` and `close` as scanning screens come and go.

    The listener is called in the camera's threads, never after `close` has returned for what was seen before it: it
    hands over and returns. `looks` makes the readers of one showing.
    """

    def __init__(
        self,
        settings: CameraSettings,
        listener: Listener,
        patience: Patience = Patience(),
        looks: Callable[[Expects], Looking] = look_for,
    ) -> None:
        self._settings, self._listener, self._patience, self._looks = settings, listener, patience, looks
        self._news = threading.Condition()
        self._expects: Expects | None = None
        self._is_stopping = False
        self._frame: Image | None = None
        self._asked = self._showing = self._nth = 0
        self._told: tuple[int, Literal["opening", "seeing", "lost"]] = (0, "opening")
        self._has_hint = False
        self._stuck: list[Grabber] = []
        self._threads = [
            threading.Thread(target=self._keep_seeing, name="camera", daemon=True),
            threading.Thread(target=self._read, name="camera-reader", daemon=True),
        ]

    def start(self) -> None:
        """Begins to wait for being wanted."""
        hush_backends()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Gives the source back; returns when its threads have ended, or are known to hang."""
        with self._news:
            self._is_stopping, self._expects, self._frame = True, None, None
            self._showing += 1
            self._news.notify_all()
        for thread in self._threads:
            thread.join(2 * self._patience.quiet_s + 5.0)

    def open(self, expects: Expects = "codes") -> None:
        """A scanning screen is there that looks for this; called again while open, it only looks for something else."""
        with self._news:
            self._expects, self._asked, self._has_hint = expects, self._asked + 1, False
            self._showing += 1
            self._news.notify_all()

    def close(self) -> None:
        """Nobody is to be seen any more: source given back, last frame and hint dropped."""
        with self._news:
            self._expects, self._asked, self._frame, self._has_hint = None, self._asked + 1, None, False
            self._showing += 1
            self._news.notify_all()

    def newest(self) -> tuple[int, Image] | None:
        """(number of the frame, BGR picture), or None while there is none."""
        with self._news:
            return None if self._frame is None else (self._nth, self._frame)

    # -- seeing: the thread that looks after the grabbers ----------------------------------------------------------

    def _keep_seeing(self) -> None:
        pause_s = self._patience.again_s
        while self._is_wanted():
            ending = self._attempt()
            if ending != "silent":
                pause_s = self._patience.again_s
            if ending != "closed" and self._lose():
                is_anew = self._rest(pause_s)
                pause_s = self._patience.again_s if is_anew else min(pause_s * 2, self._patience.again_max_s)
        for grabber in self._stuck:
            grabber.has_gone(self._patience.quiet_s)

    def _is_wanted(self) -> bool:
        """Waits until a screen asks -> False where the camera stops instead."""
        with self._news:
            self._news.wait_for(lambda: self._expects is not None or self._is_stopping)
            return not self._is_stopping

    def _attempt(self) -> Literal["closed", "silent", "lost"]:
        """Frames for as long as somebody asks -> why there are no more: nobody asks, or the source gave none at all, or
        no more."""
        self._stuck = [grabber for grabber in self._stuck if not grabber.has_gone()]
        if len(self._stuck) >= STUCK_MOST:
            return "silent"
        own = self._patience
        opened = opener(self._settings, own.opens_s * own.gives_up, own.quiet_s * own.gives_up)
        grabber = Grabber(opened, self._show, self._notify)
        grabber.start()
        ending = self._watch(grabber)
        grabber.stop()
        if not grabber.has_gone(0.0 if ending == "hung" else own.quiet_s):
            self._stuck.append(grabber)
        if ending == "closed":
            return ending
        return "silent" if grabber.newest_s is None else "lost"

    def _watch(self, grabber: Grabber) -> Literal["closed", "over", "hung"]:
        """Returns when the attempt is over."""
        with self._news:
            while self._expects is not None:
                if grabber.is_over:
                    return "over"
                left_s = self._due_s(grabber) - elapsed_s()
                if left_s <= 0:
                    return "hung"
                self._tell_state("opening")
                self._news.wait(left_s)
        return "closed"

    def _due_s(self, grabber: Grabber) -> float:
        """When the next frame must be there."""
        if grabber.newest_s is None:
            return grabber.began_s + self._patience.opens_s
        return grabber.newest_s + self._patience.quiet_s

    def _show(self, frame: Image) -> None:
        with self._news:
            if self._expects is not None:
                self._frame, self._nth = frame, self._nth + 1
                self._tell_state("seeing")
                self._news.notify_all()

    def _notify(self) -> None:
        with self._news:
            self._news.notify_all()

    def _lose(self) -> bool:
        """Tells that the camera is lost -> False where nobody asks any more."""
        with self._news:
            self._frame, self._showing = None, self._showing + 1
            if self._expects is None:
                return False
            self._tell_state("lost")
            if self._has_hint:
                self._tell(HintTold(None))
            return True

    def _rest(self, pause_s: float) -> bool:
        """Until the next attempt -> whether somebody asked anew, who need not wait."""
        with self._news:
            asked = self._asked
            return self._news.wait_for(lambda: self._asked != asked or self._is_stopping, pause_s)

    # -- reading: the thread that looks at the newest frame --------------------------------------------------------

    def _read(self) -> None:
        showing: int | None = 0
        done = 0
        while (showing := self._next_showing(showing)) is not None:
            looking: Looking | None = None
            while (sight := self._next_sight(showing, done)) is not None:
                done = sight.nth
                looking = looking or self._looks(sight.expects)
                for told in looking.look(sight.frame, elapsed_s()):
                    self._tell_of(showing, told)
            if looking is not None:
                looking.close()

    def _next_showing(self, before: int | None) -> int | None:
        """Waits for a frame of another showing; None: the camera stops."""
        with self._news:
            self._news.wait_for(lambda: self._is_stopping or (self._frame is not None and self._showing != before))
            return None if self._is_stopping else self._showing

    def _next_sight(self, showing: int, done: int) -> _Sight | None:
        """Waits for a frame that is newer than `done`; None: this showing is over."""
        with self._news:
            self._news.wait_for(lambda: self._showing != showing or (self._frame is not None and self._nth != done))
            if self._showing != showing or self._frame is None or self._expects is None:
                return None
            return _Sight(self._nth, self._frame, self._expects)

    def _tell_of(self, showing: int, told: Told) -> None:
        with self._news:
            if showing == self._showing and self._frame is not None:
                self._tell(told)

    # -- telling: under the lock, so that nothing old is told after `open` or `close` ------------------------------

    def _tell_state(self, state: Literal["opening", "seeing", "lost"]) -> None:
        """Once per asking and change: `opening` first of all, never again while a lost camera is tried again."""
        before = self._told[1]
        if self._told[0] != self._asked:
            self._told = (self._asked, "opening")
            self._tell(CameraTold("opening"))
        if state not in ("opening", self._told[1]):
            self._told = (self._asked, state)
            self._log(state, before)
            self._tell(CameraTold(state))

    def _log(self, state: str, before: str) -> None:
        """Once on loss, once on recovery; an address may hold a password."""
        if state == "lost":
            _log.warning("camera_lost", camera=spoken_source(self._settings.source))
        elif before == "lost":
            _log.info("camera_back", camera=spoken_source(self._settings.source))

    def _tell(self, told: Told) -> None:
        if isinstance(told, HintTold):
            self._has_hint = told.hint is not None
        self._listener(told)
