"""Whatever a client sends that makes no sense is refused with a code of the catalogue, and nothing is written."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from hallserver.api.command_table import COMMANDS
from hallserver.domain.refusals import RefusalCode
from tests.contract.api.conftest import Served
from tests.crowd import people
from tests.promises import Promise

CODES = {code.value for code in RefusalCode}
DEEP = "[" * 5000 + "]" * 5000
HUGE = 10**400
BODIES = {
    "no JSON": b"{",
    "no UTF-8": b"\xff\xfe\x00{",
    "a list": b"[]",
    "null": b"null",
    "a number": b"12",
    "NaN": b'{"job": NaN}',
    "an unknown field": b'{"nobody_knows_this": 1}',
    "deep nesting": ('{"job": ' + DEEP + "}").encode(),
    "a huge integer": f'{{"party_size": {HUGE}, "headcount": {HUGE}, "bay": {HUGE}}}'.encode(),
    "a lone surrogate": b'{"job": "\\ud800", "service": "\\ud800", "code": "\\udfff", "name": "\\ud800"}',
    "a NUL": b'{"job": "\\u0000", "service": "\\u0000", "code": "a\\u0000b", "name": "\\u0000"}',
    "an over-long text": json.dumps({"name": "x" * 50_000, "code": "x" * 50_000}).encode(),
    "the same field twice": b'{"service": 1, "service": []}',
}
OPEN_DOORS = ("/session", "/session/pin", "/session/recover", "/pairing")
TOO_LONG = b'{"name": "' + b"x" * 70_000 + b'"}'


@pytest.fixture(autouse=True)
def writes_nothing(served: Served) -> Iterator[None]:
    """Every test here: as many rows in every table afterwards as before, sessions and commands' answers included."""
    before = served.rows()
    yield
    assert served.rows() == before


def _paths(served: Served) -> list[str]:
    paths = []
    for route in COMMANDS:
        path = route.path.replace("<counter:number>", "2")
        for name in ("job_id", "trip_id", "print_job_id", "device_id", "entry_id"):
            path = path.replace(f"<hex:{name}>", served.ids[name])
        paths.append(path)
    return paths


def _expect_refused(answer: requests.Response, *codes: str) -> None:
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:300])
    code = answer.json()["refusal"]["code"]
    assert code in (codes or CODES), code


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_makes_no_sense_is_refused_at_every_door(served: Served, what: str) -> None:
    needs_no_body = ("approve", "close", "call-next", "recall", "finish", "open", "depart", "revoke")
    for path in _paths(served):
        if what == "the same field twice" and path.endswith(needs_no_body):
            continue
        for who in ("clerk", "kiosk", "none"):
            _expect_refused(_post(served, path, who, BODIES[what]))
    for path in OPEN_DOORS:
        _expect_refused(_post(served, path, "none", BODIES[what]))


def _post(served: Served, path: str, who: str, body: bytes) -> requests.Response:
    return served.send("POST", path, who, data=body, headers={"Content-Type": "application/json"})


def test_a_body_over_the_bound_is_refused_before_it_is_read(served: Served) -> None:
    for path in ("/claims", "/session", "/jobs"):
        _expect_refused(_post(served, path, "clerk", TOO_LONG), "TOO_LARGE")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x"])
def test_a_wrong_content_type_is_refused(served: Served, kind: str) -> None:
    body = json.dumps({"service": "placement"})
    answer = served.send("POST", "/queue-tickets", "kiosk", data=body, headers={"Content-Type": kind})
    _expect_refused(answer, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/claims", {"job": "f" * 32, "way": "own"}),
        ("/queue-tickets", {"service": "no-such-service"}),
        ("/jobs/" + "f" * 32 + "/approve", {}),
        ("/jobs/" + "f" * 32 + "/pay", {"pay_min_fen": 1, "pay_max_fen": 2}),
        ("/trips/" + "f" * 32 + "/open", {}),
        ("/trips/" + "f" * 32 + "/depart", {}),
        ("/devices/" + "f" * 32 + "/revoke", {}),
        ("/papers", {"printer": "f" * 32, "paper": {"kind": "rights_card"}}),
        ("/papers", {"printer": "f" * 32, "paper": {"kind": "windscreen", "trip": "f" * 32}}),
        ("/kits", {"printer": "f" * 32, "day": "2026-11-20"}),
        ("/paper-entries/" + "f" * 32 + "/settle", {"how": "again"}),
        ("/counters/77/call-next", {}),
        ("/counters/99999999999999999999999/call-next", {}),
        ("/jobs/no-id/approve", {}),
        ("/no/such/door", {}),
    ],
)
def test_an_unknown_id_is_told(served: Served, path: str, body: dict[str, Any]) -> None:
    before = served.rows()
    _expect_refused(served.send("POST", path, "clerk", json=body), "NOT_FOUND")
    after = served.rows()
    kept = after["command_answer"] - before["command_answer"]
    assert kept in (0, 1), "only the refusal itself may be kept"
    _forget_answers(served, kept)


