"""Day numbers: each series counts from one on each business day, and no number is given twice. Knows no slip."""

from datetime import date

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from hallserver.store.tables import day_number
from hallserver.store.work import Work


def next_number(work: Work, series: str, day: date | None = None) -> int:
    """The next number of a series, today where no day is named. On PostgreSQL the row stays locked until the commit, so
    order is arrival."""
    return _count_on(work, series, day or work.today, 1)


def take_numbers(work: Work, series: str, day: date, count: int) -> range:
    """So many numbers of a day at once, for who gives them out without asking again."""
    last = _count_on(work, series, day, count)
    return range(last - count + 1, last + 1)


def _count_on(work: Work, series: str, day: date, by: int) -> int:
    insert = postgresql.insert if work.conn.dialect.name == "postgresql" else sqlite.insert
    first = {"series": series, "business_day": day.isoformat(), "last": 0}
    work.conn.execute(insert(day_number).values(first).on_conflict_do_nothing())
    return int(
        work.conn.execute(
            update(day_number)
            .where(day_number.c.series == series, day_number.c.business_day == day.isoformat())
            .values(last=day_number.c.last + by)
            .returning(day_number.c.last)
        ).scalar_one()
    )
