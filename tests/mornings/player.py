"""Plays a morning against a hall and says, after every step, whether each audience shows what it must.

Used by the tests on both data bases, by the demo and by the crash soak; decides nothing itself.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from hallserver.device.rest import Done, HallRest, Refused, Unreachable, new_key
from tests.mornings import script
from tests.mornings.screens import Screen, StaffSession

SHOWS_WITHIN_S = 10.0
TRIES_S = 20.0


class MorningFault(AssertionError):
    """A step or what a screen shows after it is not as the morning says."""


@dataclass
class Stage:
    """Who plays: people, kiosks, screens, and the machine room."""

    staff: Mapping[str, StaffSession]
    kiosks: Mapping[str, HallRest]
    screens: Mapping[str, Screen]
    today: str
    employers: Mapping[str, str]
    cards: Callable[[str], str]
    kill: Callable[[], None]
    start: Callable[[], None]
    pause: Callable[[], None] = lambda: None
    look: Callable[[script.Look], None] = lambda _: None


@dataclass
class Player:
    """Remembers which ids stand behind a morning's names."""

    stage: Stage
    ids: dict[str, str] = field(default_factory=dict)
    slips: dict[str, dict[str, Any]] = field(default_factory=dict)

    def play(self, morning: script.Morning) -> None:
        """Every step, in order. Raises MorningFault."""
        for nth, step in enumerate(morning.steps, 1):
            where = f"{morning.title}, step {nth} ({step.do})"
            self.take(step, where)
            for feed, shown in step.then.items():
                self._expect(feed, shown, where)
            for look in step.looks:
                self.stage.look(look)
            self.stage.pause()

    def take(self, step: script.Step, where: str) -> None:
        """One step and its answer."""
        reply = _ACTS[step.do](self, step)
        code = reply.code if isinstance(reply, Refused) else None
        if code != step.refused:
            raise MorningFault(f"{where}: refused with {code}, not {step.refused}: {reply}")

    # -- what screens show -------------------------------------------------------------------------------------

    def _expect(self, feed: str, shown: script.Shown, where: str) -> None:
        for name, screen in self.stage.screens.items():
            if screen.feed != feed:
                continue
            deadline = time.monotonic() + SHOWS_WITHIN_S
            while wrong := self._differences(screen, shown):
                if time.monotonic() > deadline:
                    raise MorningFault(f"{where}: {name} shows\n  " + "\n  ".join(wrong))
                time.sleep(0.02)

    def _differences(self, screen: Screen, shown: script.Shown) -> list[str]:
        items = screen.items()
        wrong = []
        for key, wanted in shown.items():
            item = _find(items, self.real_key(key))
            if wanted is None:
                wrong += [f"{key} is still there"] if item is not None else []
            elif item is None:
                wrong.append(f"{key} is not there")
            else:
                wrong += [f"{key}.{at}: {item.get(at)!r}, not {v!r}" for at, v in wanted.items() if item.get(at) != v]
        return wrong

    def real_key(self, key: str) -> str:
        """`job/loading` of a morning as the hall's feeds have it."""
        kind, _, name = key.partition("/")
        return f"{kind}/{self.ids.get(f'{kind}:{name}', name)}"

    # -- acts --------------------------------------------------------------------------------------------------

    def staff_act(self, path: str, body: dict[str, Any], by: str = "demo") -> Done | Refused:
        """A staff command, repeated under one key until the hall answers."""
        key = secrets.token_hex(16)

        def send() -> Done | Refused | Unreachable:
            try:
                answer = self.stage.staff[by].post(path, body, key)
            except requests.RequestException as error:
                return Unreachable(type(error).__name__)
            if answer.status_code >= 500:
                return Unreachable(f"HTTP {answer.status_code}")
            refusal = answer.json().get("refusal")
            return Refused(refusal["code"], refusal["facts"]) if refusal else Done(answer.json())

        return _insist(send)

    def kiosk_act(self, kiosk: str, path: str, body: dict[str, Any], twice: bool = False) -> Done | Refused:
        """A kiosk command; `twice` sends it again under its key and wants the same answer."""
        key = new_key()
        reply = _insist(lambda: self.stage.kiosks[kiosk].command(path, body, key))
        if twice:
            again = _insist(lambda: self.stage.kiosks[kiosk].command(path, body, key))
            if again != reply:
                raise MorningFault(f"the same key was answered twice in two ways: {reply} and {again}")
        return reply

    def remember(self, kind: str, name: str, reply: Done | Refused, field_name: str) -> Done | Refused:
        """The id behind a name."""
        if isinstance(reply, Done):
            self.ids[f"{kind}:{name}"] = str(reply.body[field_name])
        return reply


def _insist(send: Callable[[], Done | Refused | Unreachable]) -> Done | Refused:
    deadline = time.monotonic() + TRIES_S
    while isinstance(reply := send(), Unreachable):
        if time.monotonic() > deadline:
            raise MorningFault(f"the hall did not answer for {TRIES_S:.0f} s: {reply.reason}")
        time.sleep(0.1)
    return reply


