"""Orders to print and what printers report of them. The spool beside the printer is the truth; this row is its echo."""

import json
from typing import Any

from sqlalchemy import insert, select, update

from hallserver.domain.hall_time import rfc3339
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services.commands import ReportPrint
from hallserver.store.feeds import dumps
from hallserver.store.tables import print_job
from hallserver.store.work import Work

NEXT_STATES = {
    "queued": {"sending", "printed", "failed", "unknown"},
    "sending": {"printed", "failed", "unknown"},
    "unknown": {"printed"},
    "failed": set(),
    "printed": set(),
}
"""What a printer may report after what it reported before; the same state again is no change and no error."""


def order_print(work: Work, kind: str, number: str, slip: dict[str, Any]) -> str | None:
    """Writes the order for the device that asked -> its id, or None where no device will print."""
    if work.actor.device_id is None:
        return None
    print_job_id = work.new_id()
    work.conn.execute(
        insert(print_job).values(
            id=print_job_id,
            device_id=work.actor.device_id,
            kind=kind,
            number=number,
            payload_sealed=work.vault.seal(dumps(slip)),
            state="queued",
            created_at=rfc3339(work.now),
        )
    )
    work.touch("print", print_job_id)
    return print_job_id


def report_print(work: Work, print_job_id: str, command: ReportPrint) -> dict[str, Any]:
    """The last word of the spool; only the device that owns the job may speak."""
    row = _own(work, print_job_id)
    if row.state == command.state:
        return {"print_job": print_job_id}
    if command.state not in NEXT_STATES[row.state]:
        raise Refusal(RefusalCode.PRINT_STATE, was=row.state)
    work.conn.execute(
        update(print_job)
        .where(print_job.c.id == print_job_id)
        .values(state=command.state, reason=command.reason, reported_at=rfc3339(work.now))
    )
    work.touch("print", print_job_id)
    return {"print_job": print_job_id}


def read_payload(work: Work, print_job_id: str) -> dict[str, Any]:
    """The slip of an own job."""
    return {"slip": json.loads(work.vault.open(_own(work, print_job_id).payload_sealed))}


def _own(work: Work, print_job_id: str) -> Any:
    row = work.conn.execute(select(print_job).where(print_job.c.id == print_job_id)).one_or_none()
    if row is None or row.device_id != work.actor.device_id:
        raise Refusal(RefusalCode.NOT_FOUND, what="print_job")
    return row
