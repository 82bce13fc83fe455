"""Day numbers: each series counts from one on each business day, and no number is given twice. Knows no slip."""

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from hallserver.store.tables import day_number
from hallserver.store.work import Work


def next_number(work: Work, series: str) -> int:
    """The next number of a series today. On PostgreSQL the row stays locked until the commit, so order is arrival."""
    day = work.today.isoformat()
    insert = postgresql.insert if work.conn.dialect.name == "postgresql" else sqlite.insert
    work.conn.execute(insert(day_number).values(series=series, business_day=day, last=0).on_conflict_do_nothing())
    return int(
        work.conn.execute(
            update(day_number)
            .where(day_number.c.series == series, day_number.c.business_day == day)
            .values(last=day_number.c.last + 1)
            .returning(day_number.c.last)
        ).scalar_one()
    )
