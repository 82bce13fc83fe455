"""Posts: post, approve, refuse, raise, close, expire. Review's rules are in the domain; here they are asked under
lock."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from hallserver.domain import posting
from hallserver.domain.hall_time import from_rfc3339, rfc3339
from hallserver.domain.posting import JobState, Pay, PayUnit, ReviewState
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services.commands import ApproveJob, CloseJob, PostJob, RaisePay, RefuseJob
from hallserver.store.feeds import dumps
from hallserver.store.tables import employer, job, trip
from hallserver.store.work import Work

SOON = timedelta(minutes=30)
"""A post may be reached until half an hour after its shift began: late comers are still asked for."""


def post_job(work: Work, command: PostJob) -> dict[str, Any]:
    """Writes a post down for review; where the hall's table lets rules release it at this hour, it is live at once."""
    if command.trade not in work.hall.trades:
        raise Refusal(RefusalCode.NOT_FOUND, what="trade")
    _refuse_unknown(work, command)
    row = _row(work, command)
    findings = posting.review(_post(command, row), _review_words(work), work.now)
    blocked = [finding for finding in findings if finding.severity == posting.Severity.BLOCK]
    if blocked:
        raise Refusal(RefusalCode.POST_BLOCKED, reasons=[finding.reason for finding in blocked])
    row |= _released(work) if not findings and _rules_release_now(work) else {"review": "submitted", "state": "waiting"}
    work.conn.execute(insert(job).values(**row, findings=dumps([asdict(finding) for finding in findings])))
    work.touch("job", row["id"])
    return {"job": row["id"], "review": row["review"], "findings": [finding.reason for finding in findings]}


def approve_job(work: Work, job_id: str, command: ApproveJob) -> dict[str, Any]:
    """A second person lets a post go live."""
    row = _locked(work, job_id)
    if row.review != ReviewState.SUBMITTED:
        raise Refusal(RefusalCode.NOT_IN_REVIEW)
    if row.posted_by == work.actor.id:
        raise Refusal(RefusalCode.OWN_POST)
    if from_rfc3339(row.valid_until) <= work.now:
        raise Refusal(RefusalCode.POST_BLOCKED, reasons=["outdated"])
    _change(work, job_id, **_released(work, work.actor.id))
    return {"job": job_id}


def release_by_rule(work: Work, job_id: str) -> None:
    """What the rules would have released before dawn goes live at another hour: the demo's seed only."""
    _change(work, job_id, **_released(work))


def refuse_job(work: Work, job_id: str, command: RefuseJob) -> dict[str, Any]:
    """A second person stops a post."""
    row = _locked(work, job_id)
    if row.review != ReviewState.SUBMITTED:
        raise Refusal(RefusalCode.NOT_IN_REVIEW)
    if row.posted_by == work.actor.id:
        raise Refusal(RefusalCode.OWN_POST)
    reason = [{"severity": "block", "reason": "by_person", "evidence": command.reason}]
    stamp = {"reviewed_by": work.actor.id, "reviewed_at": rfc3339(work.now)}
    _change(work, job_id, review="refused", state="closed", findings=dumps(reason), **stamp)
    return {"job": job_id}


def raise_pay(work: Work, job_id: str, command: RaisePay) -> dict[str, Any]:
    """A post that gets better is better at once and on every slip."""
    row = _locked(work, job_id)
    if row.state not in (JobState.LIVE, JobState.FILLED):
        raise Refusal(RefusalCode.JOB_NOT_OPEN)
    unit = PayUnit(row.pay_unit)
    before = Pay(row.pay_min_fen, row.pay_max_fen, unit)
    if not Pay(command.pay_min_fen, command.pay_max_fen, unit).is_better_than(before):
        raise Refusal(RefusalCode.PAY_NOT_BETTER)
    _change(
        work,
        job_id,
        pay_min_fen=command.pay_min_fen,
        pay_max_fen=command.pay_max_fen,
        raised_from_fen=row.pay_min_fen,
        raised_at=rfc3339(work.now),
    )
    return {"job": job_id}


def close_job(work: Work, job_id: str, command: CloseJob) -> dict[str, Any]:
    """No more places are given; slips already printed stay valid."""
    if _locked(work, job_id).state not in (JobState.LIVE, JobState.FILLED, JobState.WAITING):
        raise Refusal(RefusalCode.JOB_NOT_OPEN)
    _change(work, job_id, state="closed")
    return {"job": job_id}


