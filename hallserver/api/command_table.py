"""Every command that comes in by REST: path, model, verb, who may. Routes and OpenAPI are made of this table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hallserver.services import (
    claims,
    commands,
    devices,
    jobs,
    kit,
    paper_commands,
    papers,
    people,
    printing,
    queue,
    shuttle,
    take_in,
)
from hallserver.store.work import Work

CLERKS = frozenset({"clerk", "admin", "authority"})
DOOR_STAFF = frozenset({"clerk", "admin", "volunteer"})
AT_KIOSK = frozenset({"kiosk", "clerk", "admin"})
PRINTING = frozenset({"kiosk", "printer"})
OFFICE = frozenset({"clerk", "admin"})


@dataclass(frozen=True)
class CommandRoute:
    """`path` in Flask's notation below /api/v1; its parameters are given to `verb` between work and command."""

    name: str
    path: str
    model: type[commands.Command]
    verb: Callable[..., dict[str, Any]]
    roles: frozenset[str]
    needs_key: bool = True


def _recognise(work: Work, command: commands.Recognise) -> dict[str, Any]:
    return people.recognise(work, command)


COMMANDS: tuple[CommandRoute, ...] = (
    CommandRoute("post-job", "/jobs", commands.PostJob, jobs.post_job, CLERKS),
    CommandRoute("approve-job", "/jobs/<hex:job_id>/approve", commands.ApproveJob, jobs.approve_job, CLERKS),
    CommandRoute("refuse-job", "/jobs/<hex:job_id>/refuse", commands.RefuseJob, jobs.refuse_job, CLERKS),
    CommandRoute("close-job", "/jobs/<hex:job_id>/close", commands.CloseJob, jobs.close_job, CLERKS),
    CommandRoute("raise-pay", "/jobs/<hex:job_id>/pay", commands.RaisePay, jobs.raise_pay, CLERKS),
    CommandRoute("claim-place", "/claims", commands.ClaimPlace, claims.claim_place, AT_KIOSK),
    CommandRoute("take-number", "/queue-tickets", commands.TakeNumber, queue.take_number, AT_KIOSK),
    CommandRoute("recognise", "/people/recognise", commands.Recognise, _recognise, AT_KIOSK, needs_key=False),
    CommandRoute("call-next", "/counters/<counter:number>/call-next", commands.CallNext, queue.call_next, CLERKS),
    CommandRoute("call-again", "/counters/<counter:number>/recall", commands.CallAgain, queue.call_again, CLERKS),
    CommandRoute("finish", "/counters/<counter:number>/finish", commands.Finish, queue.finish, CLERKS),
    CommandRoute("plan-trip", "/trips", commands.PlanTrip, shuttle.plan_trip, CLERKS),
    CommandRoute(
        "open-boarding", "/trips/<hex:trip_id>/open", commands.OpenBoarding, shuttle.open_boarding, DOOR_STAFF
    ),
    CommandRoute("board", "/trips/<hex:trip_id>/boardings", commands.Board, shuttle.board, DOOR_STAFF),
    CommandRoute(
        "undo-boarding", "/trips/<hex:trip_id>/undo", commands.UndoBoarding, shuttle.undo_boarding, DOOR_STAFF
    ),
    CommandRoute("depart", "/trips/<hex:trip_id>/depart", commands.Depart, shuttle.depart, DOOR_STAFF),
    CommandRoute(
        "report-print", "/print-jobs/<hex:print_job_id>/report", commands.ReportPrint, printing.report_print, PRINTING
    ),
    CommandRoute("report-printer", "/printer-state", commands.ReportPrinter, printing.report_printer, PRINTING),
    CommandRoute(
        "move-print", "/print-jobs/<hex:print_job_id>/move", commands.MovePrint, printing.move_print, CLERKS | PRINTING
    ),
    CommandRoute("reprint", "/print-jobs/<hex:print_job_id>/reprint", commands.Reprint, printing.reprint, CLERKS),
    CommandRoute(
        "settle-print", "/print-jobs/<hex:print_job_id>/settle", commands.SettlePrint, printing.settle_print, CLERKS
    ),
    CommandRoute("order-paper", "/papers", paper_commands.OrderPaper, papers.order_paper, DOOR_STAFF),
    CommandRoute("order-kit", "/kits", paper_commands.OrderKit, kit.order_kit, OFFICE),
    CommandRoute("take-in", "/paper-entries", paper_commands.TakeIn, take_in.take_in, OFFICE),
    CommandRoute(
        "settle-paper", "/paper-entries/<hex:entry_id>/settle", paper_commands.SettlePaper, take_in.settle_paper, OFFICE
    ),
    CommandRoute("register-worker", "/workers", commands.RegisterWorker, people.register_worker, CLERKS),
    CommandRoute("pair-device", "/devices", commands.PairDevice, devices.pair_device, CLERKS),
    CommandRoute(
        "revoke-device", "/devices/<hex:device_id>/revoke", commands.RevokeDevice, devices.revoke_device, CLERKS
    ),
)
