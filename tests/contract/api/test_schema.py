"""schemathesis asks every operation of the served OpenAPI document, as each kind of caller, and never gets a 5xx."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hallserver.api.command_table import COMMANDS
from hallserver.domain.refusals import RefusalCode
from tests.contract.api.conftest import Served
from tests.promises import Promise

EXAMPLES = 16
CALLERS = ("none", "kiosk", "wall", "printer", "clerk", "volunteer")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
FIELDS = {"employer": "employer", "job": "job_id", "trip": "trip_id"}


@pytest.mark.timeout(240)
@pytest.mark.parametrize("who", CALLERS)
def test_no_operation_fails_whatever_the_schema_allows_or_forbids(served: Served, who: str, promise: Promise) -> None:
    schema = schemathesis.openapi.from_url(f"{served.url}/openapi.json")
    schema.config.generation.update(modes=list(schemathesis.GenerationMode))
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    statuses = sum((_ask(operation, served, who) for operation in found), Counter())
    told = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
    promise("no request that schemathesis makes is a 5xx", f"as {who}: {len(found)} operations, {told}")
    assert len(found) >= len(COMMANDS)
    assert 200 in statuses or who == "none"


def _ask(operation: Any, served: Served, who: str) -> Counter[int]:
    """Asks one operation -> how often each status was answered."""
    statuses: Counter[int] = Counter()

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        _seed(case, served, statuses.total())
        credential = served.credentials[who]
        headers, cookies = (dict(credential.headers), dict(credential.cookies)) if credential else ({}, {})
        if credential:  # what schemathesis made up for Authorization would hide who asks
            case.headers.pop("Authorization", None)
            case.cookies = {}
        response = case.call(headers=headers, cookies=cookies, timeout=10)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)
        if response.status_code >= 400:
            assert response.json()["refusal"]["code"] in set(RefusalCode), response.text

    ask()
    return statuses


def _seed(case: Any, served: Served, nth: int) -> None:
    """Every second request goes to things that exist."""
    if nth % 2:
        return
    for name in case.path_parameters or {}:
        if name in served.ids:
            case.path_parameters[name] = served.ids[name]
    if isinstance(case.body, dict):
        case.body |= {field: served.ids[name] for field, name in FIELDS.items() if field in case.body}
