"""The spool's states, its bounds and its listeners."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from printer.outcomes import Reason
from printer.spool import BOUND, JobState, NotQueued, PrintJob, Spool, SpoolFull

START = datetime(2026, 11, 20, 5, 43, tzinfo=UTC)


class SetClock:
    """A clock that stands where it is set."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def spool(tmp_path: Path, clock: SetClock) -> Iterator[Spool]:
    opened = Spool(tmp_path / "spool.db", clock)
    yield opened
    opened.close()


def state_of(spool: Spool, job_id: str) -> tuple[JobState, Reason | None]:
    job = spool.job(job_id)
    assert job is not None
    return job.state, job.reason


def test_a_submitted_job_is_queued_and_can_be_looked_up(spool: Spool) -> None:
    job = spool.submit("a", "{}")
    assert job == PrintJob(1, "a", "{}", JobState.QUEUED, None, "2026-11-20T05:43:00.000Z", "2026-11-20T05:43:00.000Z")
    assert spool.job("a") == job == spool.next_queued()
    assert spool.job("b") is None


def test_only_a_queued_job_can_be_started(spool: Spool) -> None:
    spool.submit("a", "{}")
    assert spool.start("a").state is JobState.SENDING
    with pytest.raises(NotQueued):
        spool.start("a")
    with pytest.raises(NotQueued):
        spool.start("never")


def test_a_final_state_stays(spool: Spool) -> None:
    spool.submit("a", "{}")
    spool.start("a")
    spool.finish("a", JobState.UNKNOWN, Reason.NO_REPLY)
    assert spool.finish("a", JobState.PRINTED, None) is None
    assert spool.fail("a", Reason.WITHDRAWN) is None
    assert spool.recover() == []
    assert state_of(spool, "a") == (JobState.UNKNOWN, Reason.NO_REPLY)


def test_a_queued_job_can_be_withdrawn_and_a_sending_one_cannot(spool: Spool) -> None:
    spool.submit("a", "{}")
    spool.submit("b", "{}")
    spool.start("b")
    spool.fail("a", Reason.WITHDRAWN)
    spool.fail("b", Reason.WITHDRAWN)
    assert state_of(spool, "a") == (JobState.FAILED, Reason.WITHDRAWN)
    assert state_of(spool, "b") == (JobState.SENDING, None)


def test_after_a_crash_only_what_was_being_sent_is_unknown(spool: Spool) -> None:
    for job_id in "abc":
        spool.submit(job_id, "{}")
    spool.start("a")
    spool.start("b")
    spool.finish("a", JobState.PRINTED, None)
    assert [job.job_id for job in spool.recover()] == ["b"]
    assert state_of(spool, "a") == (JobState.PRINTED, None)
    assert state_of(spool, "b") == (JobState.UNKNOWN, Reason.INTERRUPTED)
    assert state_of(spool, "c") == (JobState.QUEUED, None)


def test_opening_the_file_a_second_time_to_look_changes_nothing(spool: Spool, tmp_path: Path, clock: SetClock) -> None:
    spool.submit("a", "{}")
    spool.start("a")
    looker = Spool(tmp_path / "spool.db", clock)
    assert [job.state for job in looker.jobs()] == [JobState.SENDING]
    looker.close()


def test_the_number_of_waiting_slips_is_bounded_and_a_known_one_is_still_known(spool: Spool) -> None:
    for number in range(BOUND):
        spool.submit(str(number), "{}")
    with pytest.raises(SpoolFull):
        spool.submit("one more", "{}")
    assert spool.submit("7", "{}").number == 8


def test_what_waited_too_long_fails_and_the_rest_stays(spool: Spool, clock: SetClock) -> None:
    spool.submit("old", "{}")
    clock.at += timedelta(minutes=31)
    spool.submit("new", "{}")
    assert [job.job_id for job in spool.expire(timedelta(minutes=30))] == ["old"]
    assert [job.job_id for job in spool.jobs(JobState.QUEUED)] == ["new"]


def test_ended_jobs_are_forgotten_after_a_week_and_waiting_ones_never(spool: Spool, clock: SetClock) -> None:
    spool.submit("ended", "{}")
    spool.submit("waiting", "{}")
    spool.fail("ended", Reason.WITHDRAWN)
    clock.at += timedelta(days=8)
    spool.forget()
    assert [job.job_id for job in spool.jobs()] == ["waiting"]


