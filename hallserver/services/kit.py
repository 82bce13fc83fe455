"""The paper kit: what a hall works with on a day on which no machine does, ordered the evening before.

Its numbers are leased: they have a letter of their own, and the day's count goes on after them.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select

from hallserver.content import sheets
from hallserver.content.facts import JobFacts, RideFacts
from hallserver.content.words import text
from hallserver.domain import codes
from hallserver.domain.call_order import slip_number
from hallserver.domain.codes import CodeKind
from hallserver.domain.hall_time import rfc3339
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services import gather, papers
from hallserver.services.numbers import take_numbers
from hallserver.services.paper_commands import KitWish, OrderKit
from hallserver.services.printing import order_print, printing_device
from hallserver.store.tables import device, employer, job, leased_number, number_lease, service, trip
from hallserver.store.work import Work

LETTERS = "ZYXWVUTSRQPNMLKHGFEDCBA"
"""Of paper, the first that nothing else in the hall has: Z stands for paper (zhǐ); I, J and O are never one."""

KINDS = {"rights": "rights_card", "manifest": "manifest"}
"""Layouts whose paper is ordered by itself, too, and has that name."""


@dataclass(frozen=True)
class _Day:
    """What a day needs on paper, read; `posts_open` counts those that find no room, too."""

    letter: str
    rides: list[RideFacts]
    posts: list[JobFacts]
    posts_open: int


def plan_kit(work: Work, wish: KitWish) -> dict[str, Any]:
    """What would come out -> `{day, letter, parts: [{part, sheets}], sheets, posts, posts_open, buses, leased}`;
    `leased` are ranges of numbers that earlier kits of that day have."""
    found = _read_day(work, wish)
    numbers = [("", "")] * wish.numbers
    made = sheets.kit_sheets(_facts(work, wish, found, numbers), papers.imprint(work))
    parts = [{"part": part["name"], "sheets": part["count"]} for part in made[0]["parts"]]
    return {
        "day": wish.day.isoformat(),
        "letter": found.letter,
        "parts": parts,
        "sheets": len(made),
        "posts": len(found.posts),
        "posts_open": found.posts_open,
        "buses": len(found.rides),
        "leased": _leased(work, found.letter, wish.day),
    }


def order_kit(work: Work, command: OrderKit) -> dict[str, Any]:
    """Leases the numbers and lets every sheet come out -> `{print_jobs, first, last}`."""
    printing_device(work, command.printer)
    found = _read_day(work, command)
    numbers = _lease(work, command, found.letter)
    made = sheets.kit_sheets(_facts(work, command, found, numbers), papers.imprint(work))
    printed = [order_print(work, _kind(slip), _name(slip), slip, command.printer) for slip in made]
    return {"print_jobs": printed, "first": numbers[0][0], "last": numbers[-1][0]}


def _kind(slip: dict[str, Any]) -> str:
    layout = str(slip["layout"])
    return KINDS.get(layout, layout)


def _name(slip: dict[str, Any]) -> str:
    """What staff call the sheet: its first number, or when its bus leaves."""
    return str(slip["numbers"][0]["number"] if "numbers" in slip else slip.get("time", ""))


def _facts(work: Work, wish: KitWish, found: _Day, numbers: list[tuple[str, str]]) -> sheets.KitFacts:
    checked_on = min(line.checked_on for line in work.hall.pack.hall.hotlines)
    return sheets.KitFacts(wish.day, found.rides, found.posts, numbers, wish.rights_cards, checked_on)


def _read_day(work: Work, wish: KitWish) -> _Day:
    """Raises BAD_REQUEST for another day than today and tomorrow."""
    if wish.day not in (work.today, work.today + timedelta(days=1)):
        raise Refusal(RefusalCode.BAD_REQUEST, field="day", problem="not today and not tomorrow")
    conditions = _open_on(work, wish.day)
    of_all = work.conn.execute(select(func.count()).select_from(job).where(*conditions)).scalar_one()
    return _Day(_letter(work), _rides(work, wish.day), _posts(work, wish, conditions), int(of_all))


def _open_on(work: Work, day: date) -> list[ColumnElement[bool]]:
    """Posts whose places can be given on that day: live, begun by then, not over before its dawn."""
    dawn = work.hall.calendar.instant(day, work.hall.calendar.day_starts_at)
    return [
        job.c.state == "live",
        job.c.business_day <= day.isoformat(),
        job.c.valid_until > rfc3339(max(work.now, dawn)),
        job.c.taken < job.c.headcount,
    ]


def _posts(work: Work, wish: KitWish, conditions: list[ColumnElement[bool]]) -> list[JobFacts]:
    """Work of the day itself first, what begins soonest before all."""
    order = (job.c.business_day.desc(), func.coalesce(job.c.starts_at, job.c.valid_until), job.c.id)
    ids = work.conn.execute(select(job.c.id).where(*conditions).order_by(*order).limit(wish.posts)).scalars()
    found = [gather.job_facts(work.conn, job_id, work.hall) for job_id in ids]
    return [_with_bus_of(work, facts, wish.day) for facts in found if facts is not None]


def _with_bus_of(work: Work, post: JobFacts, day: date) -> JobFacts:
    ride = post.ride
    is_there = ride is not None and work.hall.calendar.business_day(ride.departs_at) == day
    return post if is_there else replace(post, ride=None)


def _rides(work: Work, day: date) -> list[RideFacts]:
    ids = work.conn.execute(
        select(trip.c.id)
        .where(trip.c.business_day == day.isoformat(), trip.c.state.in_(["planned", "boarding"]))
        .where(trip.c.departs_at > rfc3339(work.now))
        .order_by(trip.c.departs_at, trip.c.sign)
    ).scalars()
    return [ride for ride in (gather.ride_facts(work.conn, trip_id) for trip_id in ids) if ride is not None]


def _letter(work: Work) -> str:
    taken = set(work.conn.execute(select(service.c.letter)).scalars()) | {work.hall.pack.hall.job_slip_letter}
    taken |= set(work.conn.execute(select(device.c.letter).where(device.c.letter.is_not(None))).scalars())
    letters: list[str] = [*LETTERS, *(one * 2 for one in LETTERS)]
    return next(letter for letter in letters if letter not in taken)


def _lease(work: Work, command: OrderKit, letter: str) -> list[tuple[str, str]]:
    leased = take_numbers(work, letter, command.day, command.numbers)
    lease_id = work.new_id()
    work.conn.execute(
        insert(number_lease).values(
            id=lease_id,
            device_id=command.printer,
            series=letter,
            business_day=command.day.isoformat(),
            first=leased[0],
            last=leased[-1],
        )
    )
    drawn = [(number, codes.draw_code(CodeKind.NUMBER_SLIP, work.random_bytes)) for number in leased]
    vault = work.vault
    rows = [
        {
            "number_lease_id": lease_id,
            "number": number,
            "code_hash": vault.look_up(code),
            "code_sealed": vault.seal(code),
        }
        for number, code in drawn
    ]
    work.conn.execute(insert(leased_number), rows)
    return [(slip_number(letter, number), code) for number, code in drawn]


def _leased(work: Work, letter: str, day: date) -> list[list[str]]:
    rows = work.conn.execute(
        select(number_lease.c.first, number_lease.c.last)
        .where(number_lease.c.series == letter, number_lease.c.business_day == day.isoformat())
        .order_by(number_lease.c.first)
    )
    return [[slip_number(letter, row.first), slip_number(letter, row.last)] for row in rows]


def read_posts(work: Work, day: date) -> dict[str, Any]:
    """Posts that paper of that day may name, those whose time is over too -> `{posts: [{id, title, pictogram, employer,
    ways, left, trip}]}`, work of the day first."""
    rows = work.conn.execute(
        select(job, employer.c.name.label("employer_name"))
        .join(employer)
        .where(
            job.c.review == "approved",
            job.c.business_day <= day.isoformat(),
            job.c.valid_until > rfc3339(work.hall.calendar.instant(day, work.hall.calendar.day_starts_at)),
        )
        .order_by(job.c.business_day.desc(), job.c.starts_at, job.c.id)
        .limit(500)
    )
    return {"posts": [_post(work, row) for row in rows]}


def _post(work: Work, row: Any) -> dict[str, Any]:
    trade = work.hall.trades.get(row.trade)
    return {
        "id": row.id,
        "title": text(dict(trade.names)) if trade else row.trade,
        "pictogram": trade.pictogram if trade else "other",
        "employer": row.employer_name,
        "ways": json.loads(row.ways),
        "left": row.headcount - row.taken,
        "trip": row.trip_id,
    }
