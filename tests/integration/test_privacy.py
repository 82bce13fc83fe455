"""After a morning with a person in it, no name, phone, ID number or code is in a log, an open column or a feed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from hallserver.device.rest import Done, HallRest
from tests.mornings.screens import StaffSession
from tests.promises import Promise
from tests.support import hall

NAME, PHONE, ID_BODY = "欧阳测试", "0512-0000-9876", "99010119700101001"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_NUMBER = ID_BODY + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, ID_BODY, strict=True)) % 11]
SEEN_NAME, SEEN_NUMBER = "上官测试", "990101197001010028"


def test_a_person_leaves_no_trace_in_the_open(tmp_path: Path, promise: Promise) -> None:
    process = hall.HallProcess(tmp_path / "hall", log_level="debug")
    hall.found_hall(process)
    process.start()
    staff = StaffSession(process.url, "demo", hall.PASSWORD)
    kiosk = HallRest(process.url, hall.add_device(process, "kiosk", "kiosk 1"))
    try:
        card, slip = _a_morning_with_a_person(staff, kiosk)
        feeds = "".join(staff.get(f"/feeds/{feed}/snapshot").text for feed in ("wall", "kiosk", "staff"))
    finally:
        staff.close()
        kiosk.close()
        process.stop()
    secrets = [NAME, PHONE, ID_NUMBER, SEEN_NAME, SEEN_NUMBER, card, card.replace(" ", ""), slip[:14]]
    logs = process.log.read_text()
    columns = _every_open_column(process.folder / "hall.sqlite")
    for name, text in (("feeds", feeds), ("logs", logs), ("columns", columns)):
        assert [secret for secret in secrets if secret in text] == [], name
    promise("no personal data in the open", f"{len(secrets)} secrets, {len(columns) // 1024} KiB of columns, 0 found")


def _a_morning_with_a_person(staff: StaffSession, kiosk: HallRest) -> tuple[str, str]:
    person = {"name": NAME, "phone": PHONE, "id_number": ID_NUMBER}
    card = staff.post("/workers", person, "w" * 16).json()["code"]
    employer = staff.get("/employers").json()["employers"][0]["id"]
    job = staff.post("/jobs", _post(employer), "j" * 16).json()["job"]
    body = {"job": job, "way": "own", "identity": {"kind": "code", "code": card}}
    claimed = kiosk.command("/claims", body)
    assert isinstance(claimed, Done), claimed
    slip = str(claimed.body["slip"]["qr_text"])
    for wrong in (card[:-1] + "?", "W" * 14, slip + "X"):
        kiosk.command("/people/recognise", {"code": wrong})
    kiosk.command("/people/recognise", {"code": card})
    seen = {"kind": "id_card", "number": SEEN_NUMBER, "name": SEEN_NAME, "consent": True}
    for way in ("own", "bus"):  # granted, then refused
        kiosk.command("/claims", body | {"way": way, "identity": seen})
    _on_paper(staff, kiosk, card, job)
    staff.post("/workers", person, "v" * 16)  # the same ID number again: refused, and the refusal says no more
    return card, slip


def _on_paper(staff: StaffSession, kiosk: HallRest, card: str, job: str) -> None:
    """The card printed again; a name on a kit taken in, once carried out and once kept."""
    me = kiosk.get("/api/v1/me")
    assert isinstance(me, Done), me
    printer = me.body["id"]
    paper = {"printer": printer, "paper": {"kind": "worker_card", "code": card}}
    assert staff.post("/papers", paper, "c" * 16).status_code == 200
    kit = {"printer": printer, "day": "2026-11-20", "numbers": 10, "posts": 1, "rights_cards": 0}
    assert staff.post("/kits", kit, "k" * 16).status_code == 200
    for nth, way in enumerate(("own", "bus")):
        line = {"kind": "place", "job": job, "way": way, "number": f"Z00{nth + 1}", "name": NAME}
        entry = {"day": "2026-11-20", "at": "05:00", "line": line}
        assert staff.post("/paper-entries", entry, f"{nth}" * 16).status_code == 200


def _post(employer: str) -> dict[str, object]:
    return {
        "employer": employer, "trade": "loader", "headcount": 3, "pay_min_fen": 20000, "pay_max_fen": 20000,
        "pay_unit": "day", "settlement": "daily", "place": "p", "address": "a", "work": "w",
        "first_day": "2026-11-20", "starts_at": "08:00", "ends_at": "12:00", "ways": ["own"],
        "contact_name": "g", "contact_phone": "0512-0000-0018",
    }  # fmt: skip


def _every_open_column(file: Path) -> str:
    """All text and all bytes (as text where they are) of every table but what is sealed."""
    found = []
    with sqlite3.connect(file) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in db.execute(f'SELECT * FROM "{table}"'):
                found += [value if isinstance(value, str) else repr(value) for value in row]
    db.close()
    return json.dumps(found, ensure_ascii=False)