def test_listeners_hear_each_change_once(spool: Spool) -> None:
    heard: list[tuple[str, JobState, Reason | None]] = []
    spool.listen(lambda job: heard.append((job.job_id, job.state, job.reason)))
    job = spool.submit("a", "{}")
    spool.submit("a", "{}")
    noted = spool.note(job, Reason.PAPER_END)
    assert noted is not None
    spool.note(noted, Reason.PAPER_END)
    assert heard == [("a", JobState.QUEUED, None), ("a", JobState.QUEUED, Reason.PAPER_END)]


def test_waiting_ends_at_once_when_something_changed_since_it_was_seen(spool: Spool) -> None:
    seen = spool.version
    spool.submit("a", "{}")
    spool.wait(seen, 3600)


def test_every_reason_has_words_in_both_languages() -> None:
    from tests.paper import words_of

    for language in ("zh_Hans", "en"):
        words = words_of(language)
        assert all(words(f"ticket.fault.{reason}") for reason in Reason)


def test_the_process_id_of_any_job_is_four_characters(spool: Spool) -> None:
    job = spool.submit("a", "{}")
    numbers = [type(job)(n, "a", "", JobState.QUEUED, None, "", "").process_id for n in (1, 9_999, 10_000, 12_345)]
    assert numbers == [b"0001", b"9999", b"0000", b"2345"]


def test_a_late_proof_makes_an_unknown_job_printed_and_nothing_else_does(spool: Spool) -> None:
    for job_id in "ab":
        spool.submit(job_id, "{}")
        spool.start(job_id)
    spool.finish("a", JobState.UNKNOWN, Reason.PAPER_END)
    spool.finish("b", JobState.SENT, None)
    spool.prove("a")
    assert state_of(spool, "a") == (JobState.PRINTED, None)
    assert spool.prove("b") is None
    assert state_of(spool, "b") == (JobState.SENT, None)


def test_a_withdrawn_job_never_prints_whether_it_came_here_or_not(spool: Spool) -> None:
    spool.submit("here", "{}")
    spool.submit("sending", "{}")
    spool.start("sending")
    for job_id in ("here", "sending", "never came"):
        spool.bury(job_id, Reason.WITHDRAWN)
    assert state_of(spool, "here") == state_of(spool, "never came") == (JobState.FAILED, Reason.WITHDRAWN)
    assert state_of(spool, "sending") == (JobState.SENDING, None)
    assert spool.submit("never came", "{}").state is JobState.FAILED


def test_what_the_outbox_does_not_hold_yet_is_known_after_a_restart(
    spool: Spool, tmp_path: Path, clock: SetClock
) -> None:
    for job_id in "abc":
        spool.submit(job_id, "{}")
    spool.start("a")
    spool.mark_told(spool.untold())
    spool.finish("a", JobState.UNKNOWN, Reason.NO_REPLY)
    spool.fail("b", Reason.WITHDRAWN)
    later = Spool(tmp_path / "spool.db", clock)
    assert [(job.job_id, job.state) for job in later.untold()] == [("a", JobState.UNKNOWN), ("b", JobState.FAILED)]
    later.mark_told(later.untold())
    assert spool.untold() == []
    later.close()


def test_a_spool_of_the_first_version_is_taken_over(tmp_path: Path, clock: SetClock) -> None:
    before = sqlite3.connect(tmp_path / "old.db")
    before.executescript(
        "CREATE TABLE print_job (number INTEGER PRIMARY KEY AUTOINCREMENT, job_id TEXT NOT NULL UNIQUE,"
        " slip TEXT NOT NULL,"
        " state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'failed', 'unknown')),"
        " reason TEXT, submitted_at TEXT NOT NULL, changed_at TEXT NOT NULL) STRICT;"
        "CREATE INDEX print_job_state ON print_job (state, number);"
        "INSERT INTO print_job VALUES (7, 'a', '{}', 'sending', NULL, '2026-11-20T05:43:00.000Z', '');"
    )
    before.close()
    taken = Spool(tmp_path / "old.db", clock)
    assert [job.number for job in taken.recover()] == [7]
    assert taken.submit("b", "{}").number == 8
    taken.start("b")
    assert taken.finish("b", JobState.SENT, None) is not None
    taken.close()
