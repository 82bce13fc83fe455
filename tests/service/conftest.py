"""A migrated data base with the demo hall in it, SQLite and PostgreSQL, and work on it without a server; no rule."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, select

from config.pack import Pack
from hallserver.domain.dice import dice_of  # type: ignore[attr-defined]
from hallserver.services.execute import Sources, open_work, perform
