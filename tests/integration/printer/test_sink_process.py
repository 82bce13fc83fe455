"""The sink as a process of its own: its ports, its pictures, its controls, its end."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from printer.device import Device, Order
from printer.encode import PROFILES, encode_paper
from printer.layouts import Faces
from printer.outcomes import Printed, Reason
from printer.press import Press
from printer.samples import load_sample
from printer.transport import NetworkAddress
from tests.paper import ROOT, signs, words_of
from tests.paper.printing import PATIENT, printed_codes


@pytest.fixture
def ports(tmp_path: Path) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "printer.sink", "--port", "0", "--out", str(tmp_path / "papers")]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        process.stdout.close()


def ask(ports: dict[str, Any], path: str, body: bytes | None = None) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{ports['controls']}{path}", body, timeout=5) as answer:
        return json.loads(answer.read())


def device_of(ports: dict[str, Any]) -> Device:
    return Device(NetworkAddress("127.0.0.1", ports["port"]), PROFILES["generic-80"], PATIENT)


def test_it_prints_to_pictures_and_can_be_broken_from_a_page(ports: dict[str, Any], faces: Faces) -> None:
    picture = Press(faces, words_of, signs).draw(load_sample("job_slip", "zh_Hans"), 576)
    paper = encode_paper(picture, PROFILES["generic-80"])
    order = Order(paper, b"0001", lambda: None, lambda _: None)
    assert device_of(ports).print_paper(order) == Printed()
    assert ask(ports, "/status")["papers"] == 1
    assert printed_codes(Path(ports["out"])) == ["7KQ4M2XH9TBE5RD8W3NC"]
    assert ask(ports, "/orders", b'{"action": "paper_end"}')["condition"] == "paper_end"
    assert device_of(ports).status().stop is Reason.PAPER_END
    ask(ports, "/orders", b'{"action": "ready"}')
    assert device_of(ports).status().stop is None


@pytest.mark.parametrize("body", [b"", b"[]", b'{"action": "burn"}', b'{"action": "reset", "at_byte": "x"}'])
def test_a_wrong_order_is_refused(ports: dict[str, Any], body: bytes) -> None:
    with pytest.raises(urllib.error.HTTPError, match="400") as refused:
        ask(ports, "/orders", body)
    refused.value.close()


@pytest.mark.parametrize("path", ["/", "/papers/1.png", "/papers/../x.png", "/papers/x.png"])
def test_what_is_not_there_is_not_found(ports: dict[str, Any], path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        ask(ports, path)
    refused.value.close()
