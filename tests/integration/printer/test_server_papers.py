"""Every paper that staff may order, and every sheet of a kit, as the hall orders it: worded at the printer in each
language, kept by its spool as JSON, drawn, and its codes read again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from config.pack import Pack
from config.settings import load_settings
from config.texts import Catalogue
from config.words import Speaker
from hallserver.administration import Office, open_office, seed_demo
from hallserver.services import devices, kit, papers, people
from hallserver.services.claims import claim_place
from hallserver.services.commands import ClaimPlace, CodeHeld, RegisterWorker
from hallserver.services.paper_commands import OrderKit, OrderPaper
from hallserver.store.tables import job, print_job, trip
from hallserver.store.work import Actor, Work
from printer.faces import Faces
from printer.layouts import draw
from printer.ticket import from_json, to_json
from printer.wording import word_slip
from tests.paper import ROOT, codes_of, scanned, signs, words_of

CLERK = Actor("staff", "c" * 32, "clerk", frozenset({"clerk"}))
PRINTER_NAME = "三号窗口旁边的备用打印机"
KINDS = ("worker_card", "windscreen", "manifest", "rights_card", "test_page", "kit_cover", "kit_numbers", "kit_buses",
         "kit_posts")  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    settings = load_settings(
        data_dir=tmp_path_factory.mktemp("hall"),
        clock_hall_time="2026-11-20T05:00:00+08:00",
        clock_real_time=datetime.now(UTC).isoformat(),
    )
    opened = open_office(settings)
    seed_demo(opened, Pack.load(ROOT / "config" / "halls" / "qingshi"), 1, 60)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def ordered(office: Office) -> dict[str, Any]:
    """The payload of one paper of each kind, as the printer fetches it."""
    made = office.write("order-everything", _order_everything)
    return {kind: json.loads(json.dumps(slip)) for kind, slip in made.items()}


def _order_everything(work: Work) -> dict[str, Any]:
    printer, _ = devices.add_device(work, "printer", PRINTER_NAME)
    card = people.register_worker(work, RegisterWorker(name="欧阳建国", is_fictional=True))["code"]
    bus = _somebody_rides(work, card)
    work.actor = CLERK
    wishes: list[dict[str, str]] = [
        {"kind": "worker_card", "code": card},
        {"kind": "rights_card"},
        {"kind": "test_page"},
    ]
    for wish in [*wishes, {"kind": "windscreen", "trip": bus}, {"kind": "manifest", "trip": bus}]:
        papers.order_paper(work, OrderPaper.model_validate({"printer": printer, "paper": wish}))
    kit.order_kit(work, OrderKit.model_validate({"printer": printer, "day": work.today, "numbers": 12, "posts": 6}))
    rows = work.conn.execute(select(print_job).where(print_job.c.device_id == printer).order_by(print_job.c.id.desc()))
    return {row.kind: json.loads(work.vault.open(row.payload_sealed)) for row in rows}


def _somebody_rides(work: Work, card: str) -> str:
    """Two claims for one bus, one of them with a card -> its trip."""
    at_once = (job.c.state == "live", job.c.giving == "at_once", job.c.headcount >= job.c.taken + 2)
    post = work.conn.execute(select(job).join(trip, job.c.trip_id == trip.c.id).where(*at_once).limit(1)).one()
    for identity in (CodeHeld(kind="code", code=card), None):
        claim = ClaimPlace(job=post.id, way="bus", **({"identity": identity} if identity else {}))
        claim_place(work, claim)
    return str(post.trip_id)


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_paper_is_worded_kept_drawn_and_scanned(
    language: str, ordered: dict[str, Any], office: Office, faces: Faces
) -> None:
    assert set(ordered) == set(KINDS)
    speaker = Speaker(Catalogue.load(language), office.sources.now().date())
    for kind in KINDS:
        slip = word_slip(ordered[kind], speaker)
        assert from_json(to_json(slip)) == slip
        drawn = draw(slip, 576, faces, words_of(language), signs)
        _keep(drawn.picture, f"{kind}-{language}")
        assert scanned(drawn.picture) == codes_of(slip), kind
        assert drawn.missing == "", kind


def _keep(picture: Any, name: str) -> None:
    """Into GIGHALL_PICTURES, where that names a folder: for eyes."""
    folder = os.environ.get("GIGHALL_PICTURES")
    if folder:
        picture.save(Path(folder) / f"server-{name}.png")


def test_the_card_names_nobody_in_full(ordered: dict[str, Any], office: Office) -> None:
    speaker = Speaker(Catalogue.load("zh_Hans"), office.sources.now().date())
    said = to_json(word_slip(ordered["worker_card"], speaker)) + to_json(word_slip(ordered["manifest"], speaker))
    assert "欧师傅" in said and "建国" not in said


def test_sheets_that_are_typed_in_later_say_what_they_are_about(ordered: dict[str, Any]) -> None:
    assert ordered["kit_posts"]["posts"][0]["qr_text"].startswith("JOB/")
    assert ordered["manifest"]["qr_text"].startswith("TRIP/")
    assert all(len(number["qr_text"]) == 14 for number in ordered["kit_numbers"]["numbers"])
