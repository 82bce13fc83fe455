"""Finds out once, with a test page, what a printer answers; must not know where that is kept or who looks at the page.

Only a person can say that the page came out: what a silent printer did with it, and whether a talkative one prints at
all. So the marks count when the page was confirmed.
"""

from contextlib import closing

from printer.encode import ASK_PAPER, Closing, Profile, closing_request, encode_separation
from printer.marks import MUTE, Marks
from printer.outcomes import Reason
from printer.talk import NotAnswered, Patience, Talk
from printer.transport import Dial, Port, PortLost

PROBE_ID = b"PROB"


def probe(dial: Dial, profile: Profile, patience: Patience, page: bytes) -> Marks | Reason:
    """Prints `page` -> what the printer answers, or what stopped it before the page. Not for a printer whose worker
    runs."""
    try:
        with closing(dial()) as port:
            return _Probe(port, patience).run(encode_separation(profile) + page)
    except PortLost:
        return Reason.UNREACHABLE
    except NotAnswered:
        return Reason.NO_REPLY


class _Probe:
    def __init__(self, port: Port, patience: Patience) -> None:
        self._port = port
        self._talk = Talk(port, patience, lambda: False)

    def run(self, page: bytes) -> Marks | Reason:
        if not self._port.can_answer:
            self._send(page)
            self._talk.await_drained()
            return MUTE
        try:
            stop = self._talk.status().stop
            answers_status = True
        except NotAnswered:
            stop, answers_status = self._port.stop_told(), False
        if stop is not None:
            return stop
        clears = answers_status and self._clears()
        return Marks(answers_status, self._closing(page), clears)

    def _clears(self) -> bool:
        try:
            self._talk.clear()
        except NotAnswered:
            return False
        return True

    def _closing(self, page: bytes) -> Closing:
        """The better proof first; a printer that does not know it swallows it or prints a few characters, which the
        next cut parts from the page."""
        questions = (
            (Closing.PROCESS_ID, page + closing_request(Closing.PROCESS_ID, PROBE_ID)),
            (Closing.PAPER_STATUS, ASK_PAPER),
        )
        for question, data in questions:
            self._send(data)
            try:
                self._talk.await_proof(question, PROBE_ID)
            except NotAnswered:
                continue
            return question
        return Closing.NONE

    def _send(self, data: bytes) -> None:
        self._talk.deliver(data, lambda _reason: None, lambda: True)
