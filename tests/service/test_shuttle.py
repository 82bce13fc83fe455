"""Boarding: a slip once, the right bus, a frozen list, on both data bases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from hallserver.services import shuttle
from hallserver.services.claims import claim_place
from hallserver.services.commands import Board, Depart, OpenBoarding, PlanTrip, UndoBoarding
from hallserver.store.tables import seat, trip
from tests.service.conftest import DAY, Store, claim


@pytest.fixture
def ride(store: Store) -> str:
    return store.bus()


@pytest.fixture
def slip(store: Store, ride: str) -> str:
    return _slip(store, store.post(trip=ride))


def _slip(store: Store, post: str) -> str:
    card = store.card()
    taken = store.do(lambda work: claim_place(work, claim(post, card, way="bus")))
    return str(taken["slip"]["qr_text"])


def _open(store: Store, ride: str) -> None:
    store.do(lambda work: shuttle.open_boarding(work, ride, OpenBoarding()))


def _board(ride: str, code: str) -> Any:
    return lambda work: shuttle.board(work, ride, Board(code=code))


def test_nobody_boards_before_the_door_is_open(store: Store, ride: str, slip: str) -> None:
    assert store.refusal(_board(ride, slip))[0] == "TRIP_NOT_BOARDING"
    _open(store, ride)
    assert store.do(_board(ride, slip))["aboard"] == 1


def test_the_second_scan_says_when_and_by_whom_the_first_was(store: Store, ride: str, slip: str) -> None:
    _open(store, ride)
    store.do(_board(ride, slip))
    store.later(minutes=2)
    code, facts = store.refusal(_board(ride, slip))
    assert code == "ALREADY_ABOARD"
    assert facts["by"] == "kiosk"
    assert facts["at"] == "5:30"
    assert store.one(select(seat.c.state)) == ("aboard",)


def test_a_slip_of_another_bus_is_sent_to_its_own(store: Store, ride: str, slip: str) -> None:
    other = store.bus(sign="moon", bay=4)
    _open(store, other)
    code, facts = store.refusal(_board(other, slip))
    assert (code, facts["sign"], facts["bay"]) == ("WRONG_BUS", "star", 2)


def test_a_slip_without_a_seat_does_not_board(store: Store, ride: str) -> None:
    post = store.post()
    on_foot = store.do(lambda work: claim_place(work, claim(post)))
    _open(store, ride)
    assert store.refusal(_board(ride, on_foot["slip"]["qr_text"]))[0] == "NO_SEAT"
    assert store.refusal(_board(ride, "J" + "0" * 13))[0] in ("CODE_MISTYPED", "NO_SEAT", "CODE_UNKNOWN")


def test_a_scan_is_taken_back_until_the_bus_leaves(store: Store, ride: str, slip: str) -> None:
    _open(store, ride)
    aboard = store.do(_board(ride, slip))["seat"]
    undo = UndoBoarding(seat=aboard)
    store.do(lambda work: shuttle.undo_boarding(work, ride, undo))
    assert store.refusal(lambda work: shuttle.undo_boarding(work, ride, undo))[0] == "NOTHING_TO_UNDO"
    store.do(lambda work: shuttle.depart(work, ride, Depart()))
    assert store.refusal(lambda work: shuttle.undo_boarding(work, ride, undo))[0] == "TRIP_NOT_BOARDING"


def test_the_list_is_frozen_when_the_bus_leaves(store: Store, ride: str, slip: str) -> None:
    assert store.refusal(lambda work: shuttle.depart(work, ride, Depart()))[0] == "TRIP_NOT_BOARDING"
    _open(store, ride)
    store.do(_board(ride, slip))
    left = store.do(lambda work: shuttle.depart(work, ride, Depart()))
    assert (left["aboard"], left["missing"]) == (1, 0)
    assert store.refusal(lambda work: shuttle.depart(work, ride, Depart()))[0] == "BUS_GONE"
    assert store.refusal(lambda work: shuttle.open_boarding(work, ride, OpenBoarding()))[0] == "BUS_GONE"
    manifest = store.do(lambda work: shuttle.read_manifest(work, ride))
    assert manifest["version"] == 1
    assert [(one["number"], one["state"]) for one in manifest["seats"]] == [("J001", "aboard")]
    assert store.one(select(trip.c.manifest).where(trip.c.id == ride))[0].isalnum(), "sealed, not readable"


def test_no_seat_is_sold_on_a_bus_that_left(store: Store, ride: str) -> None:
    post = store.post(trip=ride)
    _open(store, ride)
    store.do(lambda work: shuttle.depart(work, ride, Depart()))
    assert store.refusal(lambda work: claim_place(work, claim(post, way="bus")))[0] == "BUS_GONE"


@pytest.mark.parametrize(
    ("wrong", "code"), [({"departs_at": "05:00"}, "BUS_GONE"), ({"line": "no-such-line"}, "NOT_FOUND")]
)
def test_a_bus_that_cannot_be_is_not_planned(store: Store, wrong: dict[str, Any], code: str) -> None:
    values: dict[str, Any] = {"sign": "star", "destination": "Harbour", "bay": 2, "capacity": 3, "day": DAY}
    command = PlanTrip(**(values | {"departs_at": "06:20"} | wrong))
    assert store.refusal(lambda work: shuttle.plan_trip(work, command))[0] == code
