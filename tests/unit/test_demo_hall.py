"""A planned demo day is a possible one: deterministic, within the pack, within the rules."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.pack import Pack
from hallserver.domain.demo_hall import PlannedPost, plan_posts

PACK = Pack.load(Path(__file__).parents[2] / "config" / "halls" / "qingshi")
TODAY = date(2026, 11, 20)
POSTS = plan_posts(PACK, 1, TODAY)
seeds = st.integers(0, 10_000)
few = settings(max_examples=12, deadline=None)


def span(post: PlannedPost) -> int | None:
    if post.starts_at is None or post.ends_at is None:
        return None
    start, end = (int(time[:2]) * 60 + int(time[3:]) for time in (post.starts_at, post.ends_at))
    return (end - start) % 1440


@few
@given(seeds)
def test_the_same_seed_plans_the_same_day(seed: int) -> None:
    assert plan_posts(PACK, seed, TODAY, 40) == plan_posts(PACK, seed, TODAY, 40)


def test_another_seed_plans_another_day() -> None:
    assert plan_posts(PACK, 1, TODAY) != plan_posts(PACK, 2, TODAY)


@few
@given(seeds)
def test_every_trade_occurs(seed: int) -> None:
    assert {post.trade for post in plan_posts(PACK, seed, TODAY)} == {trade.id for trade in PACK.trades}


@few
@given(seeds, st.integers(0, 900))
def test_as_many_posts_are_planned_as_were_asked_for(seed: int, count: int) -> None:
    assert len(plan_posts(PACK, seed, TODAY, count)) == count


@few
@given(seeds)
def test_pay_is_inside_the_range_of_its_trade(seed: int) -> None:
    for post in plan_posts(PACK, seed, TODAY, 150):
        (usual,) = (pay for pay in PACK.trade(post.trade).pay if pay.unit == post.pay_unit)
        assert usual.min_fen <= post.pay_min_fen <= post.pay_max_fen <= usual.max_fen


@few
@given(seeds)
def test_part_time_work_is_settled_within_15_days(seed: int) -> None:
    for post in plan_posts(PACK, seed, TODAY):
        if post.job_class == "part_time":
            assert post.settlement != "monthly"
            assert post.settlement != "on_completion" or (post.days or 99) <= 15


def test_work_of_one_day_is_paid_that_day() -> None:
    assert {post.settlement for post in POSTS if post.days == 1} == {"daily"}


@few
@given(seeds)
def test_part_time_work_is_at_most_four_hours_a_day_or_free_in_time(seed: int) -> None:
    for post in plan_posts(PACK, seed, TODAY):
        if post.job_class == "full_time":
            assert (span(post) or 0) > 240
        if post.job_class == "part_time":
            assert (span(post) or 0) <= 240


@few
@given(seeds)
def test_a_bus_post_goes_where_a_line_goes_in_time_for_work_and_back(seed: int) -> None:
    for post in plan_posts(PACK, seed, TODAY):
        assert ("bus" in post.ways) == (post.line is not None)
        if post.line is not None:
            line = PACK.line(post.line)
            assert line.employer == post.employer
            assert line.leaves_at < (post.starts_at or "") < (post.ends_at or "") < line.returns_at


def test_every_line_has_posts() -> None:
    assert {post.line for post in POSTS} - {None} == {line.id for line in PACK.lines}


@few
@given(seeds)
def test_only_monthly_settlement_has_a_pay_day(seed: int) -> None:
    assert all((post.pay_day is not None) == (post.settlement == "monthly") for post in plan_posts(PACK, seed, TODAY))


def test_nobody_is_asked_for_this_morning_before_six() -> None:
    assert [p for p in POSTS if p.first_day == TODAY and p.starts_at is not None and p.starts_at < "06:00"] == []


def test_most_posts_are_for_today_or_tomorrow_and_start_in_the_morning() -> None:
    soon = [post for post in POSTS if post.first_day <= TODAY + timedelta(days=1)]
    morning = [post for post in soon if post.starts_at is not None and "06:00" <= post.starts_at <= "09:00"]
    assert len(soon) > 320
    assert len(morning) > 200


def test_some_posts_are_night_work_and_some_are_monthly() -> None:
    assert sum(post.starts_at is not None and post.starts_at >= "18:00" for post in POSTS) >= 12
    assert 40 <= sum(post.pay_unit == "month" for post in POSTS) <= 160


def test_about_a_third_suits_older_people() -> None:
    assert 100 <= sum("older" in post.suits for post in POSTS) <= 170


def test_headcounts_are_1_to_40_and_sum_up_to_a_large_hall() -> None:
    assert all(1 <= post.headcount <= 40 for post in POSTS)
    assert 1500 <= sum(post.headcount for post in POSTS) <= 4000


def test_no_employer_posts_one_trade_twice_in_a_day() -> None:
    assert max(Counter((post.employer, post.trade) for post in POSTS).values()) == 1


def test_words_are_those_of_the_pack() -> None:
    places = {district.names["zh-Hans"] for district in PACK.hall.districts}
    assert {post.place for post in POSTS} <= places
    assert any("斤（" in post.work for post in POSTS)


def test_a_pack_without_phrases_has_no_demo_day() -> None:
    with pytest.raises(ValueError, match=r"phrases\.toml"):
        plan_posts(PACK.model_copy(update={"phrases": None}), 1, TODAY)
