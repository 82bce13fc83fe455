"""What a printer may report after what it reported before, and who may, on both data bases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from hallserver.services import printing
from hallserver.services.claims import claim_place
from hallserver.services.commands import ReportPrint
from hallserver.store.tables import print_job
from hallserver.store.work import SYSTEM, Actor
from tests.service.conftest import Store, claim

STATES = ("queued", "sending", "printed", "failed", "unknown")
ALLOWED = {
    ("queued", "sending"),
    ("queued", "printed"),
    ("queued", "failed"),
    ("queued", "unknown"),
    ("sending", "printed"),
    ("sending", "failed"),
    ("sending", "unknown"),
    ("unknown", "printed"),
}


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
