"""What the screens say: the order of a worker's questions, filters, truth about age and paper, both languages whole."""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass, replace
from datetime import date
from typing import Any, get_args

import pytest

from config.texts import Catalogue
from config.words import Speaker
from kiosk import flow
from kiosk.flow import events as e
from kiosk.flow import scenes as s
from kiosk.flow.identity import CardIdentity, CodeIdentity, HintName, NoIdentity, NotACard
from kiosk.flow.scenes import Filter, Kiosk
from kiosk.theme import token_names
from kiosk.viewmodels import Picture, job_ids, show
from kiosk.viewmodels import views as v
from tests.unit.kiosk.items import TODAY, hall, job, place_slip, queue, small_hall, trip, with_bus
from tests.unit.kiosk.visits import ASKED, CARD, ID_CARD, LANGUAGES, MEANINGS

NOW = "2026-11-19T21:42:00.000Z"
JOBS = s.Jobs(Filter(), ("a",))
PAGE = s.JobPage("a", JOBS)
TAKEN = s.Taken("J001", place_slip(), None, "print-1", 7)


def picture(items: dict[str, Any] | None = None, **changes: Any) -> Picture:
    known = Picture(
        items=items or small_hall(),
        is_loaded=True,
        age_s=1.0,
        clock="05:42",
        hall_now=NOW,
        camera="seeing",
        has_camera=True,
        reads_id_cards=True,
        has_printer=True,
        has_voice=True,
        language_label="A / B",
    )
    return replace(known, **changes)


def seen(scene: s.Scene, on: Picture, language: str = "zh_Hans", **changes: Any) -> Any:
    kiosk = replace(flow.start(LANGUAGES, True), scene=scene, language=language, **changes)
    return show(kiosk, on, Speaker(Catalogue.load(language), date.fromisoformat(TODAY)))


def test_home_counts_posts_and_tells_the_next_bus_and_the_waiting() -> None:
    view = seen(s.Home(), picture(small_hall(**{"job/a": job(), "job/b": job(settlement="monthly")})))
    assert view.jobs.detail == "2 个活 · 日结 1 个"
    assert [door.title for door in view.doors] == ["班车时间", "取号办事"]
    assert [door.detail for door in view.doors] == ["下一班 6:20 · 星星 · 2 号车位", "前面等 4 人"]
    assert view.frame.hall == "青石零工市场" and view.frame.demo == "演示" and view.frame.clock == "05:42"


def test_a_hall_without_buses_shows_no_door_to_them() -> None:
    view = seen(s.Home(), picture({"hall/main": hall(), "queue/placement": queue()}))
    assert [door.title for door in view.doors] == ["取号办事"]


def test_a_bus_that_has_left_is_not_the_next_one() -> None:
    gone = {"trip/t0": trip(sign="fish", departs_at="2026-11-19T21:00:00.000Z", at="5:00")}
    assert seen(s.Home(), picture(small_hall(**gone))).doors[0].detail.startswith("下一班 6:20")


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), ("a", "b", "c")),
        (Filter(trade="packer"), ("b",)),
        (Filter(is_paid_daily=True), ("a", "c")),
        (Filter(has_bus=True), ("c",)),
        (Filter(suits_older=True), ("b",)),
        (Filter(trade="packer", is_paid_daily=True), ()),
    ],
)
def test_each_filter_lists_what_fits_soonest_first(wanted: Filter, ids: tuple[str, ...]) -> None:
    items = small_hall(
        **{
            "job/c": with_bus(rank="3"),
            "job/a": job(rank="1"),
            "job/b": job(rank="2", trade="packer", settlement="weekly", suits=["older"]),
            "job/full": job(rank="0", state="full", left=0),
        }
    )
    assert job_ids(picture(items), wanted) == ids


