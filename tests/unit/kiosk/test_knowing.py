"""What the screens say that ask who somebody is: consent, masked facts, hints, and nothing private by loudspeaker."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args

import pytest

from config.pack import PICTOGRAMS
from kiosk.flow import events as e
from kiosk.flow import scenes as s
from kiosk.flow.identity import KEYS, CardIdentity, CodeIdentity, HintName
from kiosk.flow.scenes import Filter
from kiosk.viewmodels import views as v
from tests.unit.kiosk.items import job, small_hall, with_bus
from tests.unit.kiosk.test_viewmodels import picture, seen
from tests.unit.kiosk.visits import ASKED, CARD, ID_CARD, JOBS, LANGUAGES, MEANINGS, PAGE

HINTS = get_args(HintName)
ON = picture(small_hall(**{"job/a": with_bus()}))
HELD = s.HoldCard(ASKED)
SCENES: list[s.Scene] = [
    ASKED,
    replace(ASKED, seen="slip"),
    s.ConsentCard(ASKED),
    HELD,
    *(s.HoldCard(ASKED, s.Guide(hint)) for hint in HINTS),
    s.ConfirmCard(ASKED, ID_CARD),
    s.TypeCode(ASKED, CARD[:5]),
    s.TypeCode(ASKED, CARD, is_mistyped=True),
    *(s.CodeTold(meaning, s.Home()) for meaning in MEANINGS),
]


def leaves(value: Any, name: str = "") -> list[tuple[str, Any]]:
    if is_dataclass(value) and not isinstance(value, type):
        return [leaf for field in fields(value) for leaf in leaves(getattr(value, field.name), field.name)]
    if isinstance(value, tuple):
        return [leaf for part in value for leaf in leaves(part, name)]
    return [(name, value)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: type(scene).__name__)
def test_every_spoken_sentence_stands_on_the_glass(scene: s.Scene, language: str) -> None:
    view = seen(scene, ON, language)
    shown = [text for name, text in leaves(view) if name != "speech" and isinstance(text, str)]
    assert [said for said in view.speech.split(" · ") if not any(said in text for text in shown)] == []


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: type(scene).__name__)
def test_every_picture_that_a_screen_names_is_drawn(scene: s.Scene) -> None:
    named = {text for name, text in leaves(seen(scene, ON)) if name in ("pictogram", "picture") and text}
    assert [name for name in named if not (PICTOGRAMS / f"{name}.svg").is_file()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_card_the_glass_shows_surname_and_last_digits_and_the_loudspeaker_nothing(language: str) -> None:
    view = seen(s.ConfirmCard(ASKED, ID_CARD), ON, language)
    words = " ".join(text for _, text in leaves(view) if isinstance(text, str))
    assert view.name == "欧**" and view.number.endswith(ID_CARD.number[-4:])
    assert "娜" not in words and ID_CARD.number[-5:] not in words
    assert "欧" not in view.speech and ID_CARD.number[-4:] not in view.speech
    assert view.action.event == e.ConfirmMe()
    assert [door.event for door in view.choices] == [e.HoldAgain(), e.GoWithoutCard()]


def test_consent_says_why_what_is_kept_what_is_not_and_what_it_does_not_open_with_on_without_beside_it() -> None:
    view = seen(s.ConsentCard(ASKED), ON)
    assert [point.label for point in view.points] == ["为什么", "留下什么", "不留什么", "不能办什么"]
    assert "加密" in view.points[1].text and "不存照片" in view.points[2].text
    assert all(private in view.points[3].text for private in ("查票", "工钱", "退活"))
    assert view.action.event == e.AgreeToCard() and view.refuse.event == e.GoWithoutCard()
    assert view.refuse.detail == "不刷卡的话，小票丢了就补不了"


@pytest.mark.parametrize("changes", [{"reads_id_cards": False}, {"has_camera": False, "camera": "off"}])
def test_a_machine_that_cannot_read_id_cards_says_so_and_offers_the_other_ways(changes: dict[str, Any]) -> None:
    view = seen(ASKED, replace(ON, **changes))
    by_card, by_typing = view.choices
    assert by_card.event is None and by_card.detail == "这台机器读不了身份证"
    assert by_typing.event == e.OpenTyping() and view.action.event == e.GoWithoutCard()


def test_a_reader_that_turns_out_to_be_missing_is_said_where_the_card_is_held() -> None:
    assert seen(HELD, replace(ON, reads_id_cards=False)).title == "这台机器现在读不了身份证"


@pytest.mark.parametrize(
    ("camera", "sign", "is_warning"),
    [("off", "", False), ("opening", "摄像头开着", False), ("seeing", "摄像头开着", False), ("lost", "", True)],
)
@pytest.mark.parametrize("scene", [ASKED, HELD], ids=lambda scene: type(scene).__name__)
def test_that_the_camera_runs_is_said_as_long_as_it_does(scene: Any, camera: str, sign: str, is_warning: bool) -> None:
    box = seen(scene, replace(ON, camera=camera)).camera
    assert (box.sign, box.is_warning) == (sign, is_warning)
    assert (box.outline > 0) == (scene is HELD and bool(sign))


@pytest.mark.parametrize("hint", HINTS)
def test_a_hint_is_a_picture_and_few_words_and_gives_way_to_a_lost_camera(hint: Any) -> None:
    view = seen(s.HoldCard(ASKED, s.Guide(hint)), ON)
    assert view.camera.picture == "hints/" + hint.replace("_", "-") and 0 < len(view.guidance) <= 14
    lost = seen(s.HoldCard(ASKED, s.Guide(hint)), replace(ON, camera="lost"))
    assert lost.camera.picture == "ui/warning" and lost.guidance.startswith("摄像头断开了")


def test_what_was_held_up_instead_of_a_card_is_told_before_any_hint() -> None:
    view = seen(replace(ASKED, seen="slip", guide=s.Guide("glare")), ON)
    assert view.guidance == "这是小票，不是求职卡" and view.camera.is_warning
    assert view.camera.picture == "ui/warning"


def test_the_keypad_shows_what_is_typed_as_it_stands_on_the_card() -> None:
    view = seen(s.TypeCode(ASKED, CARD[:6]), ON)
    assert view.groups == ("WK7Q", "4M__", "____", "__")
    assert view.action == v.Action("还差 8 个", "", None)
    assert [key.label for key in view.keys] == list(KEYS)
    assert view.keys[10].event == e.TypeCharacter("A")


def test_a_whole_code_can_be_sent_and_a_mistyped_one_says_what_to_do() -> None:
    view = seen(s.TypeCode(ASKED, CARD, is_mistyped=True), ON)
    assert view.action.event == e.SendTyped() and view.is_warning
    assert view.detail == "有一个字不对，请对着卡再看一遍" == view.speech.split(" · ")[1]


def test_the_keypad_stays_where_it_is_whatever_was_typed() -> None:
    views = [seen(s.TypeCode(ASKED, CARD[:length]), ON) for length in range(len(CARD) + 1)]
    assert len({(view.title, view.keys, view.erase, view.refuse) for view in views}) == 1


def test_a_worker_card_scanned_at_home_leads_to_the_jobs_and_elsewhere_back() -> None:
    assert seen(s.CodeTold("card", s.Home()), ON).action.event == e.OpenJobs(Filter())
    assert seen(s.CodeTold("card", PAGE), ON).action.event == e.GoBack()


def test_only_what_is_not_of_this_hall_is_a_warning() -> None:
    colours = {meaning: seen(s.CodeTold(meaning, s.Home()), ON).colour for meaning in MEANINGS}
    assert [meaning for meaning, colour in colours.items() if colour == "stop"] == ["foreign"]


def test_a_card_that_was_read_shows_a_tick_while_its_place_is_taken() -> None:
    by_card = seen(s.Working(1, s.PlaceWish(PAGE, "bus", CodeIdentity(CARD)), 0.0), ON)
    typed = seen(s.Working(1, s.PlaceWish(PAGE, "bus", CodeIdentity(CARD, is_typed=True)), 0.0), ON)
    assert (by_card.pictogram, by_card.colour, typed.pictogram) == ("ui/ok", "go", "ui/clock")


@pytest.mark.parametrize(
    ("code", "title", "way_on"),
    [
        ("BAD_REQUEST", "身份证号没读对，请再刷一次", "再刷一次身份证"),
        ("TOO_YOUNG", "不满 16 岁不能安排干活", "好了"),
    ],
)
def test_a_refused_id_card_is_told_in_plain_words_with_what_to_do(code: str, title: str, way_on: str) -> None:
    wish = s.PlaceWish(PAGE, "bus", CardIdentity(ID_CARD))
    view = seen(s.Refused(code, {"field": "id_number", "years": 16}, wish, PAGE), ON)
    assert (view.title, view.action.label) == (title, way_on)


def test_a_list_without_posts_offers_all_of_them_where_a_filter_hides_some() -> None:
    on = picture(small_hall(**{"job/a": job()}))
    view = seen(s.Jobs(Filter(has_bus=True), ()), on)
    assert view.action == v.Action("看全部的活", "", e.OpenJobs(Filter()))
    assert seen(s.Jobs(Filter(), ()), on).action is None and seen(JOBS, on).action is None
