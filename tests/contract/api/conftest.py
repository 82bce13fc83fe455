"""One served hall with something of everything in it, and each kind of credential; knows no test."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from sqlalchemy import func, select

from hallserver.services.staff import NewStaff, add_staff
from hallserver.store.database import open_engine
from hallserver.store.schema import metadata
from tests.crowd import people
from tests.crowd.people import Supply
from tests.crowd.senders import Credential, Ledger, Twin
from tests.support import hall

TICKING = {"audit", "feed_counter", "feed_entry", "feed_item", "revisit"}
"""What the passing of time alone may change."""


@dataclass(frozen=True)
class Served:
    """A running hall: `ids` are of things that exist, by the parameter that names them."""

    process: hall.HallProcess
    credentials: Mapping[str, Credential | None]
    ids: Mapping[str, str]
    post: Mapping[str, object]

    @property
    def url(self) -> str:
        """Where its API is."""
        return f"{self.process.url}/api/v1"

    def rows(self) -> dict[str, int]:
        """How many rows each table holds that only a command can change."""
        engine = open_engine(self.process.settings().database, 0)
        with engine.connect() as conn:
            tables = [table for table in metadata.sorted_tables if table.name not in TICKING]
            return {table.name: conn.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}

    def send(self, method: str, path: str, who: str, **request: Any) -> requests.Response:
        """One request as `who`, with a fresh key where none is given."""
        credential = self.credentials[who]
        headers = {"Idempotency-Key": secrets.token_hex(16), **(credential.headers if credential else {})}
        headers |= request.pop("headers", {})
        cookies = dict(credential.cookies) if credential else {}
        return requests.request(method, self.url + path, headers=headers, cookies=cookies, timeout=10, **request)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("contract")
    process = hall.HallProcess(folder / "hall")
    hall.found_hall(process)
    office = process.office()
    volunteer = NewStaff("helper", "Helper", hall.PASSWORD, ("volunteer",))
    office.write("add-volunteer", lambda work: add_staff(work, volunteer))
    office.engine.dispose()
    process.start()
    try:
        yield _furnished(process)
    finally:
        process.stop()


def _furnished(process: hall.HallProcess) -> Served:
    """Posts, a bus, a claim with its slip, and devices, each known by its id."""
    crowd = people.gather_crowd(process, 1, 0, Supply(buses=2, seats=20, places=40, cards=1))
    devices = {role: Credential.of_token(hall.add_device(process, role, role)) for role in ("wall", "printer")}
    people_here = {"clerk": crowd.staff, "volunteer": Credential.of_login(process.url, "helper", hall.PASSWORD)}
    credentials = {"none": None, "kiosk": crowd.kiosks[0], **devices, **people_here}
    twin = Twin(process.url, "kiosk", crowd.kiosks[0], Ledger())
    claim = twin.send("/claims", {"job": crowd.posts[0], "way": "bus"})
    twin.close()
    spare = Credential.of_token(hall.add_device(process, "tablet", "spare"))
    me = requests.get(f"{process.url}/api/v1/me", headers=dict(spare.headers), timeout=10).json()
    employers = requests.get(f"{process.url}/api/v1/employers", cookies=dict(crowd.staff.cookies), timeout=10).json()
    trips = requests.get(
        f"{process.url}/api/v1/feeds/kiosk/snapshot", headers=dict(crowd.kiosks[0].headers), timeout=10
    )
    trip = next(key for key in trips.json()["items"] if key.startswith("trip/")).removeprefix("trip/")
    printer = requests.get(f"{process.url}/api/v1/me", headers=dict(devices["printer"].headers), timeout=10).json()
    clerk = Twin(process.url, "clerk", crowd.staff, Ledger())
    entry = _open_entry(clerk, trip, printer["id"])
    clerk.close()
    ids = {
        "entry_id": entry,
        "job_id": crowd.posts[0],
        "trip_id": trip,
        "print_job_id": str(claim.answer["print_job"]),
        "device_id": me["id"],
        "employer": employers["employers"][0]["id"],
        "card": crowd.cards[0],
    }
    return Served(process, credentials, ids, {"job": crowd.posts[0], "way": "own"})


def _open_entry(clerk: Twin, trip: str, printer: str) -> str:
    """A line of paper that could not be carried out: somebody aboard without a seat."""
    clerk.send("/kits", {"printer": printer, "day": "2026-11-20", "numbers": 10, "posts": 0, "rights_cards": 0})
    line = {"kind": "aboard", "trip": trip, "number": "Z001"}
    told = clerk.send("/paper-entries", {"day": "2026-11-20", "at": "04:00", "line": line})
    return str(told.answer["entry"])
