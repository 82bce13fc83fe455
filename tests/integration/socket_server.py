"""A small gevent server over the hall's ordered sockets, as a process: prints its port, pushes what a test asks.

GET /push/<kind>?<bytes> over HTTP; `/ws` takes one WebSocket. Knows no hall.
"""

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402 - everything below must be imported after the patch
import json
import socket
from typing import Any

import gevent
from gevent.pywsgi import WSGIServer

from hallserver.live.ordered_socket import WRITER_KEY, OrderedWebSocket
from hallserver.wire.frames import websocket_frame

writers: list[Any] = []


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Routes."""
    if environ["PATH_INFO"] == "/ws":
        return OrderedWebSocket(_serve, None)(environ, start_response)
    kind, size = environ["PATH_INFO"].rpartition("/")[2], int(environ["QUERY_STRING"] or 0)
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(KINDS[kind](size)).encode()]


def _serve(websocket: Any) -> list[bytes]:
    writers.append(websocket.ws.environ[WRITER_KEY])
    while websocket.wait() is not None:
        pass
    return []


def _one(size: int) -> int:
    """A frame of `size` to every socket that is open."""
    for writer in writers:
        if not writer.is_shut:
            writer.send(websocket_frame("x" * size))
    return len(writers)


def _narrow(size: int) -> int:
    """The system takes only so many bytes of a frame at once."""
    for writer in writers:
        writer._raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)
    return size


def _flood(size: int) -> dict[str, int]:
    """Numbered frames to everybody until a writer is shut -> frames sent to the first, bytes that waited at most."""
    sent = waited = 0
    filler = "x" * size
    while not writers[0].is_shut and sent < 100_000:
        for writer in writers:
            try:
                writer.send(websocket_frame(f"{sent} {filler}"))
            except OSError:
                continue
        waited = max(waited, writers[0].waiting_bytes)
        sent += 1
        gevent.sleep(0)
    return {"sent": sent, "waited": waited}


def _state(_: int) -> list[dict[str, Any]]:
    return [{"waiting": writer.waiting_bytes, "is_shut": writer.is_shut} for writer in writers]


KINDS = {"one": _one, "narrow": _narrow, "flood": _flood, "state": _state}


if __name__ == "__main__":
    server = WSGIServer(("127.0.0.1", 0), application, log=None)
    server.start()
    print(server.server_port, flush=True)
    server.serve_forever()
