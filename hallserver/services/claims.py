"""A worker takes a place, where he chooses the bus seats too, and gets a slip: one transaction, all or nothing.

Gather under lock -> let the domain refuse -> take by conditional updates that the constraints restate.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from hallserver.content import paper
from hallserver.content.facts import ClaimFacts
from hallserver.domain import codes
from hallserver.domain.call_order import slip_number
from hallserver.domain.claims import BusRide, ClaimRequest, OpenJob, anonymous_claim_is_over_cap, refuse_claim
from hallserver.domain.codes import CodeKind
from hallserver.domain.hall_time import from_rfc3339, rfc3339
from hallserver.domain.people import IdentityLevel
from hallserver.domain.posting import Giving, JobState, Way
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services import gather, people
from hallserver.services.commands import CardSeen, ClaimPlace, CodeHeld, Identity
from hallserver.services.numbers import next_number
from hallserver.services.printing import order_print
from hallserver.store.tables import application, job, seat, trip
from hallserver.store.work import Work

OVERLAP_TRIGGER = "application_overlaps"


@dataclass(frozen=True)
class Token:
    """What a slip is known by: its number in a series of a day, and its code."""

    series: str
    number: int
    code: str


@dataclass(frozen=True)
class Origin:
    """Who takes the place and when; on paper it was `at` an earlier time, with a `token` that the paper gave before,
    perhaps a `name` written beside it."""

    at: datetime
    day: date
    worker: people.KnownWorker | None = None
    is_from_paper: bool = False
    token: Token | None = None
    name: str | None = None


@dataclass(frozen=True)
class _Taken:
    """What was just written, for slip and answer."""

    claim_id: str
    code: str
    tag: str
    number: str
    standby: int | None


def claim_place(work: Work, command: ClaimPlace) -> dict[str, Any]:
    """-> `{claim, number, tail, slip, print_job, speech}`."""
    origin = Origin(work.now, work.today, _worker(work, command.identity))
    return _answer(work, command, _take(work, command, origin))


def claim_on_paper(work: Work, command: ClaimPlace, origin: Origin) -> str:
    """A place that staff gave by hand, whoever else would have given it, counts like any other -> claim id."""
    return _take(work, command, origin).claim_id


def _take(work: Work, command: ClaimPlace, origin: Origin) -> _Taken:
    row = _locked_job(work, command.job)
    ride = _locked_ride(work, row.trip_id) if command.way == "bus" and row.trip_id else None
    refuse_claim(_open_job(row, origin), _bus_ride(ride), _request(command), origin.at)
    if origin.worker is None and not origin.is_from_paper:
        _refuse_over_cap(work)
    taken = _write(work, command, row, origin)
    if not command.standby:
        _take_place(work, command, row)
        if command.way == "bus":
            _take_seats(work, command, row, taken)
    work.touch("job", row.id)
    return taken


def _worker(work: Work, identity: Identity) -> people.KnownWorker | None:
    match identity:
        case CodeHeld(code=code):
            return people.find_worker(work, code)
        case CardSeen():
            return people.seen_worker(work, identity)
    return None


def _open_job(row: Any, origin: Origin) -> OpenJob:
    """A post as it was when the place was given: one whose time is over by now was live on paper."""
    was_live = origin.is_from_paper and row.state == JobState.EXPIRED
    return OpenJob(
        state=JobState.LIVE if was_live else JobState(row.state),
        giving=Giving.AT_ONCE if origin.is_from_paper else Giving(row.giving),
        ways=tuple(Way(way) for way in json.loads(row.ways)),
        left=row.headcount - row.taken,
        party_max=row.party_max,
        starts_at=gather.instant_or_none(row.starts_at),
        valid_until=from_rfc3339(row.valid_until),
    )


def _bus_ride(ride: Any) -> BusRide | None:
    return BusRide(ride.state, from_rfc3339(ride.departs_at), ride.capacity - ride.taken) if ride is not None else None


def _request(command: ClaimPlace) -> ClaimRequest:
    return ClaimRequest(Way(command.way), command.party_size, command.standby, command.identity.kind != "none")


def _locked_job(work: Work, job_id: str) -> Any:
    row = work.conn.execute(
        update(job).where(job.c.id == job_id).values(version=job.c.version).returning(job)
    ).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="job")
    return row


def _locked_ride(work: Work, trip_id: str) -> Any:
    return work.conn.execute(
        update(trip).where(trip.c.id == trip_id).values(taken=trip.c.taken).returning(trip)
    ).one_or_none()


def _refuse_over_cap(work: Work) -> None:
    cap = work.hall.pack.hall.rules.anonymous_claims_per_hour
    recent = work.conn.execute(
        select(func.count()).where(
            application.c.device_id == work.actor.device_id,
            application.c.worker_id.is_(None),
            application.c.created_at > rfc3339(work.now - timedelta(hours=1)),
        )
    ).scalar_one()
    if work.actor.device_id is not None and anonymous_claim_is_over_cap(recent, cap):
        raise Refusal(RefusalCode.ANONYMOUS_CAP)


def _write(work: Work, command: ClaimPlace, row: Any, origin: Origin) -> _Taken:
    token = origin.token or _draw(work, origin.day)
    tag = _tag(work, row.trip_id, token.code) if command.way == "bus" and not command.standby else ""
    claim_id = work.new_id()
    values = {
        "id": claim_id,
        "job_id": row.id,
        "device_id": work.actor.device_id,
        "state": "standby" if command.standby else "claimed",
        "way": command.way,
        "party_size": command.party_size,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "code_sealed": work.vault.seal(token.code + tag),
    }
    _insert(work, values | _of_token(work, token) | _of_origin(work, origin))
    place = _standby_place(work, row.id) if command.standby else None
    return _Taken(claim_id, token.code, tag, slip_number(token.series, token.number), place)


def _draw(work: Work, day: date) -> Token:
    series = work.hall.pack.hall.job_slip_letter
    code = codes.draw_code(CodeKind.JOB_SLIP, work.random_bytes)
    return Token(series, next_number(work, series, day), code)


def _of_token(work: Work, token: Token) -> dict[str, Any]:
    return {"series": token.series, "number": token.number, "code_hash": work.vault.look_up(token.code)}


def _of_origin(work: Work, origin: Origin) -> dict[str, Any]:
    known = origin.worker
    return {
        "worker_id": known.id if known else None,
        "identity_level": int(known.level if known else IdentityLevel.SAID),
        "business_day": origin.day.isoformat(),
        "created_at": rfc3339(origin.at),
        "is_from_paper": int(origin.is_from_paper),
        "name_sealed": work.vault.seal(origin.name) if origin.name else None,
    }


def _insert(work: Work, values: dict[str, Any]) -> None:
    """Raises OVERLAP, or NUMBER_TAKEN where paper gave a number to two people."""
    try:
        with work.conn.begin_nested():
            work.conn.execute(insert(application).values(**values))
    except DBAPIError as error:
        said = str(error.orig)
        if OVERLAP_TRIGGER in said:
            raise Refusal(RefusalCode.OVERLAP) from error
        if isinstance(error, IntegrityError) and "unique" in said.lower():
            raise Refusal(RefusalCode.NUMBER_TAKEN, number=slip_number(values["series"], values["number"])) from error
        raise


def _tag(work: Work, trip_id: str, code: str) -> str:
    sealed = work.conn.execute(select(trip.c.key_sealed).where(trip.c.id == trip_id)).scalar_one()
    return codes.trip_tag(code, bytes.fromhex(work.vault.open(sealed)))


def _standby_place(work: Work, job_id: str) -> int:
    return int(
        work.conn.execute(
            select(func.count()).where(application.c.job_id == job_id, application.c.state == "standby")
        ).scalar_one()
    )


def _take_place(work: Work, command: ClaimPlace, row: Any) -> None:
    taken = work.conn.execute(
        update(job)
        .where(job.c.id == row.id, job.c.taken + command.party_size <= job.c.headcount, job.c.state == row.state)
        .values(taken=job.c.taken + command.party_size)
        .returning(job.c.taken, job.c.headcount)
    ).one_or_none()
    if taken is None:
        raise Refusal(RefusalCode.JOB_FULL, left=row.headcount - row.taken)
    if taken.taken == taken.headcount and row.state == JobState.LIVE:
        work.conn.execute(update(job).where(job.c.id == row.id).values(state="filled", filled_at=rfc3339(work.now)))


def _take_seats(work: Work, command: ClaimPlace, row: Any, taken: _Taken) -> None:
    sold = work.conn.execute(
        update(trip)
        .where(
            trip.c.id == row.trip_id,
            trip.c.taken + command.party_size <= trip.c.capacity,
            trip.c.state.in_(["planned", "boarding"]),
        )
        .values(taken=trip.c.taken + command.party_size)
        .returning(trip.c.id)
    ).one_or_none()
    if sold is None:
        raise Refusal(RefusalCode.BUS_FULL, left=0)
    seat_id = work.new_id()
    work.conn.execute(
        insert(seat).values(
            id=seat_id,
            trip_id=row.trip_id,
            application_id=taken.claim_id,
            party_size=command.party_size,
            state="expected",
            tail_sealed=work.vault.seal(codes.tail(taken.code)),
        )
    )
    work.touch("trip", row.trip_id)
    work.touch("seat", seat_id)


def _answer(work: Work, command: ClaimPlace, taken: _Taken) -> dict[str, Any]:
    facts = gather.job_facts(work.conn, command.job, work.hall)
    assert facts is not None
    claim = ClaimFacts(
        number=taken.number,
        code=taken.code,
        tag=taken.tag,
        way=command.way,
        party_size=command.party_size,
        standby=taken.standby,
        printed_at=work.now,
        is_reprint=False,
    )
    slip = paper.job_slip(facts, claim, work.hall.item)
    return {
        "claim": taken.claim_id,
        "number": taken.number,
        "tail": codes.tail(taken.code),
        "standby": taken.standby,
        "slip": slip,
        "print_job": order_print(work, "job_slip", taken.number, slip, command.printer),
        "speech": paper.spoken_claim(facts, claim),
    }
