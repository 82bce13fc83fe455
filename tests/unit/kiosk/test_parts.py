"""The hand, the inbox, the theme and the errands."""

from __future__ import annotations

import gc
import threading
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from config.look import load_look
from hallserver.device.rest import Done, Refused, Reply, Unreachable
from kiosk.attendant import languages_of
from kiosk.errands import Errands, SlipOrdered, request_of
from kiosk.flow import scenes as s
from kiosk.flow.events import Denied, Granted, Send
from kiosk.flow.identity import CardIdentity, CodeIdentity, Identity, NoIdentity, SeenCard
from kiosk.hand import Hand
from kiosk.inbox import BOUND, Inbox
from kiosk.theme import Theme, rgba
from tests.support.servant import until
from tests.unit.kiosk.items import place_slip

PAGE = s.JobPage("a" * 32, s.Jobs())


def test_a_hand_is_busy_while_a_finger_is_down_and_a_moment_after() -> None:
    hand = Hand()
    assert not hand.is_busy(0.0)
    hand.down(1)
    hand.down(2)
    hand.up(1, 5.0)
    assert hand.is_busy(9.0)
    hand.up(2, 10.0)
    assert hand.is_busy(10.29)
    assert not hand.is_busy(10.31)


def test_the_inbox_gives_in_order_and_counts_what_it_could_not_hold() -> None:
    inbox: Inbox[int] = Inbox()
    for nth in range(BOUND + 3):
        inbox.put(nth)
    assert list(inbox.drain()) == list(range(BOUND)) and inbox.lost == 3
    assert list(inbox.drain()) == []


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (800, 1280), (2160, 3840)])
@pytest.mark.parametrize("px_per_mm", [3.0, 4.0, 6.0])
def test_nothing_is_smaller_than_hands_and_old_eyes_need(size: tuple[int, int], px_per_mm: float) -> None:
    theme = Theme(load_look(), *size, px_per_mm)
    assert theme.target(1) == 20 * px_per_mm and theme.gap(1) == 5 * px_per_mm
    assert theme.text(1) == 5 * px_per_mm and theme.body(1) == 8 * px_per_mm
    assert theme.is_wide == (size[0] > size[1])


def test_colours_come_from_the_tokens() -> None:
    theme = Theme(load_look(), 1080, 1920, 3.0)
    assert theme.colour("ground") == rgba("#f6f3ec") and theme.colour("tile_me") == rgba("#374151")


def test_the_machines_own_language_comes_first(tmp_path: Path) -> None:
    for name in ("en", "zh_Hans"):
        (tmp_path / name).mkdir()
    assert languages_of("zh-Hans", tmp_path) == ("zh_Hans", "en")
    assert languages_of("en", tmp_path) == ("en", "zh_Hans")


@dataclass
class SpelledOut:
    """A hall that answers as it was told, in order, and keeps what it was asked."""

    replies: list[Reply]
    asked: list[tuple[str, dict[str, Any], str | None]] = field(default_factory=list)

    def command(self, path: str, body: dict[str, Any], key: str | None = None) -> Reply:
        self.asked.append((path, body, key))
        return self.replies.pop(0)


def carried(hall: SpelledOut, *sends: Send) -> list[Any]:
    heard: list[Any] = []
    ready = threading.Event()

    def hear(answer: Any) -> None:
        heard.append(answer)
        if sum(not isinstance(one, SlipOrdered) for one in heard) == len(sends):
            ready.set()

    errands = Errands(hall, hear, heard.append)
    errands.start()
    for send in sends:
        errands.send(send)
    assert ready.wait(10)
    errands.stop()
    return heard


def test_an_errand_is_repeated_under_one_key_until_it_is_answered() -> None:
    body = {"number": "J001", "slip": place_slip(), "speech": None, "print_job": "p1", "seq": {"kiosk": 7, "wall": 3}}
    hall = SpelledOut([Unreachable("x"), Unreachable("x"), Done(body)])
    heard = carried(hall, Send(1, s.PlaceWish(PAGE, "bus", NoIdentity()), "en"))
    assert len({key for _, _, key in hall.asked}) == 1 and len(hall.asked) == 3
    assert heard == [Granted(1, s.Taken("J001", place_slip(), None, "p1", 7)), SlipOrdered("p1", place_slip(), "en")]
    identity = {"kind": "none"}
    wanted = {"job": PAGE.job_id, "way": "bus", "party_size": 1, "standby": False, "identity": identity}
    assert hall.asked[0][:2] == ("/claims", wanted)


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        (NoIdentity(), {"kind": "none"}),
        (CodeIdentity("WK7Q", is_typed=True), {"kind": "code", "code": "WK7Q"}),
        (
            CardIdentity(SeenCard("990101198001011234", "张伟")),
            {"kind": "id_card", "number": "990101198001011234", "name": "张伟", "consent": True},
        ),
        (
            CardIdentity(SeenCard("990101198001011234", None)),
            {"kind": "id_card", "number": "990101198001011234", "name": None, "consent": True},
        ),
    ],
)
def test_the_hall_is_told_who_somebody_is_in_its_own_words(identity: Identity, told: dict[str, Any]) -> None:
    path, body = request_of(s.PlaceWish(PAGE, "own", identity))
    assert (path, body["identity"]) == ("/claims", told)


def test_between_two_errands_nothing_of_the_last_person_is_held() -> None:
    hall, answered = SpelledOut([Refused("X", {})]), threading.Event()
    errands = Errands(hall, lambda _: answered.set(), lambda _: None)
    errands.start()
    card = SeenCard("990101198001011234", "张伟")
    held = weakref.ref(card)
    errands.send(Send(1, s.PlaceWish(PAGE, "own", CardIdentity(card)), "en"))
    del card
    assert answered.wait(10)
    assert until(lambda: gc.collect() >= 0 and held() is None, 5)
    errands.stop()


def test_the_same_errand_tried_again_keeps_its_key_and_another_gets_its_own() -> None:
    hall = SpelledOut([Refused("X", {}), Refused("X", {}), Refused("X", {})])
    wish = s.NumberWish("rights")
    heard = carried(hall, Send(1, wish, "en"), Send(1, wish, "en"), Send(2, wish, "en"))
    keys = [key for _, _, key in hall.asked]
    assert keys[0] == keys[1] != keys[2]
    assert heard == [Denied(1, "X", {}), Denied(1, "X", {}), Denied(2, "X", {})]
