"""Held-up codes of every kind are read as they are, or not at all; two must agree where one proves little."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from soaks.frames import soak

from kiosk.scanning import ALL_FORMATS, WORKER_FORMATS, Code, LiveReader, Symbology, read_codes
from kiosk.scanning.attention import busiest, lean_of
from kiosk.scanning.image import to_grey
from kiosk.scanning.votes import FRAMES_REMEMBERED, Votes, agreed
from kiosk.scanning.zbar import Zbar
from kiosk.scanning.zxing import Zxing
from tests.frames.bad import HUGE_EVERY, bad
from tests.frames.codes import Flaw, held, write_many
from tests.frames.scenery import textured
from tests.frames.symbols import SYMBOLOGIES, qr, written
from tests.unit.kiosk.test_code_text import picture

CARD = "WK7Q4M2XH9TBE2"
FNC4 = "Grün-Ü7"
CYCLE = 40
"""Frames in which every look has had its turn with every format at least once, and again for a second vote."""


def said(text: str, reader: str, symbology: Symbology = "Code128", left: int = 0) -> Code:
    corners = ((left, 0), (left + 90, 0), (left + 90, 50), (left, 50))
    return Code(text, symbology, corners, reader, 1.0)


def texts(codes: list[Code]) -> list[str]:
    return [code.text for code in codes]


@pytest.mark.parametrize("symbology", SYMBOLOGIES)
def test_a_well_held_code_of_every_kind_is_read_in_a_still_and_by_the_camera(symbology: Symbology) -> None:
    one = held(3, symbology, "clean")
    assert [(code.symbology, code.text) for code in read_codes(one.frame)] == [(symbology, one.text)]
    reader = LiveReader(ALL_FORMATS)
    assert any(texts(reader.read(one.frame)) == [one.text] for _ in range(CYCLE))


@pytest.mark.parametrize("symbology", SYMBOLOGIES)
def test_light_on_dark_is_read(symbology: Symbology) -> None:
    negative = 255 - picture(written(symbology, "690123456789"[:12] + "2") if symbology != "QRCode" else qr(CARD))
    assert len(read_codes(negative)) == 1


@pytest.mark.parametrize(
    ("symbology", "flaw", "seed"),
    [
        ("QRCode", "dark", 1),
        ("QRCode", "glare", 1),
        ("QRCode", "small", 1),
        ("EAN13", "noisy", 1),
        ("Code39", "dark", 3),
        ("PDF417", "clean", 3),
    ],
)
def test_the_further_looks_read_what_zxing_sharpened_or_not_does_not(
    symbology: Symbology, flaw: Flaw, seed: int
) -> None:
    one = held(seed, symbology, flaw)
    grey = cv2.cvtColor(one.frame, cv2.COLOR_BGR2GRAY)
    assert texts(Zxing(ALL_FORMATS).read(np.asarray(grey), "zxing")) == []
    assert texts(read_codes(one.frame)) == [one.text]


def test_corners_are_where_the_code_is_and_begin_at_its_own_top_left() -> None:
    shown = picture(qr(CARD))
    side = shown.shape[0]
    near, far = 40 + 4 * 5, side - 40 - 4 * 5
    for turned, first in ((shown, (near, near)), (np.rot90(shown), (near, far)), (np.rot90(shown, 2), (far, far))):
        (code,) = read_codes(np.ascontiguousarray(turned))
        assert np.abs(np.array(code.corners[0]) - first).max() <= 4
        assert cv2.contourArea(np.array(code.corners, np.float32), oriented=True) > 0.9 * (far - near) ** 2


def test_zbar_tells_the_same_corners() -> None:
    shown = picture(qr(CARD))
    for turned in (shown, np.rot90(shown)):
        grey = np.ascontiguousarray(turned)
        (by_zbar,), (by_zxing,) = Zbar(WORKER_FORMATS).read(grey, "zbar"), Zxing(WORKER_FORMATS).read(grey, "zxing")
        assert np.abs(np.array(by_zbar.corners) - np.array(by_zxing.corners)).max() <= 4


def test_corners_found_in_an_enlarged_and_turned_part_are_told_in_the_frame() -> None:
    one = held(3, "PDF417", "clean")
    (code,) = read_codes(one.frame)
    assert code.reader == "zxing-straightened"
    left, top, right, bottom = busiest(np.asarray(cv2.cvtColor(one.frame, cv2.COLOR_BGR2GRAY))) or (0, 0, 0, 0)
    assert all(left <= x <= right and top <= y <= bottom for x, y in code.corners)
    assert cv2.contourArea(np.array(code.corners, np.float32)) > 20_000


def test_two_codes_in_one_picture_are_both_read() -> None:
    beside = np.hstack([picture(qr(CARD)), picture(qr("NK7Q4M2XH9TBE2"))])
    assert sorted(texts(read_codes(beside))) == ["NK7Q4M2XH9TBE2", CARD]


def test_zbar_misreads_fnc4_and_is_never_believed_about_it() -> None:
    shown = picture(written("Code128", FNC4))
    assert texts(Zbar(ALL_FORMATS).read(shown, "zbar")) == ["Gr|n-\\7"]
    assert texts(read_codes(shown)) == [FNC4]
    votes = Votes()
    assert [votes.count([said("Gr|n-\\7", "zbar")]) for _ in range(5)] == [[]] * 5
    assert agreed([said("Gr|n-\\7", "zbar"), said("Gr|n-\\7", "zbar-stretched")]) == []


def test_zbar_does_not_outvote_zxing_but_may_second_it() -> None:
    assert texts(agreed([said(FNC4, "zxing"), said(FNC4, "zxing-enlarged"), said("Gr|n-\\7", "zbar")])) == [FNC4]
    assert texts(agreed([said(FNC4, "zxing"), said(FNC4, "zbar")])) == [FNC4]


def test_a_code_39_of_one_or_two_characters_is_not_believed() -> None:
    for text in ("A", "42"):
        shown = picture(written("Code39", text))
        assert Zbar(ALL_FORMATS).read(shown, "zbar") == Zxing(ALL_FORMATS).read(shown, "zxing") == []
    assert texts(Zxing(ALL_FORMATS).read(picture(written("Code39", "A42")), "zxing")) == ["A42"]


@pytest.mark.parametrize("symbology", ["Code128", "EAN13", "PDF417"])
def test_a_weak_code_needs_two_frames_that_agree(symbology: Symbology) -> None:
    votes = Votes()
    assert votes.count([said("1234", "zxing", symbology)]) == []
    assert votes.count([]) == []
    assert texts(votes.count([said("1234", "zxing", symbology)])) == ["1234"]


def test_code_39_which_has_no_check_needs_two_looks_as_well() -> None:
    votes = Votes()
    assert [votes.count([said("1234", "zxing", "Code39")]) for _ in range(3)] == [[]] * 3
    assert texts(votes.count([said("1234", "zxing-enlarged", "Code39")])) == ["1234"]


@pytest.mark.parametrize("symbology", ["QRCode", "DataMatrix"])
def test_a_code_that_proves_itself_needs_one_frame(symbology: Symbology) -> None:
    assert texts(Votes().count([said(CARD, "zbar", symbology)])) == [CARD]


def test_votes_are_forgotten() -> None:
    votes = Votes()
    votes.count([said("1234", "zxing")])
    for _ in range(FRAMES_REMEMBERED):
        votes.count([])
    assert votes.count([said("1234", "zxing")]) == []


def test_where_frames_differ_about_one_code_neither_is_believed_until_one_has_three_times_the_votes() -> None:
    votes = Votes()
    votes.count([said("GIG-MXR1", "zxing")])
    assert votes.count([said("GIG-CXR1", "zxing")]) == []
    assert votes.count([said("GIG-CXR1", "zxing")]) == []
    assert texts(votes.count([said("GIG-CXR1", "zxing")])) == ["GIG-CXR1"]


def test_in_a_still_two_readings_of_one_place_cancel_each_other_and_those_of_two_places_do_not() -> None:
    first = [said("13579", "zxing"), said("13579", "zxing-enlarged")]
    rival = [said("24680", "zxing-sharpened"), said("24680", "zxing-straightened")]
    assert agreed([*first, *rival]) == []
    elsewhere = [said("24680", code.reader, left=500) for code in rival]
    assert texts(agreed([*first, *elsewhere])) == ["13579", "24680"]


def test_rows_of_one_worn_code_that_read_alike_cancel_each_other_wherever_they_lie() -> None:
    rows = [said("GI-YASB", "zxing"), said("GI-YASB", "zxing-enlarged")]
    others = [said("GIGYASB", code.reader, left=500) for code in rows]
    assert agreed([*rows, *others]) == []


def test_a_frame_takes_the_quick_look_and_at_most_one_other(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []
    real = Zxing.read, Zbar.read
    monkeypatch.setattr(Zxing, "read", lambda self, grey, name: looks.append(name) or real[0](self, grey, name))
    monkeypatch.setattr(Zbar, "read", lambda self, grey, name: looks.append(name) or real[1](self, grey, name))
    reader, frame, seen = LiveReader(WORKER_FORMATS), textured(3), set()
    for _ in range(8):
        looks.clear()
        reader.read(frame)
        assert looks[0] == "zxing" and len(looks) == 2
        seen.add(looks[1])
    assert seen == {"zxing-enlarged", "zxing-part-sharpened", "zxing-refocused", "zbar-stretched"}


def test_the_kiosk_reads_qr_only() -> None:
    reader = LiveReader()
    assert [reader.read(picture(written("Code128", CARD))) for _ in range(8)] == [[]] * 8


def test_frames_full_of_what_looks_like_codes_read_as_nothing() -> None:
    reader = LiveReader(ALL_FORMATS)
    for seed in range(10):
        frame = textured(seed)
        assert reader.read(frame) == []
        if seed % 2:
            assert read_codes(frame) == []


def test_an_even_picture_has_no_busy_place_and_a_leaning_barcode_is_found_and_its_lean_told() -> None:
    assert busiest(np.full((720, 1280), 90, np.uint8)) is None
    bars = picture(written("Code128", CARD), 2)
    scene = np.full((720, 1280), 200, np.uint8)
    scene[300 : 300 + bars.shape[0], 200 : 200 + bars.shape[1]] = bars
    turn = cv2.getRotationMatrix2D((640.0, 360.0), 20.0, 1.0)
    turned = cv2.warpAffine(scene, turn, (1280, 720), borderMode=cv2.BORDER_REPLICATE)
    left, top, right, bottom = busiest(np.asarray(turned)) or (0, 0, 0, 0)
    corners = cv2.transform(np.array([[[240, 340], [160 + bars.shape[1], 260 + bars.shape[0]]]], np.float32), turn)[0]
    assert all(left <= x <= right and top <= y <= bottom for x, y in corners)
    assert abs(lean_of(np.ascontiguousarray(turned[top:bottom, left:right])) - -20.0) < 2.0


def test_bad_frames_raise_nothing_and_leave_nothing_behind() -> None:
    soaked = soak(240, traced=60)
    assert soaked.raised == []
    assert soaked.grew_python_kb < 64


def test_pictures_that_are_too_long_or_too_large_are_none() -> None:
    too_long, too_large = bad(HUGE_EVERY * 4 - 1), bad(HUGE_EVERY * 5 - 1)
    assert (too_long.shape, too_large.shape) == ((9, 40_000), (12_000, 12_000, 3))
    assert to_grey(too_long) is to_grey(too_large) is None
    assert read_codes(too_long) == read_codes(too_large) == []


def test_the_same_seed_makes_the_same_frame_and_files_of_them_can_be_written(tmp_path: Path) -> None:
    one, again, other = held(5, "QRCode", "screen"), held(5, "QRCode", "screen"), held(6, "QRCode", "screen")
    assert np.array_equal(one.frame, again.frame) and one.text == again.text
    assert not np.array_equal(one.frame, other.frame)
    assert one.frame.shape == (720, 1280, 3) and one.frame.dtype == np.uint8
    write_many(tmp_path, [5], ("QRCode",))
    back = cv2.imread(str(tmp_path / "QRCode-screen-5.png"))
    assert isinstance(back, np.ndarray) and np.array_equal(back, one.frame)
