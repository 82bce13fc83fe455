"""The kiosk's state machine: every step of a visit, and that nobody is ever left without a way home."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import flow
from kiosk.flow import events as e
from kiosk.flow import scenes as s
from kiosk.flow.identity import CodeIdentity, NoIdentity
from kiosk.flow.scenes import Filter
from tests.unit.kiosk.visits import CARD, ID_CARD, JOBS, LANGUAGES, MEANINGS, PAGE, at, play

TAKEN = s.Taken("J001", {"code": "JK7Q"}, None, "print-1", 7)


def working(**changes: Any) -> s.Working:
    return replace(s.Working(1, s.PlaceWish(PAGE, "bus", CodeIdentity(CARD)), 0.0), **changes)


def test_a_worker_with_a_card_goes_from_home_to_a_place_in_six_touches() -> None:
    kiosk, effects = play(
        flow.start(LANGUAGES, True),
        e.OpenJobs(Filter()),
        e.Listed(Filter(), ("a", "b")),
        e.OpenJob("a"),
        e.WantJob(("bus", "own")),
        e.TakeWay("bus"),
        e.CodeSeen("card", CARD),
    )
    assert effects == [
        e.ListJobs(Filter()),
        e.Speak(),
        e.Chime(),
        e.Send(1, s.PlaceWish(PAGE, "bus", CodeIdentity(CARD)), "zh_Hans"),
    ]
    kiosk, effects = play(kiosk, e.Granted(1, TAKEN), e.Folded(7))
    assert kiosk.scene == s.Done(s.PlaceWish(PAGE, "bus", CodeIdentity(CARD)), TAKEN, s.Paper(), True)
    assert effects == [e.Speak()]


def test_a_post_with_one_way_asks_for_no_way() -> None:
    kiosk, _ = play(at(PAGE), e.WantJob(("own",)))
    assert kiosk.scene == s.Identify(PAGE, "own", PAGE)


def test_going_on_without_a_card_sends_no_code() -> None:
    _, effects = play(at(s.Identify(PAGE, "own", PAGE)), e.GoWithoutCard())
    assert effects == [e.Send(1, s.PlaceWish(PAGE, "own", NoIdentity()), "zh_Hans")]


def test_done_is_not_said_before_the_kiosks_own_picture_shows_it() -> None:
    kiosk, effects = play(at(working()), e.Granted(1, TAKEN), e.Folded(6))
    assert isinstance(kiosk.scene, s.Working) and effects == []
    kiosk, _ = play(kiosk, e.Folded(7))
    assert isinstance(kiosk.scene, s.Done) and kiosk.scene.is_on_glass


def test_a_picture_that_does_not_come_holds_the_person_five_seconds_and_is_told() -> None:
    kiosk, _ = play(at(working()), e.Granted(1, TAKEN), e.Ticked(4.9))
    assert isinstance(kiosk.scene, s.Working)
    kiosk, _ = play(kiosk, e.Ticked(5.0))
    assert isinstance(kiosk.scene, s.Done) and not kiosk.scene.is_on_glass
    kiosk, _ = play(kiosk, e.Folded(7))
    assert isinstance(kiosk.scene, s.Done) and kiosk.scene.is_on_glass


@pytest.mark.parametrize("answer", [e.Granted(2, TAKEN), e.Denied(2, "JOB_FULL", {}), e.Unanswered(2)])
def test_an_answer_to_another_errand_changes_nothing(answer: e.Event) -> None:
    assert play(at(working()), answer) == (at(working()), [])


def test_a_refusal_names_its_code_and_leads_on() -> None:
    kiosk, effects = play(at(working()), e.Denied(1, "JOB_FULL", {"left": 0}))
    assert isinstance(kiosk.scene, s.Refused) and kiosk.scene.code == "JOB_FULL" and effects == [e.Speak()]
    kiosk, effects = play(kiosk, e.TryAgain())
    assert kiosk.scene == s.Jobs(Filter()) and effects == [e.ListJobs(Filter())]


@pytest.mark.parametrize(
    ("code", "leads_to"),
    [
        ("CODE_UNKNOWN", s.Identify(PAGE, "bus", PAGE)),
        ("BUS_FULL", PAGE),
        ("OVERLAP", s.Jobs(Filter())),
    ],
)
def test_each_kind_of_refusal_leads_where_it_can_be_mended(code: str, leads_to: s.Scene) -> None:
    kiosk, _ = play(at(working()), e.Denied(1, code, {}), e.TryAgain())
    assert kiosk.scene == leads_to


def test_trying_again_after_no_answer_repeats_the_same_errand() -> None:
    kiosk, _ = play(at(working()), e.Unanswered(1))
    assert kiosk.scene == s.Unreached(1, s.PlaceWish(PAGE, "bus", CodeIdentity(CARD)))
    _, effects = play(kiosk, e.TryAgain())
    assert effects == [e.Send(1, s.PlaceWish(PAGE, "bus", CodeIdentity(CARD)), "zh_Hans")]


def test_a_number_is_taken_by_one_touch() -> None:
    kiosk, effects = play(flow.start(LANGUAGES, True), e.OpenServices(), e.TakeNumber("rights"))
    assert effects == [e.Send(1, s.NumberWish("rights"), "zh_Hans")]
    assert isinstance(kiosk.scene, s.Working)


@pytest.mark.parametrize(
    ("scene", "event"),
    [
        (PAGE, e.WantJob(("own",))),
        (s.Services(), e.TakeNumber("rights")),
        (s.Identify(PAGE, "own", PAGE), e.GoWithoutCard()),
    ],
)
def test_a_kiosk_that_knows_too_little_looks_on_but_takes_nothing(scene: s.Scene, event: e.Event) -> None:
    kiosk, effects = play(at(scene, is_stale=True), event)
    assert isinstance(kiosk.scene, s.Refused) and kiosk.scene.code == "STALE"
    assert e.Speak() in effects and not any(isinstance(effect, e.Send) for effect in effects)
    assert play(kiosk, e.TryAgain())[0].scene == scene


def test_the_paper_is_told_to_the_slip_it_belongs_to() -> None:
    done = at(s.Done(s.NumberWish("rights"), TAKEN, s.Paper(), True))
    printed = s.Paper("printed")
    assert play(done, e.PaperTold("print-2", printed))[0] == done
    kiosk, _ = play(done, e.PaperTold("print-1", printed))
    assert isinstance(kiosk.scene, s.Done) and kiosk.scene.paper == printed


def test_the_paper_is_remembered_while_the_kiosk_asks_whether_somebody_is_there() -> None:
    done = s.Done(s.NumberWish("rights"), TAKEN, s.Paper(), True)
    kiosk, _ = play(at(s.StillThere(done, 60.0)), e.PaperTold("print-1", s.Paper("failed", "paper_end")), e.StayHere())
    assert kiosk.scene == replace(done, paper=s.Paper("failed", "paper_end"))


def test_forty_five_seconds_without_a_touch_ask_and_twenty_more_forget_everything() -> None:
    kiosk, _ = play(at(s.Identify(PAGE, "own", PAGE), language="en"), e.Touched(10.0), e.Ticked(54.9))
    assert isinstance(kiosk.scene, s.Identify)
    kiosk, effects = play(kiosk, e.Ticked(55.0))
    assert kiosk.scene == s.StillThere(s.Identify(PAGE, "own", PAGE), 75.0) and effects == [e.Speak()]
    kiosk, effects = play(kiosk, e.Ticked(74.9))
    assert isinstance(kiosk.scene, s.StillThere)
    kiosk, effects = play(kiosk, e.Ticked(75.0))
    assert kiosk.scene == s.Home() and kiosk.language == "zh_Hans" and effects == [e.ForgetPerson()]
    assert CARD not in repr(kiosk)


def test_any_touch_ends_the_countdown_and_leads_back() -> None:
    kiosk, _ = play(at(s.StillThere(PAGE, 60.0)), e.Touched(41.0))
    assert kiosk.scene == PAGE and kiosk.touched_s == 41.0


def test_a_language_chosen_and_left_goes_back_to_the_halls_own() -> None:
    kiosk, _ = play(flow.start(LANGUAGES, True), e.Touched(0.0), e.SwitchLanguage(), e.Ticked(44.0))
    assert kiosk.language == "en"
    assert play(kiosk, e.Ticked(45.0))[0].language == "zh_Hans"


def test_nobody_is_asked_away_while_a_wish_is_on_its_way() -> None:
    kiosk, _ = play(at(working()), e.Ticked(500.0))
    assert isinstance(kiosk.scene, s.Working)


def test_the_order_of_the_list_stays_until_a_new_one_is_asked_for() -> None:
    kiosk, _ = play(at(JOBS), e.OpenJob("a"), e.GoBack(), e.Listed(Filter(), ("z", "a", "b")))
    assert kiosk.scene == JOBS
    kiosk, effects = play(kiosk, e.OpenJobs(Filter()))
    assert effects == [e.ListJobs(Filter())]


def test_being_shut_out_forgets_the_person() -> None:
    kiosk, effects = play(at(s.Identify(PAGE, "own", PAGE)), e.PairingTold(None))
    assert kiosk.scene == s.Pairing(None) and effects == [e.ForgetPerson()]
    assert play(kiosk, e.PairingTold("482913"), e.Paired())[0].scene == s.Home()


_WAYS: st.SearchStrategy[Any] = st.lists(
    st.sampled_from(["bus", "own", "employer_car"]), min_size=1, max_size=3, unique=True
)
_FILTERS = st.builds(Filter, st.sampled_from([None, "loader"]), st.booleans(), st.booleans(), st.booleans())
_ERRANDS = st.integers(0, 4)
_EVENTS = st.one_of(
    st.sampled_from(
        [e.GoHome(), e.GoBack(), e.OpenTrades(), e.OpenBuses(), e.OpenServices(), e.GoWithoutCard(), e.TryAgain()]
    ),
    st.sampled_from([e.SwitchLanguage(), e.ReadToMe(), e.StayHere(), e.OpenJob("a"), e.TakeNumber("rights")]),
    st.builds(e.OpenJobs, _FILTERS),
    st.builds(e.Listed, _FILTERS, st.just(("a", "b"))),
    st.builds(e.WantJob, _WAYS.map(tuple)),
    st.builds(e.TakeWay, st.sampled_from(["bus", "own", "employer_car"])),
    st.builds(e.CodeSeen, st.sampled_from(MEANINGS), st.just(CARD), st.sampled_from(["camera", "scanner"])),
    st.sampled_from([e.UseIdCard(), e.AgreeToCard(), e.CardSeen(ID_CARD), e.ConfirmMe(), e.HoldAgain()]),
    st.sampled_from([e.OpenTyping(), e.TypeCharacter("W"), e.EraseCharacter(), e.EraseAll(), e.SendTyped()]),
    st.builds(e.HintSeen, st.sampled_from([None, "closer", "glare"])),
    st.builds(e.Granted, _ERRANDS, st.just(TAKEN)),
    st.builds(
        e.Denied,
        _ERRANDS,
        st.sampled_from(["JOB_FULL", "CODE_UNKNOWN", "CODE_MISTYPED", "BUS_FULL", "TOO_YOUNG"]),
        st.just({}),
    ),
    st.builds(e.Unanswered, _ERRANDS),
    st.builds(e.Folded, st.integers(0, 9)),
    st.builds(e.PaperTold, st.just("print-1"), st.just(s.Paper("printed"))),
    st.builds(e.AgeTold, st.booleans()),
    st.builds(e.Touched, st.integers(0, 300)),
    st.builds(e.Ticked, st.integers(0, 300)),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_EVENTS, max_size=40))
def test_wherever_a_walk_ends_the_buttons_lead_home(walk: list[e.Event]) -> None:
    kiosk, _ = play(flow.start(LANGUAGES, True), *walk)
    if isinstance(kiosk.scene, s.Working):  # its errand ends by itself within a stated time
        kiosk, _ = play(kiosk, e.Unanswered(kiosk.scene.errand), e.Ticked(kiosk.now_s + flow.RESULT_WAITS_S))
    for _ in range(8):
        if isinstance(kiosk.scene, s.Home):
            break
        kiosk, _ = play(kiosk, e.StayHere() if isinstance(kiosk.scene, s.StillThere) else e.GoBack())
    assert kiosk.scene == s.Home()


@settings(max_examples=400, deadline=None)
@given(st.lists(_EVENTS, max_size=40))
def test_wherever_a_walk_ends_leaving_the_kiosk_alone_clears_it(walk: list[e.Event]) -> None:
    kiosk, _ = play(flow.start(LANGUAGES, True), *walk)
    if isinstance(kiosk.scene, s.Working):
        kiosk, _ = play(kiosk, e.Unanswered(kiosk.scene.errand), e.Ticked(kiosk.now_s + flow.RESULT_WAITS_S))
    alone_s = max(kiosk.now_s, kiosk.touched_s)
    kiosk, _ = play(kiosk, e.Ticked(alone_s + flow.ASKS_AFTER_S), e.Ticked(alone_s + 1000.0))
    assert kiosk.scene == s.Home() and kiosk.language == "zh_Hans" and CARD not in repr(kiosk)
