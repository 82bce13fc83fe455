"""Pairing and the wall's one-time entry: once, and not for ever, on both data bases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from hallserver.services import devices
from hallserver.services.commands import PairDevice, RevokeDevice
from hallserver.store.tables import device, pairing
from hallserver.store.work import SYSTEM, Actor
from tests.service.conftest import Store


def _begin(store: Store) -> dict[str, str]:
    begun: dict[str, str] = store.do(lambda work: devices.begin_pairing(work, "wall"))
    return begun


def _pair(begun: dict[str, str]) -> Any:
    return lambda work: devices.pair_device(work, PairDevice(code=begun["code"], name="wall 1"))


def _poll(begun: dict[str, str]) -> Any:
    return lambda work: devices.poll_pairing(work, begun["pairing"], begun["secret"])


def test_a_device_gets_its_token_once_after_staff_typed_its_digits(store: Store) -> None:
    begun = _begin(store)
    assert store.do(_poll(begun)) == {"state": "waiting"}
    store.do(_pair(begun))
    told = store.do(_poll(begun))
    actor = store.do(lambda work: devices.actor_of_token(work, told["token"]))
    assert (actor.label, actor.roles) == ("wall 1", {"wall"})
    assert store.refusal(_poll(begun))[0] == "PAIRING_UNKNOWN"
    assert store.refusal(_pair(begun))[0] == "PAIRING_UNKNOWN"


def test_digits_are_worth_nothing_after_ten_minutes(store: Store) -> None:
    begun = _begin(store)
    store.later(minutes=10, seconds=1)
    assert store.refusal(_pair(begun))[0] == "PAIRING_UNKNOWN"
    assert store.refusal(_poll(begun))[0] == "PAIRING_UNKNOWN"
    _begin(store)
    assert store.count(pairing) == [1], "the old one is forgotten"


def test_another_secret_does_not_fetch_the_token(store: Store) -> None:
    begun = _begin(store)
    store.do(_pair(begun))
    assert store.refusal(_poll(begun | {"secret": "0" * 64}))[0] == "PAIRING_UNKNOWN"


def test_so_many_wait_for_pairing_and_no_more(store: Store) -> None:
    for _ in range(devices.OPEN_PAIRINGS_MAX):
        _begin(store)
    assert store.refusal(lambda work: devices.begin_pairing(work, "wall"))[0] == "RATE_LIMITED"


def test_a_wall_page_enters_once_within_a_minute_and_leaves_when_revoked(store: Store) -> None:
    device_id, _ = store.do(lambda work: devices.add_device(work, "wall", "wall"), SYSTEM)
    wall = Actor("device", device_id, "wall", frozenset({"wall"}), device_id)
    once, late = (store.do(devices.open_entry, wall) for _ in range(2))
    cookie = store.do(lambda work: devices.enter(work, once))
    assert store.refusal(lambda work: devices.enter(work, once))[0] == "NOT_SIGNED_IN"
    store.later(seconds=61)
    assert store.refusal(lambda work: devices.enter(work, late))[0] == "NOT_SIGNED_IN"
    assert store.do(lambda work: devices.actor_of_cookie(work, cookie)).id == device_id
    store.do(lambda work: devices.revoke_device(work, device_id, RevokeDevice()))
    assert store.do(lambda work: devices.actor_of_cookie(work, cookie)) is None
    assert store.one(select(device.c.state).where(device.c.id == device_id)) == ("revoked",)
