"""The voice of a machine: what was hushed is not said, and success has a sound of its own, made here."""

from __future__ import annotations

import io
import struct
import wave
from pathlib import Path

import numpy as np

from hallserver.device.tone import NOTE_S, RATE_HZ, READ_HZ, tone_wav
from hallserver.device.voice import Voice


def samples_of(wav: bytes) -> list[float]:
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        raw = file.readframes(file.getnframes())
    return [value / 32768 for value in struct.unpack(f"<{len(raw) // 2}h", raw)]


def pitch_of(samples: list[float]) -> float:
    spectrum = np.abs(np.fft.rfft(samples))
    return float(np.argmax(spectrum) * RATE_HZ / len(samples))


def test_the_tone_of_success_is_short_goes_up_and_does_not_click() -> None:
    samples = samples_of(tone_wav())
    half = len(samples) // 2
    assert len(samples) / RATE_HZ < 0.3 and half == int(RATE_HZ * NOTE_S)
    assert abs(pitch_of(samples[:half]) - READ_HZ[0]) < 10 and abs(pitch_of(samples[half:]) - READ_HZ[1]) < 10
    assert READ_HZ[0] < READ_HZ[1] and 0.2 < max(samples) < 0.4
    assert max(abs(sample) for edge in (0, half, len(samples) - 1) for sample in samples[edge : edge + 1]) < 0.01


def test_what_was_hushed_before_it_was_said_is_never_said(tmp_path: Path) -> None:
    voice = Voice(tmp_path)
    assert all(voice.say(text, "en") for text in ("one", "two", "three"))
    voice.hush()
    voice.chime()
    voice.start()
    voice.stop()
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [tone_wav()]


def test_tone_and_sentence_come_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    voice = Voice(tmp_path)
    voice.chime()
    voice.say("one", "en")
    voice.start()
    voice.stop()
    assert (tmp_path / "0000.wav").read_bytes() == tone_wav()
    assert (tmp_path / "0001.wav").stat().st_size > 1000


def test_nothing_to_say_is_not_said(tmp_path: Path) -> None:
    voice = Voice(tmp_path / "said")
    assert voice.say("", "en")
    voice.start()
    voice.stop()
    assert not (tmp_path / "said").exists()
