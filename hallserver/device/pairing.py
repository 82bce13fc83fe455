"""Becoming a device of a hall: six digits on the glass, a token in a file that its owner alone may read."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hallserver.device.rest import Done, HallRest, Refused, new_key

POLL_EVERY_S = 2.0


@dataclass(frozen=True)
class DeviceToken:
    """Proof of being a device; `server_url` is the hall it belongs to."""

    server_url: str
    token: str
    device_id: str
    name: str


def load_token(file: Path) -> DeviceToken | None:
    """None where this machine was never paired."""
    try:
        return DeviceToken(**json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def keep_token(file: Path, token: DeviceToken) -> None:
    """Mode 0600 from the first byte, in place in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(token.__dict__, out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def forget_token(file: Path) -> None:
    """The device was revoked."""
    file.unlink(missing_ok=True)


def pair(
    server_url: str, role: str, show: Callable[[str | None], None], stopping: threading.Event
) -> DeviceToken | None:
    """Shows six digits until staff typed them -> the token. `show(None)`: the hall cannot be reached. None: stopped."""
    rest = HallRest(server_url, None)
    try:
        while not stopping.is_set():
            asked = rest.command("/pairing", {"role": role}, new_key())
            if not isinstance(asked, Done):
                show(None)
                stopping.wait(POLL_EVERY_S)
                continue
            show(asked.body["code"])
            token = _poll(rest, server_url, asked.body, stopping)
            if token is not None:
                return token
    finally:
        rest.close()
    return None


def _poll(rest: HallRest, server_url: str, asked: dict[str, str], stopping: threading.Event) -> DeviceToken | None:
    while not stopping.wait(POLL_EVERY_S):
        told = rest.get(f"/api/v1/pairing/{asked['pairing']}", Authorization=f"Pairing {asked['secret']}")
        if isinstance(told, Refused):
            return None
        if isinstance(told, Done) and told.body["state"] == "paired":
            device = told.body["device"]
            return DeviceToken(server_url, told.body["token"], device["id"], device["name"])
    return None
