"""The small rules: business day, ids, people, pay, claims, review, boarding, call order."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallserver.domain import call_order, claims, people, posting, shuttle
from hallserver.domain.hall_time import Calendar, from_rfc3339, rfc3339
from hallserver.domain.ids import uuid7
from hallserver.domain.posting import Giving, JobState, Pay, PayUnit, Settlement, Way
from hallserver.domain.refusals import Refusal, RefusalCode

CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"), time(3, 0))
NOW = datetime(2026, 11, 19, 21, 30, tzinfo=UTC)


def _refused_with(code: RefusalCode) -> "pytest.RaisesExc[Refusal]":
    return pytest.raises(Refusal, check=lambda refusal: refusal.code is code)


# -- the hall's day ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-11-20T02:59:59", "2026-11-19"),
        ("2026-11-20T03:00:00", "2026-11-20"),
        ("2026-11-20T23:59:59", "2026-11-20"),
    ],
)
def test_the_day_turns_at_three(local: str, day: str) -> None:
    instant = datetime.fromisoformat(local + "+08:00")
    assert CALENDAR.business_day(instant) == date.fromisoformat(day)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_local_time_of_a_business_day_is_in_that_business_day(instant: datetime) -> None:
    day = CALENDAR.business_day(instant)
    for at in (time(3, 0), time(17, 30), time(23, 59), time(0, 10), time(2, 59)):
        assert CALENDAR.business_day(CALENDAR.instant(day, at)) == day


def test_times_are_said_without_a_leading_zero() -> None:
    assert CALENDAR.clock(datetime(2026, 11, 19, 22, 20, tzinfo=UTC)) == "6:20"


@given(st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_instants_as_text_sort_as_instants(instant: datetime) -> None:
    whole_ms = instant.replace(microsecond=instant.microsecond // 1000 * 1000)
    assert from_rfc3339(rfc3339(instant)) == whole_ms
    assert (rfc3339(instant) < rfc3339(NOW)) == (whole_ms < NOW)


def test_an_instant_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="no zone"):
        from_rfc3339("2026-11-20T05:30:00")


# -- ids --------------------------------------------------------------------------------------------------------------


def test_ids_are_version_7_and_sort_by_time() -> None:
    dice = random.Random(1).randbytes
    made = [uuid7(NOW + timedelta(milliseconds=step), dice) for step in range(50)]
    assert made == sorted(made)
    assert {(len(one), one[12]) for one in made} == {(32, "7")}
    assert {one[16] for one in made} <= set("89ab")


# -- people -----------------------------------------------------------------------------------------------------------


def test_an_id_number_is_right_only_with_its_check_character() -> None:
    right = "990101197001010017"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    body = right[:17]
    check = "10X98765432"[sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11]
    assert people.birth_date(body + check, date(2026, 11, 20)) == date(1970, 1, 1)
    for wrong in "0123456789X".replace(check, ""):
        with _refused_with(RefusalCode.BAD_REQUEST):
            people.birth_date(body + wrong, date(2026, 11, 20))


@pytest.mark.parametrize("number", ["", "1" * 18, "99010119700230001X", "٣" * 17 + "1", "990101209001010016"])
def test_what_is_no_id_number_is_refused(number: str) -> None:
    with _refused_with(RefusalCode.BAD_REQUEST):
        people.birth_date(number, date(2026, 11, 20))


@pytest.mark.parametrize(("born", "is_refused"), [(date(2010, 11, 20), False), (date(2010, 11, 21), True)])
def test_nobody_under_sixteen_is_placed(born: date, is_refused: bool) -> None:
    if is_refused:
        with _refused_with(RefusalCode.TOO_YOUNG):
            people.refuse_children(born, date(2026, 11, 20))
    else:
        people.refuse_children(born, date(2026, 11, 20))


# -- pay --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "is_better"),
    [
        ((200, 200), (230, 230), True),
        ((200, 200), (200, 200), False),
        ((200, 260), (190, 300), False),
        ((200, 260), (200, 270), True),
    ],
)
def test_pay_is_better_only_where_no_bound_falls(was: tuple[int, int], now: tuple[int, int], is_better: bool) -> None:
    assert Pay(*now, PayUnit.DAY).is_better_than(Pay(*was, PayUnit.DAY)) is is_better
    assert not Pay(*now, PayUnit.HOUR).is_better_than(Pay(*was, PayUnit.DAY))


# -- claims -----------------------------------------------------------------------------------------------------------

JOB = claims.OpenJob(JobState.LIVE, Giving.AT_ONCE, (Way.BUS, Way.OWN), 3, 2, None, NOW + timedelta(hours=1))
BUS = claims.BusRide("planned", NOW + timedelta(minutes=30), 2)


def _ask(way: Way = Way.OWN, party: int = 1, standby: bool = False) -> claims.ClaimRequest:
    return claims.ClaimRequest(way, party, standby, False)


def test_what_is_open_may_be_taken() -> None:
    claims.refuse_claim(JOB, None, _ask(), NOW)
    claims.refuse_claim(JOB, BUS, _ask(Way.BUS, 2), NOW)


@pytest.mark.parametrize(
    ("job", "ride", "asked", "code"),
    [
        ({"state": JobState.EXPIRED}, None, _ask(), RefusalCode.JOB_NOT_OPEN),
        ({"valid_until": NOW}, None, _ask(), RefusalCode.JOB_NOT_OPEN),
        ({"giving": Giving.STAFF}, None, _ask(), RefusalCode.GIVEN_OTHERWISE),
        ({"ways": (Way.OWN,)}, BUS, _ask(Way.BUS), RefusalCode.WAY_NOT_OFFERED),
        ({}, None, _ask(party=3), RefusalCode.PARTY_TOO_LARGE),
        ({"left": 1}, None, _ask(party=2), RefusalCode.JOB_FULL),
        ({"left": 1}, None, _ask(standby=True), RefusalCode.STANDBY_NOT_NEEDED),
        ({}, None, _ask(Way.BUS), RefusalCode.BUS_GONE),
        ({}, {"departs_at": NOW}, _ask(Way.BUS), RefusalCode.BUS_GONE),
        ({}, {"state": "departed"}, _ask(Way.BUS), RefusalCode.BUS_GONE),
        ({}, {"left": 1}, _ask(Way.BUS, 2), RefusalCode.BUS_FULL),
    ],
)
def test_what_stands_against_a_claim_is_said(
    job: dict[str, object], ride: object, asked: claims.ClaimRequest, code: RefusalCode
) -> None:
    bus = claims.BusRide(**(BUS.__dict__ | ride)) if isinstance(ride, dict) else ride
    with _refused_with(code):
        claims.refuse_claim(claims.OpenJob(**(JOB.__dict__ | job)), bus, asked, NOW)  # type: ignore[arg-type]


def test_standby_for_a_full_job_needs_no_seat() -> None:
    full = claims.OpenJob(**(JOB.__dict__ | {"left": 0, "state": JobState.FILLED}))
    claims.refuse_claim(full, None, _ask(Way.BUS, standby=True), NOW)


# -- review -----------------------------------------------------------------------------------------------------------

WORDS = posting.ReviewWords(("deposit",), ("men only",), ("under 45",))


def _post(**changes: object) -> posting.Post:
    whole = {
        "employer_id": "e", "trade": "loader", "headcount": 1, "pay": Pay(100, 100, PayUnit.DAY),
        "settlement": Settlement.DAILY, "place": "p", "address": "a", "work": "w", "first_day": date(2026, 11, 20),
        "starts_at": None, "ends_at": None, "valid_until": NOW + timedelta(hours=1), "ways": (Way.OWN,),
        "giving": Giving.AT_ONCE, "job_class": "part_time", "free_text": "carry boxes",
    }  # fmt: skip
    return posting.Post(**(whole | changes))  # type: ignore[arg-type]


def test_a_plain_post_has_no_findings() -> None:
    assert posting.review(_post(), WORDS, NOW) == ()


@pytest.mark.parametrize(
    ("changes", "reason", "severity"),
    [
        ({"free_text": "a deposit of 50"}, "charges", posting.Severity.BLOCK),
        ({"free_text": "men only"}, "discrimination", posting.Severity.BLOCK),
        ({"free_text": "under 45"}, "age", posting.Severity.WARN),
        ({"settlement": Settlement.MONTHLY}, "part_time_settlement", posting.Severity.BLOCK),
        ({"work": " "}, "missing_work", posting.Severity.BLOCK),
        ({"address": ""}, "missing_address", posting.Severity.BLOCK),
        ({"valid_until": NOW}, "outdated", posting.Severity.BLOCK),
    ],
)
def test_review_finds_what_may_not_be(changes: dict[str, object], reason: str, severity: posting.Severity) -> None:
    found = posting.review(_post(**changes), WORDS, NOW)
    assert [(one.reason, one.severity) for one in found] == [(reason, severity)]


def test_blocks_are_told_before_warnings() -> None:
    found = posting.review(_post(free_text="under 45, deposit"), WORDS, NOW)
    assert [one.severity for one in found] == [posting.Severity.BLOCK, posting.Severity.WARN]


def test_monthly_settlement_is_fine_for_full_time_work() -> None:
    assert posting.review(_post(settlement=Settlement.MONTHLY, job_class="full_time"), WORDS, NOW) == ()


# -- the door of a bus ------------------------------------------------------------------------------------------------


def _seat(**changes: object) -> shuttle.SoldSeat:
    where = {"sign": "fish", "bay": 1, "at": "6:10", "boarded_at": "6:02", "tail": "9TBE"}
    whole = {"trip_id": "t", "state": shuttle.SeatState.EXPECTED, "boarded_at": None, "boarded_by": "", "where": where}
    return shuttle.SoldSeat(**(whole | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seat", "door", "code"),
    [
        (None, shuttle.TripState.BOARDING, RefusalCode.NO_SEAT),
        (_seat(state=shuttle.SeatState.RELEASED), shuttle.TripState.BOARDING, RefusalCode.NO_SEAT),
        (_seat(state=shuttle.SeatState.ABOARD, boarded_at=NOW), shuttle.TripState.BOARDING, RefusalCode.ALREADY_ABOARD),
        (_seat(trip_id="other"), shuttle.TripState.BOARDING, RefusalCode.WRONG_BUS),
        (_seat(), shuttle.TripState.PLANNED, RefusalCode.TRIP_NOT_BOARDING),
        (_seat(), shuttle.TripState.DEPARTED, RefusalCode.TRIP_NOT_BOARDING),
    ],
)
def test_the_door_says_why_not(seat: shuttle.SoldSeat | None, door: shuttle.TripState, code: RefusalCode) -> None:
    with _refused_with(code):
        shuttle.refuse_boarding(seat, "t", door)


def test_an_expected_seat_comes_aboard() -> None:
    shuttle.refuse_boarding(_seat(), "t", shuttle.TripState.BOARDING)


def test_missing_and_empty_are_two_numbers() -> None:
    count = shuttle.Headcount(capacity=45, expected=39, aboard=32)
    assert (count.missing, count.empty) == (7, 6)


# -- who is next ------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from("ABC")), max_size=30))
def test_the_longest_waiting_of_the_served_is_next(arrivals: list[tuple[int, str]]) -> None:
    line = [
        call_order.Waiting(f"{nth:02d}", service, NOW + timedelta(seconds=at), nth)
        for nth, (at, service) in enumerate(arrivals)
    ]
    chosen = call_order.next_in_line(line, ["A", "B"])
    served = [one for one in line if one.service_id in "AB"]
    assert (chosen is None) == (not served)
    if chosen is not None:
        assert all(chosen.arrived_at <= other.arrived_at for other in served)
