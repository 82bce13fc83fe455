"""Persons: register, and recognise by a code. What leaves here towards a screen is masked; nothing is logged."""

import json
from dataclasses import dataclass
from typing import Any

import segno
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from hallserver.content.words import message
from hallserver.domain import codes
from hallserver.domain.call_order import slip_number
from hallserver.domain.codes import CodeKind
from hallserver.domain.hall_time import rfc3339
from hallserver.domain.people import IdentityLevel, birth_date, masked_name, refuse_children
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services.commands import CardSeen, Recognise, RegisterWorker
from hallserver.store.tables import application, queue_ticket, worker
from hallserver.store.work import Work

ID_CARD_PURPOSE = "id_card"
"""Consent to keep number and name of an identity card, sealed, to place this person."""


@dataclass(frozen=True)
class _Person:
    """What is to be kept of somebody; `name` is empty where no frame of a card showed it."""

    name: str
    phone: str | None
    id_number: str | None
    level: IdentityLevel
    is_fictional: bool = False


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


def seen_worker(work: Work, card: CardSeen) -> KnownWorker:
    """The worker of a card in front of a camera, whom this makes known where nobody is yet: level `CARD_SEEN`, whatever
    staff checked before, because a picture of a card is anybody's. Raises BAD_REQUEST or TOO_YOUNG."""
    number = _adult_number(work, card.number)
    known = _by_id_number(work, number)
    if known is None:
        _insert(work, _Person(card.name or "", None, number, IdentityLevel.CARD_SEEN))
        known = _by_id_number(work, number)  # ours, or that of another kiosk at the same moment
    _complete(work, known, card)
    _keep_consent(work, known.id)
    return KnownWorker(known.id, masked_name(card.name or ""), IdentityLevel.CARD_SEEN)


def _complete(work: Work, row: Any, card: CardSeen) -> None:
    """A name that no frame showed before."""
    if card.name and not work.vault.open(row.name_sealed):
        sealed = work.vault.seal(card.name)
        work.conn.execute(update(worker).where(worker.c.id == row.id).values(name_sealed=sealed))


def _keep_consent(work: Work, worker_id: str) -> None:
    """Who agreed to what, when, at which machine; the first word stands."""
    kept = json.loads(work.conn.execute(select(worker.c.consents).where(worker.c.id == worker_id)).scalar_one())
    if any(consent["purpose"] == ID_CARD_PURPOSE for consent in kept):
        return
    kept.append({"purpose": ID_CARD_PURPOSE, "at": rfc3339(work.now), "device": work.actor.device_id})
    work.conn.execute(update(worker).where(worker.c.id == worker_id).values(consents=json.dumps(kept)))


def register_worker(work: Work, command: RegisterWorker) -> dict[str, Any]:
    """-> `{worker, code, qr}`; `qr` are rows of "0" and "1", drawn by the page. Staff saw the person: level `CHECKED`
    with an ID number, else `SAID`. Somebody whose card only a camera saw keeps code and claims, and is checked now."""
    number = _adult_number(work, command.id_number) if command.id_number else None
    level = IdentityLevel.CHECKED if number else IdentityLevel.SAID
    person = _Person(command.name, command.phone, number, level, command.is_fictional)
    worker_id = _insert(work, person) or _check_seen(work, person)
    sealed = work.conn.execute(select(worker.c.code_sealed).where(worker.c.id == worker_id)).scalar_one()
    code = work.vault.open(sealed)
    return {"worker": worker_id, "code": codes.grouped(code), "qr": _modules(code)}


def _adult_number(work: Work, id_number: str) -> str:
    refuse_children(birth_date(id_number, work.today), work.today)
    return id_number.upper()


def _check_seen(work: Work, person: _Person) -> str:
    """Raises BAD_REQUEST where staff have checked this number before."""
    taken = update(worker).where(
        worker.c.id_number_hash == work.vault.look_up(person.id_number or ""),
        worker.c.identity_level < int(IdentityLevel.CHECKED),
    )
    checked = {"name_sealed": work.vault.seal(person.name), "identity_level": int(IdentityLevel.CHECKED)}
    phone = _phone_columns(work, person.phone) if person.phone else {}
    row = work.conn.execute(taken.values(**checked, **phone).returning(worker.c.id)).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.BAD_REQUEST, field="id_number")
    return str(row.id)


def _by_id_number(work: Work, number: str) -> Any:
    return work.conn.execute(select(worker).where(worker.c.id_number_hash == work.vault.look_up(number))).one_or_none()


def _insert(work: Work, person: _Person) -> str | None:
    """None: somebody with this ID number is there already."""
    code, worker_id = codes.draw_code(CodeKind.WORKER_CARD, work.random_bytes), work.new_id()
    vault = work.vault
    values = {
        "id": worker_id,
        "hall_id": work.hall.id,
        "code_hash": vault.look_up(code),
        "code_sealed": vault.seal(code),
        "name_sealed": vault.seal(person.name),
        **_phone_columns(work, person.phone),
        "id_number_hash": vault.look_up(person.id_number) if person.id_number else None,
        "id_number_sealed": vault.seal(person.id_number) if person.id_number else None,
        "identity_level": int(person.level),
        "consents": json.dumps([]),
        "is_fictional": int(person.is_fictional),
        "created_at": rfc3339(work.now),
    }
    try:
        with work.conn.begin_nested():
            work.conn.execute(insert(worker).values(**values))
    except IntegrityError:
        return None
    return worker_id


def _phone_columns(work: Work, phone: str | None) -> dict[str, Any]:
    if phone is None:
        return {"phone_hash": None, "phone_sealed": None}
    return {"phone_hash": work.vault.look_up(phone), "phone_sealed": work.vault.seal(phone)}


def _modules(code: str) -> list[str]:
    symbol = segno.make(code, micro=False, error="m", boost_error=False)  # a Micro QR is read by no phone
    return ["".join(str(bit) for bit in row) for row in symbol.matrix]


def recognise(work: Work, command: Recognise) -> dict[str, Any]:
    """What a code is, and what it opens on the spot: `{kind, label, level, tickets}`. Changes nothing."""
    code, _ = codes.read_code(command.code)
    look_up = work.vault.look_up(code)
    if code[0] == CodeKind.WORKER_CARD:
        known = find_worker(work, command.code)
        label = message("people.label", surname=known.label) if known.label else None
        return {"kind": "worker", "label": label, "level": int(known.level), "tickets": []}
    claim = work.conn.execute(select(application).where(application.c.code_hash == look_up)).one_or_none()
    if claim is not None or code[0] == CodeKind.JOB_SLIP:
        return _recognised("claim", claim)  # a number that paper gave may have become a place
    row = work.conn.execute(select(queue_ticket).where(queue_ticket.c.code_hash == look_up)).one_or_none()
    return _recognised("queue_ticket", row)


def _recognised(kind: str, row: Any) -> dict[str, Any]:
    if row is None:
        raise Refusal(RefusalCode.CODE_UNKNOWN)
    ticket = {"number": slip_number(row.series, row.number), "state": row.state}
    return {"kind": kind, "label": None, "level": int(IdentityLevel.SAID), "tickets": [ticket]}
