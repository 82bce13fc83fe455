"""Papers at a printer that staff choose: who may, what stands on them, where they are told; and the kit of a day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from hallserver.services import devices, jobs, kit, numbers, papers, people, printing, queue, shuttle
from hallserver.services.claims import claim_place
from hallserver.services.commands import Board, CloseJob, OpenBoarding, RegisterWorker, TakeNumber
from hallserver.services.paper_commands import KitWish, OrderKit, OrderPaper
from hallserver.store import feeds
from hallserver.store.tables import leased_number, number_lease, print_job, queue_ticket
from hallserver.store.work import Actor
from tests.service.conftest import ON_ONE, Store, claim

CLERK = Actor("staff", "c" * 32, "clerk", frozenset({"clerk"}))
VOLUNTEER = Actor("staff", "d" * 32, "helper", frozenset({"volunteer"}))
TOMORROW = "2026-11-21"


@pytest.fixture
def counter(store: Store) -> Actor:
    """A printer at a counter."""
    device, _ = store.do(lambda work: devices.add_device(work, "printer", "counter 1"))
    return Actor("device", device, "counter 1", frozenset({"printer"}), device)


def _order(printer: Actor, kind: str, **other: Any) -> Any:
    command = OrderPaper.model_validate({"printer": printer.id, "paper": {"kind": kind, **other}})
    return lambda work: papers.order_paper(work, command)


def _slip(store: Store, order: str, owner: Actor) -> Any:
    return store.do(lambda work: printing.read_payload(work, order), owner)["slip"]


def _printed(store: Store, owner: Actor, verb: Any, actor: Actor = CLERK) -> Any:
    return _slip(store, store.do(verb, actor)["print_job"], owner)


def _prints(store: Store, feed: str) -> dict[str, Any]:
    with store.engine.connect() as conn:
        items: dict[str, Any] = json.loads(feeds.snapshot(conn, feed)[1])
    return {key: item for key, item in items.items() if key.startswith("print/")}


@ON_ONE
def test_a_card_comes_out_again_by_its_code_and_shows_a_surname_only(store: Store, counter: Actor) -> None:
    code = store.do(lambda work: people.register_worker(work, RegisterWorker(name="欧阳建国")))["code"]
    slip = _printed(store, counter, _order(counter, "worker_card", code=code.replace(" ", "-").lower()))
    assert (slip["layout"], slip["code"], slip["qr_text"]) == ("worker_card", code, code.replace(" ", ""))
    assert slip["name"] == {"k": "people.label", "a": {"surname": "欧"}}
    assert "建国" not in json.dumps(slip, ensure_ascii=False)
    (item,) = _prints(store, "staff").values()
    assert (item["kind"], item["number"]) == ("worker_card", code.replace(" ", "")[-4:])


@ON_ONE
def test_a_card_that_nobody_has_and_a_code_that_is_none_are_told_apart(store: Store, counter: Actor) -> None:
    slip = store.do(lambda work: queue.take_number(work, TakeNumber(service="placement")))["slip"]["qr_text"]
    assert store.refusal(_order(counter, "worker_card", code=slip), CLERK)[0] == "CODE_UNKNOWN"
    assert store.refusal(_order(counter, "worker_card", code="W123"), CLERK)[0] == "CODE_MISTYPED"


@ON_ONE
def test_a_volunteer_prints_a_list_without_names_and_no_card(store: Store, counter: Actor) -> None:
    trip = store.bus(seats=4)
    wish = claim(store.post(trip=trip), store.card("Zhang"), way="bus")
    store.do(lambda work: claim_place(work, wish))
    named = _printed(store, counter, _order(counter, "manifest", trip=trip))
    unnamed = _printed(store, counter, _order(counter, "manifest", trip=trip), VOLUNTEER)
    assert [rider["name"] for rider in named["riders"]] == [{"k": "people.label", "a": {"surname": "Z"}}]
    assert [rider["name"] for rider in unnamed["riders"]] == [""]
    card = _order(counter, "worker_card", code=store.card())
    assert store.refusal(card, VOLUNTEER)[0] == "NOT_ALLOWED"


def test_a_list_has_riders_standby_and_lines_for_as_many_as_there_are_seats(store: Store, counter: Actor) -> None:
    trip = store.bus(seats=4)
    post = store.post(headcount=2, trip=trip)
    for _ in range(2):
        store.do(lambda work: claim_place(work, claim(post, way="bus")))
    wish = claim(post, store.card(), way="bus", standby=True)
    waits = store.do(lambda work: claim_place(work, wish))
    slip = _printed(store, counter, _order(counter, "manifest", trip=trip))
    assert [rider["number"] for rider in slip["riders"]] == ["J001", "J002"]
    assert [(one["number"], one["tail"]) for one in slip["standby"]] == [(waits["number"], waits["tail"])]
    assert (slip["seat_count"], slip["blank_rows"]) == (4, 2)
    assert slip["qr_text"] == f"TRIP/{trip}".upper()


@ON_ONE
def test_a_bus_that_left_has_no_free_lines_and_its_frozen_list(store: Store, counter: Actor) -> None:
    trip = store.bus(seats=4)
    post = store.post(trip=trip)
    taken = store.do(lambda work: claim_place(work, claim(post, way="bus")))
    store.do(lambda work: shuttle.open_boarding(work, trip, OpenBoarding()))
    store.do(lambda work: shuttle.board(work, trip, Board(code=taken["slip"]["qr_text"])))
    store.do(lambda work: shuttle.depart(work, trip, shuttle.Depart()))
    slip = _printed(store, counter, _order(counter, "manifest", trip=trip))
    assert ([rider["number"] for rider in slip["riders"]], slip["blank_rows"]) == (["J001"], 0)


@ON_ONE
def test_the_other_papers_say_what_they_are(store: Store, counter: Actor) -> None:
    trip = store.bus()
    sheet = _printed(store, counter, _order(counter, "windscreen", trip=trip))
    assert (sheet["layout"], sheet["sign"], sheet["time"], sheet["bay"]) == ("windscreen", "star", "6:20", "2")
    assert _printed(store, counter, _order(counter, "rights_card"))["layout"] == "rights"
    assert _printed(store, counter, _order(counter, "test_page"))["printer_name"] == "counter 1"


@ON_ONE
def test_a_printer_that_is_none_and_a_bus_that_is_none_are_refused(store: Store, counter: Actor) -> None:
    wall, _ = store.do(lambda work: devices.add_device(work, "wall", "wall"))
    nowhere = Actor("device", wall, "wall", frozenset({"wall"}), wall)
    assert store.refusal(_order(nowhere, "test_page"), CLERK) == ("NOT_FOUND", {"what": "printer"})
    assert store.refusal(_order(counter, "windscreen", trip="f" * 32), CLERK) == ("NOT_FOUND", {"what": "trip"})


def test_a_kiosk_hears_of_what_staff_order_at_its_printer(store: Store) -> None:
    ordered = store.do(_order(store.kiosk, "rights_card"), CLERK)["print_job"]
    assert set(_prints(store, "kiosk")) == {f"print/{ordered}"}


# -- the kit


def _kit(printer: Actor, **wish: Any) -> Any:
    command = OrderKit.model_validate({"printer": printer.id, "day": TOMORROW, **wish})
    return lambda work: kit.order_kit(work, command)


def _sheets(store: Store, owner: Actor, orders: list[str]) -> list[Any]:
    return [_slip(store, order, owner) for order in orders]


@ON_ONE
def test_the_kit_comes_out_cover_first_and_its_cover_counts_what_follows(store: Store, counter: Actor) -> None:
    store.bus(seats=9, day=TOMORROW)
    store.bus(seats=5)
    store.post(first_day=TOMORROW, headcount=3)
    ordered = store.do(_kit(counter, numbers=20, rights_cards=2), CLERK)
    assert sorted(ordered["print_jobs"]) == ordered["print_jobs"], "a printer takes them in the order of their ids"
    made = _sheets(store, counter, ordered["print_jobs"])
    kinds = ["kit_cover", "kit_numbers", "kit_numbers", "kit_buses", "kit_posts", "manifest", "rights", "rights"]
    assert [slip["layout"] for slip in made] == kinds
    assert sum(part["count"] for part in made[0]["parts"]) == len(made) - 1
    assert (made[5]["blank_rows"], made[5]["riders"], made[4]["posts"][0]["places"]) == (9, [], 3)
    with store.engine.connect() as conn:
        orders = dict(conn.execute(select(print_job.c.id, print_job.c.kind)).all())
    assert [orders[order] for order in ordered["print_jobs"]][5:7] == ["manifest", "rights_card"]


@ON_ONE
def test_what_is_planned_is_what_comes_out(store: Store, counter: Actor) -> None:
    store.bus(day=TOMORROW)
    for _ in range(6):
        store.post(first_day=TOMORROW)
    wish = {"numbers": 30, "posts": 5, "rights_cards": 1}
    plan = store.do(lambda work: kit.plan_kit(work, KitWish.model_validate({"day": TOMORROW, **wish})), CLERK)
    ordered = store.do(_kit(counter, **wish), CLERK)
    assert plan["sheets"] == len(ordered["print_jobs"]) == 1 + sum(part["sheets"] for part in plan["parts"])
    assert (plan["posts"], plan["posts_open"], plan["buses"], plan["leased"]) == (5, 6, 1, [])
    assert store.count(number_lease, leased_number) == [1, 30]


def test_numbers_of_a_kit_are_given_out_by_nobody_else_that_day(store: Store, counter: Actor) -> None:
    first = store.do(_kit(counter, numbers=10), CLERK)
    second = store.do(_kit(counter, numbers=10), CLERK)
    assert (first["first"], first["last"], second["first"], second["last"]) == ("Z001", "Z010", "Z011", "Z020")
    plan = store.do(lambda work: kit.plan_kit(work, KitWish(day=date(2026, 11, 21))), CLERK)
    assert plan["leased"] == [["Z001", "Z010"], ["Z011", "Z020"]]
    today = store.do(_kit(counter, numbers=10, day="2026-11-20"), CLERK)
    assert today["first"] == "Z001", "another day counts anew"
    codes = [
        number["qr_text"] for slip in _sheets(store, counter, first["print_jobs"]) for number in slip.get("numbers", ())
    ]
    assert len(set(codes)) == 10
    assert store.do(lambda work: numbers.next_number(work, "Z", date(2026, 11, 21))) == 21, "whoever has the letter"
    assert store.count(queue_ticket) == [0], "a number on paper waits for nobody yet"


def test_a_kit_shows_only_posts_whose_places_can_be_given_that_day(store: Store, counter: Actor) -> None:
    trip = store.bus()
    store.post()  # over by tomorrow
    lasting = store.post(days=3, trip=trip)
    full = store.post(first_day=TOMORROW, headcount=1)
    store.do(lambda work: claim_place(work, claim(full)))
    closed = store.post(first_day=TOMORROW)
    store.do(lambda work: jobs.close_job(work, closed, CloseJob()))
    store.post(first_day="2026-11-22")
    wanted = store.post(first_day=TOMORROW)
    made = _sheets(store, counter, store.do(_kit(counter), CLERK)["print_jobs"])
    posts = [post for slip in made for post in slip.get("posts", ())]
    assert [post["qr_text"] for post in posts] == [f"JOB/{one}".upper() for one in (wanted, lasting)]
    assert posts[1]["bus_sign"] == "", "its bus goes on the first day"


@ON_ONE
def test_a_kit_is_for_today_or_tomorrow_at_a_printer_that_is_there(store: Store, counter: Actor) -> None:
    for day in ("2026-11-19", "2026-11-22"):
        assert store.refusal(_kit(counter, day=day), CLERK)[0] == "BAD_REQUEST"
    gone = Actor("device", "e" * 32, "gone", frozenset({"printer"}), "e" * 32)
    assert store.refusal(_kit(gone), CLERK) == ("NOT_FOUND", {"what": "printer"})
    assert store.count(number_lease, leased_number) == [0, 0]


@ON_ONE
def test_the_order_of_a_kit_tells_no_code_and_no_name_to_any_feed(store: Store, counter: Actor) -> None:
    store.do(_kit(counter), CLERK)
    said = json.dumps([_prints(store, feed) for feed in ("staff", "printer", "kiosk")])
    codes = [store.sources.vault.open(row.code_sealed) for row in _leased(store)]
    assert [code for code in codes if code in said] == []


def _leased(store: Store) -> Any:
    with store.engine.connect() as conn:
        return conn.execute(select(leased_number)).all()
