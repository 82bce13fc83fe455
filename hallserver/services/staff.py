"""People who work in the hall: log in, PIN on a paired tablet, a lock-out of minutes, a one-time recovery code.

One locked-out clerk must not close the hall: the lock ends by itself, and the sealed recovery code opens at once.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, insert, select, update

from hallserver.domain.hall_time import from_rfc3339, rfc3339
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.store.tables import staff, staff_role, staff_session
from hallserver.store.vault import token_hash
from hallserver.store.work import Actor, Work

TRIES = 5
LOCKED_FOR = timedelta(minutes=5)
SESSION_LASTS = timedelta(hours=14)
RECOVERY_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

_HASHER = PasswordHasher()


@dataclass(frozen=True)
class NewStaff:
    """Somebody who will work here."""

    login: str
    name: str
    password: str
    roles: tuple[str, ...]
    pin: str | None = None


def add_staff(work: Work, new: NewStaff) -> dict[str, str]:
    """-> `{staff, recovery_code}`: the code is shown once, to be kept in a sealed envelope."""
    staff_id, recovery = work.new_id(), _recovery_code(work)
    work.conn.execute(
        insert(staff).values(
            id=staff_id,
            hall_id=work.hall.id,
            login=new.login,
            name=new.name,
            password_hash=_HASHER.hash(new.password),
            pin_hash=_HASHER.hash(new.pin) if new.pin else None,
            recovery_hash=_HASHER.hash(recovery),
        )
    )
    work.conn.execute(insert(staff_role), [{"staff_id": staff_id, "role": role} for role in new.roles])
    return {"staff": staff_id, "recovery_code": recovery}


def find_login(work: Work, login: str) -> Any:
    """The row to verify a secret against, or None. Reads only."""
    return work.conn.execute(select(staff).where(staff.c.login == login)).one_or_none()


def secret_fits(row: Any, secret: str, kind: str) -> bool:
    """Argon2 check of `password`, `pin` or `recovery`; takes tens of milliseconds, so call it outside a transaction."""
    stored = getattr(row, f"{kind}_hash") if row is not None else None
    try:
        return stored is not None and _HASHER.verify(stored, secret)
    except (VerifyMismatchError, InvalidHashError):
        return False


def refuse_locked(work: Work, row: Any) -> None:
    """Raises LOCKED_OUT while the lock stands."""
    if row is not None and row.locked_until is not None:
        left = from_rfc3339(row.locked_until) - work.now
        if left > timedelta():
            raise Refusal(RefusalCode.LOCKED_OUT, minutes=int(left.total_seconds() // 60) + 1)


def count_failure(work: Work, row: Any) -> None:
    """After `TRIES` wrong ones the login is locked for minutes, not for good."""
    tries = row.failed_tries + 1
    locked = rfc3339(work.now + LOCKED_FOR) if tries >= TRIES else None
    values = {"failed_tries": 0 if locked else staff.c.failed_tries + 1, "locked_until": locked}
    work.conn.execute(update(staff).where(staff.c.id == row.id).values(**values))


def open_session(work: Work, staff_id: str, device_id: str | None) -> dict[str, Any]:
    """-> `{token, csrf, staff}`; earlier failures are forgotten."""
    token, csrf = work.random_bytes(32).hex(), work.random_bytes(16).hex()
    work.conn.execute(update(staff).where(staff.c.id == staff_id).values(failed_tries=0, locked_until=None))
    work.conn.execute(
        insert(staff_session).values(
            token_hash=token_hash(token),
            staff_id=staff_id,
            device_id=device_id,
            csrf=csrf,
            expires_at=rfc3339(work.now + SESSION_LASTS),
        )
    )
    return {"token": token, "csrf": csrf, "staff": describe(work, staff_id)}


def use_recovery(work: Work, row: Any, new_password: str) -> str:
    """The code is spent, the password is new, the lock is open -> the next recovery code."""
    recovery = _recovery_code(work)
    work.conn.execute(
        update(staff)
        .where(staff.c.id == row.id)
        .values(
            password_hash=_HASHER.hash(new_password),
            recovery_hash=_HASHER.hash(recovery),
            failed_tries=0,
            locked_until=None,
        )
    )
    work.conn.execute(delete(staff_session).where(staff_session.c.staff_id == row.id))
    return recovery


def end_session(work: Work, token: str) -> None:
    """Signed out; ending twice is no error."""
    work.conn.execute(delete(staff_session).where(staff_session.c.token_hash == token_hash(token)))


def describe(work: Work, staff_id: str) -> dict[str, Any]:
    """What the own page may know: name and roles."""
    name = work.conn.execute(select(staff.c.name).where(staff.c.id == staff_id)).scalar_one()
    return {"id": staff_id, "name": name, "roles": sorted(_roles(work, staff_id))}


def actor_of_session(work: Work, token: str) -> tuple[Actor, str] | None:
    """(who acts, the session's CSRF word) or None."""
    row = work.conn.execute(
        select(staff_session, staff.c.name)
        .join(staff, staff_session.c.staff_id == staff.c.id)
        .where(staff_session.c.token_hash == token_hash(token), staff_session.c.expires_at > rfc3339(work.now))
    ).one_or_none()
    if row is None:
        return None
    roles = frozenset(_roles(work, row.staff_id) | {"staff"})
    actor = Actor("staff", row.staff_id, row.name, roles, None, row.device_id, f"session:{row.token_hash}")
    return actor, row.csrf


def _roles(work: Work, staff_id: str) -> set[str]:
    return set(work.conn.execute(select(staff_role.c.role).where(staff_role.c.staff_id == staff_id)).scalars())


def _recovery_code(work: Work) -> str:
    dice = work.random_bytes(16)
    letters = "".join(RECOVERY_ALPHABET[byte % len(RECOVERY_ALPHABET)] for byte in dice)
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))
