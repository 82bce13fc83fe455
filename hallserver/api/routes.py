"""Flask routes made of the command table, and the reads beside them. Decides nothing: credentials, parse, one call."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, request
from pydantic import BaseModel, ValidationError
from sqlalchemy import select
from werkzeug.routing import BaseConverter, IntegerConverter

from hallserver.api.command_table import CLERKS, COMMANDS, DOOR_STAFF, OFFICE, PRINTING, CommandRoute
from hallserver.api.credentials import actor_of, require
from hallserver.api.openapi import document
from hallserver.api.refused import answer, status_of
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services import devices, kit, printing, shuttle
from hallserver.services.door import Door
from hallserver.services.paper_commands import KitWish, OfDay
from hallserver.store.tables import employer
from hallserver.store.work import Work

M = TypeVar("M", bound=BaseModel)
MAX_BODY_BYTES = 64 * 1024


class HexConverter(BaseConverter):
    """32 hex characters: an id; anything else is no such page."""

    regex = "[0-9a-f]{32}"


class CounterConverter(IntegerConverter):
    """A counter's number: one or two digits; anything else is no such page, not a number that no data base holds."""

    regex = r"\d{1,2}"


def parse(model: type[M]) -> M:
    """The request's JSON body as a model; an empty body is `{}`. Raises BAD_REQUEST naming the first wrong field."""
    body = request.get_data(cache=True)
    if body and not request.is_json:
        raise Refusal(RefusalCode.BAD_REQUEST, field="Content-Type", problem="must be application/json")
    return _checked(lambda: model.model_validate_json(body or b"{}"))


def parse_query(model: type[M]) -> M:
    """The request's query as a model. Raises BAD_REQUEST naming the first wrong field."""
    return _checked(lambda: model.model_validate_strings(request.args.to_dict()))


def _checked(read: Callable[[], M]) -> M:
    try:
        return read()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        problem = re.sub(r"[^\x20-\x7e]", "?", first["msg"])[:200]
        raise Refusal(RefusalCode.BAD_REQUEST, field=field, problem=problem) from error


def api_blueprint(door: Door, shut_out: Callable[[str], None]) -> Blueprint:
    """All routes below /api/v1 but feeds and sessions. `shut_out(device id)` ends a revoked device's sockets."""
    blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
    for route in COMMANDS:
        blueprint.add_url_rule(route.path, route.name, _command_view(door, route, shut_out), methods=["POST"])
    _add_reads(blueprint, door)
    return blueprint


def _command_view(door: Door, route: CommandRoute, shut_out: Callable[[str], None]) -> Callable[..., Response]:
    def view(**path: Any) -> Response:
        actor = actor_of(door, request)
        require(actor, route.roles)
        command = parse(route.model)

        def verb(work: Work) -> dict[str, Any]:
            return route.verb(work, *path.values(), command)

        if not route.needs_key:
            return answer(door.read(verb, actor))
        body = {"path": path, "command": command.model_dump(mode="json")}
        given = door.command(actor, request.headers.get("Idempotency-Key"), route.name, body, verb)
        if route.name == "revoke-device" and given.status == 200:
            shut_out(path["device_id"])
        refusal = given.body.get("refusal")
        return answer(given.body, status_of(refusal["code"]) if refusal else 200)

    return view


def _add_reads(blueprint: Blueprint, door: Door) -> None:
    @blueprint.get("/me")
    def me() -> Response:
        actor = actor_of(door, request)
        return answer({"kind": actor.kind, "id": actor.id, "name": actor.label, "roles": sorted(actor.roles)})

    @blueprint.get("/employers")
    def employers() -> Response:
        require(actor_of(door, request), CLERKS)
        return answer({"employers": door.read(_employers)})

    @blueprint.get("/trips/<hex:trip_id>/manifest")
    def manifest(trip_id: str) -> Response:
        actor = actor_of(door, request)
        require(actor, DOOR_STAFF)
        return answer(door.read(lambda work: shuttle.read_manifest(work, trip_id), actor))

    @blueprint.get("/print-jobs/<hex:print_job_id>/payload")
    def payload(print_job_id: str) -> Response:
        actor = actor_of(door, request)
        require(actor, PRINTING)
        return answer(door.read(lambda work: printing.read_payload(work, print_job_id), actor))

    @blueprint.get("/kits/plan")
    def kit_plan() -> Response:
        require(actor_of(door, request), OFFICE)
        wish = parse_query(KitWish)
        return answer(door.read(lambda work: kit.plan_kit(work, wish)))

    @blueprint.get("/paper-entries/posts")
    def paper_posts() -> Response:
        require(actor_of(door, request), OFFICE)
        asked = parse_query(OfDay)
        return answer(door.read(lambda work: kit.read_posts(work, asked.day)))

    @blueprint.post("/wall-session")
    def wall_session() -> Response:
        actor = actor_of(door, request)
        require(actor, frozenset({"wall"}))
        once = door.perform("open-entry", devices.open_entry, actor)
        return answer({"url": f"/signage/enter/{once}"})

    @blueprint.get("/openapi.json")
    def openapi() -> Response:
        return answer(document())


def _employers(work: Work) -> list[dict[str, str]]:
    rows = work.conn.execute(select(employer).order_by(employer.c.name))
    pack = work.hall.pack
    places = {one.id: one.names[pack.hall.languages[0]] for one in pack.hall.districts}
    return [
        {"id": row.id, "name": row.name, "place": places.get(row.district, ""), "address": row.address} for row in rows
    ]
