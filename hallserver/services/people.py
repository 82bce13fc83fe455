"""Persons: register, and recognise by a code. What leaves here towards a screen is masked; nothing is logged."""

import json
from dataclasses import dataclass
from typing import Any

import segno
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from hallserver.content.words import message
from hallserver.domain import codes
from hallserver.domain.call_order import slip_number
from hallserver.domain.codes import CodeKind
from hallserver.domain.hall_time import rfc3339
from hallserver.domain.people import IdentityLevel, birth_date, masked_name, refuse_children
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services.commands import Recognise, RegisterWorker
from hallserver.store.tables import application, queue_ticket, worker
from hallserver.store.work import Work


@dataclass(frozen=True)
class KnownWorker:
    """Who a code belongs to; `label` is a masked name."""

    id: str
    label: str
    level: IdentityLevel


def find_worker(work: Work, scanned: str) -> KnownWorker:
    """The worker of a scanned or typed card. Raises CODE_MISTYPED or CODE_UNKNOWN."""
    code, _ = codes.read_code(scanned)
    row = work.conn.execute(select(worker).where(worker.c.code_hash == work.vault.look_up(code))).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.CODE_UNKNOWN)
    return KnownWorker(row.id, masked_name(work.vault.open(row.name_sealed)), IdentityLevel(row.identity_level))


def register_worker(work: Work, command: RegisterWorker) -> dict[str, Any]:
    """-> `{worker, code, qr}`; `qr` are rows of "0" and "1", drawn by the page. Staff saw the person: level `CHECKED`
    with an ID number, else `SAID`."""
    if command.id_number:
        refuse_children(birth_date(command.id_number, work.today), work.today)
    code, worker_id = codes.draw_code(CodeKind.WORKER_CARD, work.random_bytes), work.new_id()
    vault = work.vault
    values = {
        "id": worker_id,
        "hall_id": work.hall.id,
        "code_hash": vault.look_up(code),
        "code_sealed": vault.seal(code),
        "name_sealed": vault.seal(command.name),
        "phone_hash": vault.look_up(command.phone) if command.phone else None,
        "phone_sealed": vault.seal(command.phone) if command.phone else None,
        "id_number_hash": vault.look_up(command.id_number.upper()) if command.id_number else None,
        "id_number_sealed": vault.seal(command.id_number.upper()) if command.id_number else None,
        "identity_level": int(IdentityLevel.CHECKED if command.id_number else IdentityLevel.SAID),
        "consents": json.dumps([]),
        "is_fictional": int(command.is_fictional),
        "created_at": rfc3339(work.now),
    }
    try:
        with work.conn.begin_nested():
            work.conn.execute(insert(worker).values(**values))
    except IntegrityError as error:
        raise Refusal(RefusalCode.BAD_REQUEST, field="id_number") from error
    return {"worker": worker_id, "code": codes.grouped(code), "qr": _modules(code)}


def _modules(code: str) -> list[str]:
    symbol = segno.make(code, micro=False, error="m", boost_error=False)  # a Micro QR is read by no phone
    return ["".join(str(bit) for bit in row) for row in symbol.matrix]


def recognise(work: Work, command: Recognise) -> dict[str, Any]:
    """What a code is, and what it opens on the spot: `{kind, label, level, tickets}`. Changes nothing."""
    code, _ = codes.read_code(command.code)
    look_up = work.vault.look_up(code)
    if code[0] == CodeKind.WORKER_CARD:
        known = find_worker(work, command.code)
        label = message("people.label", surname=known.label)
        return {"kind": "worker", "label": label, "level": int(known.level), "tickets": []}
    if code[0] == CodeKind.JOB_SLIP:
        row = work.conn.execute(select(application).where(application.c.code_hash == look_up)).one_or_none()
        return _recognised("claim", row)
    row = work.conn.execute(select(queue_ticket).where(queue_ticket.c.code_hash == look_up)).one_or_none()
    return _recognised("queue_ticket", row)


def _recognised(kind: str, row: Any) -> dict[str, Any]:
    if row is None:
        raise Refusal(RefusalCode.CODE_UNKNOWN)
    ticket = {"number": slip_number(row.series, row.number), "state": row.state}
    return {"kind": kind, "label": None, "level": int(IdentityLevel.SAID), "tickets": [ticket]}
