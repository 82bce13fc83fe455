"""The hall server's composition root: opens the data base, wires doors, pump and pages, starts what runs beside them.

The only place that knows everything; `hallserver.launcher` patches gevent before it is imported.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gevent
import structlog
from flask import Flask, Response, make_response, redirect, request, send_from_directory, url_for
from flask_socketio import SocketIO
from gevent.event import Event
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from werkzeug.exceptions import HTTPException

from config.clock import HallClock, clock_of, refuse_unbelievable
from config.derive import DERIVED
from config.settings import Settings
from hallserver.api.credentials import SCREEN_COOKIE, actor_or_none
from hallserver.api.feeds import FeedParts, feeds_blueprint
from hallserver.api.refused import answer, refusal_response
from hallserver.api.routes import MAX_BODY_BYTES, CounterConverter, HexConverter, api_blueprint
from hallserver.api.sessions import sessions_blueprint, set_cookie
from hallserver.domain.hall_time import rfc3339
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.live.namespace import FeedNamespace, LiveParts
from hallserver.live.nudges import LocalNudger, Nudger, RedisNudger
from hallserver.live.ordered_socket import OrderedWebSocket
from hallserver.live.presence import Presence
from hallserver.live.pump import Pump, ReadLog
from hallserver.live.snapshots import Snapshots
from hallserver.live.writer_queue import WriterQueue
from hallserver.logs import where_of
from hallserver.services import day, devices
from hallserver.services.door import Door
from hallserver.services.execute import Sources
from hallserver.services.gather import instant_or_none
from hallserver.services.halls import read_epoch
from hallserver.store import feeds as feed_log
from hallserver.store.database import is_sqlite, open_engine
from hallserver.store.schema import migrate
from hallserver.store.tables import audit
from hallserver.store.vault import Vault, load_key
from hallserver.store.writer import TogetherWriter, run_alone

log = structlog.get_logger()

ROOT = Path(__file__).parent
MARK_EVERY_S, LOOK_EVERY_S, TICK_EVERY_S, TRIM_EVERY_S, PASSES_EVERY_S = 3.0, 1.0, 1.0, 300.0, 3.0
STATIC = {
    "wire": ROOT / "wire" / "static",
    "tablet": ROOT / "tablet" / "static",
    "signage": ROOT.parent / "signage" / "static",
    "derived": DERIVED,
}
CONTENT_SECURITY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self' ws: wss:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
)


@dataclass
class HallServer:
    """What runs: the WSGI application and the tasks beside it."""

    app: Flask
    socketio: SocketIO
    tasks: tuple[Callable[[], None], ...]
    close: Callable[[], None]


def build(settings: Settings) -> HallServer:
    """Opens everything. Raises NoHall, UnbelievableClock, sqlalchemy.exc.OperationalError."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database)
    migrate(engine)
    clock = clock_of(settings)
    _refuse_clock(engine, clock)
    wake = Event()
    nudger = RedisNudger(settings.redis_url, wake) if settings.redis_url else LocalNudger(wake)
    queue = None
    if is_sqlite(engine):
        queue = WriterQueue(TogetherWriter(open_engine(settings.database, 0)), nudger.nudge)
    sources = Sources(clock.now, secrets.token_bytes, Vault(load_key(settings.data_dir / "hall.key")))
    run = queue.run if queue else (lambda verb: _run_and_nudge(engine, verb, nudger))
    door = Door(engine, run, sources)
    app = _flask()
    live = _wire_live(app, door, clock)
    _add_pages(app, door)
    tasks = [
        _pump_task(live.pump, wake),
        _every(MARK_EVERY_S, lambda: live.pump.mark_all(live.mark_of)),
        _every(PASSES_EVERY_S, live.shut_out_gone),
        _every(TICK_EVERY_S, lambda: door.perform("tick", day.tick)),
        _every(TRIM_EVERY_S, lambda: door.perform("forget-old", day.forget_old)),
    ]
    if isinstance(nudger, RedisNudger):
        tasks.append(nudger.listen)
    return HallServer(app, live.socketio, tuple(tasks), queue.close if queue else engine.dispose)


def _run_and_nudge(engine: Engine, verb: Callable[..., Any], nudger: Nudger) -> Any:
    value = run_alone(engine, verb)
    nudger.nudge()
    return value


def _refuse_clock(engine: Engine, clock: HallClock) -> None:
    with engine.connect() as conn:
        newest = conn.execute(select(func.max(audit.c.at))).scalar()
    refuse_unbelievable(clock.now(), instant_or_none(newest))


def _flask() -> Flask:
    app = Flask("gighall", static_folder=None)
    app.url_map.converters |= {"hex": HexConverter, "counter": CounterConverter}
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.register_error_handler(Refusal, refusal_response)
    app.register_error_handler(HTTPException, _http_refusal)
    app.register_error_handler(NoFreeConnection, _busy)
    app.register_error_handler(Exception, _fault)
    app.after_request(_harden)
    return app


@dataclass
class _Live:
    socketio: SocketIO
    pump: Pump
    mark_of: Callable[[str, int], dict[str, Any]]
    shut_out_gone: Callable[[], None]


