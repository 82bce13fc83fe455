"""Everything of a kiosk but the glass: link, camera, printer, voice and errands, as threads that post to one inbox.

Knows no Kivy. `picture` gathers once what the screens are made from.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from config.clock import clock_of
from config.settings import Settings
from hallserver.device.hall_clock import HallMark
from hallserver.device.link import Heard, Link, LinkEvent, LinkPlace, ShutOut
from hallserver.device.outbox import Outbox
from hallserver.device.pairing import DeviceToken, forget_token, keep_token, load_token, pair
from hallserver.device.rest import HallRest, Reply
from hallserver.device.voice import Voice
from kiosk.errands import Errands, SlipOrdered
from kiosk.flow.events import Event, Paired, PairingTold, Send
from kiosk.inbox import Inbox
from kiosk.paper import PaperDesk
from kiosk.scanning import Camera, CameraSettings, CameraTold, Expects, ReaderMissing, Told
from kiosk.scanning.id_card import is_installed
from kiosk.viewmodels.picture import CameraState
from printer.agent import fetch_payload
from printer.orders import Picture as OrdersPicture
from printer.pressroom import PressRoom, open_pressroom
from printer.reports import PrintReports

NO_CAMERA, NO_VOICE = "off", ("off", "")
Posted = Event | LinkEvent | Told | DeviceToken
Items = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Ties:
    """What belongs to one token: made at pairing, ended when the device is shut out."""

    link: Link
    errands: Errands
    outbox: Outbox
    paper: PaperDesk
    rests: tuple[HallRest, ...]

    def start(self) -> None:
        """Everything begins."""
        self.outbox.start()
        self.paper.start()
        self.errands.start()
        self.link.start()

    def stop(self) -> None:
        """Everything ends; what waits stays on disk."""
        self.link.stop()
        self.errands.stop()
        self.paper.stop()
        self.outbox.stop()
        for rest in self.rests:
            rest.close()


class Machine:
    """`start` and `stop` once; everything else from the main thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.folder = settings.data_dir / settings.device_name
        self.inbox: Inbox[Posted] = Inbox()
        self.mark: HallMark | None = None
        self.camera_state: CameraState = "off"
        self.camera_wanted: Expects | None = None
        self.camera = None if settings.camera == NO_CAMERA else Camera(CameraSettings.of(settings), self.inbox.put)
        self.reads_id_cards = self.camera is not None and is_installed()
        self.voice = _voice(settings.voice)
        self.ties: Ties | None = None
        self._stopping = threading.Event()
        self._pairing: threading.Thread | None = None
        self._own_clock = clock_of(settings)

    @property
    def _token_file(self) -> Path:
        return self.folder / "token.json"

    def start(self) -> bool:
        """Everything begins -> whether this machine is paired."""
        for part in (self.camera, self.voice):
            if part is not None:
                part.start()
        token = load_token(self._token_file)
        if token is None:
            self._pair(None)
            return False
        self.tie(token)
        return True

    def stop(self) -> None:
        """Everything ends."""
        self._stopping.set()
        self.untie()
        if self._pairing is not None:
            self._pairing.join(timeout=15)
        for part in (self.camera, self.voice):
            if part is not None:
                part.stop()

    # -- belonging to a hall ---------------------------------------------------------------------------------------

    def _pair(self, before: Ties | None) -> None:
        self._pairing = threading.Thread(target=self._ask_for_token, args=(before,), name="pairing", daemon=True)
        self._pairing.start()

    def _ask_for_token(self, before: Ties | None) -> None:
        if before is not None:
            self._forget(before)

        def show(digits: str | None) -> None:
            self.inbox.put(PairingTold(digits))

        token = pair(self._settings.server_url, "kiosk", show, self._stopping)
        if token is not None:
            keep_token(self._token_file, token)
            self.inbox.put(token)

    def tie(self, token: DeviceToken) -> None:
        """Follows the hall of this token."""
        server_url = self._settings.server_url
        rests = tuple(HallRest(server_url, token.token) for _ in ("outbox", "errands", "print orders"))
        outbox = Outbox(self.folder / "outbox.sqlite", rests[0], _ignore)
        paper = PaperDesk(self._press_room(), PrintReports(outbox), self.inbox.put)
        errands = Errands(rests[1], self.inbox.put, self._order)
        link = Link(LinkPlace(server_url, token.token, "kiosk", self.folder / "replica.sqlite"), self.inbox.put)
        fetch = partial(fetch_payload, rests[2])
        paper.follow(token.device_id, self._settings.language, fetch, lambda: self._orders(link))
        self.ties = Ties(link, errands, outbox, paper, rests)
        self.ties.start()
        self.inbox.put(Paired())

    def untie(self) -> None:
        """Follows nobody."""
        if self.ties is not None:
            self.ties.stop()
            self.ties = None

    def shut_out(self) -> None:
        """The hall revoked this device: forget the token and what the hall told, then ask anew. Does not wait."""
        before, self.ties, self.mark = self.ties, None, None
        self.inbox.put(PairingTold(None))
        self._pair(before)

    def _forget(self, before: Ties) -> None:
        before.stop()
        forget_token(self._token_file)
        for file in self.folder.glob("replica.sqlite*"):
            file.unlink()

    def _press_room(self) -> PressRoom | None:
        own = self._settings
        if not own.printer_address:
            return None
        return open_pressroom(self.folder / "paper", own, lambda: datetime.now(UTC))

    def _orders(self, link: Link) -> OrdersPicture | None:
        mark = self.mark
        return OrdersPicture(link.items(), mark.now(), mark.business_day) if mark is not None else None

    def _order(self, ordered: SlipOrdered) -> None:
        ties = self.ties
        if ties is not None:
            ties.paper.order(ordered, self.today())

    # -- what is known ---------------------------------------------------------------------------------------------

    def hear(self, told: Posted) -> None:
        """Keeps what the machine itself needs of what was posted."""
        match told:
            case Heard(mark=mark):
                self.mark = mark
            case CameraTold(state=state):
                self.camera_state = state if self.camera_wanted else "off"
            case ReaderMissing(expects="id_card"):
                self.reads_id_cards = False
            case DeviceToken():
                self.tie(told)
            case ShutOut():
                self.shut_out()

    def want_camera(self, expects: Expects | None) -> None:
        """Runs the camera only where something is to be held up to it; None: nothing is."""
        if expects == self.camera_wanted or self.camera is None:
            return
        self.camera_wanted = expects
        self.camera_state = "opening" if expects else "off"
        if expects:
            self.camera.open(expects)
        else:
            self.camera.close()

    def today(self) -> date:
        """The hall's business day; before the first mark, the day of this machine's clock."""
        if self.mark is not None:
            return self.mark.business_day
        return self._own_clock.now().astimezone().date()

    def items(self) -> Items:
        """The replica now."""
        return self.ties.link.items() if self.ties is not None else {}

    def age_s(self) -> float | None:
        """Elapsed seconds since the hall last said anything."""
        return self.ties.link.age_s() if self.ties is not None else None

    @property
    def is_loaded(self) -> bool:
        """Whether there is a picture at all."""
        return self.ties is not None and self.ties.link.is_loaded

    @property
    def public_base_url(self) -> str:
        """Where phones open this hall's pages, as this machine was told; may be empty."""
        return self._settings.public_base_url

    @property
    def has_printer(self) -> bool:
        """Whether slips come out here."""
        return self.ties is not None and self.ties.paper.has_printer

    # -- what is asked of it ---------------------------------------------------------------------------------------

    def send(self, errand: Send) -> None:
        """A wish goes to the hall."""
        if self.ties is not None:
            self.ties.errands.send(errand)

    def forget(self) -> None:
        """Everything of the person goes."""
        if self.ties is not None:
            self.ties.errands.forget()

    def say(self, text: str, language: str) -> None:
        """By loudspeaker, where there is one."""
        if self.voice is not None:
            self.voice.say(text, language)

    def chime(self) -> None:
        """The sound of success."""
        if self.voice is not None:
            self.voice.chime()

    def hush(self) -> None:
        """What is being said is no longer what is on the glass."""
        if self.voice is not None:
            self.voice.hush()

    def rendered(self, seq: int) -> None:
        """What is on the glass now."""
        if self.ties is not None:
            self.ties.link.rendered(seq)

    @property
    def seq(self) -> int:
        """Newest folded sequence."""
        return self.ties.link.seq if self.ties is not None else 0


def _voice(setting: str) -> Voice | None:
    if setting in NO_VOICE or not Voice.is_there():
        return None
    return Voice(None if setting == "espeak" else Path(setting))


def _ignore(key: str, reply: Reply) -> None:
    """A report that the hall refused was late news; the spool keeps the truth."""