def _find(items: Mapping[str, Mapping[str, Any]], key: str) -> Mapping[str, Any] | None:
    if key == "call/now":
        calls = [item for name, item in items.items() if name.startswith("call/")]
        return max(calls, key=lambda item: item["order"], default=None)
    return items.get(key)


def _bus(player: Player, step: script.Bus) -> Done | Refused:
    body = {
        "sign": step.sign,
        "destination": step.to,
        "bay": step.bay,
        "capacity": step.seats,
        "day": player.stage.today,
        "departs_at": step.leaves,
        "returns_at": step.back,
    }
    return player.remember("trip", step.name, player.staff_act("/trips", body), "trip")


def _post(player: Player, step: script.Post) -> Done | Refused:
    fen = round(step.pay_yuan * 100)
    body = {
        "employer": player.stage.employers[step.employer],
        "trade": step.trade,
        "headcount": step.headcount,
        "pay_min_fen": fen,
        "pay_max_fen": fen,
        "pay_unit": step.unit,
        "settlement": step.settlement,
        "place": step.place,
        "address": step.address,
        "work": step.work,
        "first_day": player.stage.today,
        "starts_at": step.starts,
        "ends_at": step.ends,
        "meals": step.meals,
        "ways": ["bus", "own"] if step.bus else ["own"],
        "trip": player.ids[f"trip:{step.bus}"] if step.bus else None,
        "contact_name": step.contact,
        "contact_phone": step.phone,
    }
    return player.remember("job", step.name, player.staff_act("/jobs", body, step.by), "job")


def _approve(player: Player, step: script.Approve) -> Done | Refused:
    return player.staff_act(f"/jobs/{player.ids[f'job:{step.job}']}/approve", {}, step.by)


def _raise(player: Player, step: script.Raise) -> Done | Refused:
    fen = round(step.pay_yuan * 100)
    body = {"pay_min_fen": fen, "pay_max_fen": fen}
    return player.staff_act(f"/jobs/{player.ids[f'job:{step.job}']}/pay", body)


def _claim(player: Player, step: script.Claim) -> Done | Refused:
    identity = {"kind": "code", "code": player.stage.cards(step.card)} if step.card else {"kind": "none"}
    body = {
        "job": player.ids[f"job:{step.job}"],
        "way": step.way,
        "party_size": step.party,
        "standby": step.standby,
        "identity": identity,
    }
    reply = player.kiosk_act(step.kiosk, "/claims", body, step.twice)
    if isinstance(reply, Done):
        player.slips[step.name] = reply.body
        player.ids[f"print:{step.name}"] = str(reply.body["print_job"])
    return reply


def _print(player: Player, step: script.Print) -> Done | Refused:
    print_job = player.slips[step.slip]["print_job"]
    return player.kiosk_act(step.kiosk, f"/print-jobs/{print_job}/report", {"state": step.state})


def _number(player: Player, step: script.Number) -> Done | Refused:
    reply = player.kiosk_act(step.kiosk, "/queue-tickets", {"service": step.service})
    if isinstance(reply, Done):
        player.slips[step.name] = reply.body
    return player.remember("ticket", step.name, reply, "ticket")


_COUNTER_PATHS = {"call": "call-next", "recall": "recall", "finish": "finish"}


def _counter(player: Player, step: script.Call) -> Done | Refused:
    return player.staff_act(f"/counters/{step.counter}/{_COUNTER_PATHS[step.do]}", {})


def _door(player: Player, step: script.Door) -> Done | Refused:
    return player.staff_act(f"/trips/{player.ids[f'trip:{step.bus}']}/{step.do}", {})


def _board(player: Player, step: script.BoardStep) -> Done | Refused:
    trip = player.ids[f"trip:{step.bus}"]
    if step.do == "undo":
        return player.staff_act(f"/trips/{trip}/undo", {"seat": player.ids[f"seat:{step.slip}"]})
    body = {"code": player.slips[step.slip]["slip"]["qr_text"]}
    return player.remember("seat", step.slip, player.staff_act(f"/trips/{trip}/boardings", body), "seat")


def _machine(player: Player, step: script.Machine) -> Done:
    if step.do in ("kill", "start"):
        getattr(player.stage, step.do)()
    else:
        assert step.screen is not None
        getattr(player.stage.screens[step.screen], step.do)()
    return Done({})


def _wait(player: Player, step: script.Wait) -> Done:
    return Done({})


_ACTS: dict[str, Callable[[Player, Any], Done | Refused]] = {
    "bus": _bus,
    "post": _post,
    "approve": _approve,
    "raise": _raise,
    "claim": _claim,
    "print": _print,
    "number": _number,
    "call": _counter,
    "recall": _counter,
    "finish": _counter,
    "open": _door,
    "depart": _door,
    "board": _board,
    "undo": _board,
    "cut": _machine,
    "back": _machine,
    "kill": _machine,
    "start": _machine,
    "wait": _wait,
}
