"""The people of the demo who act when a button is pressed: staff and workers, by REST. Must not know the page."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from itertools import count
from typing import Any

import requests

from config.pack import Pack
from hallserver.domain.demo_hall import PlannedPost, plan_posts
from tests.mornings.screens import StaffSession

Item = Mapping[str, Any]
RAISE_FEN, RAISE_MONTH_FEN = 30_00, 500_00
AT_ONCE = 50
SEEDS_FROM = 1000
"""Seeds of posts that come while the demo runs: none is one that the hall was seeded with."""


class NothingToDo(Exception):
    """The hall has nothing left that the order could be done with; `why` ends a text id."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts


class Desk:
    """One signed-in person's way to the hall, who signs in again when the server forgot her."""

    def __init__(self, server_url: str, login: str, password: str) -> None:
        self._server_url, self._login, self._password = server_url, login, password
        self._session: StaffSession | None = None

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """-> the answer; a refusal is `{"refusal": …}`. Raises NothingToDo where the server does not answer."""
        try:
            answer = self._signed_in().post(path, body, secrets.token_hex(16))
            return dict(answer.json())
        except (requests.RequestException, ValueError) as error:
            raise NothingToDo("no_server") from error

    def items(self) -> dict[str, Item]:
        """The staff's picture of the hall, right now. Raises NothingToDo."""
        try:
            return dict(self._signed_in().get("/feeds/staff/snapshot").json()["items"])
        except (requests.RequestException, ValueError) as error:
            raise NothingToDo("no_server") from error

    def employers(self) -> dict[str, str]:
        """Ids by name."""
        return {one["name"]: one["id"] for one in self._signed_in().get("/employers").json()["employers"]}

    def close(self) -> None:
        """Gives the socket back."""
        if self._session is not None:
            self._session.close()

    def _signed_in(self) -> StaffSession:
        if self._session is None:
            self._session = StaffSession(self._server_url, self._login, self._password)
        return self._session


class People:
    """Acts of one press of a button each; every act chooses what is seen first on the wall."""

    def __init__(self, desk: Desk, pack: Pack, today: date) -> None:
        self._desk, self._pack = desk, pack
        self._more = _planned_for_ever(pack, today)
        self._calls = 0

    def take_the_last_place(self) -> dict[str, Any]:
        """Somebody takes what is left of the post with the fewest places."""
        jobs = [job for job in self._jobs() if job[1]["giving"] == "at_once" and job[1]["ways"]]
        if not jobs:
            raise NothingToDo("no_job")
        key, job = min(jobs, key=lambda one: (one[1]["left"], one[1]["rank"]))
        left = int(job["left"])
        for _ in range(left):
            self._claim(key, job)
        return {"title": job["title"], "employer": job["employer"]}

    def _claim(self, key: str, job: Item) -> None:
        way = next((way for way in job["ways"] if way != "bus"), job["ways"][0])
        self._must(self._desk.post("/claims", {"job": key, "way": way, "identity": {"kind": "none"}}))

    def post_fifty(self) -> dict[str, Any]:
        """Fifty posts as fast as the hall takes them."""
        ids = self._desk.employers()
        by_reference = {one.id: ids[one.name] for one in self._pack.employers}
        bodies = [_body(next(self._more), by_reference) for _ in range(AT_ONCE)]
        answers = [self._desk.post("/jobs", body) for body in bodies]
        return {"count": sum("refusal" not in answer for answer in answers)}

    def raise_a_pay(self) -> dict[str, Any]:
        """The first post on the wall pays more."""
        for key, job in self._jobs():
            more = RAISE_MONTH_FEN if job["pay"]["unit_id"] == "month" else RAISE_FEN
            body = {"pay_min_fen": job["pay"]["min_fen"] + more, "pay_max_fen": job["pay"]["max_fen"] + more}
            if job["pay"]["unit_id"] in ("day", "shift", "month"):
                self._must(self._desk.post(f"/jobs/{key}/pay", body))
                return {"title": job["title"], "employer": job["employer"]}
        raise NothingToDo("no_job")

    def call_the_next(self) -> dict[str, Any]:
        """The next counter calls; where nobody waits, somebody takes a number first."""
        counters = self._pack.hall.counters
        counter = counters[self._calls % len(counters)]
        self._calls += 1
        self._desk.post("/queue-tickets", {"service": counter.services[0]})
        answer = self._must(self._desk.post(f"/counters/{counter.number}/call-next", {}))
        return {"number": answer["number"], "counter": counter.number}

    def let_a_bus_depart(self) -> dict[str, Any]:
        """The next bus opens its door and leaves."""
        trips = [trip for trip in self._of("trip") if trip[1]["state"] in ("planned", "boarding")]
        if not trips:
            raise NothingToDo("no_bus")
        key, trip = min(trips, key=lambda one: str(one[1]["departs_at"]))
        if trip["state"] == "planned":
            self._must(self._desk.post(f"/trips/{key}/open", {}))
        self._must(self._desk.post(f"/trips/{key}/depart", {}))
        return {"at": trip["at"], "to": trip["dest"]}

    def _jobs(self) -> list[tuple[str, Item]]:
        live = [one for one in self._of("job") if one[1].get("state") == "live" and one[1].get("left")]
        return sorted(live, key=lambda one: one[1]["rank"])

    def _of(self, kind: str) -> list[tuple[str, Item]]:
        mine = f"{kind}/"
        return [(key.removeprefix(mine), item) for key, item in self._desk.items().items() if key.startswith(mine)]

    def _must(self, answer: dict[str, Any]) -> dict[str, Any]:
        if "refusal" in answer:
            raise NothingToDo("refused", code=answer["refusal"]["code"])
        return answer


def _planned_for_ever(pack: Pack, today: date) -> Iterator[PlannedPost]:
    for seed in count(SEEDS_FROM):
        yield from plan_posts(pack, seed, today, AT_ONCE)


def _body(planned: PlannedPost, employers: Mapping[str, str]) -> dict[str, Any]:
    """As a clerk would type it; the buses of the day are full or planned already, so people come on their own."""
    fields: dict[str, Any] = asdict(planned)
    for name in ("line", "valid_hours"):
        del fields[name]
    ways = [way for way in planned.ways if way != "bus"] or ["own"]
    lists = {"meals": list(planned.meals), "suits": list(planned.suits), "ways": ways}
    return fields | lists | {"employer": employers[planned.employer], "first_day": planned.first_day.isoformat()}
