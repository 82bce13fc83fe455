"""Becoming a device, being shut out, signing in, being locked out: over real HTTP, as the machines and people do it."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import socketio

from hallserver.device.pairing import DeviceToken, keep_token, load_token, pair
from hallserver.device.rest import Done, HallRest, Refused
from tests.mornings.screens import DeviceScreen, StaffSession
from tests.support import hall
from tests.support.servant import until


@pytest.fixture
def clerk(running_hall: hall.HallProcess) -> Iterator[StaffSession]:
    session = StaffSession(running_hall.url, "demo", hall.PASSWORD)
    yield session
    session.close()


def _pair(process: hall.HallProcess, clerk: StaffSession, role: str) -> DeviceToken:
    shown: list[str] = []
    found: list[DeviceToken | None] = []
    stopping = threading.Event()

    def show(code: str | None) -> None:
        shown.extend([code] if code else [])

    thread = threading.Thread(target=lambda: found.append(pair(process.url, role, show, stopping)))
    thread.start()
    try:
        assert until(lambda: bool(shown), 5)
        assert len(shown[0]) == 6
        wrong = "000000" if shown[0] != "000000" else "000001"
        assert clerk.post("/devices", {"code": wrong, "name": "x"}, "k" * 16).status_code == 404
        assert clerk.post("/devices", {"code": shown[0], "name": "hall screen"}, "l" * 16).status_code == 200
        assert until(lambda: bool(found), 10)
    finally:
        stopping.set()
        thread.join()
    assert found[0] is not None
    return found[0]


def test_a_machine_becomes_a_device_and_is_shut_out_again(
    running_hall: hall.HallProcess, clerk: StaffSession, tmp_path: Path
) -> None:
    token = _pair(running_hall, clerk, "wall")
    keep_token(tmp_path / "token", token)
    assert stat.S_IMODE((tmp_path / "token").stat().st_mode) == 0o600
    assert load_token(tmp_path / "token") == token
    screen = DeviceScreen(running_hall.url, token.token, "wall", tmp_path / "wall.sqlite")
    try:
        assert until(lambda: "hall/main" in screen.items(), 5)
        assert clerk.post(f"/devices/{token.device_id}/revoke", {}, "m" * 16).status_code == 200
        rest = HallRest(running_hall.url, token.token)
        reply = rest.get("/api/v1/feeds/wall/snapshot")
        rest.close()
        assert isinstance(reply, Refused)
        assert reply.code == "NOT_SIGNED_IN"
        assert until(lambda: not screen.link._thread.is_alive(), 5)
    finally:
        screen.close()


def test_a_pairing_is_handed_out_once(running_hall: hall.HallProcess, clerk: StaffSession) -> None:
    asked = requests.post(f"{running_hall.url}/api/v1/pairing", json={"role": "kiosk"}, timeout=5).json()
    poll = f"{running_hall.url}/api/v1/pairing/{asked['pairing']}"
    headers = {"Authorization": f"Pairing {asked['secret']}"}
    assert requests.get(poll, headers=headers, timeout=5).json() == {"state": "waiting"}
    assert requests.get(poll, headers={"Authorization": "Pairing wrong"}, timeout=5).status_code == 404
    assert clerk.post("/devices", {"code": asked["code"], "name": "kiosk 1"}, "n" * 16).status_code == 200
    assert requests.get(poll, headers=headers, timeout=5).json()["state"] == "paired"
    assert requests.get(poll, headers=headers, timeout=5).status_code == 404


def test_a_wall_page_enters_once_by_its_url_and_reads_only_its_feed(running_hall: hall.HallProcess) -> None:
    rest = HallRest(running_hall.url, hall.add_device(running_hall, "wall", "wall 1"))
    reply = rest.command("/wall-session", {})
    rest.close()
    assert isinstance(reply, Done)
    with requests.Session() as page, requests.Session() as late:
        assert page.get(running_hall.url + reply.body["url"], timeout=5, allow_redirects=False).status_code == 302
        assert page.get(f"{running_hall.url}/api/v1/feeds/wall/snapshot", timeout=5).json()["feed"] == "wall"
        assert page.get(f"{running_hall.url}/api/v1/feeds/staff/snapshot", timeout=5).status_code == 403
        key = {"Idempotency-Key": "o" * 16}
        claim = page.post(
            f"{running_hall.url}/api/v1/queue-tickets", json={"service": "rights"}, headers=key, timeout=5
        )
        assert claim.status_code == 401
        assert late.get(running_hall.url + reply.body["url"], timeout=5, allow_redirects=False).status_code == 401


def test_a_cookie_without_its_csrf_word_changes_nothing(running_hall: hall.HallProcess) -> None:
    with requests.Session() as session:
        body = {"login": "demo", "password": hall.PASSWORD}
        csrf = session.post(f"{running_hall.url}/api/v1/session", json=body, timeout=5).json()["csrf"]
        url, key = f"{running_hall.url}/api/v1/counters/2/call-next", {"Idempotency-Key": "p" * 16}
        refused = session.post(url, json={}, headers=key, timeout=5)
        assert (refused.status_code, refused.json()["refusal"]["code"]) == (403, "CSRF_MISSING")
        assert session.post(url, json={}, headers=key | {"X-CSRF": csrf}, timeout=5).status_code == 409
        assert session.post(f"{running_hall.url}/api/v1/session/end", headers={"X-CSRF": csrf}, timeout=5).ok
        assert session.get(f"{running_hall.url}/api/v1/me", timeout=5).status_code == 401


def test_a_socket_ends_with_the_session_that_let_it_in(running_hall: hall.HallProcess) -> None:
    with requests.Session() as session:
        body = {"login": "demo", "password": hall.PASSWORD}
        csrf = session.post(f"{running_hall.url}/api/v1/session", json=body, timeout=5).json()["csrf"]
        page = socketio.Client(reconnection=False, http_session=session)
        page.connect(running_hall.url, transports=["websocket"])
        try:
            assert session.post(f"{running_hall.url}/api/v1/session/end", headers={"X-CSRF": csrf}, timeout=5).ok
            assert until(lambda: not page.connected, 2)
        finally:
            page.disconnect()
            page.wait()


def _log_in(process: hall.HallProcess, password: str) -> requests.Response:
    body = {"login": "demo", "password": password}
    return requests.post(f"{process.url}/api/v1/session", json=body, timeout=5)


def test_five_wrong_passwords_lock_for_minutes_and_the_recovery_code_opens_once(tmp_path: Path) -> None:
    process = hall.HallProcess(tmp_path / "hall")
    codes = hall.found_hall(process)
    process.start()
    try:
        for _ in range(5):
            assert _log_in(process, "wrong").json()["refusal"]["code"] == "BAD_CREDENTIALS"
        locked = _log_in(process, hall.PASSWORD)
        assert (locked.status_code, locked.json()["refusal"]["facts"]) == (429, {"minutes": 5})
        recovery = {"login": "demo", "recovery_code": codes["demo"], "new_password": "another-password"}
        url = f"{process.url}/api/v1/session/recover"
        opened = requests.post(url, json=recovery, timeout=5)
        assert opened.status_code == 200
        assert requests.post(url, json=recovery, timeout=5).status_code == 401
        assert _log_in(process, "another-password").status_code == 200
        assert _log_in(process, hall.PASSWORD).status_code == 401
    finally:
        process.stop()


def test_a_pin_opens_only_on_a_paired_tablet(running_hall: hall.HallProcess) -> None:
    tablet = hall.add_device(running_hall, "tablet", "tablet 1")
    url, body = f"{running_hall.url}/api/v1/session/pin", {"login": "demo", "pin": "2468"}
    assert requests.post(url, json=body, timeout=5).status_code == 401
    on_tablet = {"gighall_tablet": tablet}
    assert requests.post(url, json=body | {"pin": "0000"}, cookies=on_tablet, timeout=5).status_code == 401
    assert requests.post(url, json=body, cookies=on_tablet, timeout=5).status_code == 200
