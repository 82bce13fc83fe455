"""What the staff page is told by REST: who is here and what they may do, lists without names for volunteers, a card's
picture."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
import requests
import zxingcpp
from PIL import Image

from hallserver.services import staff
from tests.mornings.screens import StaffSession
from tests.support import hall
from tests.support.tablet import Street


@pytest.fixture
def street(running_hall: hall.HallProcess) -> Iterator[Street]:
    office = running_hall.office()
    person = staff.NewStaff("volunteer", "小林", hall.PASSWORD, ("volunteer",))
    office.write("add-staff", lambda work: staff.add_staff(work, person))
    office.engine.dispose()
    one = Street(running_hall)
    yield one
    one.close()


def test_the_page_is_told_who_is_here_and_what_they_may_do(street: Street) -> None:
    url = f"{street.process.url}/api/v1/session"
    assert requests.get(url, timeout=5).json() == {"tablet": None, "staff": None, "csrf": None, "may": []}
    clerk = street.staff.get("/session").json()
    assert (clerk["staff"]["name"], clerk["staff"]["roles"]) == ("demo", ["admin", "clerk"])
    assert {"post-job", "call-next", "board", "register-worker"} <= set(clerk["may"])
    volunteer = StaffSession(street.process.url, "volunteer", hall.PASSWORD)
    may = {"open-boarding", "board", "undo-boarding", "depart", "order-paper"}
    assert set(volunteer.get("/session").json()["may"]) == may
    volunteer.close()


def test_the_page_finds_its_csrf_word_again_after_a_reload(street: Street) -> None:
    with requests.Session() as page:
        url = f"{street.process.url}/api/v1"
        page.post(f"{url}/session", json={"login": "demo", "password": hall.PASSWORD}, timeout=5)
        word = page.get(f"{url}/session", timeout=5).json()["csrf"]
        assert page.post(f"{url}/session/end", headers={"X-CSRF": word}, timeout=5).status_code == 200
        assert page.get(f"{url}/session", timeout=5).json()["csrf"] is None


def test_a_volunteer_reads_the_passenger_list_without_names(street: Street) -> None:
    star = street.bus("star", "06:20", 2)
    street.slip(street.job(star), hall.add_card(street.process, "张大山"))
    volunteer = StaffSession(street.process.url, "volunteer", hall.PASSWORD)
    masked = volunteer.get(f"/trips/{star}/manifest")
    volunteer.close()
    assert "大山" not in masked.text
    assert masked.json()["seats"][0]["name"] == {"k": "people.label", "a": {"surname": "张"}}
    assert street.staff.get(f"/trips/{star}/manifest").json()["seats"][0]["name"] == "张大山"


def test_the_picture_of_a_card_reads_as_its_code(street: Street) -> None:
    made = street.act("/workers", {"name": "王芳"})
    assert {len(row) for row in made["qr"]} == {21}, "version 1: a Micro QR is read by no phone"
    read = zxingcpp.read_barcodes(_drawn(made["qr"]))
    assert [one.text for one in read] == [made["code"].replace(" ", "")]


def _drawn(rows: list[str], quiet: int = 4, dots: int = 6) -> Image.Image:
    side = len(rows) + 2 * quiet
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, bit in enumerate(row):
            picture.putpixel((x + quiet, y + quiet), 0 if bit == "1" else 255)
    return picture.resize((side * dots, side * dots), Image.Resampling.NEAREST)


def test_employers_come_with_the_place_in_words(street: Street) -> None:
    places = {one["place"] for one in street.staff.get("/employers").json()["employers"]}
    assert "湖东镇" in places and "lake-east" not in places


def test_a_key_is_needed_to_register_somebody(street: Street) -> None:
    answer = street.staff.post("/workers", {"name": "王芳"})
    assert (answer.status_code, answer.json()["refusal"]["code"]) == (400, "KEY_MISSING")
    assert street.staff.post("/workers", {"name": "王芳"}, secrets.token_hex(16)).status_code == 200
