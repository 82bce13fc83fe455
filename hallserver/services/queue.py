"""Numbers and calls. A counter's current customer is scarce: one called ticket per counter, one counter per ticket."""

import json
from typing import Any

from sqlalchemy import func, insert, select, update

from hallserver.content import paper
from hallserver.content.words import message, text
from hallserver.domain import codes
from hallserver.domain.call_order import Waiting, next_in_line, slip_number
from hallserver.domain.codes import CodeKind
from hallserver.domain.hall_time import from_rfc3339, rfc3339
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services import gather
from hallserver.services.commands import CallAgain, CallNext, Finish, TakeNumber
from hallserver.services.numbers import next_number
from hallserver.services.printing import order_print
from hallserver.store.tables import call, counter, queue_ticket
from hallserver.store.work import Work


def take_number(work: Work, command: TakeNumber) -> dict[str, Any]:
    """-> `{ticket, number, waiting, slip, print_job}`; `waiting` people are before this number."""
    line = gather.queue_facts(work.conn, command.service, work.today, work.hall)
    if line is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="service")
    if not line.is_open:
        raise Refusal(RefusalCode.SERVICE_CLOSED)
    nth = next_number(work, line.letter)
    waiting = gather.queue_facts(work.conn, command.service, work.today, work.hall)
    assert waiting is not None
    ticket_id, code = work.new_id(), codes.draw_code(CodeKind.NUMBER_SLIP, work.random_bytes)
    work.conn.execute(
        insert(queue_ticket).values(
            id=ticket_id,
            hall_id=work.hall.id,
            service_id=command.service,
            business_day=work.today.isoformat(),
            series=line.letter,
            number=nth,
            code_hash=work.vault.look_up(code),
            code_sealed=work.vault.seal(code),
            state="waiting",
            arrived_at=rfc3339(work.now),
        )
    )
    work.touch("ticket", ticket_id)
    work.touch("queue", command.service)
    number = slip_number(line.letter, nth)
    sign = next((one["pictogram"] for one in work.hall.item["services"] if one["id"] == command.service), "")
    taken = {
        "number": number,
        "service": text(line.name),
        "service_sign": sign,
        "waiting_ahead": waiting.waiting,
        "at": work.now,
    }
    slip = paper.number_slip(taken, code, work.hall.item, work.hall.calendar)
    return {
        "ticket": ticket_id,
        "number": number,
        "waiting": waiting.waiting,
        "slip": slip,
        "print_job": order_print(work, "number_slip", number, slip, command.printer),
        "speech": message("queue.number_speech", number=number),
    }


def call_next(work: Work, number: int, command: CallNext) -> dict[str, Any]:
    """Who stood at the counter is served, the next in line is called -> `{ticket, number}`."""
    desk = _locked_counter(work, number)
    _end_current(work, desk, "served")
    chosen = _take_next(work, desk)
    if chosen is None:
        raise Refusal(RefusalCode.NOBODY_WAITING)
    _write_call(work, desk, chosen.id)
    work.touch("ticket", chosen.id)
    work.touch("queue", chosen.service_id)
    return {"ticket": chosen.id, "number": slip_number(chosen.series, chosen.number)}


def call_again(work: Work, number: int, command: CallAgain) -> dict[str, Any]:
    """Recalls who was called here."""
    desk = _locked_counter(work, number)
    current = _current(work, desk)
    if current is None:
        raise Refusal(RefusalCode.NOBODY_CALLED)
    _write_call(work, desk, current.id)
    return {"ticket": current.id, "number": slip_number(current.series, current.number)}


def finish(work: Work, number: int, command: Finish) -> dict[str, Any]:
    """The counter is free again."""
    desk = _locked_counter(work, number)
    if not _end_current(work, desk, command.outcome):
        raise Refusal(RefusalCode.NOBODY_CALLED)
    return {"counter": number}


def _locked_counter(work: Work, number: int) -> Any:
    desk = work.conn.execute(
        update(counter).where(counter.c.number == number).values(number=counter.c.number).returning(counter)
    ).one_or_none()
    if desk is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="counter")
    if desk.state != "open":
        raise Refusal(RefusalCode.COUNTER_CLOSED)
    work.touch("counter", str(number))
    return desk


def _current(work: Work, desk: Any) -> Any:
    return work.conn.execute(
        select(queue_ticket).where(queue_ticket.c.counter_id == desk.id, queue_ticket.c.state == "called")
    ).one_or_none()


def _end_current(work: Work, desk: Any, outcome: str) -> bool:
    ended = work.conn.execute(
        update(queue_ticket)
        .where(queue_ticket.c.counter_id == desk.id, queue_ticket.c.state == "called")
        .values(state=outcome, ended_at=rfc3339(work.now))
        .returning(queue_ticket.c.id)
    ).scalar_one_or_none()
    if ended is not None:
        work.touch("ticket", ended)
    return ended is not None


def _take_next(work: Work, desk: Any) -> Any:
    """Takes the first in line; another counter may have been faster, then the next one. Ends when nobody waits."""
    served = json.loads(desk.services)
    while True:
        waiting = work.conn.execute(
            select(queue_ticket).where(
                queue_ticket.c.business_day == work.today.isoformat(),
                queue_ticket.c.state == "waiting",
                queue_ticket.c.service_id.in_(served),
            )
        ).all()
        first = next_in_line(
            [Waiting(row.id, row.service_id, from_rfc3339(row.arrived_at), row.number) for row in waiting], served
        )
        if first is None:
            return None
        taken = work.conn.execute(
            update(queue_ticket)
            .where(queue_ticket.c.id == first.ticket_id, queue_ticket.c.state == "waiting")
            .values(state="called", counter_id=desk.id, called_at=rfc3339(work.now))
            .returning(queue_ticket)
        ).one_or_none()
        if taken is not None:
            return taken


def _write_call(work: Work, desk: Any, ticket_id: str) -> None:
    nth = work.conn.execute(select(func.count()).where(call.c.queue_ticket_id == ticket_id)).scalar_one()
    call_id = work.new_id()
    work.conn.execute(
        insert(call).values(
            id=call_id,
            queue_ticket_id=ticket_id,
            counter_id=desk.id,
            business_day=work.today.isoformat(),
            at=rfc3339(work.now),
            nth=nth + 1,
            order=next_number(work, "call"),
        )
    )
    work.touch("call", call_id)
