"""Machines of a hall: pairing by six digits, tokens, one-time entry of a wall page, revoking."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from hallserver.domain.hall_time import rfc3339
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services.commands import PairDevice, RevokeDevice
from hallserver.store.tables import device, pairing, screen_session, staff_session
from hallserver.store.vault import token_hash
from hallserver.store.work import Actor, Work

PAIRING_LASTS = timedelta(minutes=10)
ENTRY_LASTS = timedelta(minutes=1)
SCREEN_SESSION_LASTS = timedelta(days=400)
OPEN_PAIRINGS_MAX = 50


def begin_pairing(work: Work, role: str) -> dict[str, Any]:
    """A new machine asks for six digits to show -> `{pairing, code, secret, expires_at}`."""
    work.conn.execute(delete(pairing).where(pairing.c.expires_at < rfc3339(work.now)))
    if work.conn.execute(select(func.count()).select_from(pairing)).scalar_one() >= OPEN_PAIRINGS_MAX:
        raise Refusal(RefusalCode.RATE_LIMITED)
    secret, code = work.random_bytes(32).hex(), _unused_code(work)
    values = {
        "id": work.new_id(),
        "code": code,
        "secret_hash": token_hash(secret),
        "role": role,
        "expires_at": rfc3339(work.now + PAIRING_LASTS),
    }
    work.conn.execute(insert(pairing).values(**values))
    return {"pairing": values["id"], "code": code, "secret": secret, "expires_at": values["expires_at"]}


def _unused_code(work: Work) -> str:
    used = set(work.conn.execute(select(pairing.c.code)).scalars())
    while True:
        code = f"{int.from_bytes(work.random_bytes(4), 'big') % 1_000_000:06d}"
        if code not in used:
            return code


def poll_pairing(work: Work, pairing_id: str, secret: str) -> dict[str, Any]:
    """`{"state": "waiting"}`, or once `{"state": "paired", "token", "device"}`; then the pairing is gone."""
    row = work.conn.execute(select(pairing).where(pairing.c.id == pairing_id)).one_or_none()
    if row is None or row.secret_hash != token_hash(secret) or row.expires_at < rfc3339(work.now):
        raise Refusal(RefusalCode.PAIRING_UNKNOWN)
    if row.device_id is None:
        return {"state": "waiting"}
    work.conn.execute(delete(pairing).where(pairing.c.id == pairing_id))
    return {"state": "paired", "token": work.vault.open(row.token_sealed), "device": describe(work, row.device_id)}


def pair_device(work: Work, command: PairDevice) -> dict[str, Any]:
    """Staff typed the digits: the machine gets a name and, at its next poll, its token."""
    row = work.conn.execute(
        select(pairing).where(
            pairing.c.code == command.code, pairing.c.device_id.is_(None), pairing.c.expires_at > rfc3339(work.now)
        )
    ).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.PAIRING_UNKNOWN)
    device_id, token = add_device(work, row.role, command.name)
    work.conn.execute(
        update(pairing).where(pairing.c.id == row.id).values(device_id=device_id, token_sealed=work.vault.seal(token))
    )
    return {"device": device_id}


def add_device(work: Work, role: str, name: str) -> tuple[str, str]:
    """-> (device id, token). The token leaves here once; the data base keeps its hash."""
    device_id, token = work.new_id(), work.random_bytes(32).hex()
    work.conn.execute(
        insert(device).values(
            id=device_id,
            hall_id=work.hall.id,
            name=name,
            role=role,
            token_hash=token_hash(token),
            paired_at=rfc3339(work.now),
        )
    )
    work.touch("device", device_id)
    return device_id, token


def revoke_device(work: Work, device_id: str, command: RevokeDevice) -> dict[str, Any]:
    """Shut out at once: token, screen sessions and staff sessions on it end."""
    revoked = work.conn.execute(update(device).where(device.c.id == device_id).values(state="revoked"))
    if revoked.rowcount != 1:
        raise Refusal(RefusalCode.NOT_FOUND, what="device")
    work.conn.execute(delete(screen_session).where(screen_session.c.device_id == device_id))
    work.conn.execute(delete(staff_session).where(staff_session.c.device_id == device_id))
    work.touch("device", device_id)
    return {"device": device_id}


def describe(work: Work, device_id: str) -> dict[str, Any]:
    """What a machine may know of itself."""
    row = work.conn.execute(select(device.c.id, device.c.name, device.c.role).where(device.c.id == device_id)).one()
    return {"id": row.id, "name": row.name, "role": row.role}


def actor_of_token(work: Work, token: str) -> Actor | None:
    """Who holds this token; None where nobody does (any more)."""
    return _actor(work, device.c.token_hash == token_hash(token))


def open_entry(work: Work) -> str:
    """A one-time word that lets the page of the asking device in within a minute."""
    once = work.random_bytes(24).hex()
    assert work.actor.device_id is not None
    _keep_session(work, once, "once", work.actor.device_id)
    return once


def enter(work: Work, once: str) -> str:
    """Whoever shows the one-time word first gets the session's cookie. Raises NOT_SIGNED_IN."""
    row = work.conn.execute(
        delete(screen_session)
        .where(
            screen_session.c.token_hash == token_hash(once),
            screen_session.c.kind == "once",
            screen_session.c.expires_at > rfc3339(work.now),
        )
        .returning(screen_session.c.device_id)
    ).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.NOT_SIGNED_IN)
    cookie = work.random_bytes(32).hex()
    _keep_session(work, cookie, "cookie", row.device_id)
    return cookie


def actor_of_cookie(work: Work, cookie: str) -> Actor | None:
    """The device whose page carries this cookie."""
    row = work.conn.execute(
        select(screen_session.c.device_id).where(
            screen_session.c.token_hash == token_hash(cookie),
            screen_session.c.kind == "cookie",
            screen_session.c.expires_at > rfc3339(work.now),
        )
    ).one_or_none()
    return _actor(work, device.c.id == row.device_id) if row is not None else None


def _keep_session(work: Work, token: str, kind: str, device_id: str) -> None:
    lasts = ENTRY_LASTS if kind == "once" else SCREEN_SESSION_LASTS
    work.conn.execute(
        insert(screen_session).values(
            token_hash=token_hash(token), device_id=device_id, kind=kind, expires_at=rfc3339(work.now + lasts)
        )
    )


def _actor(work: Work, condition: Any) -> Actor | None:
    row = work.conn.execute(
        select(device.c.id, device.c.name, device.c.role).where(condition, device.c.state == "active")
    ).one_or_none()
    if row is None:
        return None
    return Actor("device", row.id, row.name, frozenset({row.role}), row.id, pass_id=f"device:{row.id}")


def passes(work: Work) -> frozenset[str]:
    """`Actor.pass_id` of every device and session that is still let in."""
    devices = work.conn.execute(select(device.c.id).where(device.c.state == "active")).scalars()
    sessions = work.conn.execute(
        select(staff_session.c.token_hash).where(staff_session.c.expires_at > rfc3339(work.now))
    ).scalars()
    return frozenset({*(f"device:{one}" for one in devices), *(f"session:{one}" for one in sessions)})
