"""What was written on paper while machines stood: taken in at its time, once, with what does not fit kept in sight."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from hallserver.domain.hall_time import from_rfc3339
from hallserver.services import devices, gather, jobs, kit, people, queue, shuttle, take_in
from hallserver.services.claims import claim_place
from hallserver.services.commands import Board, CallNext, Depart, OpenBoarding, Recognise, TakeNumber
from hallserver.services.paper_commands import OrderKit, SettlePaper, TakeIn
from hallserver.store import feeds
from hallserver.store.tables import application, call, job, leased_number, paper_entry, queue_ticket, seat, trip
from hallserver.store.work import Actor
from tests.service.conftest import DAY, ON_ONE, Store, claim

CLERK = Actor("staff", "c" * 32, "clerk", frozenset({"clerk"}))


@pytest.fixture
def paper(store: Store) -> Store:
    """A hall with a kit of ten numbers for today, ordered before dawn; by now it is 7:30."""
    device, _ = store.do(lambda work: devices.add_device(work, "printer", "counter 1"))
    command = OrderKit.model_validate({"printer": device, "day": DAY, "numbers": 10, "rights_cards": 0})
    store.do(lambda work: kit.order_kit(work, command), CLERK)
    return store


def _line(kind: str, at: str = "05:15", day: str = DAY, **line: Any) -> Any:
    command = TakeIn.model_validate({"day": day, "at": at, "line": {"kind": kind, **line}})
    return lambda work: take_in.take_in(work, command)


def _settle(entry: str, how: str, note: str | None = None) -> Any:
    return lambda work: take_in.settle_paper(work, entry, SettlePaper.model_validate({"how": how, "note": note}))


def _kept(store: Store) -> dict[str, Any]:
    with store.engine.connect() as conn:
        items: dict[str, Any] = json.loads(feeds.snapshot(conn, "staff")[1])
    return {key.removeprefix("paper/"): item for key, item in items.items() if key.startswith("paper/")}


def _code(store: Store, number: int) -> str:
    sealed = store.one(select(leased_number.c.code_sealed).where(leased_number.c.number == number)).code_sealed
    return store.sources.vault.open(sealed)


# -- numbers handed out


def test_a_number_that_still_waits_is_in_line_by_the_time_on_its_paper(paper: Store) -> None:
    screen = paper.do(lambda work: queue.take_number(work, TakeNumber(service="placement")))
    told = paper.do(_line("number", number="z 3", service="placement"), CLERK)
    assert (told["state"], told["number"]) == ("done", "Z003")
    called = paper.do(lambda work: queue.call_next(work, 2, CallNext()), CLERK)
    assert called["number"] == "Z003", f"it came before {screen['number']}"
    known = paper.do(lambda work: people.recognise(work, Recognise(code=_code(paper, 3))))
    assert known["tickets"] == [{"number": "Z003", "state": "called"}]


def test_a_number_that_was_served_is_called_no_more(paper: Store) -> None:
    paper.do(_line("number", number=_code(paper, 4), service="rights", counter=4), CLERK)
    row = paper.one(select(queue_ticket))
    assert (row.state, row.number, row.is_from_paper) == ("served", 4, 1)
    assert row.arrived_at == row.ended_at == "2026-11-19T21:15:00.000Z"
    assert paper.count(call) == [0]
    assert paper.refusal(lambda work: queue.call_next(work, 4, CallNext()), CLERK)[0] == "NOBODY_WAITING"


def test_the_same_line_again_is_no_second_one_whoever_types_it(paper: Store) -> None:
    line = _line("number", number="Z005", service="placement")
    first = paper.do(line, CLERK)
    again = paper.do(_line("number", "05:20", number=_code(paper, 5), service="placement"), CLERK)
    assert (again["entry"], again["state"], again["is_repeat"]) == (first["entry"], "done", True)
    assert again["number"] == "Z005"
    assert paper.count(queue_ticket, paper_entry) == [1, 1]


def test_a_number_that_stands_for_something_else_is_kept_and_closed_with_what_happened(paper: Store) -> None:
    paper.do(_line("number", number="Z005", service="placement"), CLERK)
    told = paper.do(_line("number", number="Z005", service="rights"), CLERK)
    assert (told["state"], told["code"], told["facts"]) == ("open", "NUMBER_TAKEN", {"number": "Z005"})
    item = _kept(paper)[told["entry"]]
    assert (item["number"], item["service"], item["code"], item["entered_by"]) == (
        "Z005",
        "rights",
        "NUMBER_TAKEN",
        "clerk",
    )
    closed = paper.do(_settle(told["entry"], "close", "one sheet torn twice"), CLERK)
    assert closed["state"] == "closed" and _kept(paper) == {}
    row = paper.one(select(paper_entry).where(paper_entry.c.id == told["entry"]))
    assert (row.state, row.note, row.settled_by) == ("closed", "one sheet torn twice", "clerk")
    assert paper.refusal(_settle(told["entry"], "again"), CLERK)[0] == "PAPER_SETTLED"
    retyped = paper.do(_line("number", number="Z005", service="rights"), CLERK)
    assert (retyped["state"], retyped["is_repeat"]) == ("open", False), "what was closed may be typed anew"


@ON_ONE
def test_what_can_only_be_mistyped_is_refused_at_once_and_nothing_is_kept(paper: Store) -> None:
    for wrong, code in (
        (_line("number", number="Z011", service="placement"), "NUMBER_UNKNOWN"),
        (_line("number", number="hello", service="placement"), "CODE_MISTYPED"),
        (_line("number", number="Z001", service="no-such"), "NOT_FOUND"),
        (_line("number", number="Z001", service="placement", counter=77), "NOT_FOUND"),
        (_line("place", job="f" * 32, way="own"), "NOT_FOUND"),
        (_line("aboard", trip="f" * 32, number="Z001"), "NOT_FOUND"),
        (_line("number", "05:31", number="Z001", service="placement"), "BAD_REQUEST"),
        (_line("number", day="2026-11-12", number="Z001", service="placement"), "BAD_REQUEST"),
        (_line("number", day="2026-11-19", number="Z001", service="placement"), "NUMBER_UNKNOWN"),
    ):
        assert paper.refusal(wrong, CLERK)[0] == code
    assert paper.count(paper_entry, queue_ticket) == [0, 0]


# -- people sent to posts


def _left(store: Store, post: str) -> tuple[int, int, str]:
    row = store.one(select(job).where(job.c.id == post))
    return row.headcount, row.taken, row.state


def test_a_place_given_on_paper_counts_like_any_other(paper: Store) -> None:
    ride = paper.bus(seats=3)
    post = paper.post(headcount=3, trip=ride)
    told = paper.do(_line("place", job=post, way="bus", number="Z001", name="张三", party_size=2), CLERK)
    assert (told["state"], told["number"]) == ("done", "Z001")
    assert _left(paper, post) == (3, 2, "live")
    assert paper.one(select(trip.c.taken, seat.c.party_size).join(seat)) == (2, 2)
    row = paper.one(select(application))
    assert (row.is_from_paper, row.series, row.number, row.created_at) == (1, "Z", 1, "2026-11-19T21:15:00.000Z")
    paper.do(lambda work: claim_place(work, claim(post, way="bus")))
    assert _left(paper, post) == (3, 3, "filled")


@ON_ONE
def test_the_code_beside_a_number_is_known_by_what_became_of_it(paper: Store) -> None:
    paper.do(_line("number", number="Z001", service="placement"), CLERK)
    wish = Recognise(code=_code(paper, 1))
    assert paper.do(lambda work: people.recognise(work, wish))["kind"] == "queue_ticket"
    paper.do(_line("place", job=paper.post(), way="own", number="Z001"), CLERK)
    assert paper.do(lambda work: people.recognise(work, wish))["kind"] == "claim"


@ON_ONE
def test_the_code_beside_a_number_opens_the_door_of_the_bus_afterwards(paper: Store) -> None:
    ride = paper.bus()
    post = paper.post(trip=ride)
    paper.do(_line("place", job=post, way="bus", number="Z001", name="张三"), CLERK)
    paper.do(lambda work: shuttle.open_boarding(work, ride, OpenBoarding()), CLERK)
    assert paper.do(lambda work: shuttle.board(work, ride, Board(code=_code(paper, 1))), CLERK)["aboard"] == 1
    (line,) = paper.do(lambda work: shuttle.read_manifest(work, ride), CLERK)["seats"]
    assert (line["number"], line["name"], line["state"]) == ("Z001", "张三", "aboard")


@ON_ONE
def test_somebody_without_a_number_gets_the_next_of_the_hall(paper: Store) -> None:
    post = paper.post(headcount=4)
    paper.do(lambda work: claim_place(work, claim(post)))
    told = [paper.do(_line("place", job=post, way="own", name="李"), CLERK) for _ in range(2)]
    assert [one["number"] for one in told] == ["J002", "J003"], "two people of one name are two"


def test_more_people_than_places_are_kept_until_there_is_room(paper: Store) -> None:
    post = paper.post(headcount=2)
    paper.do(lambda work: claim_place(work, claim(post)))
    told = paper.do(_line("place", job=post, way="own", number="Z001", party_size=2), CLERK)
    assert (told["state"], told["code"], told["facts"]) == ("open", "JOB_FULL", {"left": 1})
    assert _left(paper, post) == (2, 1, "live") and paper.count(application) == [1]
    still = paper.do(_settle(told["entry"], "again"), CLERK)
    assert (still["state"], still["code"]) == ("open", "JOB_FULL")
    with paper.engine.begin() as conn:
        conn.execute(job.update().values(headcount=3))
    done = paper.do(_settle(told["entry"], "again"), CLERK)
    assert (done["state"], done["number"], _kept(paper)) == ("done", "Z001", {})
    assert _left(paper, post) == (3, 3, "filled")


def test_a_place_is_judged_by_the_time_on_the_paper_not_by_the_time_of_typing(paper: Store) -> None:
    ride = paper.bus(seats=3)
    post = paper.post(headcount=3, trip=ride)
    paper.later(hours=4)
    paper.do(jobs.expire_jobs)
    assert _left(paper, post)[2] == "expired"
    assert paper.do(_line("place", "06:05", job=post, way="bus", number="Z001"), CLERK)["state"] == "done"
    late = paper.do(_line("place", "06:21", job=post, way="bus", number="Z002"), CLERK)
    assert late["code"] == "BUS_GONE"
    after = paper.do(_line("place", "09:25", job=post, way="own", number="Z003"), CLERK)
    assert after["code"] == "JOB_NOT_OPEN"
    assert _left(paper, post) == (3, 1, "expired")


@ON_ONE
def test_staff_may_give_on_paper_what_a_kiosk_may_not(paper: Store) -> None:
    post = paper.post(giving="staff")
    assert paper.refusal(lambda work: claim_place(work, claim(post)))[0] == "GIVEN_OTHERWISE"
    assert paper.do(_line("place", job=post, way="own", number="Z001"), CLERK)["state"] == "done"


def test_one_number_for_two_posts_is_kept(paper: Store) -> None:
    first, second = paper.post(), paper.post()
    paper.do(_line("place", job=first, way="own", number="Z001"), CLERK)
    told = paper.do(_line("place", job=second, way="own", number="Z001"), CLERK)
    assert told["code"] == "NUMBER_TAKEN" and _left(paper, second)[1] == 0


@ON_ONE
def test_paper_of_yesterday_is_of_yesterday(paper: Store) -> None:
    post = paper.post()
    paper.do(_line("number", number="Z001", service="placement"), CLERK)
    paper.later(hours=24)
    told = paper.do(_line("place", job=post, way="own"), CLERK)
    paper.do(_line("number", number="Z002", service="placement"), CLERK)
    row = paper.one(select(application.c.business_day, application.c.number))
    assert (told["state"], row) == ("done", (DAY, 1))
    assert paper.one(select(queue_ticket.c.state).where(queue_ticket.c.number == 2)) == ("closed",)


# -- people aboard


@pytest.fixture
def bus(paper: Store) -> str:
    """A bus with J001 and Z001 on its list."""
    ride = paper.bus(seats=4)
    post = paper.post(headcount=4, trip=ride)
    paper.do(lambda work: claim_place(work, claim(post, way="bus")))
    paper.do(_line("place", job=post, way="bus", number="Z001"), CLERK)
    return ride


def _count(store: Store, ride: str) -> Any:
    facts = store.do(lambda work: gather.ride_facts(work.conn, ride))
    return facts.state, facts.count.aboard, facts.count.missing


def test_ticks_and_the_time_of_leaving_make_the_list_of_the_bus(paper: Store, bus: str) -> None:
    for number in ("J001", "Z001"):
        assert paper.do(_line("aboard", "05:20", trip=bus, number=number), CLERK)["state"] == "done"
    paper.do(_line("departed", "05:25", trip=bus), CLERK)
    assert _count(paper, bus) == ("departed", 2, 0)
    held = paper.do(lambda work: shuttle.read_manifest(work, bus), CLERK)
    assert from_rfc3339(held["departed_at"]) == from_rfc3339("2026-11-19T21:25:00.000Z")
    assert {line["at"] for line in held["seats"]} == {"2026-11-19T21:20:00.000Z"}


@ON_ONE
def test_who_is_known_to_be_aboard_is_no_conflict(paper: Store, bus: str) -> None:
    paper.do(lambda work: shuttle.open_boarding(work, bus, OpenBoarding()), CLERK)
    paper.do(lambda work: shuttle.board(work, bus, Board(code=_code(paper, 1))), CLERK)
    assert paper.do(_line("aboard", trip=bus, number="Z001"), CLERK)["state"] == "done"
    assert paper.one(select(seat.c.boarded_at).where(seat.c.state == "aboard")) == ("2026-11-19T21:30:00.000Z",)


@ON_ONE
def test_a_tick_after_the_bus_is_known_to_have_left_makes_a_new_version_of_its_list(paper: Store, bus: str) -> None:
    paper.do(lambda work: shuttle.open_boarding(work, bus, OpenBoarding()), CLERK)
    paper.do(lambda work: shuttle.depart(work, bus, Depart()), CLERK)
    paper.do(_line("aboard", trip=bus, number="Z001"), CLERK)
    held = paper.do(lambda work: shuttle.read_manifest(work, bus), CLERK)
    assert (held["version"], [line["state"] for line in held["seats"]]) == (2, ["expected", "aboard"])


def test_ticks_that_cannot_be_are_kept_with_their_reason(paper: Store, bus: str) -> None:
    other = paper.bus(sign="fish", seats=2)
    wrong = paper.do(_line("aboard", trip=other, number="Z001"), CLERK)
    walk_up = paper.do(_line("aboard", trip=bus, number="Z002"), CLERK)
    assert (wrong["code"], walk_up["code"]) == ("WRONG_BUS", "NO_SEAT")
    assert {item["number"] for item in _kept(paper).values()} == {"Z001", "Z002"}
    post = paper.one(select(job.c.id)).id
    paper.do(_line("place", job=post, way="bus", number="Z002"), CLERK)
    assert paper.do(_settle(walk_up["entry"], "again"), CLERK)["state"] == "done", "its place was on the other sheet"
    assert _count(paper, bus)[1] == 1


@ON_ONE
def test_names_and_codes_on_paper_reach_no_feed(paper: Store) -> None:
    post = paper.post(headcount=1)
    for number in (1, 2):
        paper.do(_line("place", job=post, way="own", number=_code(paper, number), name="欧阳测试"), CLERK)
    with paper.engine.connect() as conn:
        said = "".join(feeds.snapshot(conn, feed)[1] for feed in ("staff", "kiosk", "wall", "network"))
    assert len(_kept(paper)) == 1
    assert [secret for secret in ("欧阳测试", "\\u6b27", _code(paper, 1), _code(paper, 2)) if secret in said] == []