def test_the_held_order_stays_and_new_posts_only_ring_a_banner() -> None:
    items = small_hall(
        **{"job/a": job(rank="2"), "job/new": job(rank="1"), "job/b": job(rank="3", state="full", left=0)}
    )
    view = seen(s.Jobs(Filter(), ("a", "b", "gone")), picture(items))
    assert [row.job_id for row in view.rows] == ["a", "b"]
    assert view.rows[1].event is None and view.rows[1].left == "招满"
    assert view.news == v.Action("有 1 个新活，点这里看", "", e.OpenJobs(Filter()))


def test_no_posts_and_no_posts_like_this_are_told_apart() -> None:
    assert seen(s.Jobs(Filter(), ()), picture()).empty == "现在没有活，过一会儿再来看"
    assert seen(s.Jobs(Filter(has_bus=True), ()), picture()).empty == "没有这样的活，去掉一个条件再看看"


def test_a_post_that_a_newer_hall_words_unknown_costs_its_card_and_no_other() -> None:
    items = small_hall(**{"job/a": job(settle={"k": "job.settle.by_moon"}), "job/b": job()})
    assert [row.job_id for row in seen(s.Jobs(Filter(), ("a", "b")), picture(items)).rows] == ["b"]


def test_a_card_tells_the_bus_by_its_sign() -> None:
    row = seen(JOBS, picture(small_hall(**{"job/a": with_bus()}))).rows[0]
    assert (row.sign, row.way, row.amount, row.left) == ("signs/star", "班车 6:20 · 余 6 座", "260", "还招 8 人")


def test_a_post_is_told_in_the_order_of_a_workers_questions() -> None:
    view = seen(PAGE, picture(small_hall(**{"job/a": with_bus()})))
    assert [fact.label for fact in view.facts] == [
        "什么时候",
        "还招",
        "在哪里",
        "怎么去",
        "回来",
        "吃住",
        "干什么",
        "保险",
    ]
    assert view.facts[3].text == "班车 6:20 · 2 号车位 · 余 6 座 · 自己去" and view.facts[3].sign == "signs/star"
    assert view.action == v.Action("我要去", "占一个名额，打印小票", e.WantJob(("bus", "own")))


def test_a_full_bus_closes_only_the_way_by_bus() -> None:
    items = small_hall(**{"job/a": with_bus(), "trip/t1": trip(left=0)})
    assert seen(PAGE, picture(items)).action.event == e.WantJob(("own",))
    only_bus = small_hall(**{"job/a": with_bus(ways=["bus"]), "trip/t1": trip(left=0)})
    view = seen(PAGE, picture(only_bus))
    assert view.notice == "班车坐满或开走了，去不了" and view.action.event == e.OpenJobs(Filter())


@pytest.mark.parametrize(
    ("changes", "notice"),
    [
        ({"giving": "staff"}, "这个活由工作人员安排，请到窗口说一声"),
        ({"giving": "agree"}, "这个活要单位先同意，请到窗口说一声"),
        ({"state": "full", "left": 0}, "招满了，看看别的活吧"),
    ],
)
def test_a_post_that_cannot_be_taken_here_says_why_and_offers_others(changes: dict[str, Any], notice: str) -> None:
    view = seen(PAGE, picture(small_hall(**{"job/a": job(**changes)})))
    assert view.notice == notice and view.action.label == "再看看别的"


@pytest.mark.parametrize("scene", [PAGE, s.ChooseWay(PAGE, ("bus", "own"))])
def test_a_post_that_is_gone_says_so(scene: s.Scene) -> None:
    view = seen(scene, picture())
    assert isinstance(view, v.MessageView) and view.title == "这个活刚刚撤下了"


def test_a_way_that_closed_meanwhile_stays_in_its_place_and_cannot_be_pressed() -> None:
    items = small_hall(**{"job/a": with_bus(), "trip/t1": trip(left=0)})
    view = seen(s.ChooseWay(PAGE, ("bus", "own")), picture(items))
    assert [door.event for door in view.ways] == [None, e.TakeWay("own")]
    assert view.ways[0].detail.endswith("坐满了")


