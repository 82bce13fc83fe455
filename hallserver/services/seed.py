"""Fills an empty data base with the demo hall: everything through the same verbs that real people use.

A pure function of (pack, seed, moment) but for what must be secret; refused where a real person is in the data base.
"""

import contextlib
from dataclasses import asdict
from random import Random
from typing import Any

from sqlalchemy import func, select

from hallserver.domain.demo_hall import PlannedPost, plan_posts
from hallserver.domain.refusals import Refusal
from hallserver.services import jobs, people, queue, shuttle, staff
from hallserver.services.commands import PlanTrip, PostJob, RegisterWorker, TakeNumber
from hallserver.store.tables import employer, worker
from hallserver.store.work import Work

PEOPLE_WAITING = 9


class RealPeople(Exception):
    """The data base holds persons who are not fictional; a demo must not touch it."""


def refuse_real_people(work: Work) -> None:
    """Raises RealPeople."""
    real = work.conn.execute(select(func.count()).where(worker.c.is_fictional == 0)).scalar_one()
    if real or not work.hall.is_demo:
        raise RealPeople


def seed_buses(work: Work) -> dict[str, list[str]]:
    """Today's and tomorrow's buses of the pack's lines -> trip ids by line, only those still to leave."""
    trips: dict[str, list[str]] = {}
    destinations = {one.id: one.name for one in work.hall.pack.employers}
    for line in work.hall.pack.lines:
        for bus in line.buses:
            command = PlanTrip(
                sign=bus.sign,
                line=line.id,
                destination=destinations[line.employer],
                bay=bus.bay,
                capacity=bus.capacity,
                day=work.today,
                departs_at=line.leaves_at,
                returns_at=line.returns_at,
            )
            if _is_ahead(work, line.leaves_at):
                trips.setdefault(line.id, []).append(shuttle.plan_trip(work, command)["trip"])
    return trips


def _is_ahead(work: Work, at: str) -> bool:
    return f"{work.hall.calendar.clock(work.now):0>5}" < at


def seed_posts(work: Work, seed: int, count: int, trips: dict[str, list[str]]) -> list[str]:
    """Posts of the day, approved by rule or as if by a second person -> job ids."""
    ids = dict(work.conn.execute(select(employer.c.reference, employer.c.id)).all())
    dice, posted = Random(seed), []
    for planned in plan_posts(work.hall.pack, seed, work.today, count):
        with contextlib.suppress(Refusal):  # late in the day many of a morning's posts are over
            result = jobs.post_job(work, _command(planned, ids, dice, trips))
            if result["review"] == "submitted":
                jobs.release_by_rule(work, result["job"])
            posted.append(result["job"])
    return posted


def _command(planned: PlannedPost, ids: dict[str, str], dice: Random, trips: dict[str, list[str]]) -> PostJob:
    fields: dict[str, Any] = asdict(planned)
    line, hours = fields.pop("line"), fields.pop("valid_hours")
    assert hours > 0
    ways = list(planned.ways)
    chosen = dice.choice(trips[line]) if line in trips and "bus" in ways else None
    if chosen is None:
        ways = [way for way in ways if way != "bus"] or ["own"]
    for name in ("meals", "suits"):
        fields[name] = list(fields[name])
    return PostJob(**(fields | {"employer": ids[planned.employer], "ways": ways, "trip": chosen}))


def seed_people(work: Work, count: int) -> list[str]:
    """Fictional workers with cards, named by the pack's invented surnames -> their codes, grouped."""
    phrases = work.hall.pack.phrases
    assert phrases is not None
    names = [phrases.contacts.name.format(surname=surname) for surname in phrases.contacts.surnames[:count]]
    return [people.register_worker(work, RegisterWorker(name=name, is_fictional=True))["code"] for name in names]


def seed_queue(work: Work) -> None:
    """A few people already wait."""
    services = [one.id for one in work.hall.pack.hall.services]
    for nth in range(PEOPLE_WAITING):
        queue.take_number(work, TakeNumber(service=services[nth % min(3, len(services))]))


def seed_staff(work: Work, password: str) -> list[dict[str, str]]:
    """A clerk and an authority, so that two people can approve."""
    wanted = (("demo", ("clerk", "admin"), "2468"), ("review", ("authority",), "1357"))
    return [staff.add_staff(work, staff.NewStaff(login, login, password, roles, pin)) for login, roles, pin in wanted]
