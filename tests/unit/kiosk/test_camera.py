"""A camera comes, goes, hangs and is turned; what was held up is read each time, and nothing is left behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from config.clock import elapsed_s
from kiosk.scanning import Camera, CameraSettings, CameraTold, CodeRead, HintTold, Patience, Told
from kiosk.scanning.camera import STUCK_MOST
from kiosk.scanning.region import region_of
from kiosk.scanning.source import kind_of, spoken_source
from tests.support.held import Held, Image, frames
from tests.support.network_camera import NetworkCamera
from tests.support.servant import until

CARD = "WK7Q4M2XH9TBE2"
QUICK = Patience(opens_s=0.8, quiet_s=0.4, again_s=0.02, again_max_s=0.05)


class Heard:
    """What a camera told, with how many of each."""

    def __init__(self) -> None:
        self.all: list[Told] = []

    def __call__(self, told: Told) -> None:
        self.all.append(told)

    def count(self, told: Told) -> int:
        return self.all.count(told)

    @property
    def states(self) -> list[str]:
        return [told.state for told in self.all if isinstance(told, CameraTold)]

    @property
    def codes(self) -> list[str]:
        return [told.text for told in self.all if isinstance(told, CodeRead)]


@pytest.fixture(scope="module")
def jpegs() -> list[bytes]:
    held = frames(Held(comes_s=0.0), seed=3, seconds=0.4)
    return [cv2.imencode(".jpg", frame)[1].tobytes() for frame in held]


@pytest.fixture
def network_camera(jpegs: list[bytes]) -> Iterator[NetworkCamera]:
    camera = NetworkCamera(jpegs)
    camera.plug()
    yield camera
    camera.unplug()


@pytest.fixture
def camera_of() -> Iterator[Callable[..., tuple[Camera, Heard]]]:
    made: list[Camera] = []

    def make(source: str, patience: Patience = QUICK, rotation: int = 0) -> tuple[Camera, Heard]:
        heard = Heard()
        camera = Camera(CameraSettings(source, rotation=rotation), heard, patience)
        made.append(camera)
        camera.start()
        return camera, heard

    yield make
    for camera in made:
        camera.stop()


def film(file: Path, pictures: Iterator[Image]) -> str:
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 15, (1280, 720))
    for picture in pictures:
        writer.write(picture)
    writer.release()
    return str(file)


def test_a_camera_unplugged_and_back_twenty_times_reads_on_and_leaves_nothing(
    network_camera: NetworkCamera, camera_of: Callable[..., tuple[Camera, Heard]]
) -> None:
    camera, heard = camera_of(network_camera.url)
    camera.open()
    process, before = psutil.Process(), (0, 0, 0)
    for nth in range(20):
        assert until(lambda: len(heard.codes) == nth + 1, 10), f"not read after plug {nth}"  # noqa: B023
        network_camera.unplug()
        assert until(lambda: heard.states.count("lost") == nth + 1, 10)  # noqa: B023
        assert camera.newest() is None
        if nth == 3:
            before = _belongings(process)
        network_camera.plug()
    network_camera.unplug()
    assert until(lambda: heard.states.count("lost") >= 20 and threading.active_count() <= before[0], 10)
    threads, files, rss_mb = _belongings(process)
    assert (threads, files) == before[:2]
    assert rss_mb - before[2] < 24
    assert set(heard.codes) == {CARD}


def _belongings(process: psutil.Process) -> tuple[int, int, int]:
    """Threads, open files, resident MB."""
    return threading.active_count(), len(os.listdir("/proc/self/fd")), process.memory_info().rss // 1_000_000  # noqa: PTH208


def test_a_source_that_hangs_is_told_and_seen_again(
    network_camera: NetworkCamera, camera_of: Callable[..., tuple[Camera, Heard]]
) -> None:
    camera, heard = camera_of(network_camera.url)
    camera.open()
    for nth in range(2):
        assert until(lambda: heard.states.count("seeing") == nth + 1, 5)  # noqa: B023
        network_camera.hang()
        assert until(lambda: heard.states.count("lost") == nth + 1, 10)  # noqa: B023
        assert camera.newest() is None
        network_camera.unplug()
        network_camera.plug()
    assert until(lambda: heard.states[-1] == "seeing", 10)


def test_a_lost_camera_is_told_once_however_often_it_is_tried(
    network_camera: NetworkCamera, camera_of: Callable[..., tuple[Camera, Heard]]
) -> None:
    network_camera.unplug()
    camera, heard = camera_of(network_camera.url)
    camera.open()
    assert until(lambda: heard.states == ["opening", "lost"], 10)
    network_camera.plug()
    assert until(lambda: heard.states == ["opening", "lost", "seeing"], 10)


def test_reads_that_hang_do_not_pile_up(
    network_camera: NetworkCamera, camera_of: Callable[..., tuple[Camera, Heard]]
) -> None:
    network_camera.hang()
    before = threading.active_count()
    camera, heard = camera_of(network_camera.url, Patience(0.05, 0.05, 0.01, 0.01, gives_up=8.0))
    camera.open()
    counts: list[int] = []
    until(lambda: counts.append(threading.active_count() - before) or len(counts) > 60, 1.5)
    own = 2
    assert own + 1 < max(counts) <= own + STUCK_MOST
    assert heard.states == ["opening", "lost"]


@pytest.mark.parametrize("source", ["/dev/video97", "97"])
def test_a_device_that_is_not_there_is_told(source: str, camera_of: Callable[..., tuple[Camera, Heard]]) -> None:
    camera, heard = camera_of(source)
    camera.open()
    assert until(lambda: heard.states == ["opening", "lost"], 10)
    camera.close()


def test_a_file_that_vanishes_is_told_and_read_again_when_it_is_back(
    tmp_path: Path, camera_of: Callable[..., tuple[Camera, Heard]]
) -> None:
    file = Path(film(tmp_path / "card.avi", frames(Held(comes_s=0.0), seed=3, seconds=0.4)))
    camera, heard = camera_of(str(file))
    camera.open()
    assert until(lambda: heard.codes == [CARD], 10)
    file.rename(tmp_path / "away.avi")
    assert until(lambda: heard.states[-1] == "lost", 10)
    (tmp_path / "away.avi").rename(file)
    assert until(lambda: heard.states[-1] == "seeing" and heard.codes[-1:] == [CARD], 10)


def test_nothing_is_told_or_kept_after_closing(
    network_camera: NetworkCamera, camera_of: Callable[..., tuple[Camera, Heard]]
) -> None:
    camera, heard = camera_of(network_camera.url)
    for nth in range(5):
        camera.open()
        assert until(lambda: len(heard.codes) == nth + 1, 5)  # noqa: B023
        camera.close()
        told = len(heard.all)
        assert camera.newest() is None
        assert not until(lambda: len(heard.all) != told, 0.1)  # noqa: B023
    assert network_camera.viewers == 5
    assert heard.states == ["opening", "seeing"] * 5


def test_whoever_opens_again_at_once_is_told_that_it_sees_and_never_that_it_is_lost(
    network_camera: NetworkCamera, camera_of: Callable[..., tuple[Camera, Heard]]
) -> None:
    camera, heard = camera_of(network_camera.url)
    camera.open()
    for nth in range(12):
        assert until(lambda: heard.states.count("seeing") == nth + 1, 10)  # noqa: B023
        camera.close()
        threading.Event().wait(nth * 0.002)
        camera.open()
    assert until(lambda: heard.states.count("seeing") == 13, 10)
    assert heard.states == ["opening", "seeing"] * 13


def test_the_same_code_is_told_once_a_second(
    network_camera: NetworkCamera, camera_of: Callable[..., tuple[Camera, Heard]]
) -> None:
    camera, heard = camera_of(network_camera.url)
    camera.open()
    assert until(lambda: len(heard.codes) == 1, 10)
    first_s = elapsed_s()
    assert until(lambda: len(heard.codes) == 2, 10)
    assert 0.8 < elapsed_s() - first_s < 2.0


def test_a_hint_goes_when_the_camera_is_lost(
    network_camera: NetworkCamera, camera_of: Callable[..., tuple[Camera, Heard]], tmp_path: Path
) -> None:
    file = Path(film(tmp_path / "far.avi", frames(Held(share=0.1, text=CARD * 9, comes_s=0.0), seed=3, seconds=3)))
    camera, heard = camera_of(str(file))
    camera.open()
    assert until(lambda: any(isinstance(told, HintTold) for told in heard.all), 10)
    file.unlink()
    assert until(lambda: heard.states[-1] == "lost", 10)
    hints = [told.hint for told in heard.all if isinstance(told, HintTold)]
    assert hints[0] == "closer"
    assert hints[-1] is None


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))])
def test_a_frame_is_turned_clockwise_as_set(
    rotation: int, corner: tuple[int, int], tmp_path: Path, camera_of: Callable[..., tuple[Camera, Heard]]
) -> None:
    picture = np.zeros((720, 1280, 3), np.uint8)
    picture[:100, :100] = 255
    camera, _ = camera_of(film(tmp_path / "corner.avi", iter([picture])), rotation=rotation)
    camera.open()
    assert until(lambda: camera.newest() is not None, 10)
    newest = camera.newest()
    assert newest is not None
    assert newest[1].shape[:2] == ((720, 1280) if rotation in (0, 180) else (1280, 720))
    assert newest[1][corner].min() > 200


@pytest.mark.parametrize(
    ("shape", "kept"),
    [((720, 1280), (720, 960)), ((1280, 720), (960, 720)), ((480, 640), (480, 640)), ((500, 500), (500, 500))],
)
def test_the_region_is_the_middle_and_at_most_four_to_three(shape: tuple[int, int], kept: tuple[int, int]) -> None:
    frame = np.zeros(shape, np.uint8)
    frame[shape[0] // 2, shape[1] // 2] = 9
    region = region_of(frame)
    assert region.shape == kept
    assert region[kept[0] // 2, kept[1] // 2] == 9


def test_a_source_is_known_by_its_form_and_named_without_its_password() -> None:
    sources = ("0", "/dev/video2", "rtsp://a:b@cam/1", "http://cam:81/v", "clip.avi")
    assert [kind_of(source) for source in sources] == ["device", "device", "stream", "stream", "file"]
    assert spoken_source("rtsp://user:pa@ss@cam.local:554/1") == "rtsp://cam.local:554/1"
    assert "secret" not in repr(CameraSettings("rtsp://user:secret@cam/1"))
