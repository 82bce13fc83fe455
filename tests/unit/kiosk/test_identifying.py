"""How a person becomes known: consent before any frame of a card, one hint at a time, and nothing left behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from kiosk import flow
from kiosk.flow import events as e
from kiosk.flow import scenes as s
from kiosk.flow.identifying import HINT_AGAIN_S, HINT_GAP_S, SEEN_STAYS_S
from kiosk.flow.identity import KEYS, CardIdentity, CodeIdentity, HintName, Meaning, NoIdentity, NotACard, SeenCard
from kiosk.scanning import Hint
from tests.unit.kiosk.visits import ASKED, CARD, ID_CARD, JOBS, MEANINGS, PAGE, at, play

ALL_ASKING: list[s.Scene] = [
    ASKED,
    s.ConsentCard(ASKED),
    s.HoldCard(ASKED),
    s.ConfirmCard(ASKED, ID_CARD),
    s.TypeCode(ASKED, "WK7"),
]


def wish(identity: Any) -> s.PlaceWish:
    return s.PlaceWish(PAGE, "bus", identity)


def named(scene: s.Scene) -> str:
    return type(scene).__name__


def test_the_camera_sees_no_card_before_its_owner_agreed() -> None:
    kiosk, seen = flow.step(at(ASKED), e.UseIdCard())
    assert kiosk.scene == s.ConsentCard(ASKED) and flow.camera_expects(kiosk) is None and seen == (e.Speak(),)
    assert play(kiosk, e.CardSeen(ID_CARD))[0] == kiosk
    kiosk, _ = play(kiosk, e.AgreeToCard())
    assert kiosk.scene == s.HoldCard(ASKED) and flow.camera_expects(kiosk) == "id_card"


def test_no_way_leads_to_the_look_at_a_card_but_through_consent() -> None:
    shortcuts = [e.AgreeToCard(), e.HoldAgain(), e.CardSeen(ID_CARD), e.ConfirmMe()]
    assert all(play(at(ASKED), event)[0].scene == ASKED for event in shortcuts)


def test_a_card_that_was_seen_is_claimed_only_when_its_owner_says_it_is_theirs() -> None:
    kiosk, effects = play(at(s.HoldCard(ASKED)), e.CardSeen(ID_CARD))
    assert kiosk.scene == s.ConfirmCard(ASKED, ID_CARD) and effects == [e.Chime(), e.Speak()]
    assert flow.camera_expects(kiosk) is None
    assert play(kiosk, e.ConfirmMe())[1] == [e.Send(1, wish(CardIdentity(ID_CARD)), "zh_Hans")]
    assert play(kiosk, e.HoldAgain())[0].scene == s.HoldCard(ASKED)


@pytest.mark.parametrize("scene", ALL_ASKING, ids=named)
def test_on_without_stands_beside_every_way_to_be_known(scene: s.Scene) -> None:
    assert play(at(scene), e.GoWithoutCard())[1] == [e.Send(1, wish(NoIdentity()), "zh_Hans")]


@pytest.mark.parametrize("scene", ALL_ASKING[1:], ids=named)
def test_back_leads_to_the_question_and_drops_what_was_read(scene: s.Scene) -> None:
    kiosk, _ = play(at(scene), e.GoBack())
    assert kiosk.scene == ASKED


@pytest.mark.parametrize("scene", ALL_ASKING, ids=named)
def test_a_scanner_that_types_identifies_wherever_the_question_stands(scene: s.Scene) -> None:
    _, effects = play(at(scene), e.CodeSeen("card", CARD, "scanner"))
    assert effects == [e.Chime(), e.Send(1, wish(CodeIdentity(CARD)), "zh_Hans")]


def test_a_secret_is_never_part_of_what_is_printed() -> None:
    kiosk, effects = play(at(s.ConfirmCard(ASKED, ID_CARD)), e.ConfirmMe())
    shown = repr((kiosk, effects, e.CardSeen(ID_CARD), e.CodeSeen("card", CARD), s.TypeCode(ASKED, CARD)))
    assert ID_CARD.number not in shown and "欧" not in shown and CARD not in shown


def test_a_person_who_leaves_takes_the_card_along() -> None:
    kiosk, _ = play(at(s.ConfirmCard(ASKED, ID_CARD)), e.Touched(0.0), e.Ticked(45.0))
    assert isinstance(kiosk.scene, s.StillThere) and flow.camera_expects(kiosk) is None
    kiosk, effects = play(kiosk, e.Ticked(65.0))
    assert kiosk.scene == s.Home() and effects == [e.ForgetPerson()]


@pytest.mark.parametrize(
    ("card", "name", "tail"),
    [
        (ID_CARD, "欧**", "1234"),
        (SeenCard("99010119800101123X", "张"), "张**", "123X"),
        (SeenCard("99010119800101123X", None), "", "123X"),
        (SeenCard("99010119800101123X", "  "), "", "123X"),
    ],
)
def test_a_card_is_masked_to_what_its_owner_knows(card: SeenCard, name: str, tail: str) -> None:
    assert (card.masked_name, card.masked_number) == (name, tail)


# -- characters ----------------------------------------------------------------------------------------------------


def typed(text: str) -> list[e.Event]:
    return [e.TypeCharacter(character) for character in text]


def test_characters_are_taken_one_by_one_and_sent_when_all_are_there() -> None:
    kiosk, effects = play(at(ASKED), e.OpenTyping(), *typed(CARD[:-1]), e.SendTyped())
    assert kiosk.scene == s.TypeCode(ASKED, CARD[:-1]) and effects == [e.Speak()]
    _, effects = play(kiosk, *typed(CARD[-1] + "7"), e.SendTyped())
    assert effects == [e.Send(1, wish(CodeIdentity(CARD, is_typed=True)), "zh_Hans")]


def test_lookalikes_are_forgiven_and_what_no_code_has_is_not_taken() -> None:
    kiosk, _ = play(at(s.TypeCode(ASKED)), *typed("wIlO-U é"))
    assert kiosk.scene == s.TypeCode(ASKED, "W110")
    assert len(KEYS) == 32 and not set("ILOU") & set(KEYS)


def test_one_character_and_all_can_be_taken_back() -> None:
    kiosk, _ = play(at(s.TypeCode(ASKED, "WK7")), e.EraseCharacter())
    assert kiosk.scene == s.TypeCode(ASKED, "WK")
    assert play(kiosk, e.EraseAll())[0].scene == s.TypeCode(ASKED)


def test_a_mistyped_code_comes_back_to_be_mended_where_it_was_typed() -> None:
    working = s.Working(1, wish(CodeIdentity(CARD, is_typed=True)), 0.0)
    kiosk, effects = play(at(working, errands=1), e.Denied(1, "CODE_MISTYPED", {}))
    assert kiosk.scene == s.TypeCode(ASKED, CARD, is_mistyped=True) and effects == [e.Speak()]
    _, effects = play(kiosk, e.EraseCharacter(), *typed("3"), e.SendTyped())
    assert effects == [e.Send(2, wish(CodeIdentity(CARD[:-1] + "3", is_typed=True)), "zh_Hans")]


def test_a_number_that_the_hall_finds_wrong_leads_back_to_the_look_at_the_card() -> None:
    working = s.Working(1, wish(CardIdentity(ID_CARD)), 0.0)
    kiosk, _ = play(at(working), e.Denied(1, "BAD_REQUEST", {"field": "id_number"}), e.TryAgain())
    assert kiosk.scene == s.HoldCard(ASKED)


def test_a_child_is_led_home() -> None:
    working = s.Working(1, wish(CardIdentity(ID_CARD)), 0.0)
    kiosk, effects = play(at(working), e.Denied(1, "TOO_YOUNG", {"years": 16}), e.TryAgain())
    assert kiosk.scene == s.Home() and e.ForgetPerson() in effects


# -- what was held up or scanned -----------------------------------------------------------------------------------


@pytest.mark.parametrize("meaning", get_args(NotACard))
def test_what_is_no_card_is_said_once_never_sent_and_gone_after_a_while(meaning: Any) -> None:
    seen = e.CodeSeen(meaning, "anything")
    kiosk, effects = play(at(ASKED, now_s=10.0), seen, seen)
    assert kiosk.scene == replace(ASKED, seen=meaning, seen_at_s=10.0) and effects == [e.SpeakGuidance()]
    assert play(kiosk, e.Ticked(10.0 + SEEN_STAYS_S))[0].scene == ASKED


@pytest.mark.parametrize("meaning", MEANINGS)
@pytest.mark.parametrize("scene", [s.Home(), JOBS, PAGE, s.Services(), s.Buses()], ids=named)
def test_a_scanner_is_answered_on_every_screen_and_leads_back(scene: s.Scene, meaning: Meaning) -> None:
    kiosk, effects = play(at(scene, now_s=7.0), e.CodeSeen(meaning, "x", "scanner"))
    assert kiosk.scene == s.CodeTold(meaning, scene) and effects == [e.Speak()] and kiosk.touched_s == 7.0
    again, _ = play(kiosk, e.CodeSeen("slip", "y", "scanner"))
    assert again.scene == s.CodeTold("slip", scene)
    assert play(kiosk, e.GoBack())[0].scene == scene


def test_a_code_that_the_camera_saw_too_late_disturbs_nobody() -> None:
    for scene in (s.Home(), PAGE, s.HoldCard(ASKED), s.StillThere(ASKED, 60.0)):
        assert play(at(scene), e.CodeSeen("card", CARD)) == (at(scene), [])


def test_a_scan_wakes_who_was_asked_whether_they_are_there() -> None:
    _, effects = play(at(s.StillThere(ASKED, 60.0)), e.CodeSeen("card", CARD, "scanner"))
    assert effects == [e.Chime(), e.Send(1, wish(CodeIdentity(CARD)), "zh_Hans")]


def test_a_scan_while_a_wish_is_on_its_way_changes_nothing() -> None:
    working = at(s.Working(1, wish(NoIdentity()), 0.0))
    assert play(working, e.CodeSeen("card", CARD, "scanner")) == (working, [])


def test_a_slip_under_a_message_still_hears_how_its_paper_is() -> None:
    done = s.Done(s.NumberWish("rights"), s.Taken("A1", {}, None, "p1", 1), s.Paper(), True)
    kiosk, _ = play(at(s.CodeTold("slip", done)), e.PaperTold("p1", s.Paper("printed")), e.GoBack())
    assert kiosk.scene == replace(done, paper=s.Paper("printed"))


# -- hints ---------------------------------------------------------------------------------------------------------


def said(kiosk: Any, *events: e.Event) -> tuple[Any, int]:
    kiosk, effects = play(kiosk, *events)
    return kiosk, effects.count(e.SpeakGuidance())


@pytest.mark.parametrize("scene", [ASKED, s.HoldCard(ASKED)], ids=named)
def test_a_hint_is_drawn_at_once_and_spoken_again_only_after_a_while(scene: Any) -> None:
    kiosk, times = said(at(scene, now_s=1.0, touched_s=1.0), e.HintSeen("closer"))
    assert times == 1 and kiosk.scene.guide.hint == "closer"
    kiosk, times = said(kiosk, e.HintSeen(None), e.HintSeen("closer"), e.Ticked(1.0 + HINT_AGAIN_S - 0.1))
    assert times == 0 and kiosk.scene.guide.hint == "closer"
    assert said(kiosk, e.Ticked(1.0 + HINT_AGAIN_S))[1] == 1


def test_another_hint_waits_until_the_first_was_said() -> None:
    kiosk, times = said(at(ASKED), e.HintSeen("closer"), e.HintSeen("glare"), e.Ticked(HINT_GAP_S - 0.1))
    assert times == 1 and kiosk.scene.guide.hint == "glare"
    kiosk, times = said(kiosk, e.Ticked(HINT_GAP_S))
    assert times == 1
    assert said(kiosk, e.HintSeen("closer"), e.Ticked(2 * HINT_GAP_S))[1] == 0


def test_a_hint_that_has_gone_is_not_spoken() -> None:
    assert said(at(ASKED), e.HintSeen("closer"), e.HintSeen("glare"), e.HintSeen(None), e.Ticked(5.0))[1] == 1


def test_a_hint_elsewhere_than_before_the_camera_changes_nothing() -> None:
    assert play(at(s.ConsentCard(ASKED)), e.HintSeen("closer")) == (at(s.ConsentCard(ASKED)), [])


def test_the_camera_runs_only_where_something_is_held_up() -> None:
    scenes = [s.Home(), JOBS, PAGE, s.Services(), *ALL_ASKING, s.StillThere(ASKED, 9.0), s.CodeTold("slip", ASKED)]
    assert {named(scene): expects for scene in scenes if (expects := flow.camera_expects(at(scene)))} == {
        "Identify": "codes",
        "HoldCard": "id_card",
    }


def test_the_flow_knows_the_hints_that_the_camera_knows() -> None:
    assert set(get_args(HintName)) == {hint.value for hint in Hint}
