"""Every picture that a morning takes of the wall has its words beside it, in both languages."""

from __future__ import annotations

import pytest

from config.texts import Catalogue
from tests.mornings.script import all_mornings, read_morning


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_picture_of_the_wall_has_a_caption(language: str) -> None:
    words = Catalogue.load(language)
    looks = [look for name in all_mornings() for step in read_morning(name).steps for look in step.looks]
    shown = [words.text(f"demo.shot.wall.{look.name}") for look in looks if look.screen == "wall"]
    assert len(shown) > 10
