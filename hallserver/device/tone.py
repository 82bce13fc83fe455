"""Sounds made here, so that no file is shipped: pure tones one after the other, as a WAV. Knows no loudspeaker."""

import io
import math
import struct
import wave
from collections.abc import Iterator

RATE_HZ = 22_050
LOUDNESS = 0.35
SWELLS_S = 0.01
READ_HZ = (783.99, 1174.66)
"""A fifth upwards: something was read. What calls a number goes down (signage/static/chime.mjs)."""

NOTE_S = 0.11


def tone_wav(notes_hz: tuple[float, ...] = READ_HZ, note_s: float = NOTE_S) -> bytes:
    """A mono WAV of 16 bits: each note swells for 10 ms and fades to its end."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(b"".join(struct.pack("<h", sample) for hertz in notes_hz for sample in _note(hertz, note_s)))
    return out.getvalue()


def _note(hertz: float, note_s: float) -> Iterator[int]:
    for nth in range(int(RATE_HZ * note_s)):
        at_s = nth / RATE_HZ
        swell = min(1.0, at_s / SWELLS_S) * (1.0 - at_s / note_s)
        yield int(32767 * LOUDNESS * swell * math.sin(2 * math.pi * hertz * at_s))
