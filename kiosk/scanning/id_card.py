"""Reads an ID card that is held up, in one picture or before a running camera. Knows no window and no hall.

The picture stays in memory and is dropped with the next one; nothing is written or logged. Where the extra `id-card` of
the package is missing, `is_installed` says so and reading raises OSError.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from kiosk.scanning.hints import Hint
from kiosk.scanning.idcard.lines import LOOKS
from kiosk.scanning.idcard.look import Eyes, Read, Texts
from kiosk.scanning.idcard.number import PERMITS, NumberRule, birth_date_of
from kiosk.scanning.idcard.phone import is_on_a_screen
from kiosk.scanning.idcard.picture import to_bgr
from kiosk.scanning.idcard.recognition import is_installed, load_models
from kiosk.scanning.idcard.votes import IdCard, Votes
from kiosk.scanning.idcard.why import hint_for
from kiosk.scanning.image import Image

__all__ = [
    "CardReader",
    "Hint",
    "IdCard",
    "NumberRule",
    "Showing",
    "birth_date_of",
    "is_installed",
    "read_id_card",
    "rule_today",
]

_LINES_AGAIN_S = 0.4
_NO_TEXTS = Texts((), False)


def rule_today() -> NumberRule:
    """The rule for real cards on this machine's day."""
    return NumberRule(today=datetime.now(UTC).astimezone().date())


def read_id_card(frame_bgr: Image, rule: NumberRule | None = None) -> IdCard | Hint:
    """Every look at one picture (height × width × 3 BGR or any usual form); what would help where no number is read.

    One picture never is enough to believe it: `CardReader` waits for two that agree. Never raises on a picture; raises
    OSError where the extra `id-card` is not installed.
    """
    began = time.perf_counter()
    models = load_models()
    made = to_bgr(frame_bgr)
    if made is None:
        return Hint.NOT_A_CARD
    picture, scale = made
    eyes = Eyes(models, rule or rule_today())
    seen = eyes.by_outline(picture, LOOKS)
    if isinstance(seen, Read):
        return _card(picture, seen, scale, began)
    texts = _NO_TEXTS if seen.is_back else eyes.by_lines(picture)
    return _card(picture, texts, scale, began) if isinstance(texts, Read) else hint_for(picture, seen, texts)


def _card(picture: Image, read: Read, scale: float, began: float) -> IdCard:
    corners = tuple((round(float(x) / scale), round(float(y) / scale)) for x, y in read.plane.corners)
    kind: Literal["resident", "permit"] = "permit" if read.number[:2] in PERMITS else "resident"
    on_screen = is_on_a_screen(picture, read.plane)
    return IdCard(read.number, read.name, kind, corners, on_screen, (time.perf_counter() - began) * 1000)


class Showing:
    """One showing of a card to a camera: frame after frame, until they agree. Not for several threads at once."""

    def __init__(self) -> None:
        self._votes, self._looks, self._lines_at_s = Votes(), 0, 0.0
        self._said: IdCard | Hint | None = None

    def read(self, frame_bgr: Image, rule: NumberRule) -> IdCard | Hint | None:
        """What is known after this frame: an accepted card, what would help, or nothing yet."""
        seen = self._seen(frame_bgr, rule)
        if seen is not None:
            self._said = self._votes.add(seen)
        return self._said

    def _seen(self, frame_bgr: Image, rule: NumberRule) -> IdCard | Hint | None:
        """What one frame shows; None: nothing, in a frame whose lines were not looked for."""
        began = time.perf_counter()
        made = to_bgr(frame_bgr)
        if made is None:
            return None
        picture, scale = made
        eyes = Eyes(load_models(), rule)
        self._looks += 1
        seen = eyes.by_outline(picture, LOOKS if self._looks % 2 else LOOKS[::-1])
        if isinstance(seen, Read):
            return _card(picture, seen, scale, began)
        if not seen.is_back and began - self._lines_at_s < _LINES_AGAIN_S:
            return None
        self._lines_at_s = began
        texts = _NO_TEXTS if seen.is_back else eyes.by_lines(picture)
        return _card(picture, texts, scale, began) if isinstance(texts, Read) else hint_for(picture, seen, texts)


class CardReader:
    """Reads the newest frame in a thread of its own and believes what frames agree on. `start` once, `stop` once.

    `rule` is asked at every frame, for the day turns. `told`, if given, is called in the reader's thread with each new
    word: an accepted card again for every frame that shows it, a hint on change.
    """

    def __init__(
        self,
        rule: Callable[[], NumberRule] = rule_today,
        told: Callable[[IdCard | Hint | None], None] | None = None,
    ) -> None:
        self._rule, self._told = rule, told
        self._fresh = threading.Condition()
        self._frame: Image | None = None
        self._said: IdCard | Hint | None = None
        self._showing = 0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="id-card-reader", daemon=True)

    def start(self) -> None:
        """Begins to wait for frames; the models are loaded with the first one. Raises OSError without them."""
        if not is_installed():
            raise OSError("ID cards cannot be read: install gighall with its extra id-card")
        self._thread.start()

    def stop(self) -> None:
        """Drops the last frame; returns when the thread has ended."""
        with self._fresh:
            self._stopping, self._frame, self._said = True, None, None
            self._fresh.notify_all()
        if self._thread.ident is not None:
            self._thread.join(timeout=5)

    def look(self, frame_bgr: Image) -> None:
        """Hands a frame over and returns; one that was not looked at yet is dropped for it."""
        with self._fresh:
            self._frame = frame_bgr
            self._fresh.notify_all()

    def newest(self) -> IdCard | Hint | None:
        """What the last frame led to: an accepted card, what would help, or None (nothing yet)."""
        with self._fresh:
            return self._said

    def forget(self) -> None:
        """The next frame begins another showing: no picture, read or word of this one is kept."""
        with self._fresh:
            self._frame, self._said = None, None
            self._showing += 1
            self._fresh.notify_all()

    def _run(self) -> None:
        showing, nth = Showing(), 0
        while (handed := self._next(nth)) is not None:
            frame, now_nth = handed
            if now_nth != nth:
                showing, nth = Showing(), now_nth
            if frame is not None:
                self._say(showing.read(frame, self._rule()), nth)

    def _next(self, nth: int) -> tuple[Image | None, int] | None:
        """(newest frame, number of its showing); no frame where a showing was forgotten, None when it is over."""
        with self._fresh:
            self._fresh.wait_for(lambda: self._stopping or self._frame is not None or self._showing != nth)
            frame, self._frame = self._frame, None
            return None if self._stopping else (frame, self._showing)

    def _say(self, said: IdCard | Hint | None, showing: int) -> None:
        with self._fresh:
            if showing != self._showing:
                return
            is_news = said != self._said
            self._said = said
        if self._told is not None and (is_news or isinstance(said, IdCard)):
            self._told(said)
