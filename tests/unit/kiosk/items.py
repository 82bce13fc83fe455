"""Items of a small hall as the kiosk's feed carries them; the same shapes as docs/wire.md."""

from __future__ import annotations

from typing import Any

TODAY = "2026-11-20"


def message(key: str, **arguments: Any) -> dict[str, Any]:
    return {"k": key, "a": arguments}


def words(chinese: str, english: str) -> dict[str, Any]:
    return {"t": {"zh-Hans": chinese, "en": english}}


def hall(**changes: Any) -> dict[str, Any]:
    services = [
        {"id": "placement", "letter": "A", "name": words("职业介绍", "Job placement"), "pictogram": "placement"},
        {"id": "rights", "letter": "K", "name": words("权益维护", "Workers' rights"), "pictogram": "rights"},
    ]
    trades = [
        {"id": "loader", "name": words("装卸搬运工", "Loader"), "pictogram": "loader"},
        {"id": "packer", "name": words("打包工", "Packer"), "pictogram": "packer"},
    ]
    return {
        "name": words("青石零工市场", "Qingshi Gig-Work Hall"),
        "promise": message("hall.promise"),
        "services": services,
        "trades": trades,
        "languages": ["zh-Hans", "en"],
        "bring_early_min": 10,
        "demo": True,
    } | changes


def job(**changes: Any) -> dict[str, Any]:
    return {
        "trade": "loader",
        "title": words("装卸搬运工", "Loader"),
        "pictogram": "loader",
        "employer": "顺风仓储",
        "place": "湖东镇",
        "address": "湖东镇港东路 18 号 2 号门",
        "day": TODAY,
        "starts_at": "2026-11-19T23:00:00.000Z",
        "when": [message("job.day_hours", day={"d": TODAY}, hours="7:00—17:00")],
        "pay": {"amount": "260", "unit": message("job.unit.day"), "unit_id": "day", "min_fen": 26000, "max_fen": 26000},
        "settlement": "daily",
        "settle": message("job.settle.daily"),
        "bus": None,
        "perks": [message("job.meals.lunch")],
        "left": 8,
        "state": "live",
        "raised": None,
        "rank": TODAY + "0a",
        "work": "装货卸货，每件 30 斤（15 公斤）",
        "return": message("job.return_own"),
        "board": [message("job.meals.lunch")],
        "gear": None,
        "insurance": message("job.insurance.injury"),
        "headcount": 8,
        "giving": "at_once",
        "ways": ["own"],
        "reviewed": message("job.reviewed"),
        "suits": [],
        "party_max": 4,
    } | changes


def with_bus(**changes: Any) -> dict[str, Any]:
    return job(bus={"trip": "t1", "sign": "star", "at": "6:20", "bay": 2}, ways=["bus", "own"]) | changes


def trip(**changes: Any) -> dict[str, Any]:
    return {
        "sign": "star",
        "line": None,
        "dest": "顺风仓储",
        "at": "6:20",
        "departs_at": "2026-11-19T22:20:00.000Z",
        "bay": 2,
        "capacity": 45,
        "left": 6,
        "state": "planned",
        "return": "17:20",
    } | changes


def queue(waiting: int = 4, is_open: bool = True) -> dict[str, Any]:
    return {"letter": "A", "name": words("职业介绍", "Job placement"), "waiting": waiting, "is_open": is_open}


def small_hall(**more: Any) -> dict[str, Any]:
    return {"hall/main": hall(), "trip/t1": trip(), "queue/placement": queue()} | more


def place_slip(**changes: Any) -> dict[str, Any]:
    """As `/claims` answers it."""
    return {
        "layout": "job",
        "slip_number": "J001",
        "hall_name": words("青石零工市场", "Qingshi Gig-Work Hall"),
        "printed_at": "11-20 05:42",
        "bus": {
            "sign": "star",
            "sign_name": message("sign.star"),
            "time": "6:20",
            "bay": "2",
            "seat_count": 1,
            "bring_early_minutes": 10,
        },
        "own_way": None,
        "trade": words("装卸搬运工", "Loader"),
        "pay_amount": "260",
        "pay_unit": message("job.unit.day"),
        "settlement": message("job.settle.daily"),
        "day": {"d": TODAY},
        "hours": "7:00—17:00",
        "employer": "顺风仓储",
        "address": "湖东镇港东路 18 号 2 号门",
        "contact": "孙师傅 0512-0000-0018",
        "way_back": "17:20",
        "board": [message("job.meals.lunch")],
        "code": "JK7Q 4M2X H9TB E2",
        "qr_text": "JK7Q4M2XH9TBE2ABCDEF",
        "footer": {"promise": message("hall.promise"), "hotlines": ["12333"], "hall_phone": "0512-0000-0001"},
        "party_size": 1,
        "standby": None,
    } | changes
