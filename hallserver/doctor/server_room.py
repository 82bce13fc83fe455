"""Looks at what the hall server stands on: folder, disk, clock, port, data base, Redis. Writes one file and takes it
away."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import redis
import requests
from sqlalchemy import Engine, create_engine, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from config.clock import UnbelievableClock, clock_of, refuse_unbelievable
from config.settings import Settings
from hallserver.doctor.findings import Finding, fine, lack, note
from hallserver.domain.hall_time import from_rfc3339
from hallserver.store.tables import audit, hall

ANSWERS_IN_S = 3
DISK_NEEDED_MB, DISK_WANTED_MB = 300, 2000


def look(settings: Settings) -> Iterator[Finding]:
    """Everything of the server."""
    yield look_at_folder(settings.data_dir)
    yield look_at_disk(settings.data_dir)
    yield from look_at_data_base(settings)
    yield look_at_port(settings.host, settings.port)
    if settings.redis_url:
        yield look_at_redis(settings.redis_url)


def look_at_folder(folder: Path) -> Finding:
    """Whether data base and key can be kept there."""
    place = _nearest(folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            return fine("folder", folder=folder.resolve())
    except OSError as error:
        return lack("folder_not_writable", folder=folder.resolve(), why=error.strerror)


def look_at_disk(folder: Path) -> Finding:
    """Free space where the data base is."""
    free_mb = shutil.disk_usage(_nearest(folder)).free // 1_000_000
    if free_mb < DISK_NEEDED_MB:
        return lack("disk_full", free_mb=free_mb, needed_mb=DISK_NEEDED_MB)
    if free_mb < DISK_WANTED_MB:
        return note("disk_low", free_mb=free_mb)
    return fine("disk", free_gb=free_mb // 1000)


def _nearest(folder: Path) -> Path:
    """The folder itself, or the one in which it would be made."""
    return next(place for place in (folder.resolve(), *folder.resolve().parents) if place.is_dir())


def look_at_data_base(settings: Settings) -> Iterator[Finding]:
    """Whether it answers and holds a hall; the clock is compared with its newest record."""
    if not settings.database_url and not (settings.data_dir / "hall.sqlite").exists():
        yield note("no_hall_yet")
        yield look_at_clock(settings, None)
        return
    options = {"connect_timeout": ANSWERS_IN_S} if settings.database_url.startswith("postgresql") else {}
    engine = create_engine(settings.database, connect_args=options)
    try:
        names, newest = _read(engine)
        yield fine("data_base", halls=names) if names else note("no_hall_yet")
        yield look_at_clock(settings, newest)
    except SQLAlchemyError as error:
        yield lack("data_base_silent", why=_first_line(getattr(error, "orig", None) or error))
        yield look_at_clock(settings, None)
    finally:
        engine.dispose()


def _read(engine: Engine) -> tuple[int, str | None]:
    """How many halls, and the time of the newest record; an empty data base has neither."""
    with engine.connect() as conn:
        if not inspect(conn).has_table(hall.name):
            return 0, None
        halls = conn.execute(select(func.count()).select_from(hall)).scalar_one()
        return halls, conn.execute(select(func.max(audit.c.at))).scalar()


def look_at_clock(settings: Settings, newest: str | None) -> Finding:
    """Whether slips and buses would have the right day."""
    now = clock_of(settings).now()
    try:
        refuse_unbelievable(now, from_rfc3339(newest) if newest else None)
    except UnbelievableClock:
        return lack("clock_wrong", now=f"{now:%Y-%m-%d %H:%M}", newest=(newest or "-")[:16].replace("T", " "))
    return fine("clock", now=f"{now:%Y-%m-%d %H:%M}")


def look_at_port(host: str, port: int) -> Finding:
    """Free, or held by the hall itself."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return fine("port", host=host, port=port)
    except OSError as error:
        if _is_hall(f"http://{host}:{port}"):
            return fine("hall_runs", host=host, port=port)
        return lack("port_taken", host=host, port=port, why=error.strerror)


def _is_hall(url: str) -> bool:
    with requests.Session() as asking:
        asking.trust_env = False
        try:
            return bool(asking.get(f"{url}/healthz", timeout=ANSWERS_IN_S).json().get("alive"))
        except (requests.RequestException, ValueError, AttributeError):
            return False


def look_at_redis(url: str) -> Finding:
    """Whether nudges between server processes get through."""
    asking = redis.Redis.from_url(url, socket_connect_timeout=ANSWERS_IN_S, socket_timeout=ANSWERS_IN_S)
    try:
        asking.ping()
        return fine("redis")
    except redis.RedisError as error:
        return lack("redis_silent", why=_first_line(error))
    finally:
        asking.close()


def _first_line(error: BaseException) -> str:
    text = str(error).strip()
    return text.splitlines()[0].rstrip(".") if text else type(error).__name__
