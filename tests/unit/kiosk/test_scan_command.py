"""`gighall scan` gives a line of JSON for every frame of every kind of source, and says what is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from hallserver.cli import main
from kiosk.scanning.still import SourceFault
from tests.frames.symbols import qr, written
from tests.unit.kiosk.test_code_text import picture

CARD = "WK7Q4M2XH9TBE2"


def scanned(*words: str) -> tuple[int, list[dict[str, Any]], str]:
    """(exit code, lines of JSON, what stood on stderr)."""
    ended = CliRunner().invoke(main, ["scan", *words])
    return ended.exit_code, [json.loads(line) for line in ended.stdout.splitlines()], ended.stderr


def test_pictures_give_a_line_each_with_all_that_is_known_of_their_codes(tmp_path: Path) -> None:
    first, second = str(tmp_path / "chinese.png"), str(tmp_path / "bars.jpg")
    cv2.imwrite(first, picture(qr("青石零工市场", encoding="gb18030", mode="byte")))
    cv2.imwrite(second, picture(written("EAN13", "6901234567892")))
    exit_code, lines, said = scanned(first, second)
    assert (exit_code, said) == (0, "")
    assert [(line["file"], line["frame"]) for line in lines] == [(first, 0), (second, 0)]
    (code,) = lines[0]["codes"]
    assert (code["text"], code["symbology"], code["reader"]) == ("青石零工市场", "QRCode", "zxing")
    assert len(code["corners"]) == 4 and code["ms"] > 0
    assert [code["text"] for code in lines[1]["codes"]] == ["6901234567892"]


def test_a_picture_without_a_code_is_a_line_without_codes(tmp_path: Path) -> None:
    empty = str(tmp_path / "empty.png")
    cv2.imwrite(empty, np.full((60, 80, 3), 128, np.uint8))
    assert scanned(empty) == (0, [{"file": empty, "frame": 0, "codes": []}], "")


def test_a_picture_with_alpha_or_16_bits_is_read(tmp_path: Path) -> None:
    shown = picture(qr(CARD))
    for name, kind in (
        ("alpha.png", cv2.cvtColor(shown, cv2.COLOR_GRAY2BGRA)),
        ("deep.png", shown.astype(np.uint16) * 257),
    ):
        cv2.imwrite(str(tmp_path / name), kind)
        _, lines, _ = scanned(str(tmp_path / name))
        assert [code["text"] for code in lines[0]["codes"]] == [CARD]


def test_a_video_gives_a_line_a_frame_at_most_as_many_as_were_asked_for(tmp_path: Path) -> None:
    video = str(tmp_path / "card.avi")
    writer = cv2.VideoWriter(video, cv2.VideoWriter.fourcc(*"MJPG"), 15, (320, 240))
    shown = cv2.cvtColor(cv2.resize(picture(qr(CARD)), (240, 240)), cv2.COLOR_GRAY2BGR)
    held = np.asarray(cv2.copyMakeBorder(shown, 0, 0, 40, 40, cv2.BORDER_REPLICATE))
    for frame in (np.full_like(held, 90), held, held):
        writer.write(frame)
    writer.release()
    _, lines, _ = scanned(video)
    assert [(line["frame"], [code["text"] for code in line["codes"]]) for line in lines] == [
        (0, []),
        (1, [CARD]),
        (2, [CARD]),
    ]
    assert [line["frame"] for line in scanned("--frames", "2", video)[1]] == [0, 1]


def test_what_is_no_picture_is_told_and_the_rest_is_still_read(tmp_path: Path) -> None:
    good, words = str(tmp_path / "good.png"), str(tmp_path / "words.txt")
    cv2.imwrite(good, picture(qr(CARD)))
    Path(words).write_text("no picture")
    (tmp_path / "broken.png").write_bytes(Path(good).read_bytes()[:40])
    exit_code, lines, said = scanned(str(tmp_path / "absent.png"), words, str(tmp_path / "broken.png"), good)
    assert exit_code == 1
    assert [line["file"] for line in lines] == [good]
    assert said.splitlines() == [
        f"{tmp_path / 'absent.png'}: there is no such file",
        f"{words}: neither a picture nor a video",
        f"{tmp_path / 'broken.png'}: neither a picture nor a video",
    ]


@pytest.mark.parametrize("device", ["97", "/dev/video97"])
def test_a_camera_that_is_not_there_is_told(device: str) -> None:
    assert scanned(device) == (1, [], f"{device}: this device gives no picture\n")


def test_nothing_to_scan_is_a_mistake_of_the_caller() -> None:
    assert scanned()[0] == 2


def test_the_password_of_an_address_is_never_told() -> None:
    fault = SourceFault("rtsp://hall:secret@10.0.0.9/door", "this device gives no picture")
    assert str(fault) == "rtsp://10.0.0.9/door: this device gives no picture"
