"""What a printer may report after what it reported before, and who may, on both data bases."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from hallserver.services import devices, printing, queue
from hallserver.services.claims import claim_place
from hallserver.services.commands import MovePrint, ReportPrint, ReportPrinter, Reprint, SettlePrint, TakeNumber
from hallserver.store import feeds
from hallserver.store.tables import print_job, printer
from hallserver.store.work import SYSTEM, Actor
from tests.service.conftest import Store, claim

STATES = ("queued", "sending", "printed", "sent", "failed", "unknown", "withdrawn")
ALLOWED = {
    ("queued", "sending"),
    ("queued", "printed"),
    ("queued", "failed"),
    ("queued", "unknown"),
    ("queued", "sent"),
    ("queued", "withdrawn"),
    ("sending", "sent"),
    ("sending", "printed"),
    ("sending", "failed"),
    ("sending", "unknown"),
    ("unknown", "printed"),
}


CLERK = Actor("staff", "c" * 32, "clerk", frozenset({"clerk"}))


@pytest.fixture
def counter(store: Store) -> Actor:
    """A printer at a counter."""
    device, _ = store.do(lambda work: devices.add_device(work, "printer", "counter 1"))
    return Actor("device", device, "counter 1", frozenset({"printer"}), device)


@pytest.fixture
def order(store: Store) -> str:
    post = store.post()
    return str(store.do(lambda work: claim_place(work, claim(post)))["print_job"])


def _report(order: str, state: Any) -> Any:
    return lambda work: printing.report_print(work, order, ReportPrint(state=state, reason="paper"))


def test_every_step_of_the_table_and_no_other_is_taken(store: Store, order: str) -> None:
    for was in STATES:
        for state in STATES[1:]:
            with store.engine.begin() as conn:
                conn.execute(update(print_job).values(state=was))
            if (was, state) in ALLOWED or was == state:
                store.do(_report(order, state))
                assert store.one(select(print_job.c.state)) == (state,)
            else:
                assert store.refusal(_report(order, state)) == ("PRINT_STATE", {"was": was})
                assert store.one(select(print_job.c.state)) == (was,)


def test_only_the_device_that_owns_the_order_speaks_of_it(store: Store, order: str) -> None:
    other = Actor("device", "f" * 32, "other", frozenset({"kiosk"}), "f" * 32)
    assert store.refusal(_report(order, "printed"), other) == ("NOT_FOUND", {"what": "print_job"})
    assert store.refusal(lambda work: printing.read_payload(work, order), other)[0] == "NOT_FOUND"
    assert store.do(lambda work: printing.read_payload(work, order))["slip"]["slip_number"] == "J001"


def test_who_has_no_printer_orders_no_print(store: Store) -> None:
    post = store.post()
    assert store.do(lambda work: claim_place(work, claim(post)), SYSTEM)["print_job"] is None
    assert store.count(print_job) == [0]


def _orders(store: Store, feed: str) -> dict[str, Any]:
    with store.engine.connect() as conn:
        items: dict[str, Any] = json.loads(feeds.snapshot(conn, feed)[1])
    return {key.removeprefix("print/"): item for key, item in items.items() if key.startswith("print/")}


def _move(order: str, device: Actor) -> Any:
    return lambda work: printing.move_print(work, order, MovePrint(device=device.id))


def _reprint(order: str, device: Actor | None = None) -> Any:
    return lambda work: printing.reprint(work, order, Reprint(device=device.id if device else None))


def _slip(store: Store, order: str, owner: Actor) -> Any:
    return store.do(lambda work: printing.read_payload(work, order), owner)["slip"]


def test_staff_let_a_slip_come_out_of_the_printer_they_name(store: Store, counter: Actor) -> None:
    wish = TakeNumber(service="placement", printer=counter.id)
    order = store.do(lambda work: queue.take_number(work, wish), CLERK)["print_job"]
    assert _orders(store, "printer")[order]["device"] == counter.id
    assert _slip(store, order, counter)["number"] == "A001"
    nowhere = TakeNumber(service="placement", printer="e" * 32)
    assert store.refusal(lambda work: queue.take_number(work, nowhere), CLERK) == ("NOT_FOUND", {"what": "printer"})


def test_a_spool_that_let_go_moves_its_slip_at_once_and_it_is_no_second_slip(
    store: Store, order: str, counter: Actor
) -> None:
    moved = store.do(_move(order, counter))["print_job"]
    assert set(_orders(store, "printer")) == {moved}
    assert _slip(store, moved, counter) == _slip(store, order, store.kiosk)
    assert not _slip(store, moved, counter)["is_reprint"]
    assert store.refusal(_move(order, counter)) == ("PRINT_STATE", {"was": "withdrawn"})


def test_a_waiting_slip_that_staff_move_waits_for_its_spool_to_let_go(store: Store, order: str, counter: Actor) -> None:
    assert store.do(_move(order, counter), CLERK) == {"print_job": None}
    assert _orders(store, "kiosk")[order]["is_withdrawn"]
    assert store.count(print_job) == [1], "two printers never hold one slip"
    store.do(_report(order, "withdrawn"))
    ((moved, item),) = _orders(store, "printer").items()
    assert item == {"device": counter.id, "state": "queued", "is_withdrawn": False, "is_copy": True}
    assert _slip(store, moved, counter)["slip_number"] == "J001"
    assert _orders(store, "kiosk") == {}, "what waits at a counter is no kiosk's"


def test_a_slip_that_was_begun_meanwhile_does_not_move(store: Store, order: str, counter: Actor) -> None:
    store.do(_move(order, counter), CLERK)
    store.do(_report(order, "sending"))
    store.do(_report(order, "printed"))
    assert store.count(print_job) == [1]
    assert store.refusal(_move(order, counter), CLERK) == ("PRINT_STATE", {"was": "printed"})


def test_nobody_moves_the_slip_of_another_machine(store: Store, order: str, counter: Actor) -> None:
    assert store.refusal(_move(order, counter), counter) == ("NOT_FOUND", {"what": "print_job"})


def test_a_second_slip_says_so_and_bears_the_same_code(store: Store, order: str, counter: Actor) -> None:
    store.do(_report(order, "unknown"))
    again = store.do(_reprint(order, counter), CLERK)["print_job"]
    first, second = _slip(store, order, store.kiosk), _slip(store, again, counter)
    assert second == first | {"is_reprint": True}
    assert set(_orders(store, "staff")) == {again}, "the unknown one is dealt with"


def test_a_slip_that_still_waits_is_not_printed_twice(store: Store, order: str) -> None:
    for state in ("queued", "sending"):
        with store.engine.begin() as conn:
            conn.execute(update(print_job).values(state=state))
        assert store.refusal(_reprint(order), CLERK) == ("PRINT_STATE", {"was": state})


@pytest.mark.parametrize(("came_out", "state"), [(True, "printed"), (False, "failed")])
def test_somebody_looks_whether_a_slip_of_unknown_end_came_out(
    store: Store, order: str, came_out: bool, state: str
) -> None:
    settle = SettlePrint(came_out=came_out)
    assert store.refusal(lambda work: printing.settle_print(work, order, settle), CLERK)[0] == "PRINT_STATE"
    store.do(_report(order, "unknown"))
    store.do(lambda work: printing.settle_print(work, order, settle), CLERK)
    assert store.one(select(print_job.c.state)) == (state,)


def test_the_last_word_of_a_printer_stands_before_staff(store: Store, counter: Actor) -> None:
    for is_near_end, left in ((False, None), (True, 40)):
        told = ReportPrinter(stop=None, is_near_end=is_near_end, slips_left=left, can_prove=True)
        store.do(lambda work, told=told: printing.report_printer(work, told), counter)
    with store.engine.connect() as conn:
        item = json.loads(feeds.snapshot(conn, "staff")[1])[f"printer/{counter.id}"]
    assert (item["name"], item["is_near_end"], item["slips_left"]) == ("counter 1", True, 40)
    assert store.count(printer) == [1]
