"""Stands between machine and glass: feeds the flow with what happened, carries its effects out, makes the view.

Knows no Kivy. Everything here runs on the main thread.
"""

from datetime import date
from pathlib import Path

import structlog

from config.texts import BUILT, Catalogue, TextFault
from config.words import Speaker
from hallserver.device.link import Changed, Heard, Lost, ShutOut
from hallserver.device.pairing import DeviceToken
from kiosk import flow
from kiosk.flow import events as e
from kiosk.flow.identity import SeenCard
from kiosk.hand import Hand
from kiosk.machine import Machine, Posted
from kiosk.scanning import CameraTold, CardRead, CodeRead, HintTold, ReaderMissing, meaning_of
from kiosk.viewmodels import Picture, job_ids, show
from kiosk.viewmodels.picture import STALE_S
from kiosk.viewmodels.views import View

_log = structlog.get_logger(__name__)

LOOKS_EVERY_S = 0.1
"""What the feed changes is put on the glass at most so often; what the person does, at once."""

TICKS_EVERY_S = 0.2


def languages_of(first: str, built: Path = BUILT) -> tuple[str, ...]:
    """Every language that this machine can speak, the machine's own first."""
    own = first.replace("-", "_")
    return (own, *sorted(folder.name for folder in built.iterdir() if folder.is_dir() and folder.name != own))


class Attendant:
    """`hear` what a finger chose, `attend` once per frame, `hand` is told of every touch."""

    def __init__(self, machine: Machine, languages: tuple[str, ...], is_paired: bool) -> None:
        self._machine = machine
        self.hand = Hand()
        self.kiosk = flow.start(languages, is_paired)
        self._catalogues = {language: Catalogue.load(language) for language in languages}
        self._label = " / ".join(c.text("kiosk.language_name") for c in self._catalogues.values())
        self._view: View | None = None
        self._has_news, self._is_urgent = True, True
        self._looked_at_s = self._ticked_at_s = 0.0

    def hear(self, event: e.Event) -> None:
        """A finger chose: answered at once, whatever the hand does."""
        self._take(event)
        self._is_urgent = True

    def scan(self, text: str) -> None:
        """A scanner that types read something, on whichever screen."""
        self.hear(e.CodeSeen(meaning_of(text, self._machine.public_base_url), text, "scanner"))

    def attend(self, now_s: float) -> View | None:
        """Drains the inbox, lets time go on -> the new view, or None where the glass stays as it is."""
        for told in self._machine.inbox.drain():
            self._machine.hear(told)
            self._hear_machine(told)
        if now_s - self._ticked_at_s >= TICKS_EVERY_S:
            self._ticked_at_s = now_s
            self._take(e.Ticked(now_s))
            self._has_news = True
        return self._look(now_s)

    def _look(self, now_s: float) -> View | None:
        may_look = self._has_news and now_s - self._looked_at_s >= LOOKS_EVERY_S and not self.hand.is_busy(now_s)
        if not (self._is_urgent or may_look):
            return None
        self._has_news = self._is_urgent = False
        self._looked_at_s = now_s
        seq = self._machine.seq
        view = self._view_or_home()
        if view is None:
            return None
        self._machine.rendered(seq)
        if view == self._view:
            return None
        self._view = view
        return view

    def _view_or_home(self) -> View | None:
        """None where a newer hall says what this machine has no words for: back home, never out of the kiosk."""
        try:
            return self.view()
        except TextFault as fault:
            _log.error("no_words", fault=str(fault), scene=type(self.kiosk.scene).__name__)
            self._advance(e.GoHome())
            return None

    def view(self) -> View:
        """The screen of this moment."""
        return show(self.kiosk, self.picture(), self.speaker(self._machine.today()))

    def picture(self) -> Picture:
        """Everything the machine knows, gathered."""
        machine, mark = self._machine, self._machine.mark
        now = mark.now() if mark else None
        return Picture(
            items=machine.items(),
            is_loaded=machine.is_loaded,
            age_s=machine.age_s(),
            clock=f"{mark.local():%H:%M}" if mark else "",
            hall_now=now.isoformat(timespec="milliseconds").replace("+00:00", "Z") if now else "",
            camera=machine.camera_state,
            has_camera=machine.camera is not None,
            reads_id_cards=machine.reads_id_cards,
            has_printer=machine.has_printer,
            has_voice=machine.voice is not None,
            language_label=self._label,
        )

    def speaker(self, today: date) -> Speaker:
        """The words of whoever stands here."""
        return Speaker(self._catalogues[self.kiosk.language], today)

    def _hear_machine(self, told: Posted) -> None:
        self._has_news = True
        match told:
            case CodeRead(text=text):
                self._take(e.CodeSeen(meaning_of(text, self._machine.public_base_url), text))
            case CardRead(card=card):
                self._take(e.CardSeen(SeenCard(card.number, card.name, card.kind)))
            case HintTold(hint=hint):
                self._take(e.HintSeen(hint.value if hint else None))
            case Changed(seq=seq):
                self._take(e.Folded(seq))
            case Heard() | Lost() | ShutOut() | CameraTold() | ReaderMissing() | DeviceToken():
                pass  # the machine keeps these; the next picture shows them
            case _:
                self._take(told)

    def _take(self, event: e.Event) -> None:
        self._tell_age()
        self._advance(event)
        self._machine.want_camera(flow.camera_expects(self.kiosk))

    def _tell_age(self) -> None:
        age_s = self._machine.age_s()
        is_stale = age_s is None or age_s >= STALE_S
        if is_stale != self.kiosk.is_stale:
            self._advance(e.AgeTold(is_stale))

    def _advance(self, event: e.Event) -> None:
        before = type(self.kiosk.scene)
        self.kiosk, effects = flow.step(self.kiosk, event)
        speaks = any(isinstance(effect, e.Speak | e.SpeakGuidance) for effect in effects)
        if speaks or type(self.kiosk.scene) is not before:
            self._machine.hush()
        for effect in effects:
            self._carry_out(effect)

    def _carry_out(self, effect: e.Effect) -> None:
        match effect:
            case e.Send():
                self._machine.send(effect)
            case e.ListJobs(filter=wanted):
                self._advance(e.Listed(wanted, job_ids(self.picture(), wanted)))
            case e.Speak():
                view = self._view_or_home()
                self._machine.say(view.speech if view else "", self.kiosk.language)
            case e.SpeakGuidance():
                view = self._view_or_home()
                self._machine.say(getattr(view, "guidance", ""), self.kiosk.language)
            case e.Chime():
                self._machine.chime()
            case e.ForgetPerson():
                self._machine.forget()
