"""What the doctor says of a machine in which one thing after another is broken."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from config.settings import Settings, load_settings
from config.texts import Catalogue
from hallserver.doctor import camera as doctors_camera
from hallserver.doctor import machines, reach, screen_parts, server_room
from hallserver.doctor.findings import Finding, Severity
from hallserver.doctor.visit import report, visit
from printer.sink.machine import Build
from printer.sink.serve import Order, Sink
from tests.support import hall
from tests.support.held import Held, frames

ROOT = Path(__file__).parents[2]


def settings_of(folder: Path, **given: Any) -> Settings:
    return load_settings(data_dir=folder, **{"port": 0, **given})


def ids(findings: Iterator[Finding] | list[Finding], severity: Severity) -> list[str]:
    return [finding.id for finding in findings if finding.severity is severity]


def test_a_machine_that_was_set_up_lacks_nothing_for_server_wall_and_kiosk(tmp_path: Path) -> None:
    found = visit(settings_of(tmp_path), ("server", "wall", "kiosk"))
    assert [finding for _, findings in found for finding in findings if finding.is_lack] == []


def test_without_programs_on_the_path_wall_and_voice_are_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = list(screen_parts.look_at_wall(settings_of(tmp_path)))
    assert ids(found, Severity.LACK) == ["no_browser", "no_voice_program"]


def test_a_voice_program_without_mandarin_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\necho Pty Language\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert screen_parts.look_at_voice().id == "no_voice"


def test_a_hall_that_wants_no_voice_misses_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = list(screen_parts.look_at_wall(settings_of(tmp_path, voice="off")))
    assert ids(found, Severity.LACK) == ["no_browser"]


def test_derived_files_that_were_never_made_are_counted_and_one_is_named(tmp_path: Path) -> None:
    finding = screen_parts.look_at_derived(tmp_path)
    assert finding.is_lack
    assert finding.facts == {"count": len(screen_parts.DERIVED_NEEDED) + 1, "first": "look.css"}


def test_the_typeface_of_paper_is_missed_by_its_file(tmp_path: Path) -> None:
    assert screen_parts.look_at_paper_fonts(tmp_path).facts["file"] == tmp_path / "NotoSansCJK-Regular.ttc"


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    finding = server_room.look_at_folder(Path("/proc/gighall"))
    assert finding.id == "folder_not_writable"
    assert server_room.look_at_folder(tmp_path / "new" / "var").id == "folder"


def test_a_port_that_somebody_else_holds_is_a_lack_and_the_halls_own_is_not(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert server_room.look_at_port("127.0.0.1", other.getsockname()[1]).id == "port_taken"
    process = hall.HallProcess(tmp_path / "hall")
    hall.found_hall(process)
    process.start()
    try:
        assert server_room.look_at_port("127.0.0.1", process.port).id == "hall_runs"
    finally:
        process.stop()


def test_a_data_base_is_read_and_an_empty_or_silent_one_is_told_apart(tmp_path: Path) -> None:
    assert ids(server_room.look_at_data_base(settings_of(tmp_path)), Severity.NOTE) == ["no_hall_yet"]
    process = hall.HallProcess(tmp_path / "hall")
    hall.found_hall(process)
    assert ids(server_room.look_at_data_base(process.settings()), Severity.FINE) == ["data_base", "clock"]
    silent = settings_of(tmp_path, database_url="postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert ids(server_room.look_at_data_base(silent), Severity.LACK) == ["data_base_silent"]


def test_a_clock_behind_the_newest_record_is_not_believed(tmp_path: Path) -> None:
    process = hall.HallProcess(tmp_path / "hall")
    hall.found_hall(process)
    earlier = hall.HallProcess(tmp_path / "hall", hall_time="2026-11-01T05:30:00+08:00")
    assert ids(server_room.look_at_data_base(earlier.settings()), Severity.LACK) == ["clock_wrong"]


def test_redis_is_asked_and_a_silent_one_is_a_lack(redis_url: str) -> None:
    assert server_room.look_at_redis(redis_url).id == "redis"
    assert server_room.look_at_redis("redis://127.0.0.1:1/0").id == "redis_silent"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", reach.Reach.NOT_SET),
        ("https://127.0.0.1:8443", reach.Reach.LOOPBACK),
        ("https://localhost", reach.Reach.LOOPBACK),
        ("https://[::1]/", reach.Reach.LOOPBACK),
        ("http://192.0.2.7", reach.Reach.NOT_SECURE),
        ("https://hall.invalid", reach.Reach.SILENT),
    ],
)
def test_an_address_that_phones_cannot_open_is_told_by_its_reason(address: str, expected: reach.Reach) -> None:
    assert reach.reach_of(address) is expected


def test_tablets_over_plain_http_are_warned_of(tmp_path: Path) -> None:
    found = list(reach.look(settings_of(tmp_path, host="0.0.0.0")))
    assert ids(found, Severity.NOTE) == ["tablets_not_secure", "phones_not_set"]


def test_a_camera_is_missed_only_by_who_asks_for_one(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, camera="97")
    asked = dict(visit(settings, ("camera",)))
    assert ids(asked["camera"], Severity.LACK) == ["no_camera"]
    assert ids(dict(visit(settings, ()))["camera"], Severity.NOTE) == ["no_camera"]


def film(file: Path, held: Held | None, seed: int = 1) -> str:
    import cv2

    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 10, (1280, 720))
    for frame in frames(held, seed, seconds=0.3):
        writer.write(frame)
    writer.release()
    return str(file)


def seen_by(tmp_path: Path, camera: str) -> dict[str, Mapping[str, object]]:
    return {finding.id: finding.facts for finding in doctors_camera.look(settings_of(tmp_path, camera=camera))}


def test_the_doctor_says_what_the_camera_sees_and_not_what_a_code_says(tmp_path: Path) -> None:
    seen = seen_by(tmp_path, film(tmp_path / "card.avi", Held(comes_s=0.0)))
    assert (seen["camera"]["width"], seen["camera"]["height"]) == (1280, 720)
    assert {"camera_light", "camera_sharp", "camera_code_card"} <= seen.keys()
    width_px = seen["camera_code_card"]["px"]
    assert isinstance(width_px, int)
    assert 120 < width_px < 170
    assert "WK7Q4M2XH9TBE2" not in str(seen)


def test_a_dark_or_blurred_picture_is_said(tmp_path: Path) -> None:
    dark = seen_by(tmp_path, film(tmp_path / "dark.avi", Held(light=0.1, comes_s=0.0)))
    assert "camera_dark" in dark
    empty = seen_by(tmp_path, film(tmp_path / "empty.avi", None))
    assert {"camera_light", "camera_blurred", "camera_no_code"} <= empty.keys()


def test_a_camera_without_a_picture_is_silent(tmp_path: Path) -> None:
    (tmp_path / "torn.avi").write_bytes(b"no film")
    assert list(seen_by(tmp_path, str(tmp_path / "torn.avi"))) == ["camera_silent"]
    said = seen_by(tmp_path, "http://me:secret@127.0.0.1:1/video")
    assert said == {"camera_silent": {"camera": "http://127.0.0.1:1/video"}}
    assert list(seen_by(tmp_path, "off")) == ["camera_off"]


def test_a_picture_is_written_only_where_one_is_asked_for(tmp_path: Path) -> None:
    source = film(tmp_path / "card.avi", Held(comes_s=0.0))
    before = set(tmp_path.iterdir())
    environment = os.environ | {"GIGHALL_DATA_DIR": str(tmp_path), "GIGHALL_CAMERA": source, "PYTHONPATH": str(ROOT)}
    assert "camera_code_card" in seen_by(tmp_path, source)
    assert set(tmp_path.iterdir()) == before
    command = [sys.executable, "-m", "hallserver.cli", "doctor", "camera", "--shot", str(tmp_path / "seen.png")]
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=60).stdout
    assert told.splitlines()[-1] == f"wrote {tmp_path / 'seen.png'}"
    with Image.open(tmp_path / "seen.png") as picture:
        assert picture.size == (1280, 720)


def test_the_printer_is_asked_how_it_is(tmp_path: Path) -> None:
    sink = Sink(Build(576, True), tmp_path)
    sink.start()
    settings = settings_of(tmp_path, printer_address=f"127.0.0.1:{sink.port}")
    try:
        said = []
        for action in ("ready", "near_end", "paper_end", "cover_open", "cutter_error", "offline", "vanish"):
            sink.obey(Order(action))
            said.append(machines.look_at_printer(settings).id)
    finally:
        sink.stop()
    assert said == [
        "printer",
        "printer_near_end",
        "printer_paper_end",
        "printer_cover_open",
        "printer_cutter_error",
        "printer_offline",
        "printer_unreachable",
    ]


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_finding_is_a_sentence_in_both_languages(language: str, tmp_path: Path) -> None:
    broken = settings_of(
        tmp_path,
        host="0.0.0.0",
        database_url="postgresql+psycopg://nobody@127.0.0.1:1/none",
        redis_url="redis://127.0.0.1:1/0",
        public_base_url="http://192.0.2.7",
        printer_address="127.0.0.1:1",
    )
    said = report(Catalogue.load(language), list(visit(broken, ())))
    assert said.count("\n  ") >= 14
    assert "{" not in said


def test_the_command_ends_with_1_where_something_is_missing_and_0_where_nothing_is(tmp_path: Path) -> None:
    environment = os.environ | {"GIGHALL_DATA_DIR": str(tmp_path), "GIGHALL_CAMERA": "97", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "hallserver.cli", "doctor", "--language", "en"]
    lacking = subprocess.run([*command, "camera"], env=environment, capture_output=True, text=True, timeout=60)
    assert (lacking.returncode, lacking.stdout.splitlines()[-1]) == (1, "Things this machine lacks: 1.")
    whole = subprocess.run([*command, "kiosk"], env=environment, capture_output=True, text=True, timeout=60)
    assert (whole.returncode, whole.stdout.splitlines()[-1]) == (0, "This machine lacks nothing.")
