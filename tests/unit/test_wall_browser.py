"""How Chromium is told to be a wall."""

from pathlib import Path

from config.texts import Catalogue
from signage import local_page
from signage.browser import Glass, words_of

PROFILE = Path("/tmp/profile")


def test_a_wall_fills_the_screen_and_never_sleeps() -> None:
    words = words_of(Glass(1920, 1080, is_headless=False), PROFILE, "file:///page.html", "http://127.0.0.1:8040")
    assert {"--kiosk", "--app=file:///page.html", "--disable-background-timer-throttling"} <= set(words)
    assert not [word for word in words if "sandbox" in word or "unsafely" in word]


def test_a_server_elsewhere_counts_as_secure_for_this_wall_only() -> None:
    words = words_of(Glass(1920, 1080, is_headless=True), PROFILE, "file:///page.html", "http://hall.lan:8040")
    assert "--unsafely-treat-insecure-origin-as-secure=http://hall.lan:8040" in words


def test_the_digits_stand_in_two_groups_and_words_cannot_become_markup() -> None:
    for language in ("zh_Hans", "en"):
        page = local_page.pairing(Catalogue.load(language), "482913")
        assert page.digits == "482 913"
        written = local_page.to_html(page, language, (local_page.STATIC / "local.html").read_text())
        assert "482 913" in written and f'lang="{language.replace("_", "-")}"' in written
    odd = local_page.LocalPage("<b>", "", "")
    assert "<b>" not in local_page.to_html(odd, "en", "$heading $digits $next $language $styles").split("<link")[0]
