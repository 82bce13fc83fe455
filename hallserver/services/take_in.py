"""Takes in what was written on paper while machines stood: each line as the verb it was, at the time on the paper.

What cannot be carried out is kept, with its reason, until somebody settles it; the same line again is no second one.
What can only be a slip of the typing hand is refused at once: the paper is still in it.
"""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from hallserver.domain import codes
from hallserver.domain.call_order import slip_number
from hallserver.domain.hall_time import from_rfc3339, rfc3339
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services import claims, shuttle
from hallserver.services.claims import Origin, Token
from hallserver.services.commands import ClaimPlace
from hallserver.services.paper_commands import (
    AboardLine,
    DepartedLine,
    NumberLine,
    PaperLine,
    PlaceLine,
    SettlePaper,
    TakeIn,
)
from hallserver.store.feeds import dumps
from hallserver.store.tables import (
    application,
    counter,
    leased_number,
    number_lease,
    paper_entry,
    queue_ticket,
    service,
)
from hallserver.store.work import Work

MISTYPED = frozenset(
    {RefusalCode.BAD_REQUEST, RefusalCode.NOT_FOUND, RefusalCode.CODE_MISTYPED, RefusalCode.NUMBER_UNKNOWN}
)
"""Refusals that say no more than that the line was not typed as it stands; all others are kept with the line."""

KEPT_FOR = timedelta(days=7)
"""How old paper may be."""

_NUMBER = re.compile(r"([A-Z]{1,2})[ -]?(\d{1,4})")
_LINE: TypeAdapter[PaperLine] = TypeAdapter(PaperLine)


@dataclass(frozen=True)
class _When:
    """What the paper says: the business day and the instant."""

    day: date
    at: datetime


@dataclass(frozen=True)
class _Leased:
    """A number of a kit."""

    token: Token

    @property
    def name(self) -> str:
        return slip_number(self.token.series, self.token.number)


def take_in(work: Work, command: TakeIn) -> dict[str, Any]:
    """-> `{entry, state: done|open, is_repeat, number, code, facts}`; `open`: kept with the reason why it was not
    carried out. Raises what is in MISTYPED."""
    when = _when(work, command)
    line = _looked_up(work, command.line, when)
    fact, entry_id = _fact(line, when), work.new_id()
    values = {
        "id": entry_id,
        "hall_id": work.hall.id,
        "kind": line.kind,
        "business_day": command.day.isoformat(),
        "at": rfc3339(when.at),
        "body_sealed": work.vault.seal(line.model_dump_json()),
        "fact": fact,
        "state": "done",
        "entered_by": work.actor.label,
        "entered_at": rfc3339(work.now),
    }
    try:
        with work.conn.begin_nested():
            work.conn.execute(insert(paper_entry).values(**values))
    except IntegrityError:
        return _repeated(work, fact, line)
    return _carried(work, entry_id, line, when) | {"is_repeat": False}


def settle_paper(work: Work, entry_id: str, command: SettlePaper) -> dict[str, Any]:
    """A kept line is tried again, or closed with what really happened -> as `take_in`."""
    row = work.conn.execute(
        update(paper_entry).where(paper_entry.c.id == entry_id).values(state=paper_entry.c.state).returning(paper_entry)
    ).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="paper")
    if row.state != "open":
        raise Refusal(RefusalCode.PAPER_SETTLED)
    settled = {"settled_by": work.actor.label, "settled_at": rfc3339(work.now)}
    if command.how == "close":
        _set(work, entry_id, state="closed", fact=None, note=command.note, **settled)
        return {"entry": entry_id, "state": "closed", "code": row.code, "facts": json.loads(row.facts)}
    line = _LINE.validate_json(work.vault.open(row.body_sealed))
    told = _carried(work, entry_id, line, _When(date.fromisoformat(row.business_day), from_rfc3339(row.at)))
    if told["state"] == "done":
        _set(work, entry_id, **settled)
    return told


# -- what the paper says -------------------------------------------------------------------------------------------


def _when(work: Work, command: TakeIn) -> _When:
    if not work.today - KEPT_FOR <= command.day <= work.today:
        raise Refusal(RefusalCode.BAD_REQUEST, field="day", problem="not of the last seven days")
    at = work.hall.calendar.instant(command.day, time.fromisoformat(command.at))
    if at > work.now:
        raise Refusal(RefusalCode.BAD_REQUEST, field="at", problem="is still to come")
    return _When(command.day, at)


def _looked_up(work: Work, line: PaperLine, when: _When) -> PaperLine:
    """The line with its number as it is printed, where a code was scanned. Raises NUMBER_UNKNOWN, CODE_MISTYPED."""
    match line:
        case NumberLine() | PlaceLine(number=str()):
            return line.model_copy(update={"number": _leased(work, str(line.number), when).name})
        case AboardLine():
            return line.model_copy(update={"number": _rider(work, line.number, when)[1]})
    return line


def _fact(line: PaperLine, when: _When) -> str | None:
    """What makes a line the same as another; None: as often as it stands there."""
    match line:
        case NumberLine():
            return f"{when.day}:number:{line.number}:{line.service}:{line.counter or ''}"
        case PlaceLine():
            return f"{when.day}:place:{line.number}:{line.job}:{line.way}:{line.party_size}" if line.number else None
        case AboardLine():
            return f"{when.day}:aboard:{line.number}:{line.trip}"
        case DepartedLine():
            return f"departed:{line.trip}"


