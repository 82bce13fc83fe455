"""Structured logs without personal data: every field passes a filter that knows what may stand in a log."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

ALLOWED = frozenset(
    {"event", "level", "timestamp", "task", "error", "path", "device", "feed", "seq", "code", "status", "ms", "count",
     "state", "reason", "port", "epoch", "name", "where"}
)  # fmt: skip
"""Field names that may stand in a log line. Anything else is replaced: a new field is added here by decision."""


def where_of(error: BaseException) -> str:
    """`module:line function` in which an error arose; its words may hold personal data, so they are not logged."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).stem}:{frames[-1].lineno} {frames[-1].name}" if frames else "?"


def _only_allowed(logger: Any, method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value if key in ALLOWED else "(left out)" for key, value in fields.items()}


def set_up_logs(level: str, form: str) -> None:
    """One line per event on standard error: JSON, or plain for people."""
    plain = structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else plain,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