def _forget_answers(served: Served, count: int) -> None:
    """A refusal is kept under its key, as the contract says; that row is no change of the hall."""
    from sqlalchemy import delete, desc, select

    from hallserver.store.database import for_writing, open_engine
    from hallserver.store.log_tables import command_answer

    engine = open_engine(served.process.settings().database, 0)
    newest = select(command_answer.c.key).order_by(desc(command_answer.c.at)).limit(count)
    with for_writing(engine) as conn, conn.begin():
        conn.execute(delete(command_answer).where(command_answer.c.key.in_(newest.scalar_subquery())))


ENTRY = {"day": "2026-11-20", "at": "04:10", "line": {"kind": "number", "number": "Z001", "service": "placement"}}
PLACE = {"kind": "place", "job": "f" * 32, "way": "own"}
TRIP = {"sign": "star", "destination": "Harbour", "bay": 1, "capacity": 9, "day": "2026-11-21", "departs_at": "06:20"}


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/trips", TRIP | {"line": "no-such-line"}),
        ("/trips", TRIP | {"day": "0001-01-01"}),
        ("/trips", TRIP | {"day": "9999-12-31", "returns_at": "05:00"}),
        ("/trips", TRIP | {"day": "9999-12-31", "departs_at": "23:59"}),
        ("/jobs", {"first_day": "0001-01-01"}),
        ("/jobs", {"first_day": "9999-12-31"}),
        ("/jobs", {"first_day": "9999-12-31", "days": None, "starts_at": None, "ends_at": None}),
        ("/jobs", {"trip": "f" * 32}),
        ("/jobs", {"employer": "f" * 32}),
        ("/jobs", {"trade": "no-such-trade"}),
        ("/jobs", {"pay_min_fen": 900, "pay_max_fen": 800}),
        ("/jobs/{job_id}/pay", {"pay_min_fen": 90000, "pay_max_fen": 80000}),
        ("/papers", {"printer": "f" * 32, "paper": {"kind": "diploma"}}),
        ("/papers", {"printer": "f" * 32, "paper": {"kind": "worker_card"}}),
        ("/papers", {"printer": "f" * 32, "paper": {"kind": "test_page", "trip": "f" * 32}}),
        ("/kits", {"printer": "f" * 32, "day": "2026-11-20", "numbers": 9}),
        ("/kits", {"printer": "f" * 32, "day": "2026-11-20", "numbers": 100_000}),
        ("/kits", {"printer": "f" * 32, "day": "0001-01-01"}),
        ("/paper-entries", ENTRY | {"at": "24:00"}),
        ("/paper-entries", ENTRY | {"day": "9999-12-31"}),
        ("/paper-entries", ENTRY | {"line": ENTRY["line"] | {"counter": 0}}),
        ("/paper-entries", ENTRY | {"line": PLACE | {"party_size": 5}}),
        ("/paper-entries", ENTRY | {"line": PLACE | {"name": "\u0007"}}),
        ("/paper-entries", ENTRY | {"line": {"kind": "lost"}}),
        ("/paper-entries/{entry_id}/settle", {"how": "close"}),
        ("/paper-entries/{entry_id}/settle", {"how": "again", "note": "why"}),
        ("/workers", {"name": "Somebody", "id_number": "110101199001011234"}),
        ("/workers", {"name": "Somebody", "id_number": "٩" * 18}),
        ("/workers", {"name": "Somebody", "id_number": "99010100000000000X"}),
    ],
)
def test_what_cannot_be_is_refused(served: Served, path: str, wrong: dict[str, Any]) -> None:
    body = people.job_body(served.ids["employer"], served.ids["trip_id"]) | wrong if path == "/jobs" else wrong
    before = served.rows()["command_answer"]
    _expect_refused(served.send("POST", path.format(**served.ids), "clerk", json=body))
    _forget_answers(served, served.rows()["command_answer"] - before)


