"""Settings: every mistake at once and in plain words; the clock must be believable."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.clock import HallClock, UnbelievableClock, clock_of, refuse_unbelievable
from config.settings import DEFAULTS, Settings, SettingsMistakes, load_settings


def test_the_defaults_are_whole_and_every_key_is_explained() -> None:
    load_settings()
    keys = [line for line in DEFAULTS.read_text().splitlines() if "=" in line and line[0] not in "# "]
    assert {line.split(" =")[0] for line in keys} == set(Settings.model_fields)
    assert [line for line in keys if "#" not in line] == []


def test_all_mistakes_are_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIGHALL_PORT", "99999")
    monkeypatch.setenv("GIGHALL_CLOCK_RATE", "fast")
    monkeypatch.setenv("GIGHALL_DATABASE_URL", "mysql://x")
    with pytest.raises(SettingsMistakes) as caught:
        load_settings()
    assert [sentence.split(":")[0] for sentence in caught.value.sentences] == ["port", "database_url", "clock_rate"]


def test_half_a_clock_is_a_mistake() -> None:
    with pytest.raises(SettingsMistakes, match="belong together"):
        load_settings(clock_hall_time="2026-11-20T05:30:00+08:00")


def test_the_machines_own_file_wins_over_defaults_and_loses_to_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "machine.toml"
    own.write_text('port = 1234\nhost = "0.0.0.0"\n')
    monkeypatch.setenv("GIGHALL_CONFIG", str(own))
    monkeypatch.setenv("GIGHALL_PORT", "4321")
    settings = load_settings()
    assert (settings.port, settings.host) == (4321, "0.0.0.0")


@pytest.mark.parametrize("text", ["prot = 1\n", "port = \n"])
def test_a_wrong_file_is_said_and_not_ignored(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "machine.toml"
    own.write_text(text)
    monkeypatch.setenv("GIGHALL_CONFIG", str(own))
    with pytest.raises(SettingsMistakes):
        load_settings()


def test_a_missing_file_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIGHALL_CONFIG", str(tmp_path / "nowhere.toml"))
    with pytest.raises(SettingsMistakes, match="no such file"):
        load_settings()


def test_hall_time_runs_at_its_rate_and_survives_a_restart() -> None:
    real = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    hall = datetime(2026, 11, 19, 21, 30, tzinfo=UTC)
    given = {"clock_hall_time": hall.isoformat(), "clock_real_time": real.isoformat(), "clock_rate": 60.0}
    before, after = clock_of(load_settings(**given)), clock_of(load_settings(**given))
    assert before == after == HallClock(hall, real, 60.0)
    assert before.at(real + timedelta(seconds=10)) == hall + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("now", "newest", "is_refused"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), None, True),
        (datetime(2101, 1, 1, tzinfo=UTC), None, True),
        (datetime(2026, 11, 20, tzinfo=UTC), None, False),
        (datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC), True),
        (datetime(2026, 11, 19, 12, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC), False),
    ],
)
def test_an_unbelievable_clock_is_refused(now: datetime, newest: datetime | None, is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(UnbelievableClock):
            refuse_unbelievable(now, newest)
    else:
        refuse_unbelievable(now, newest)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("camera", "", "must be a number"),
        ("camera", "ftp://camera/1", "an address begins with rtsp://"),
        ("camera", "rtsp://", "names a host"),
        ("camera_size", "1280*720", "must be WIDTHxHEIGHT"),
        ("camera_size", "64x48", "neither under 160"),
        ("camera_exposure", "-1", "greater than or equal to 0"),
        ("camera_rotation", "45", "must be 0, 90, 180 or 270"),
    ],
)
def test_a_wrong_camera_is_said_in_plain_words(
    key: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"GIGHALL_{key.upper()}", value)
    with pytest.raises(SettingsMistakes, match=words) as caught:
        load_settings()
    assert [sentence.split(":")[0] for sentence in caught.value.sentences] == [key]


@pytest.mark.parametrize("camera", ["0", "off", "/dev/video2", "clip.avi", "rtsp://a:b@cam:554/1", "http://cam/v"])
def test_every_kind_of_camera_can_be_set_by_the_environment(camera: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIGHALL_CAMERA", camera)
    monkeypatch.setenv("GIGHALL_CAMERA_ROTATION", "270")
    settings = load_settings()
    assert (settings.camera, settings.camera_rotation) == (camera, 270)
