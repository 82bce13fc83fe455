"""The drawn parts that no font makes: codes, dials, rulers, dots."""

import pytest
import segno
from PIL import Image

from printer.faults import SlipTooWide
from printer.layouts.page import NARROW, WIDE
from printer.layouts.sheet import MIN_MODULE_DOTS, QUIET_MODULES, clock_face, edge_ruler, qr_block, to_dots

CODE = "7KQ4M2XH9TBE5RD8W3NC"


@pytest.mark.parametrize("text", [CODE, "N9TBE5RD8W3NC7", "https://hall.example/t/" + CODE])
@pytest.mark.parametrize("target", [NARROW.qr * 3 // 4, NARROW.qr, WIDE.qr, 1])
def test_a_qr_code_is_level_m_never_micro_with_large_modules_and_its_quiet_zone(text: str, target: int) -> None:
    block = qr_block(text, 372, target)
    rows = [list(row) for row in segno.make_qr(text, error="m", boost_error=False).matrix_iter(border=4)]
    dots = block.width // len(rows)
    assert dots >= MIN_MODULE_DOTS == 5
    assert QUIET_MODULES == 4
    assert block.size == (dots * len(rows), dots * len(rows))
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            module = block.crop((x * dots, y * dots, (x + 1) * dots, (y + 1) * dots))
            assert module.getextrema() == ((0, 0) if is_dark else (255, 255))


def test_a_qr_code_that_would_need_smaller_modules_is_refused() -> None:
    with pytest.raises(SlipTooWide, match="does not fit 372 dots"):
        qr_block("x" * 400, 372, 240)


def _ink(face: Image.Image, x: float, y: float) -> bool:
    return bool(face.getpixel((round(face.width * x), round(face.height * y))) == 0)


def test_the_hands_of_a_dial_show_the_time() -> None:
    six, three = to_dots(clock_face(6, 0, 108)), to_dots(clock_face(15, 0, 108))
    assert (_ink(six, 0.5, 0.68), _ink(six, 0.5, 0.25), _ink(six, 0.68, 0.5)) == (True, True, False)
    assert (_ink(three, 0.68, 0.5), _ink(three, 0.5, 0.25), _ink(three, 0.5, 0.68)) == (True, True, False)


def test_the_short_hand_moves_on_with_the_minutes() -> None:
    full, later = to_dots(clock_face(6, 0, 108)), to_dots(clock_face(6, 45, 108))
    assert (_ink(full, 0.43, 0.667), _ink(later, 0.43, 0.667)) == (False, True)
    assert clock_face(18, 20, 108).tobytes() == clock_face(6, 20, 108).tobytes()


@pytest.mark.parametrize("width", [384, 420, 512, 576])
def test_the_ruler_of_the_test_page_touches_both_edges(width: int) -> None:
    ruler = edge_ruler(width)
    assert ruler.width == width
    assert (ruler.getpixel((0, 20)), ruler.getpixel((width - 1, 20))) == (0, 0)


def test_greys_become_dots_by_a_threshold_without_dithering() -> None:
    ramp = Image.frombytes("L", (256, 1), bytes(range(256)))
    dots = [to_dots(ramp).getpixel((x, 0)) for x in range(256)]
    assert dots == sorted(dots)
    assert set(dots) == {0, 255}