def test_paper_with_names_and_numbers_is_for_the_office(served: Served) -> None:
    kit = {"printer": "f" * 32, "day": "2026-11-20"}
    doors = (("/kits", kit), ("/paper-entries", ENTRY), ("/paper-entries/" + "f" * 32 + "/settle", {"how": "again"}))
    for who in ("volunteer", "kiosk", "printer"):
        for path, body in doors:
            _expect_refused(served.send("POST", path, who, json=body), "NOT_ALLOWED")
        for path in ("/kits/plan?day=2026-11-20", "/paper-entries/posts?day=2026-11-20"):
            _expect_refused(served.send("GET", path, who), "NOT_ALLOWED")
    for path in (
        "/kits/plan",
        "/kits/plan?day=tomorrow",
        "/kits/plan?day=2026-11-20&numbers=1e9",
        "/paper-entries/posts",
    ):
        _expect_refused(served.send("GET", path, "clerk"), "BAD_REQUEST")


@pytest.mark.parametrize(
    "words",
    [
        "Bearer " + "0" * 64,
        "Bearer",
        "Bearer  ",
        "Basic ZGVtbzpkZW1v",
        "Pairing 1",
        "bearer \u00e4",
        "Bearer " + "x" * 6000,
    ],
)
def test_a_foreign_token_opens_nothing(served: Served, words: str) -> None:
    for method, path in (("GET", "/me"), ("GET", "/feeds/wall/snapshot"), ("POST", "/claims"), ("POST", "/jobs")):
        headers = {"Authorization": words.encode("utf-8").decode("latin-1")}
        _expect_refused(served.send(method, path, "none", headers=headers, json={}), "NOT_SIGNED_IN")


@pytest.mark.parametrize(
    "key", ["", "short", "x" * 65, "a space in a key of fit length", "\u00e4" * 20, "a\ttab\tin\tthe\tmiddle\tof\tit"]
)
def test_a_key_that_is_none_is_refused(served: Served, key: str) -> None:
    headers = {"Idempotency-Key": key.encode("utf-8").decode("latin-1")}
    _expect_refused(served.send("POST", "/claims", "kiosk", json=dict(served.post), headers=headers), "KEY_MISSING")


def test_a_replayed_key_with_another_body_or_at_another_door_is_refused(served: Served) -> None:
    key = {"Idempotency-Key": secrets.token_hex(16)}
    first = served.send("POST", "/claims", "kiosk", json={"job": "f" * 32, "way": "own"}, headers=key)
    _expect_refused(first, "NOT_FOUND")
    other = served.send("POST", "/claims", "kiosk", json={"job": "e" * 32, "way": "own"}, headers=key)
    _expect_refused(other, "KEY_REUSED")
    elsewhere = served.send("POST", "/queue-tickets", "kiosk", json={"service": "placement"}, headers=key)
    _expect_refused(elsewhere, "KEY_REUSED")
    again = served.send("POST", "/claims", "kiosk", json={"job": "f" * 32, "way": "own"}, headers=key)
    assert again.text == first.text
    _forget_answers(served, 1)


@pytest.mark.parametrize("since", ["-1", "x", "", "1e9", str(2**70), "٣"])
def test_a_feed_is_not_asked_from_nonsense(served: Served, since: str) -> None:
    answer = served.send("GET", f"/feeds/wall/deltas?epoch=x&since={since}", "wall")
    _expect_refused(answer, "BAD_REQUEST", "FEED_TRIMMED")


@pytest.mark.parametrize("who", ["kiosk", "wall", "printer", "volunteer"])
def test_nobody_reads_a_feed_of_others(served: Served, who: str) -> None:
    _expect_refused(served.send("GET", "/feeds/network/snapshot", who), "NOT_ALLOWED")
    _expect_refused(served.send("GET", "/feeds/nonsense/snapshot", who), "NOT_FOUND")


def test_bad_input_is_counted(promise: Promise) -> None:
    doors = len(COMMANDS) + len(OPEN_DOORS)
    promise(
        "bad input is a 4xx of the catalogue",
        f"{len(BODIES)} bodies × {doors} doors, none to 3 credentials, 0 rows written",
    )
