"""Brings one paper to one printer and tells the truth about it; must not know slips, the spool or who waits for it.

Before the first byte the printer is asked how it is: what is refused then is safe to try again. After the first byte
only the printer's own answer makes it printed; everything else is unknown, or sent where the printer cannot answer.
"""

import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace

from printer.encode import Closing, Profile, closing_request, encode_separation
from printer.marks import MUTE, Marks, marks_of
from printer.outcomes import Outcome, Printed, Reason, Refused, Sent, Status, Unknown
from printer.talk import NotAnswered, Patience, Talk
from printer.transport import Dial, Port, PortLost


@dataclass(frozen=True)
class Order:
    """One paper to print: its bytes, its four-character id, and whom to tell.

    `starting` is called right before the first byte (a spool commits there); `stopped` with the reason when the
    printer stops on the way, with None when it goes on; `goes_on` is asked all the while it stands still: False ends
    the wait. A reprint's printer is emptied first, so that the first print cannot come out behind it.
    """

    paper: bytes
    process_id: bytes
    starting: Callable[[], None]
    stopped: Callable[[Reason | None], None]
    goes_on: Callable[[], bool] = lambda: True
    is_reprint: bool = False


class Device:
    """One printer. Not for several threads at once: each printer has one worker. `seen` is how it last was."""

    def __init__(self, dial: Dial, profile: Profile, patience: Patience, marks: Marks | None = None) -> None:
        self.marks = marks or marks_of(profile)
        self.profile = replace(profile, clears_buffers=self.marks.clears)
        self.seen: Status | None = None
        self._dial = dial
        self._patience = patience
        self._gives_up = threading.Event()
        self._may_hold_rest = True  # of a paper that this or an earlier process did not bring to its end
        self._unanswered = 1  # questions without a name (GS r) that may still be answered

    def give_up(self) -> None:
        """Stop waiting, from another thread: what is under way ends as unknown; the device is not used again."""
        self._gives_up.set()

    def status(self) -> Status:
        """Ask how the printer is; an unreachable or silent one is a status too."""
        try:
            with closing(self._dial()) as port:
                self.seen = self._look(port, self._talk(port))
        except PortLost:
            self.seen = Status(Reason.UNREACHABLE, False)
        except NotAnswered:
            self.seen = Status(Reason.NO_ANSWER, False)
        return self.seen

    def make_ready(self) -> None:
        """Ask how it is and take from it what an earlier process left there, before somebody waits for a slip."""
        try:
            with closing(self._dial()) as port:
                self._prepare(port, self._talk(port), self._may_hold_rest)
        except PortLost:
            self.seen = Status(Reason.UNREACHABLE, False)

    def print_paper(self, order: Order) -> Outcome:
        """Ask, send, wait for the proof. Raises nothing that a printer or a network can cause."""
        try:
            port = self._dial()
        except PortLost:
            self.seen = Status(Reason.UNREACHABLE, False)
            return Refused(Reason.UNREACHABLE)
        with closing(port):
            talk = self._talk(port)
            refusal = self._prepare(port, talk, self._may_hold_rest or order.is_reprint)
            if refusal is not None:
                return Refused(refusal)
            order.starting()
            outcome = self._send(port, talk, order)
            self.seen = Status(talk.stop, talk.is_near_end, self._marks_at(port).answers_status)
            return outcome

    def _talk(self, port: Port) -> Talk:
        return Talk(port, self._patience, self._gives_up.is_set)

    def _marks_at(self, port: Port) -> Marks:
        return self.marks if port.can_answer else MUTE

    def _look(self, port: Port, talk: Talk) -> Status:
        if self._marks_at(port).answers_status:
            return talk.status()
        return Status(port.stop_told(), False, answers=False)

    def _prepare(self, port: Port, talk: Talk, may_hold_something: bool) -> Reason | None:
        try:
            self.seen = self._look(port, talk)
            if self.seen.stop is None:
                self._tidy(self._marks_at(port), talk, may_hold_something)
        except NotAnswered:
            self.seen = Status(Reason.NO_ANSWER, False)
        except PortLost:
            self.seen = Status(Reason.UNREACHABLE, False)
        return self.seen.stop

    def _tidy(self, marks: Marks, talk: Talk, may_hold_something: bool) -> None:
        """Nothing of an earlier paper may come out with this one, nor prove it."""
        if marks.clears and may_hold_something:
            talk.clear()
        if marks.closing is Closing.PAPER_STATUS and self._unanswered:
            self._unanswered += 1
            talk.settle(encode_separation(self.profile), self._unanswered - 1)
            self._may_hold_rest, self._unanswered = False, 0

    def _send(self, port: Port, talk: Talk, order: Order) -> Outcome:
        marks = self._marks_at(port)
        before = encode_separation(self.profile) if self._may_hold_rest else b""
        question = closing_request(marks.closing, order.process_id)
        self._may_hold_rest, self._unanswered = True, self._unanswered + 1
        try:
            talk.deliver(before + order.paper + question, order.stopped, order.goes_on)
            outcome = self._await_end(marks, talk, order)
        except PortLost:
            return Unknown(talk.stop or Reason.CONNECTION_LOST)
        except NotAnswered:
            return Unknown(self._give_back(marks, talk, order))
        self._may_hold_rest, self._unanswered = not isinstance(outcome, Printed | Sent), 0
        return outcome

    def _await_end(self, marks: Marks, talk: Talk, order: Order) -> Outcome:
        if marks.can_prove:
            talk.await_proof(marks.closing, order.process_id)
            return Printed()
        talk.await_drained()
        stop = talk.status().stop if marks.answers_status else None
        return Unknown(stop) if stop else Sent()

    def _give_back(self, marks: Marks, talk: Talk, order: Order) -> Reason:
        """Why the wait ended; a paper that nobody waits for is taken from the printer while it stands still."""
        if self._gives_up.is_set():
            return Reason.INTERRUPTED
        if talk.stop and marks.clears:
            with suppress(PortLost, NotAnswered):
                talk.clear()
        return talk.stop or Reason.NO_REPLY
