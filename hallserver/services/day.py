"""What time alone changes: posts expire, moments on a wall pass, the hall's day turns, old log entries are
forgotten."""

from datetime import timedelta

from sqlalchemy import select, update

from hallserver.domain.hall_time import rfc3339
from hallserver.services import jobs
from hallserver.services.projection import due_revisits
from hallserver.store import answers, feeds
from hallserver.store.tables import counter, print_job, queue_ticket
from hallserver.store.work import Work
from hallserver.wire.feeds import Feed

LOG_KEPT_FOR = timedelta(hours=24)
STALE_PER_TICK = 200


def tick(work: Work) -> None:
    """Called about once a second; bounded work per call, the rest follows with the next."""
    jobs.expire_jobs(work)
    for key in due_revisits(work):
        kind, _, name = key.partition("/")
        if kind in ("job", "trip"):
            work.touch(kind, name)  # type: ignore[arg-type]
    _close_yesterday(work)
    _put_away_yesterdays_slips(work)


def _put_away_yesterdays_slips(work: Work) -> None:
    """A slip of a past day that surely did not come out is nobody's any more; one of unknown end stays until somebody
    looked."""
    day_began = rfc3339(work.hall.calendar.instant(work.today, work.hall.calendar.day_starts_at))
    over = (
        select(print_job.c.id)
        .where(print_job.c.state.in_(["queued", "failed"]), print_job.c.created_at < day_began)
        .limit(STALE_PER_TICK)
    )
    put_away = update(print_job).where(print_job.c.id.in_(over.scalar_subquery())).values(state="withdrawn")
    for print_job_id in work.conn.execute(put_away.returning(print_job.c.id)).scalars():
        work.touch("print", print_job_id)


def _close_yesterday(work: Work) -> None:
    """Tickets of a past day wait no longer; what screens show of them goes with them."""
    over = (
        select(queue_ticket.c.id)
        .where(queue_ticket.c.business_day < work.today.isoformat(), queue_ticket.c.state.in_(["waiting", "called"]))
        .limit(STALE_PER_TICK)
    )
    stale = list(
        work.conn.execute(
            update(queue_ticket)
            .where(queue_ticket.c.id.in_(over.scalar_subquery()))
            .values(state="closed", ended_at=rfc3339(work.now))
            .returning(queue_ticket.c.id)
        ).scalars()
    )
    if not stale:
        return
    for ticket_id in stale:
        work.touch("ticket", ticket_id)
    work.touch("call", "day")
    for one in work.hall.pack.hall.services:
        work.touch("queue", one.id)
    for number in work.conn.execute(select(counter.c.number)).scalars():
        work.touch("counter", str(number))


def forget_old(work: Work) -> None:
    """Trims the log and the kept answers; called every few minutes."""
    for feed in Feed:
        feeds.trim(work.conn, feed.value, work.now - LOG_KEPT_FOR)
    answers.forget_old(work.conn, work.now)