def test_going_on_without_a_card_says_beforehand_what_it_means() -> None:
    view = seen(s.Identify(PAGE, "bus", PAGE), picture(small_hall(**{"job/a": with_bus()})))
    assert view.without == "不刷卡的话，小票丢了就补不了" and view.action.event == e.GoWithoutCard()
    assert view.summary == "装卸搬运工 · 260 元/天 · 日结 · 今天 7:00—17:00 · 坐星星车去 · 6:20"


def test_a_lost_camera_is_said_and_does_not_stop_anybody() -> None:
    view = seen(s.Identify(PAGE, "own", PAGE), picture(small_hall(**{"job/a": job()}), camera="lost"))
    assert view.camera.is_warning and not view.camera.sign and view.action.event == e.GoWithoutCard()


@pytest.mark.parametrize(
    ("paper", "words", "tone"),
    [
        (s.Paper("queued"), "小票正在打印", "text"),
        (s.Paper("printed"), "小票打好了，请拿走", "go"),
        (s.Paper("queued", "paper_end"), "打印纸用完了，请换纸 · 小票还没打出来：请拍下这一屏，找工作人员", "stop"),
        (s.Paper("failed", "expired"), "等得太久，没有打印 · 小票没有打出来：请拍下这一屏，找工作人员", "stop"),
        (
            s.Paper("unknown", "no_reply"),
            "打印机没有确认，不知道打出来没有 · 没拿到小票的话：请拍下这一屏，找工作人员",
            "stop",
        ),
    ],
)
def test_the_slip_is_told_as_the_spool_knows_it(paper: s.Paper, words: str, tone: str) -> None:
    view = seen(s.Done(s.PlaceWish(PAGE, "bus", NoIdentity()), TAKEN, paper, True), picture())
    assert (view.paper, view.tone) == (words, tone)
    assert view.number == "J001" and view.sign == "signs/star" and view.qr_text == "JK7Q4M2XH9TBE2ABCDEF"
    assert view.lines[1] == "星星 6:20 · 2 号车位"


def test_a_machine_without_a_printer_asks_to_keep_the_screen() -> None:
    view = seen(s.Done(s.PlaceWish(PAGE, "bus", NoIdentity()), TAKEN, s.Paper(), True), picture(has_printer=False))
    assert view.paper == "这台机器不打小票：请拍下这一屏"


@pytest.mark.parametrize(
    ("age_s", "sign", "stale"),
    [
        (9.9, "", ""),
        (10.0, "10 秒前", ""),
        (59.9, "59 秒前", ""),
        (60.0, "", "内容是 1 分钟前的。可以看，不能要活和取号，请到窗口"),
        (7200.0, "", "内容是 2 小时前的。可以看，不能要活和取号，请到窗口"),
    ],
)
def test_age_is_a_small_sign_at_ten_seconds_and_a_plain_word_at_sixty(age_s: float, sign: str, stale: str) -> None:
    frame = seen(s.Home(), picture(age_s=age_s)).frame
    assert (frame.age, frame.stale) == (sign, stale)


def test_not_loaded_is_not_no_jobs() -> None:
    assert isinstance(seen(s.Home(), picture({}, is_loaded=False)), v.WorkingView)


def test_a_refusal_is_in_the_persons_words() -> None:
    scene = s.Refused("JOB_FULL", {"left": 0}, s.PlaceWish(PAGE, "own", NoIdentity()), PAGE)
    assert seen(scene, picture()).title == "刚刚招满了，名额给了前面的人"
    other = s.Refused("ANONYMOUS_CAP", {}, s.PlaceWish(PAGE, "own", NoIdentity()), PAGE)
    assert seen(other, picture()).title == "这台机器不记名的名额发完了，请到窗口"


