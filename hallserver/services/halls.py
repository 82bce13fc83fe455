"""Reads the hall that this data base holds, and puts a hall pack into it: one transaction, rows that the rules lean
on."""

import json
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from config.pack import Pack
from hallserver.content.words import message, text
from hallserver.domain.hall_time import Calendar, rfc3339
from hallserver.domain.ids import RandomBytes, uuid7
from hallserver.store.feeds import dumps
from hallserver.store.log_tables import feed_counter
from hallserver.store.tables import counter, employer, hall, line, service
from hallserver.store.work import HallFrame, Work
from hallserver.wire.feeds import Feed


class NoHall(Exception):
    """The data base holds no hall yet: `gighall hall apply FOLDER` puts one in."""


Frames = dict[str, HallFrame]
"""Decoded hall by the moment its pack was applied; holds one."""


def read_frame(conn: Connection, held: Frames) -> HallFrame:
    """The hall of this data base; decoded again only after another pack was applied. Raises NoHall."""
    applied_at = conn.execute(select(hall.c.pack_applied_at)).scalar_one_or_none()
    if applied_at is None:
        raise NoHall
    if applied_at not in held:
        row = conn.execute(select(hall.c.id, hall.c.pack, hall.c.is_demo)).one()
        held.clear()
        held[applied_at] = _frame(row.id, row.pack, bool(row.is_demo))
    return held[applied_at]


def _frame(hall_id: str, pack_text: str, is_demo: bool) -> HallFrame:
    pack = Pack.model_validate_json(pack_text)
    calendar = Calendar(ZoneInfo(pack.hall.zone), time.fromisoformat(pack.hall.day_starts_at))
    return HallFrame(
        id=hall_id,
        pack=pack,
        calendar=calendar,
        item=_hall_item(pack, is_demo),
        is_demo=is_demo,
        trades={trade.id: trade for trade in pack.trades},
    )


def read_epoch(conn: Connection) -> str:
    """Changes when the data base is restored or replaced."""
    return str(conn.execute(select(hall.c.epoch)).scalar_one())


def _hall_item(pack: Pack, is_demo: bool) -> dict[str, Any]:
    chosen = pack.hall
    return {
        "name": text(dict(chosen.names)),
        "promise": message(chosen.promise),
        "hotlines": [{"label": text(dict(line.names)), "number": line.number} for line in chosen.hotlines],
        "phone": chosen.phone,
        "services": [
            {"id": one.id, "letter": one.letter, "name": text(dict(one.names)), "pictogram": one.pictogram}
            for one in chosen.services
        ],
        "counters": [{"number": one.number, "services": list(one.services)} for one in chosen.counters],
        "trades": [{"id": one.id, "name": text(dict(one.names)), "pictogram": one.pictogram} for one in pack.trades],
        "languages": list(chosen.languages),
        "bring_early_min": chosen.rules.print_early_minutes,
        "demo": is_demo,
    }


def apply_pack(conn: Connection, pack: Pack, now: datetime, random_bytes: RandomBytes, is_demo: bool) -> str:
    """Puts a pack in, or over the one that is there -> hall id. Services that left the pack are closed, not deleted."""
    known = conn.execute(select(hall.c.id)).scalar_one_or_none()
    body = {"pack": pack.model_dump_json(), "pack_applied_at": rfc3339(now)}
    if known is None:
        known = uuid7(now, random_bytes)
        epoch = uuid7(now, random_bytes)
        conn.execute(insert(hall).values(id=known, epoch=epoch, is_demo=int(is_demo), **body))
        conn.execute(insert(feed_counter), [{"feed": feed.value, "seq": 0, "trimmed_to": 0} for feed in Feed])
    else:
        conn.execute(update(hall).values(**body))
    _apply_services(conn, known, pack)
    _apply_counters(conn, known, pack, lambda: uuid7(now, random_bytes))
    _apply_employers(conn, known, pack, lambda: uuid7(now, random_bytes))
    _apply_lines(conn, known, pack)
    return str(known)


def touch_hall(work: Work) -> None:
    """Everything that the pack itself shows."""
    work.touch("hall", "main")
    for one in work.hall.pack.hall.services:
        work.touch("queue", one.id)
    for desk in work.hall.pack.hall.counters:
        work.touch("counter", str(desk.number))


def _apply_services(conn: Connection, hall_id: str, pack: Pack) -> None:
    held = set(conn.execute(select(service.c.id)).scalars())
    chosen = {one.id: one for one in pack.hall.services}
    for gone in held - set(chosen):
        conn.execute(update(service).where(service.c.id == gone).values(is_open=0))
    for one in chosen.values():
        if one.id in held:
            conn.execute(update(service).where(service.c.id == one.id).values(letter=one.letter, is_open=1))
        else:
            conn.execute(insert(service).values(id=one.id, hall_id=hall_id, letter=one.letter))


def _apply_counters(conn: Connection, hall_id: str, pack: Pack, new_id: Any) -> None:
    held = set(conn.execute(select(counter.c.number)).scalars())
    chosen = {one.number: dumps(list(one.services)) for one in pack.hall.counters}
    for gone in held - set(chosen):
        conn.execute(update(counter).where(counter.c.number == gone).values(state="closed"))
    for number, services in chosen.items():
        if number in held:
            conn.execute(update(counter).where(counter.c.number == number).values(services=services))
        else:
            conn.execute(insert(counter).values(id=new_id(), hall_id=hall_id, number=number, services=services))


def _apply_employers(conn: Connection, hall_id: str, pack: Pack, new_id: Any) -> None:
    held = set(conn.execute(select(employer.c.reference)).scalars())
    for one in pack.employers:
        facts = {"name": one.name, "credit_code": one.credit_code, "district": one.district, "address": one.address}
        if one.id in held:
            conn.execute(update(employer).where(employer.c.reference == one.id).values(**facts))
        else:
            conn.execute(insert(employer).values(id=new_id(), hall_id=hall_id, reference=one.id, **facts))


def _apply_lines(conn: Connection, hall_id: str, pack: Pack) -> None:
    held = set(conn.execute(select(line.c.id)).scalars())
    ids = dict(conn.execute(select(employer.c.reference, employer.c.id)).all())
    for one in pack.lines:
        facts = {"sign": one.buses[0].sign, "employer_id": ids[one.employer]}
        if one.id in held:
            conn.execute(update(line).where(line.c.id == one.id).values(**facts))
        else:
            conn.execute(insert(line).values(id=one.id, hall_id=hall_id, **facts))


def stored_pack(conn: Connection) -> dict[str, Any]:
    """The pack as it stands in the data base, for `hall diff` and `hall export`."""
    body = conn.execute(select(hall.c.pack)).scalar_one_or_none()
    if body is None:
        raise NoHall
    return dict(json.loads(body))
