"""Drawn lines keep all their ink."""

import pytest

from printer.layouts import Faces, Weight
from printer.layouts.typeset import FIGURE_LINE, Style, text_block


@pytest.mark.parametrize("text", ["260", "4,200—4,500", "jpqy"])
@pytest.mark.parametrize("size", [28, 75, 100, 200])
def test_nothing_that_hangs_below_the_line_is_cut_off(text: str, size: int, faces: Faces) -> None:
    font = faces.font(Weight.BOLD, size)
    tight, roomy = Style(font, size, leading=FIGURE_LINE), Style(font, size, leading=2.0)
    inks = [text_block(text, 2000, look).histogram()[0] for look in (tight, roomy)]
    assert inks[0] == inks[1]
