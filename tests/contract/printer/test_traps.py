"""No paper ever holds bytes that a printer obeys the moment they arrive, and breaking them harms nothing on it.

Why a QR code is never touched: its modules are at least five dots wide, so no row of it has a run of one to four dots
between others, and both 10 and 1d need one. What is drawn from glyphs and pictures may hold any bytes.
"""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from printer.encode import SLICE_ROWS, closing_request, encode_paper, without_traps
from printer.layouts import Faces
from printer.layouts.sheet import padded, qr_block, to_dots
from printer.profiles import PROFILES, Profile
from printer.reader import REAL_TIME
from tests.paper import CROCKFORD, scanned
from tests.paper.reading import read_random_papers

NASTY = (0x00, 0x01, 0x03, 0x04, 0x05, 0x10, 0x14, 0x1D, 0xFF)
WIDTHS_BYTES = (1, 2, 0x10, 0x1D, 48, 53, 64, 72)  # 0x10 and 0x1d: the header itself then looks like a beginning
HEIGHTS = (1, 2, 0x10, 0x1D, 254, 255, 256, 255 + 0x10, 510 + 0x1D)


def picture_of(rows: bytes, width_bytes: int) -> Image.Image:
    size = (width_bytes * 8, len(rows) // width_bytes)
    return ImageChops.invert(Image.frombytes("1", size, rows))


def stream(picture: Image.Image, profile: Profile) -> bytes:
    return encode_paper(picture, profile) + closing_request(profile.closing, b"0042")


def traps(data: bytes) -> list[bytes]:
    return [trap for trap in REAL_TIME if trap in data]


def assert_harmless(before: Image.Image, after: Image.Image) -> None:
    """Only ink is added, a dot for a pair, each beside ink that was there."""
    was, now = (int.from_bytes(ImageChops.invert(each).tobytes(), "big") for each in (before, after))
    added = now & ~was
    assert was & ~now == 0
    assert added & ~(was << 1 | was >> 1) == 0
    assert added & (added << 1) == 0


@settings(max_examples=250, deadline=None)
@given(data=st.data(), profile=st.sampled_from([one for one in PROFILES.values() if one.width_dots == 576]))
def test_no_picture_at_all_can_smuggle_one_in(data: st.DataObject, profile: Profile) -> None:
    width_bytes, height = data.draw(st.sampled_from(WIDTHS_BYTES)), data.draw(st.sampled_from(HEIGHTS))
    piece = data.draw(st.lists(st.sampled_from(NASTY), min_size=1, max_size=40).map(bytes))
    rows = (piece * (width_bytes * height // len(piece) + 1))[: width_bytes * height]
    picture = picture_of(rows, width_bytes)
    assert traps(stream(picture, profile)) == []
    assert_harmless(picture, without_traps(picture))


def test_every_neighbourhood_of_nasty_bytes_is_made_safe_and_stays_so() -> None:
    rows = b"".join(bytes(five) + b"\x00" for five in itertools.product(NASTY, repeat=5))
    rows += bytes(-len(rows) % 72)
    picture = picture_of(rows, 72)
    safe = without_traps(picture)
    assert traps(stream(picture, PROFILES["generic-80"])) == []
    assert_harmless(picture, safe)
    assert without_traps(safe).tobytes() == safe.tobytes()


@pytest.mark.parametrize("trap", REAL_TIME, ids=bytes.hex)
@pytest.mark.parametrize("width_bytes", WIDTHS_BYTES)
def test_a_trap_across_rows_slices_headers_and_ends_is_broken(trap: bytes, width_bytes: int) -> None:
    rows = SLICE_ROWS + 0x10
    last = width_bytes * rows
    for at in (0, width_bytes - 1, width_bytes * SLICE_ROWS - 1, width_bytes * SLICE_ROWS, last - 2, last - 1):
        data = bytearray(last)
        data[at : at + 2] = trap[: last - at]  # at the very end the first byte stands alone before the next command
        picture = picture_of(bytes(data), width_bytes)
        for profile in PROFILES.values():
            if profile.width_dots >= picture.width:
                assert traps(stream(picture, profile)) == []


@pytest.mark.parametrize("trap", REAL_TIME, ids=bytes.hex)
def test_a_trap_is_broken_by_a_single_dot_beside_one_that_is_there(trap: bytes) -> None:
    picture = picture_of(trap, 2)
    safe = without_traps(picture)
    changed = ImageChops.logical_xor(picture, safe)
    assert ImageChops.invert(safe).tobytes() not in REAL_TIME
    assert sum(byte.bit_count() for byte in changed.tobytes()) == 1
    assert_harmless(picture, safe)


@pytest.mark.parametrize("offset", range(8))
def test_a_qr_code_never_holds_one_wherever_it_stands(offset: int) -> None:
    dice = random.Random(offset)
    for target in (150, 175, 240, 380):
        text = "".join(dice.choice(CROCKFORD) for _ in range(20))
        block = to_dots(padded(qr_block(text, 400, target), 16 + offset, 3, 8, 3))
        assert without_traps(block).tobytes() == block.tobytes()
        assert scanned(block) == {text}


def test_no_paper_of_random_words_holds_one_and_its_codes_still_scan(faces: Faces) -> None:
    reading = read_random_papers(random.Random(20261120), 70, faces)  # thousands are a soak
    assert reading.wrong == []
    assert reading.trapped > 2, "too few papers of this test ever had a trap: it proves nothing"