def every_scene() -> list[s.Scene]:
    wish, number = s.PlaceWish(PAGE, "bus", CodeIdentity("W")), s.NumberWish("placement")
    slip = {"service": {"t": {"zh-Hans": "职业介绍"}}, "waiting_ahead": 3, "code": "NK7Q", "qr_text": "NK7Q"}
    codes = (
        "STALE",
        "JOB_FULL",
        "OVERLAP",
        "CODE_UNKNOWN",
        "CODE_MISTYPED",
        "BUS_FULL",
        "SERVICE_CLOSED",
        "ANONYMOUS_CAP",
        "JOB_NOT_OPEN",
    )
    facts = {"left": 0}
    return [
        s.Pairing(None),
        s.Pairing("482913"),
        s.Home(),
        JOBS,
        s.Jobs(Filter(trade="loader", is_paid_daily=True), ()),
        s.Trades(JOBS),
        PAGE,
        s.ChooseWay(PAGE, ("bus", "own", "employer_car")),
        *(replace(ASKED, seen=seen) for seen in (None, *get_args(NotACard))),
        s.ConsentCard(ASKED),
        *(s.HoldCard(ASKED, s.Guide(hint)) for hint in (None, *get_args(HintName))),
        s.ConfirmCard(ASKED, ID_CARD),
        s.ConfirmCard(ASKED, replace(ID_CARD, name=None, kind="permit")),
        *(s.TypeCode(ASKED, typed, is_mistyped) for typed, is_mistyped in (("", False), (CARD, True))),
        *(s.CodeTold(meaning, s.Home()) for meaning in MEANINGS),
        s.Buses(),
        s.Services(),
        s.Working(1, wish, 0.0),
        s.Working(1, number, 0.0),
        s.Working(1, s.PlaceWish(PAGE, "bus", CardIdentity(ID_CARD)), 0.0),
        s.Done(wish, TAKEN, s.Paper("unknown", "no_reply"), False),
        s.Done(
            wish,
            replace(TAKEN, slip=place_slip(bus=None, own_way={"arrive_by": "7:00", "directions": "x"})),
            s.Paper(),
            True,
        ),
        s.Done(number, s.Taken("A001", slip, None, None, 1), s.Paper(), True),
        *(s.Refused(code, facts, wish, PAGE) for code in codes),
        s.Refused("TOO_YOUNG", {"years": 16}, s.PlaceWish(PAGE, "bus", CardIdentity(ID_CARD)), PAGE),
        s.Refused("BAD_REQUEST", {"field": "id_number"}, s.PlaceWish(PAGE, "bus", CardIdentity(ID_CARD)), PAGE),
        s.Unreached(1, wish),
        s.StillThere(PAGE, 20.0),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", every_scene(), ids=lambda scene: type(scene).__name__)
def test_every_scene_can_be_said_in_every_language_with_known_colours(scene: s.Scene, language: str) -> None:
    items = small_hall(**{"job/a": with_bus(ways=["bus", "own", "employer_car"], suits=["older"], gear="手套")})
    view = seen(scene, picture(items), language)
    assert view.speech or isinstance(scene, s.Pairing | s.Working)
    named = {value for name, value in _leaves(view) if name in ("colour", "tone")}
    assert {f"tile_{name}" if f"tile_{name}" in token_names() else name for name in named} <= token_names()


def _leaves(value: Any, name: str = "") -> list[tuple[str, Any]]:
    if is_dataclass(value) and not isinstance(value, type):
        return [leaf for field in fields(value) for leaf in _leaves(getattr(value, field.name), field.name)]
    if isinstance(value, tuple):
        return [leaf for part in value for leaf in _leaves(part, name)]
    return [(name, value)]


def test_a_view_is_a_value_so_that_an_unchanged_glass_is_left_alone() -> None:
    items = small_hall(**{"job/a": with_bus()})
    assert seen(PAGE, picture(items)) == seen(PAGE, picture(items))
    assert asdict(seen(PAGE, picture(items)))["amount"] == "260"


def test_the_kiosk_is_a_value_too() -> None:
    assert isinstance(flow.start(LANGUAGES, True), Kiosk)
