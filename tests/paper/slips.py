"""A slip as the hall sends it: facts and messages, worded by the machine that prints it."""

from __future__ import annotations

from typing import Any

from hallserver.content.words import message, text

NUMBER_SLIP: dict[str, Any] = {
    "layout": "number",
    "number": "A007",
    "hall_name": text({"zh-Hans": "青石零工市场", "en": "Qingshi"}),
    "printed_at": "11-20 05:42",
    "service": text({"zh-Hans": "职业介绍", "en": "Job placement"}),
    "waiting_ahead": 2,
    "code": "NK7Q 4M2X H9TB E2",
    "qr_text": "NK7Q4M2XH9TBE2",
    "footer": {"promise": message("hall.promise"), "hotlines": ["12333"], "hall_phone": "0512-0000-0001"},
}
