"""Speaks at the screen: one sentence at a time, each dying after 30 s unsaid. Knows no feed; words come worded."""

from __future__ import annotations

import queue
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from config.clock import elapsed_s
from hallserver.device.tone import tone_wav

DIES_AFTER_S = 30.0
BOUND = 20
SPEAKS_AT_MOST_S = 20
VOICES = {"zh_Hans": "cmn-latn-pinyin", "en": "en"}
WORDS_PER_MINUTE = 150
PLAYERS = (("aplay", "-q", "-"), ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet", "-i", "pipe:0"))
"""What plays a WAV from its standard input; the first that is installed is taken. None: a tone is left out."""


@dataclass(frozen=True)
class Sentence:
    """What to say, in which language; an empty text is the tone of success. `turn` is that of the last `hush`."""

    text: str
    language: str
    asked_at_s: float
    turn: int


class Voice:
    """`say`, `chime` and `hush` from any thread. `output` is a folder for WAV files (tests), or None for the
    loudspeaker."""

    def __init__(self, output: Path | None) -> None:
        self._output = output
        self._queue: queue.Queue[Sentence | None] = queue.Queue(BOUND)
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._lock = threading.Lock()
        self._turn = 0
        self._under_way: subprocess.Popen[bytes] | None = None
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
        return not text or self._ask(text, language)

    def chime(self) -> bool:
        """The tone of success, in its turn; False as for `say`."""
        return self._ask("", "")

    def hush(self) -> None:
        """What is being said ends in the middle, what waits is not said: the screen it belonged to has gone."""
        with self._lock:
            self._turn += 1
            if self._under_way is not None:
                self._under_way.terminate()

    def _ask(self, text: str, language: str) -> bool:
        try:
            self._queue.put_nowait(Sentence(text, language.replace("-", "_"), elapsed_s(), self._turn))
        except queue.Full:
            return False
        return True

    def _run(self) -> None:
        while (sentence := self._queue.get()) is not None:
            if elapsed_s() - sentence.asked_at_s <= DIES_AFTER_S and self._utter(sentence):
                self.said += 1

    def _utter(self, sentence: Sentence) -> bool:
        """Whether it was still wanted."""
        if sentence.text:
            return self._play(sentence.turn, self._spoken(sentence), b"")
        if self._output is not None:
            self._file().write_bytes(tone_wav())
            return True
        player = next((words for words in PLAYERS if shutil.which(words[0])), None)
        return player is not None and self._play(sentence.turn, list(player), tone_wav())

    def _spoken(self, sentence: Sentence) -> list[str]:
        command = ["espeak-ng", "-v", VOICES.get(sentence.language, "en"), "-s", str(WORDS_PER_MINUTE)]
        return [*command, *(["-w", str(self._file())] if self._output is not None else []), "--", sentence.text]

    def _file(self) -> Path:
        assert self._output is not None
        self._output.mkdir(parents=True, exist_ok=True)
        return self._output / f"{self.said:04d}.wav"

    def _play(self, turn: int, command: list[str], heard: bytes) -> bool:
        quiet = subprocess.DEVNULL
        with self._lock:
            if turn != self._turn:
                return False
            player = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
            self._under_way = player
        try:
            player.communicate(heard, timeout=SPEAKS_AT_MOST_S)
        except subprocess.TimeoutExpired:  # one that hangs must not silence the calls after it
            player.kill()
            player.communicate()
        with self._lock:
            self._under_way = None
        return True