def _wire_live(app: Flask, door: Door, clock: HallClock) -> _Live:
    epoch = door.read(lambda work: read_epoch(work.conn))
    presence = Presence()
    pump = Pump(
        ReadLog(
            lambda feed, since, limit: _look(door.engine, feed_log.entries_after, feed, since, limit),
            lambda: _look(door.engine, feed_log.heads),
        ),
        epoch,
        presence,
    )
    snapshots = Snapshots(
        epoch,
        lambda feed: door.read(lambda work: feed_log.snapshot(work.conn, feed)),
        lambda: rfc3339(clock.now()),
    )
    mark_of = _marks(door, clock, epoch)
    socketio = SocketIO(app, async_mode="gevent", transports=["websocket"], ping_interval=10, ping_timeout=15)
    socketio.server.eio._async = socketio.server.eio._async | {"websocket": OrderedWebSocket}
    parts = LiveParts(
        actor_of_token=lambda token: door.read(lambda work: devices.actor_of_token(work, token)),
        actor_of_request=lambda asked: actor_or_none(door, asked),
        snapshot_place=lambda feed: _place(snapshots, feed),
        mark_of=mark_of,
    )
    namespace = FeedNamespace(pump, presence, parts)
    socketio.on_namespace(namespace)
    app.register_blueprint(api_blueprint(door, namespace.revoke))
    app.register_blueprint(sessions_blueprint(door, _off_loop, namespace.sign_out))
    app.register_blueprint(feeds_blueprint(door, FeedParts(snapshots.get, epoch, mark_of)))

    def shut_out_gone() -> None:
        namespace.keep_only(door.read(devices.passes))

    return _Live(socketio, pump, mark_of, shut_out_gone)


def _look(engine: Engine, read: Callable[..., Any], *arguments: Any) -> Any:
    """A read of the log alone, which needs no hall: the pump does it after every commit."""
    with engine.connect() as conn, conn.begin():
        return read(conn, *arguments)


def _off_loop(function: Callable[..., Any], *arguments: Any) -> Any:
    return gevent.get_hub().threadpool.apply(function, arguments)


def _place(snapshots: Snapshots, feed: str) -> dict[str, Any]:
    held = snapshots.get(feed)
    return {"feed": feed, "epoch": held.epoch, "seq": held.seq, "url": f"/api/v1/feeds/{feed}/snapshot"}


def _marks(door: Door, clock: HallClock, epoch: str) -> Callable[[str, int], dict[str, Any]]:
    calendar = door.read(lambda work: work.hall.calendar)

    def mark_of(feed: str, seq: int) -> dict[str, Any]:
        now = clock.now()
        return {
            "feed": feed,
            "epoch": epoch,
            "seq": seq,
            "hall_time": rfc3339(now),
            "rate": clock.rate,
            "zone_offset_min": calendar.offset_min(now),
            "business_day": calendar.business_day(now).isoformat(),
        }

    return mark_of


def _pump_task(pump: Pump, wake: Event) -> Callable[[], None]:
    def task() -> None:
        while True:
            wake.wait(LOOK_EVERY_S)
            wake.clear()
            _guarded("pump", pump.look)

    return task


def _every(seconds: float, call: Callable[[], Any]) -> Callable[[], None]:
    def task() -> None:
        while True:
            gevent.sleep(seconds)
            _guarded(getattr(call, "__name__", "task"), call)

    return task


def _guarded(name: str, call: Callable[[], Any]) -> None:
    """A full disk or a lost data base for a moment must not end the pump for good: said, and tried again."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - see above
        log.error("task failed", task=name, error=type(error).__name__, where=where_of(error))


def _http_refusal(error: HTTPException) -> Response:
    codes = {404: RefusalCode.NOT_FOUND, 405: RefusalCode.METHOD_NOT_ALLOWED, 413: RefusalCode.TOO_LARGE}
    if error.code is not None and 300 <= error.code < 400:
        return make_response(error.get_response())
    return refusal_response(Refusal(codes.get(error.code or 400, RefusalCode.BAD_REQUEST)))


def _busy(error: NoFreeConnection) -> Response:
    """Every connection to the data base was taken for too long: the same key may come again."""
    log.warning("no free connection to the data base")
    return refusal_response(Refusal(RefusalCode.SERVER_BUSY))


def _fault(error: Exception) -> Response:
    path = request.url_rule.rule if request.url_rule else "?"
    log.error("request failed", path=path, error=type(error).__name__, where=where_of(error))
    return answer({"fault": type(error).__name__}, 500)


def _harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    return response


def _add_pages(app: Flask, door: Door) -> None:
    @app.get("/static/<room>/<path:name>")
    def static_file(room: str, name: str) -> Response:
        if room not in STATIC:
            raise Refusal(RefusalCode.NOT_FOUND)
        return send_from_directory(STATIC[room], name, max_age=0)

    @app.get("/signage/")
    def wall_page() -> Response:
        return send_from_directory(STATIC["signage"], "wall.html", max_age=0)

    @app.get("/signage/enter/<once>")
    def enter(once: str) -> Any:
        cookie = door.perform("enter", lambda work: devices.enter(work, once))
        response = make_response(redirect(url_for("wall_page", lang=request.args.get("lang"))))
        set_cookie(response, SCREEN_COOKIE, cookie, devices.SCREEN_SESSION_LASTS.total_seconds())
        return response

    @app.get("/tablet/")
    def tablet_page() -> Response:
        return send_from_directory(STATIC["tablet"], "tablet.html", max_age=0)

    @app.get("/healthz")
    def healthz() -> Response:
        return answer({"alive": True})

    @app.get("/readyz")
    def readyz() -> Response:
        return answer({"ready": True, "epoch": door.read(lambda work: read_epoch(work.conn))[:8]})
