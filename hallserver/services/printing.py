"""Orders to print and what printers report of them. The spool beside the printer is the truth; this row is its echo."""

import json
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from hallserver.domain.hall_time import rfc3339
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services.commands import MovePrint, ReportPrint, ReportPrinter, Reprint, SettlePrint
from hallserver.store.feeds import dumps
from hallserver.store.tables import device, print_job, printer
from hallserver.store.work import Work

PRINTING_ROLES = ("kiosk", "printer")

NEXT_STATES = {
    "queued": {"sending", "printed", "sent", "failed", "unknown", "withdrawn"},
    "sending": {"printed", "sent", "failed", "unknown"},
    "unknown": {"printed"},
    "failed": set(),
    "printed": set(),
    "sent": set(),
    "withdrawn": set(),
    "reprinted": set(),
}
"""What may become of a job after what was known of it before; the same state again is no change and no error."""

NOTHING_SENT = ("queued", "failed")
"""States of a job that may come out of another printer without being a second slip."""

SLIP_MAY_BE_OUT = ("printed", "sent", "unknown", "failed")
"""States of a job that may be printed again; one that still waits is moved instead."""


def order_print(work: Work, kind: str, number: str, slip: dict[str, Any], printer_id: str | None = None) -> str | None:
    """Writes the order for the printer that staff named, else for the device that asked -> its id, or None where no
    device will print. Raises NOT_FOUND for a device that prints nothing."""
    device_id = printing_device(work, printer_id) if printer_id else work.actor.device_id
    if device_id is None:
        return None
    return _order(work, {"device_id": device_id, "kind": kind, "number": number, "slip": slip})


def _order(work: Work, order: dict[str, Any]) -> str:
    print_job_id = work.new_id()
    sealed = work.vault.seal(dumps(order.pop("slip")))
    values = {"id": print_job_id, "payload_sealed": sealed, "state": "queued", "created_at": rfc3339(work.now)}
    work.conn.execute(insert(print_job).values(**values, **order))
    work.touch("print", print_job_id)
    return print_job_id


def printing_device(work: Work, device_id: str) -> str:
    """The same id. Raises NOT_FOUND for a device that prints nothing, or no more."""
    found = select(device.c.id).where(
        device.c.id == device_id, device.c.role.in_(PRINTING_ROLES), device.c.state == "active"
    )
    if work.conn.execute(found).one_or_none() is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="printer")
    return device_id


# -- what printers say ---------------------------------------------------------------------------------------------


def report_print(work: Work, print_job_id: str, command: ReportPrint) -> dict[str, Any]:
    """The last word of the spool; only the device that owns the job may speak. A job that was to move and is withdrawn
    moves now."""
    row = _own(work, print_job_id)
    if row.state == command.state:
        return {"print_job": print_job_id}
    if command.state not in NEXT_STATES[row.state]:
        raise Refusal(RefusalCode.PRINT_STATE, was=row.state)
    _set(work, print_job_id, state=command.state, reason=command.reason)
    if command.state == "withdrawn" and row.move_to_id is not None:
        _copy(work, row, row.move_to_id, is_reprint=False)
    return {"print_job": print_job_id}


def report_printer(work: Work, command: ReportPrinter) -> dict[str, Any]:
    """How the printer of the asking device stands; the last word counts."""
    assert work.actor.device_id is not None
    values = {
        "stop": command.stop,
        "is_near_end": int(command.is_near_end),
        "slips_left": command.slips_left,
        "can_prove": int(command.can_prove),
        "reported_at": rfc3339(work.now),
    }
    upsert = postgresql.insert if work.conn.dialect.name == "postgresql" else sqlite.insert
    work.conn.execute(
        upsert(printer)
        .values(device_id=work.actor.device_id, **values)
        .on_conflict_do_update(index_elements=["device_id"], set_=values)
    )
    work.touch("printer", work.actor.device_id)
    return {"device": work.actor.device_id}


def read_payload(work: Work, print_job_id: str) -> dict[str, Any]:
    """The slip of an own job."""
    row = work.conn.execute(select(print_job).where(print_job.c.id == print_job_id)).one_or_none()
    return {"slip": json.loads(work.vault.open(_owned(work, row).payload_sealed))}


# -- what people decide --------------------------------------------------------------------------------------------


def move_print(work: Work, print_job_id: str, command: MovePrint) -> dict[str, Any]:
    """A slip of which nothing was sent comes out elsewhere, as a new job -> `{print_job}`, or `{print_job: None}` while
    its spool must first say that it let go: only the spool knows what it has begun.

    The device that owns the job has let go before it asks.
    """
    row = _own(work, print_job_id) if work.actor.kind == "device" else _locked(work, print_job_id)
    target = printing_device(work, command.device)
    if row.state not in NOTHING_SENT:
        raise Refusal(RefusalCode.PRINT_STATE, was=row.state)
    if row.state == "queued" and row.device_id != work.actor.device_id:
        _set(work, print_job_id, move_to_id=target)
        return {"print_job": None}
    _set(work, print_job_id, state="withdrawn")
    return {"print_job": _copy(work, row, target, is_reprint=False)}


def reprint(work: Work, print_job_id: str, command: Reprint) -> dict[str, Any]:
    """A second slip with the same code, which says so -> `{print_job}`. One that still waits is refused: it moves."""
    row = _locked(work, print_job_id)
    if row.state not in SLIP_MAY_BE_OUT:
        raise Refusal(RefusalCode.PRINT_STATE, was=row.state)
    target = printing_device(work, command.device or row.device_id)
    if row.state == "unknown":
        _set(work, print_job_id, state="reprinted")
    return {"print_job": _copy(work, row, target, is_reprint=True)}


def settle_print(work: Work, print_job_id: str, command: SettlePrint) -> dict[str, Any]:
    """Somebody looked: an unknown end is known now."""
    row = _locked(work, print_job_id)
    if row.state != "unknown":
        raise Refusal(RefusalCode.PRINT_STATE, was=row.state)
    _set(work, print_job_id, state="printed" if command.came_out else "failed")
    return {"print_job": print_job_id}


def _copy(work: Work, row: Any, device_id: str, is_reprint: bool) -> str:
    slip = json.loads(work.vault.open(row.payload_sealed))
    if is_reprint:
        slip["is_reprint"] = True
    order = {"device_id": device_id, "kind": row.kind, "number": row.number, "slip": slip, "copy_of_id": row.id}
    return _order(work, order)


def _set(work: Work, print_job_id: str, **values: Any) -> None:
    values["reported_at"] = rfc3339(work.now)
    work.conn.execute(update(print_job).where(print_job.c.id == print_job_id).values(**values))
    work.touch("print", print_job_id)


def _own(work: Work, print_job_id: str) -> Any:
    return _owned(work, _locked(work, print_job_id))


def _owned(work: Work, row: Any) -> Any:
    if row is None or row.device_id != work.actor.device_id:
        raise Refusal(RefusalCode.NOT_FOUND, what="print_job")
    return row


def _locked(work: Work, print_job_id: str) -> Any:
    row = work.conn.execute(select(print_job).where(print_job.c.id == print_job_id).with_for_update()).one_or_none()
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, what="print_job")
    return row