def expire_jobs(work: Work, limit: int = 200) -> int:
    """Posts whose time has passed -> how many were ended."""
    over = list(
        work.conn.execute(
            select(job.c.id)
            .where(job.c.state.in_(["live", "filled", "waiting"]), job.c.valid_until <= rfc3339(work.now))
            .limit(limit)
        ).scalars()
    )
    for job_id in over:
        _change(work, job_id, state="expired")
    return len(over)


def _refuse_unknown(work: Work, command: PostJob) -> None:
    if work.conn.execute(select(employer.c.id).where(employer.c.id == command.employer)).one_or_none() is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="employer")
    if command.trip is not None:
        ride = work.conn.execute(select(trip.c.state).where(trip.c.id == command.trip)).one_or_none()
        if ride is None or ride.state not in ("planned", "boarding"):
            raise Refusal(RefusalCode.NOT_FOUND, what="trip")


def _locked(work: Work, job_id: str) -> Any:
    """The post's row, locked against others on PostgreSQL; SQLite's writer is alone anyway."""
    row = work.conn.execute(
        update(job).where(job.c.id == job_id).values(version=job.c.version + 1).returning(job)
    ).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="job")
    return row


def _change(work: Work, job_id: str, **values: Any) -> None:
    work.conn.execute(update(job).where(job.c.id == job_id).values(**values))
    work.touch("job", job_id)


def _released(work: Work, reviewer: str = "rule") -> dict[str, Any]:
    return {"review": "approved", "state": "live", "reviewed_by": reviewer, "reviewed_at": rfc3339(work.now)}


def _rules_release_now(work: Work) -> bool:
    """Whether the hall's approval table gives this hour to the rules."""
    now = work.now.astimezone(work.hall.calendar.zone).time()
    for span in work.hall.pack.hall.rules.approvals:
        starts, ends = time.fromisoformat(span.starts_at), time.fromisoformat(span.ends_at)
        if (starts <= now < ends) if starts < ends else (now >= starts or now < ends):
            return span.by == "rules"
    return False


def _review_words(work: Work) -> posting.ReviewWords:
    words = work.hall.pack.hall.rules.review_words
    return posting.ReviewWords(words.charges, words.discrimination, words.age)


def _row(work: Work, command: PostJob) -> dict[str, Any]:
    calendar, lists = work.hall.calendar, ("meals", "ways", "suits")
    starts, ends = _shift(work, command)
    last = (
        starts + SOON if starts and command.days == 1 else calendar.instant(command.first_day, calendar.day_starts_at)
    )
    valid_until = last if starts and command.days == 1 else last + timedelta(days=1 if command.days == 1 else 7)
    fields = command.model_dump(exclude={"employer", "first_day", "starts_at", "ends_at", "trip", *lists})
    return fields | {
        "id": work.new_id(),
        "hall_id": work.hall.id,
        "employer_id": command.employer,
        "trip_id": command.trip,
        "business_day": command.first_day.isoformat(),
        "starts_at": rfc3339(starts) if starts else None,
        "ends_at": rfc3339(ends) if ends else None,
        "valid_until": rfc3339(valid_until),
        "created_at": rfc3339(work.now),
        "posted_by": work.actor.id if work.actor.kind == "staff" else None,
        **{name: dumps(getattr(command, name)) for name in lists},
    }


def _shift(work: Work, command: PostJob) -> tuple[datetime | None, datetime | None]:
    if command.starts_at is None or command.ends_at is None:
        return None, None
    calendar, day = work.hall.calendar, command.first_day
    starts = calendar.instant(day, time.fromisoformat(command.starts_at))
    ends = calendar.instant(day, time.fromisoformat(command.ends_at))
    return starts, ends if ends > starts else ends + timedelta(days=1)


def _post(command: PostJob, row: dict[str, Any]) -> posting.Post:
    return posting.Post(
        employer_id=command.employer,
        trade=command.trade,
        headcount=command.headcount,
        pay=Pay(command.pay_min_fen, command.pay_max_fen, PayUnit(command.pay_unit)),
        settlement=posting.Settlement(command.settlement),
        place=command.place,
        address=command.address,
        work=command.work,
        first_day=date.fromisoformat(row["business_day"]),
        starts_at=from_rfc3339(row["starts_at"]) if row["starts_at"] else None,
        ends_at=from_rfc3339(row["ends_at"]) if row["ends_at"] else None,
        valid_until=from_rfc3339(row["valid_until"]),
        ways=tuple(posting.Way(way) for way in command.ways),
        giving=posting.Giving(command.giving),
        job_class=command.job_class,
        free_text=" ".join((command.work, command.gear, command.return_note, command.address)),
    )
