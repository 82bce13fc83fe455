"""The OpenAPI document of /api/v1, made of the command table and the models themselves, so that it cannot lag
behind."""

import re
from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from hallserver.api.command_table import COMMANDS, CommandRoute
from hallserver.api.refused import CONFLICT, STATUS
from hallserver.api.sessions_models import OPEN_POSTS
from hallserver.domain.refusals import RefusalCode

_PARAMETERS = {
    "hex": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    "counter": {"type": "integer", "minimum": 0, "maximum": 99},
}
_REFUSED = {
    "description": "Refused; nothing was written",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refused"}}},
}
_READS: dict[str, str] = {
    "/me": "Who the credential belongs to",
    "/session": "Which tablet this is, who is signed in on it and what that person may do",
    "/employers": "Employers of the hall",
    "/trips/{trip_id}/manifest": "Who is on a bus's list",
    "/kits/plan": "What a paper kit would hold; query `day`, `numbers`, `posts`, `rights_cards`",
    "/paper-entries/posts": "Posts that paper of a day may name; query `day`",
    "/print-jobs/{print_job_id}/payload": "The slip of an own print job",
    "/feeds/{feed}/snapshot": "A feed's folded state",
    "/feeds/{feed}/deltas": "What a feed got after a sequence",
}


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1."""
    models = [route.model for route in COMMANDS] + [model for _, model in OPEN_POSTS.values()]
    _, schemas = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    components = schemas["$defs"] | {"Refused": _refused_schema()}
    paths: dict[str, Any] = {}
    for route in COMMANDS:
        paths["/api/v1" + _plain_path(route.path)] = {"post": _command_operation(route)}
    for path, (summary, model) in OPEN_POSTS.items():
        paths["/api/v1" + path] = {"post": _operation(summary, model.__name__)}
    for path, summary in _READS.items():
        paths["/api/v1" + path] = {"get": _read_operation(path, summary)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "gighall", "version": "1", "license": {"name": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "device": {"type": "http", "scheme": "bearer"},
                "person": {"type": "apiKey", "in": "cookie", "name": "gighall_session"},
            },
        },
        "security": [{"device": []}, {"person": []}],
    }


def _plain_path(path: str) -> str:
    return re.sub(r"<\w+:(\w+)>", r"{\1}", path)


def _command_operation(route: CommandRoute) -> dict[str, Any]:
    operation = _operation((route.model.__doc__ or route.name).strip(), route.model.__name__)
    operation["operationId"] = route.name
    operation["parameters"] = [
        {"name": name, "in": "path", "required": True, "schema": _PARAMETERS[kind]}
        for kind, name in re.findall(r"<(\w+):(\w+)>", route.path)
    ]
    if route.needs_key:
        schema = {"type": "string", "pattern": "^[!-~]{16,64}$"}
        operation["parameters"].append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": schema})
    return operation


def _operation(summary: str, model: str) -> dict[str, Any]:
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}
    return {
        "summary": summary,
        "requestBody": {"required": True, "content": body},
        "responses": _responses(),
    }


def _read_operation(path: str, summary: str) -> dict[str, Any]:
    schemas = {"feed": {"type": "string", "enum": ["wall", "kiosk", "staff", "printer", "network"]}}
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": schemas.get(name, _PARAMETERS["hex"])}
        for name in re.findall(r"{(\w+)}", path)
    ]
    if path.endswith("/deltas"):
        parameters += [
            {"name": "epoch", "in": "query", "required": True, "schema": {"type": "string"}},
            {"name": "since", "in": "query", "required": True, "schema": {"type": "integer", "minimum": 0}},
        ]
    return {"summary": summary, "parameters": parameters, "responses": _responses()}


def _responses() -> dict[str, Any]:
    done = {"description": "Done", "content": {"application/json": {"schema": {"type": "object"}}}}
    refused = {str(status): _REFUSED for status in sorted({CONFLICT, *STATUS.values()})}
    return {"200": done, "304": {"description": "You have it"}, **refused}


def _refused_schema() -> dict[str, Any]:
    refusal = {
        "type": "object",
        "required": ["code", "facts"],
        "properties": {
            "code": {"type": "string", "enum": [code.value for code in RefusalCode]},
            "facts": {"type": "object"},
        },
    }
    return {"type": "object", "required": ["refusal"], "properties": {"refusal": refusal}}
