"""kill -9 of the server at random moments under load: what was acknowledged stays, once; screens come back alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crowd.crash import crash_often
from tests.promises import Promise

KILLS = {"sqlite": 20, "postgresql": 5}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_acknowledged_command_is_lost_or_applied_twice_when_the_server_is_killed(
    kind: str, tmp_path: Path, promise: Promise, request: pytest.FixtureRequest
) -> None:
    url = "" if kind == "sqlite" else str(request.getfixturevalue("postgres_database"))
    report = crash_often(tmp_path, url, KILLS[kind], seed=1)
    assert report.broken == []
    assert report.acknowledged > 10 * report.kills, "there was no load"
    figures = f"{report.kills} × kill -9 on {kind}, {report.acknowledged} acknowledged commands, 0 lost, 0 twice"
    promise("no acknowledged command lost", figures)
    told = f"{report.kills} × kill -9 on {kind}, 6 screens, {report.converged_s:.1f} s after"
    promise("every replica converges by itself", told)