def _typed_number(typed: str) -> tuple[str, int] | None:
    """`Z017`, `z 17` -> ("Z", 17); None for what must be the code beside it."""
    number = _NUMBER.fullmatch(typed.strip().upper())
    return (number[1], int(number[2])) if number else None


def _leased(work: Work, typed: str, when: _When) -> _Leased:
    """A number of a kit of that day. Raises NUMBER_UNKNOWN, CODE_MISTYPED."""
    number, table = _typed_number(typed), leased_number.c
    if number:
        meant = and_(number_lease.c.series == number[0], table.number == number[1])
    else:
        meant = table.code_hash == work.vault.look_up(codes.read_code(typed)[0])
    row = work.conn.execute(
        select(leased_number, number_lease.c.series)
        .join(number_lease)
        .where(meant, number_lease.c.business_day == when.day.isoformat())
    ).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.NUMBER_UNKNOWN)
    return _Leased(Token(row.series, row.number, work.vault.open(row.code_sealed)))


def _rider(work: Work, typed: str, when: _When) -> tuple[str, str]:
    """The claim behind a number on a bus's list, "" where it has none yet, and what the number is. Raises
    NUMBER_UNKNOWN, CODE_MISTYPED."""
    number, table = _typed_number(typed), application.c
    if number:
        meant = and_(table.series == number[0], table.number == number[1])
    else:
        meant = table.code_hash == work.vault.look_up(codes.read_code(typed)[0])
    row = work.conn.execute(select(application).where(meant, table.business_day == when.day.isoformat())).one_or_none()
    return (row.id, slip_number(row.series, row.number)) if row else ("", _leased(work, typed, when).name)


# -- carried out, or kept ------------------------------------------------------------------------------------------


def _repeated(work: Work, fact: str | None, line: PaperLine) -> dict[str, Any]:
    row = work.conn.execute(select(paper_entry).where(paper_entry.c.fact == fact)).one()
    told = {"entry": row.id, "state": row.state, "code": row.code, "facts": json.loads(row.facts)}
    return told | {"is_repeat": True, "number": _number(line)}


def _number(line: PaperLine) -> str | None:
    return None if isinstance(line, DepartedLine) else line.number


def _carried(work: Work, entry_id: str, line: PaperLine, when: _When) -> dict[str, Any]:
    before, number = dict(work.touched), _number(line)
    told: dict[str, Any] = {"state": "done", "code": None, "facts": {}}
    try:
        with work.conn.begin_nested():
            number = _carry(work, line, when) or number
    except Refusal as refusal:
        if refusal.code in MISTYPED:
            raise
        work.touched.clear()
        work.touched.update(before)
        told = {"state": "open", "code": refusal.code.value, "facts": refusal.facts}
    _set(work, entry_id, **(told | {"facts": dumps(told["facts"])}))
    return {"entry": entry_id, "number": number} | told


def _set(work: Work, entry_id: str, **values: Any) -> None:
    work.conn.execute(update(paper_entry).where(paper_entry.c.id == entry_id).values(**values))
    work.touch("paper", entry_id)


def _carry(work: Work, line: PaperLine, when: _When) -> str | None:
    """The verb of the line -> the number by which it is known, if it has one."""
    match line:
        case NumberLine():
            return _hand_out(work, line, when)
        case PlaceLine():
            return _place(work, line, when)
        case AboardLine():
            claim, number = _rider(work, line.number, when)
            shuttle.board_on_paper(work, line.trip, claim, when.at)
            return number
        case DepartedLine():
            shuttle.depart_on_paper(work, line.trip, when.at)
            return None


def _place(work: Work, line: PlaceLine, when: _When) -> str:
    token = _leased(work, line.number, when).token if line.number else None
    origin = Origin(when.at, when.day, is_from_paper=True, token=token, name=line.name)
    claim = claims.claim_on_paper(work, ClaimPlace(job=line.job, way=line.way, party_size=line.party_size), origin)
    row = work.conn.execute(select(application).where(application.c.id == claim)).one()
    return slip_number(row.series, row.number)


def _hand_out(work: Work, line: NumberLine, when: _When) -> str:
    """A number that still waits today is in line from the time on its paper; one of a past day is over."""
    given = _leased(work, line.number, when)
    if line.service not in set(work.conn.execute(select(service.c.id)).scalars()):
        raise Refusal(RefusalCode.NOT_FOUND, what="service")
    ticket_id = work.new_id()
    values = {
        "id": ticket_id,
        "hall_id": work.hall.id,
        "service_id": line.service,
        "business_day": when.day.isoformat(),
        "series": given.token.series,
        "number": given.token.number,
        "code_hash": work.vault.look_up(given.token.code),
        "code_sealed": work.vault.seal(given.token.code),
        "arrived_at": rfc3339(when.at),
        "is_from_paper": 1,
        **_outcome(work, line, when),
    }
    try:
        with work.conn.begin_nested():
            work.conn.execute(insert(queue_ticket).values(**values))
    except IntegrityError as error:
        raise Refusal(RefusalCode.NUMBER_TAKEN, number=given.name) from error
    work.touch("ticket", ticket_id)
    work.touch("queue", line.service)
    return given.name


def _outcome(work: Work, line: NumberLine, when: _When) -> dict[str, Any]:
    if line.counter is None:
        return {"state": "waiting"} if when.day == work.today else {"state": "closed", "ended_at": rfc3339(when.at)}
    desk = work.conn.execute(select(counter.c.id).where(counter.c.number == line.counter)).scalar_one_or_none()
    if desk is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="counter")
    return {"state": "served", "counter_id": desk, "called_at": rfc3339(when.at), "ended_at": rfc3339(when.at)}
