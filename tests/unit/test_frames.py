"""Frames as they go over the line, byte for byte (RFC 6455, 5.2)."""

from __future__ import annotations

import json

import pytest

from hallserver.wire.frames import delta_frame, event_frame, event_packet, websocket_frame


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (0, b"\x81\x00"),
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65535, b"\x81\x7e\xff\xff"),
        (65536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_a_frame_states_its_length_in_the_shortest_form(size: int, head: bytes) -> None:
    assert websocket_frame("x" * size) == head + b"x" * size


def test_length_is_counted_in_bytes_not_in_characters() -> None:
    assert websocket_frame("职业") == b"\x81\x06" + "职业".encode()


def test_an_event_is_a_message_of_the_main_namespace() -> None:
    assert event_packet("mark", "{}") == '42["mark",{}]'
    assert event_frame("mark", {"seq": 1}) == websocket_frame('42["mark",{"seq":1}]')


def test_a_delta_is_the_logs_own_text_with_its_number_before_it() -> None:
    frame = delta_frame("wall", "e1", 7, '{"at":"now","drop":["job/2"],"set":{"job/1":{"name":"装卸工"}}}')
    head, _, text = frame.partition(b"42")
    assert head[0] == 0x81
    name, body = json.loads(text)
    assert name == "delta"
    assert body == {
        "feed": "wall",
        "epoch": "e1",
        "seq": 7,
        "at": "now",
        "set": {"job/1": {"name": "装卸工"}},
        "drop": ["job/2"],
    }
