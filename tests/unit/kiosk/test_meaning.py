"""What a code means is decided once, and by its form alone."""

from __future__ import annotations

import pytest

from kiosk.scanning import meaning_of

HALL = "https://hall.example:8443/qingshi"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("WK7Q4M2XH9TBE2", "card"),
        ("wk7q 4m2x-h9tb e2", "card"),
        ("JK7Q4M2XH9TBE2", "slip"),
        ("JK7Q4M2XH9TBE2ABCDEF", "slip"),
        ("NK7Q4M2XH9TBE2", "number"),
        ("WK7Q4M2XH9TBEU", "foreign"),
        ("https://hall.example:8443/qingshi", "registration"),
        ("https://HALL.example:8443/qingshi/r?who=1", "registration"),
        ("http://hall.example:8443/qingshi/", "registration"),
        ("https://hall.example:8443/qingshi2/", "foreign"),
        ("https://hall.example/qingshi/", "foreign"),
        ("https://hall.example:8443/", "foreign"),
        ("https://hall.example:8443.evil.example/qingshi", "foreign"),
        ("https://hall.example:8443@evil.example/qingshi", "foreign"),
        ("https://evil.example/?https://hall.example:8443/qingshi", "foreign"),
        ("ftp://hall.example:8443/qingshi", "foreign"),
        ("https://si.12333.gov.cn/card/0123", "social_security"),
        ("https://12333.gov.cn.evil.example/", "foreign"),
        ("0123456789012345678901234567", "social_security"),
        ("0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P==", "social_security"),
        ("130012345678901234", "foreign"),
        ("6901234567892", "foreign"),
        ("SF1234567890123", "foreign"),
        ("onlylettersandnothingelseinhere", "foreign"),
        ("WIFI:T:WPA;S:hall;P:secret123456;;", "foreign"),
        ("零工市场 2026 年 11 月 20 日 招聘会 欢迎大家前来参加", "foreign"),
        ("https://[", "foreign"),
        ("https://hall.example:99999/", "foreign"),
        ("", "foreign"),
        ("9" * 5000, "foreign"),
    ],
)
def test_a_form_has_one_meaning(text: str, meaning: str) -> None:
    assert meaning_of(text, HALL) == meaning


def test_a_hall_without_a_page_knows_no_registration_link() -> None:
    assert meaning_of("https://hall.example/r") == "foreign"
    assert meaning_of("https://hall.example/r", "https://hall.example") == "registration"
