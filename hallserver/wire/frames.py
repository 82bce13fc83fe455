"""Frames of a feed, encoded once for all sockets: Socket.IO event, Engine.IO packet and WebSocket frame in one
piece."""

import json
import struct
from typing import Any

_TEXT_FRAME = 0x81
"""RFC 6455, 5.2: FIN and opcode 1. A server's frames are not masked, so one encoding serves every socket."""


def event_packet(event: str, body: str) -> str:
    """Engine.IO message (4) with a Socket.IO event (2) in the namespace `/`; `body` is JSON text."""
    return f"42[{json.dumps(event)},{body}]"


def websocket_frame(text: str) -> bytes:
    """One unfragmented text frame, as it goes over the line."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", _TEXT_FRAME, size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", _TEXT_FRAME, 126, size)
    else:
        head = struct.pack("!BBQ", _TEXT_FRAME, 127, size)
    return head + payload


def event_frame(event: str, body: dict[str, Any]) -> bytes:
    """A whole event ready for the line."""
    return websocket_frame(event_packet(event, json.dumps(body, ensure_ascii=False, separators=(",", ":"))))


def delta_frame(feed: str, epoch: str, seq: int, entry_body: str) -> bytes:
    """A `delta` from the log's own JSON text, which is not parsed again. `entry_body` is an object: `{"at", …}`."""
    body = f'{{"feed":"{feed}","epoch":"{epoch}","seq":{seq},{entry_body[1:]}'
    return websocket_frame(event_packet("delta", body))
