"""What the hall says on paper becomes slips that print and scan in each language: answers to commands, and sheets."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from config.pack import Pack
from config.settings import load_settings
from config.texts import Catalogue
from config.words import Speaker
from hallserver.administration import Office, open_office, seed_demo
from hallserver.content import sheets
from hallserver.services.claims import claim_place
from hallserver.services.commands import ClaimPlace, TakeNumber
from hallserver.services.gather import job_facts, ride_facts
from hallserver.services.queue import take_number
from hallserver.services.shuttle import read_manifest
from hallserver.store.tables import job, trip
from hallserver.store.work import Work
from printer.layouts import Faces, draw
from printer.ticket import JobSlip, NumberSlip, Slip, from_json, to_json
from printer.wording import word_slip
from tests.paper import ROOT, codes_of, scanned, signs, words_of

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
    assert scanned(picture) == {slip.qr_text}


@pytest.fixture(scope="module")
def papers(office: Office, answers: dict[str, Any]) -> dict[str, list[Any]]:
    """Every sheet that the hall's facts can fill, after the claims of `answers`."""
    made = office.write("test-papers", _papers)
    return {kind: json.loads(json.dumps(slips)) for kind, slips in made.items()}


def _papers(work: Work) -> dict[str, list[Any]]:
    ids = work.conn.execute(select(job.c.id).where(job.c.state == "live").limit(6)).scalars()
    posts = [facts for facts in (job_facts(work.conn, job_id, work.hall) for job_id in ids) if facts is not None]
    trips = list(work.conn.execute(select(trip.c.id)).scalars())
    rides = [facts for facts in (ride_facts(work.conn, trip_id) for trip_id in trips) if facts is not None]
    full = max(rides, key=lambda ride: ride.count.expected)
    imprint = sheets.Imprint(work.hall.item, work.hall.calendar, work.now)
    numbers = [(f"K{nth:03d}", f"N9TBE5RD8W3N{nth:02d}") for nth in range(12)]
    seats = read_manifest(work, full.trip_id)["seats"]
    return {
        "card": [
            sheets.worker_card("张师傅", "0417", "W7KQ4M2XH9TBE5", [work.hall.item["trades"][0]["name"]], imprint)
        ],
        "list": [sheets.list_slip("张师傅", [(post, "离您近") for post in posts[:3]], imprint)],
        "rights": [sheets.rights_card(imprint, work.today)],
        "windscreen": [sheets.windscreen_sheet(full, imprint)],
        "manifest": [sheets.manifest(full, sheets.Riders(seats), imprint)],
        "kit": sheets.kit_sheets(sheets.KitFacts(work.today, rides, posts, numbers, 2), imprint),
    }


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
@pytest.mark.parametrize("kind", ["card", "list", "rights", "windscreen", "manifest", "kit"])
def test_every_paper_of_the_hall_prints_and_scans(
    kind: str, language: str, papers: dict[str, list[Any]], office: Office, faces: Faces
) -> None:
    speaker = Speaker(Catalogue.load(language), office.sources.now().date())
    for facts in papers[kind]:
        slip = word_slip(facts, speaker)
        drawn = draw(slip, 384, faces, words_of(language), signs)
        assert scanned(drawn.picture) == codes_of(slip)
        assert drawn.missing == ""


def test_a_manifest_names_those_who_took_a_seat(papers: dict[str, list[Any]], answers: dict[str, Any]) -> None:
    riders = papers["manifest"][0]["riders"]
    assert [(rider["number"], rider["seat_count"]) for rider in riders] == [(answers["bus"]["slip_number"], 1)]


def test_the_kit_has_a_cover_that_counts_its_sheets(papers: dict[str, list[Any]]) -> None:
    cover, *others = papers["kit"]
    assert cover["layout"] == "kit_cover"
    assert sum(part["count"] for part in cover["parts"]) == len(others)
    assert [len(sheet["numbers"]) for sheet in others if sheet["layout"] == "kit_numbers"] == [10, 2]
    blank = [sheet for sheet in others if sheet["layout"] == "manifest"]
    assert blank and all(sheet["blank_rows"] == sheet["seat_count"] and not sheet["riders"] for sheet in blank)


def test_a_number_carries_the_picture_of_its_service(answers: dict[str, Any]) -> None:
    services = Pack.load(ROOT / "config" / "halls" / "qingshi").hall.services
    assert answers["number"]["service_sign"] == next(iter(services)).pictogram
