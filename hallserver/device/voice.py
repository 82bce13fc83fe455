"""Speaks at the screen: one sentence at a time, each dying after 30 s unsaid. Knows no feed; words come worded."""

from __future__ import annotations

import contextlib
import queue
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from config.clock import elapsed_s

DIES_AFTER_S = 30.0
BOUND = 20
SPEAKS_AT_MOST_S = 20
VOICES = {"zh_Hans": "cmn-latn-pinyin", "en": "en"}
WORDS_PER_MINUTE = 150


@dataclass(frozen=True)
class Sentence:
    """What to say, in which language, and when it was asked for (elapsed clock)."""

    text: str
    language: str
    asked_at_s: float


class Voice:
    """`say` from any thread. `output` is a folder for WAV files (tests), or None for the loudspeaker."""

    def __init__(self, output: Path | None) -> None:
        self._output = output
        self._queue: queue.Queue[Sentence | None] = queue.Queue(BOUND)
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self.said = 0

    @staticmethod
    def is_there() -> bool:
        """Whether this machine can speak at all."""
        return shutil.which("espeak-ng") is not None

    def start(self) -> None:
        """Begins to speak."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the sentence that is being said."""
        self._queue.put(None)
        self._thread.join(timeout=SPEAKS_AT_MOST_S + 5)

    def say(self, text: str, language: str) -> bool:
        """False where too much waits: what is on the glass stays true, the loudspeaker leaves it out."""
        try:
            self._queue.put_nowait(Sentence(text, language.replace("-", "_"), elapsed_s()))
        except queue.Full:
            return False
        return True

    def _run(self) -> None:
        while (sentence := self._queue.get()) is not None:
            if elapsed_s() - sentence.asked_at_s <= DIES_AFTER_S:
                self._speak(sentence)
                self.said += 1

    def _speak(self, sentence: Sentence) -> None:
        command = ["espeak-ng", "-v", VOICES.get(sentence.language, "en"), "-s", str(WORDS_PER_MINUTE)]
        if self._output is not None:
            self._output.mkdir(parents=True, exist_ok=True)
            command += ["-w", str(self._output / f"{self.said:04d}.wav")]
        with contextlib.suppress(subprocess.TimeoutExpired):  # one that hangs must not silence the calls after it
            subprocess.run([*command, "--", sentence.text], timeout=SPEAKS_AT_MOST_S, check=False, capture_output=True)
