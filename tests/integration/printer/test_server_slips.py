"""What the hall's services answer to a claim and to a number becomes a slip that prints and scans in each language."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import zxingcpp
from sqlalchemy import select

from config.pack import Pack
from config.settings import load_settings
from config.texts import Catalogue
from config.words import Speaker
from hallserver.administration import Office, open_office, seed_demo
from hallserver.services.claims import claim_place
from hallserver.services.commands import ClaimPlace, TakeNumber
from hallserver.services.queue import take_number
from hallserver.store.tables import job
from printer.layouts import Faces, draw
from printer.ticket import JobSlip, NumberSlip, Slip, from_json, to_json
from printer.wording import word_slip
from tests.paper import ROOT, signs, words_of

# The store's use of SQLAlchemy is not what is tested here.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")

BEFORE_DAWN = "2026-11-19T21:00:00Z"
ANSWERS = ("bus", "own", "employer_car", "number")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("hall")
    settings = load_settings(
        data_dir=folder, clock_hall_time=BEFORE_DAWN, clock_real_time=datetime.now(UTC).isoformat()
    )
    opened = open_office(settings)
    seed_demo(opened, Pack.load(ROOT / "config" / "halls" / "qingshi"), 1, 60)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def answers(office: Office) -> dict[str, Any]:
    """One server's slip for each way to get there, and one for a number."""
    ways = {way: open_post(office, way) for way in ANSWERS if way != "number"}
    claims = {way: ClaimPlace(job=post, way=way) for way, post in ways.items()}  # type: ignore[arg-type]
    slips = {way: office.write("claim", lambda work, c=claim: claim_place(work, c)) for way, claim in claims.items()}
    number = TakeNumber(service=next(iter(Pack.load(ROOT / "config" / "halls" / "qingshi").hall.services)).id)
    slips["number"] = office.write("take-number", lambda work: take_number(work, number))
    return {kind: json.loads(json.dumps(answer["slip"])) for kind, answer in slips.items()}


def open_post(office: Office, way: str) -> str:
    with office.engine.connect() as conn:
        rows = conn.execute(select(job.c.id, job.c.ways).where(job.c.state == "live", job.c.giving == "at_once"))
        return next(str(row.id) for row in rows if f'"{way}"' in row.ways)


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_of_the_hall_prints_and_scans(
    kind: str, language: str, answers: dict[str, Any], office: Office, faces: Faces
) -> None:
    today = office.sources.now().date()
    slip: Slip = word_slip(answers[kind], Speaker(Catalogue.load(language), today))
    assert isinstance(slip, NumberSlip if kind == "number" else JobSlip)
    assert slip.language == language
    assert from_json(to_json(slip)) == slip
    picture = draw(slip, 576, faces, words_of(language), signs).picture
    assert [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))] == [slip.qr_text]
