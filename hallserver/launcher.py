"""Starts the hall server's process: patches gevent before anything else is imported, then serves until it is told to
end."""

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402 - everything below must be imported after the patch
import contextlib
import signal
import sys
from typing import Any

import gevent
import structlog
from gevent.pywsgi import WSGIServer

from config.clock import UnbelievableClock
from config.settings import SettingsMistakes, load_settings
from hallserver.app import HallServer, build
from hallserver.live.ordered_socket import WebHandler
from hallserver.logs import set_up_logs
from hallserver.services.halls import NoHall

STOP_TIMEOUT_S = 3
SWITCH_S = 0.001
"""How long the writer's thread may hold the interpreter while the loop wants to push; Python's own 5 ms are felt at
every send to a screen."""
CANNOT_START = 2

log = structlog.get_logger()


def main() -> int:
    """0 after SIGTERM or Ctrl-C, 2 where the hall cannot start, with the reason in plain words."""
    sys.setswitchinterval(SWITCH_S)
    try:
        settings = load_settings()
        set_up_logs(settings.log_level, settings.log_format)
        server = build(settings)
    except SettingsMistakes as mistakes:
        return _cannot("\n".join(f"setting {sentence}" for sentence in mistakes.sentences))
    except UnbelievableClock as wrong:
        return _cannot(str(wrong))
    except NoHall:
        return _cannot("this data base holds no hall yet: gighall hall apply FOLDER puts one in")
    if settings.metrics_port:
        from prometheus_client import start_http_server

        start_http_server(settings.metrics_port, addr="127.0.0.1")
    _serve(server, settings.host, settings.port)
    return 0


def _cannot(reason: str) -> int:
    print(f"gighall cannot start:\n{reason}", file=sys.stderr, flush=True)
    return CANNOT_START


def _serve(server: HallServer, host: str, port: int) -> None:
    web = WSGIServer((host, port), server.app, log=None, error_log=None, handler_class=WebHandler)
    web.init_socket()
    web.start()
    tasks = [gevent.spawn(task) for task in server.tasks]
    print(f"listening http://{host}:{web.server_port}", flush=True)

    def stop(*_: Any) -> None:
        gevent.spawn(web.stop, STOP_TIMEOUT_S)

    for name in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(name, stop)
    with contextlib.suppress(KeyboardInterrupt):
        web._stop_event.wait()
    gevent.killall(tasks)
    server.close()


if __name__ == "__main__":
    sys.exit(main())
