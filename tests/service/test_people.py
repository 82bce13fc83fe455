"""Who somebody is: by a card that a camera saw, by staff; never known better than that, on both data bases."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import Connection, select

from hallserver.domain.people import IdentityLevel
from hallserver.services import people
from hallserver.services.claims import claim_place
from hallserver.services.commands import CardSeen, RegisterWorker
from hallserver.store.tables import application, worker
from tests.service.conftest import Store, claim, two_at_once

ADULT, OTHER = "99010119700101001X", "990101197001010028"
CHILD, MISREAD = "990101201501010015", "990101197001010019"


def _card(number: str = ADULT, name: str | None = "Zhang Wei") -> CardSeen:
    return CardSeen(kind="id_card", number=number, name=name, consent=True)


def _take(store: Store, post: str, card: CardSeen) -> Any:
    return store.do(lambda work: claim_place(work, claim(post, identity=card)))


def _register(store: Store, **other: Any) -> Any:
    values: dict[str, Any] = {"name": "Zhang Wei", "phone": "0512-0000-0001", "id_number": ADULT}
    return store.do(lambda work: people.register_worker(work, RegisterWorker(**(values | other))))


def _levels(store: Store) -> tuple[int, int]:
    with store.engine.connect() as conn:
        seen = conn.execute(select(application.c.identity_level)).scalar_one()
        known = conn.execute(select(worker.c.identity_level)).scalar_one()
    return seen, known


def test_a_card_in_front_of_the_camera_makes_its_person_known_as_seen_and_keeps_the_consent(store: Store) -> None:
    _take(store, store.post(), _card())
    assert _levels(store) == (IdentityLevel.CARD_SEEN, IdentityLevel.CARD_SEEN)
    (consents,) = store.one(select(worker.c.consents))
    (kept,) = json.loads(consents)
    assert (kept["purpose"], kept["device"]) == ("id_card", store.kiosk.device_id)


def test_one_card_is_one_person_whose_claims_may_not_overlap(store: Store) -> None:
    _take(store, store.post(), _card())
    second = store.post()
    refused = store.refusal(lambda work: claim_place(work, claim(second, identity=_card(ADULT.lower()))))
    assert refused == ("OVERLAP", {})
    assert store.count(worker, application) == [1, 1]


def test_a_picture_of_a_checked_card_is_still_only_a_picture(store: Store) -> None:
    _register(store)
    _take(store, store.post(), _card())
    assert _levels(store) == (IdentityLevel.CARD_SEEN, IdentityLevel.CHECKED)


@pytest.mark.parametrize(("number", "refusal"), [(CHILD, "TOO_YOUNG"), (MISREAD, "BAD_REQUEST"), ("1", "BAD_REQUEST")])
def test_a_child_and_a_misread_number_are_refused_and_nothing_is_kept(store: Store, number: str, refusal: str) -> None:
    post = store.post()
    code, _ = store.refusal(lambda work: claim_place(work, claim(post, identity=_card(number))))
    assert code == refusal
    assert store.count(worker, application) == [0, 0]


def test_nobody_is_kept_of_whom_the_place_was_refused(store: Store) -> None:
    post = store.post(headcount=1)
    _take(store, post, _card(OTHER))
    assert store.refusal(lambda work: claim_place(work, claim(post, identity=_card())))[0] == "JOB_FULL"
    assert store.count(worker) == [1]


def test_staff_check_whom_a_camera_saw_and_code_and_claims_stay_theirs(store: Store) -> None:
    _take(store, store.post(), _card(name=None))
    (seen,) = store.one(select(worker.c.id))
    answer = _register(store)
    assert answer["worker"] == seen
    assert store.do(lambda work: people.find_worker(work, answer["code"])).label == "Z"
    assert store.one(select(worker.c.identity_level)) == (IdentityLevel.CHECKED,)
    again = RegisterWorker(name="Li", id_number=ADULT)
    assert store.refusal(lambda work: people.register_worker(work, again)) == ("BAD_REQUEST", {"field": "id_number"})


def test_a_later_frame_brings_the_name_and_never_another_one(store: Store) -> None:
    for name in (None, "Zhang Wei", "Someone Else"):
        store.do(lambda work, name=name: people.seen_worker(work, _card(name=name)))
    (sealed,) = store.one(select(worker.c.name_sealed))
    assert store.sources.vault.open(sealed) == "Zhang Wei"


def test_one_card_at_two_kiosks_at_once_is_one_person(postgres_store: Store) -> None:
    store = postgres_store
    first, second = store.post(), store.post(starts_at="18:00", ends_at="20:00")

    def takes(post: str) -> Callable[[Connection], Any]:
        return lambda conn: store.perform(conn, lambda work: claim_place(work, claim(post, identity=_card())))

    with two_at_once(store, takes(first), takes(second)):
        assert store.count(worker, application) == [1, 2]


@pytest.mark.parametrize("consent", [False, None, 0, "yes"])
def test_without_consent_a_card_is_no_request(consent: object) -> None:
    with pytest.raises(ValidationError):
        CardSeen.model_validate({"kind": "id_card", "number": ADULT, "name": None, "consent": consent})
