"""The posts of a demo morning, planned from a hall pack alone, so that a hall can be shown without one real post; knows
no store, no clock, and no word that is not in the pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from config.pack import Employer, Line, Pack, PayRange, Phrases, Trade, TradePhrases
from hallserver.domain.dice import Dice

PayUnit = Literal["hour", "day", "shift", "month", "piece", "order"]
Settlement = Literal["daily", "weekly", "half_monthly", "monthly", "on_completion"]
Meal = Literal["breakfast", "lunch", "dinner"]
Lodging = Literal["none", "free", "paid"]
Way = Literal["bus", "own", "employer_car"]
Giving = Literal["at_once", "agree", "staff"]
JobClass = Literal["full_time", "part_time", "public_benefit"]
Suits = Literal["older", "disabled", "no_reading"]
Insurance = Literal["none", "accident", "injury"]

SETTLEMENT_DAYS: dict[Settlement, int] = {"daily": 1, "weekly": 7, "half_monthly": 15, "monthly": 31}
"""The longest someone waits for pay; `on_completion` is as long as the work."""

PART_TIME_MINUTES = 4 * 60
"""Work of at most four hours a day is part-time (Labour Contract Law, art. 68)."""

_PAY_STEP_FEN: dict[PayUnit, int] = {
    "hour": 100, "day": 1000, "shift": 1000, "month": 10000, "piece": 10, "order": 50,
}  # fmt: skip
_SETTLEMENTS: dict[PayUnit, tuple[Settlement, ...]] = {
    "hour": ("daily",),
    "day": ("daily", "daily", "daily", "weekly", "on_completion"),
    "shift": ("daily", "daily", "weekly"),
    "month": ("monthly", "monthly", "monthly", "half_monthly"),
    "piece": ("daily", "weekly", "half_monthly"),
    "order": ("daily", "daily", "weekly"),
}
_PAY_DAYS = (5, 10, 15, 20)
_DAYS_AHEAD = (0, 0, 0, 0, 0, 0, 1, 1, 1, 2)
_DAYS_LONG = (1, 1, 1, 1, 1, 1, 2, 3, 5, 10)
_EARLY = "06:00"
"""Work that starts before this is planned for tomorrow: whoever comes this morning is too late for it."""
_MEALTIMES: tuple[tuple[Meal, str], ...] = (("breakfast", "06:30"), ("lunch", "12:00"), ("dinner", "18:30"))
_TRADES_BY_BUS = 3
"""A bus carries people of the trades that its employer hires most."""
_TO_WORK_MINUTES = 40
_TO_BUS_MINUTES = 20


@dataclass(frozen=True)
class PlannedPost:
    """One post to be written through the services. Money in fen; times local "HH:MM", None where time is free.

    `trade`, `employer`, `line` are ids of the pack; `place`, `address`, `work`, `gear`, `return_note` and the contact
    are words of the pack; `pay_day` is a day of the month, only for monthly pay; `days` None is work without an end.
    """

    trade: str
    employer: str
    headcount: int
    pay_min_fen: int
    pay_max_fen: int
    pay_unit: PayUnit
    settlement: Settlement
    pay_day: int | None
    place: str
    address: str
    work: str
    first_day: date
    days: int | None
    starts_at: str | None
    ends_at: str | None
    meals: tuple[Meal, ...]
    lodging: Lodging
    ways: tuple[Way, ...]
    line: str | None
    return_note: str
    contact_name: str
    contact_phone: str
    giving: Giving
    job_class: JobClass
    suits: tuple[Suits, ...]
    gear: str
    insurance: Insurance
    valid_hours: int


@dataclass(frozen=True)
class _Opening:
    """Who looks for whom: the pair of which one post is made."""

    employer: Employer
    trade: Trade
    line: Line | None


@dataclass(frozen=True)
class _Time:
    """When the work is; hours None where time is free, `days` None where it has no end."""

    first_day: date
    days: int | None
    starts_at: str | None
    ends_at: str | None

    @property
    def minutes(self) -> int | None:
        """Length of a day's work, past midnight too; None where time is free."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return (_minutes(self.ends_at) - _minutes(self.starts_at)) % (24 * 60)


def plan_posts(pack: Pack, seed: int, today: date, count: int = 400) -> tuple[PlannedPost, ...]:
    """`count` posts of a morning, the same for the same arguments; from 100 posts on, every trade occurs.

    Raises ValueError for a pack without employers or phrases.
    """
    if pack.phrases is None or not pack.employers:
        raise ValueError("a demo day needs employers.toml and phrases.toml")
    openings = _openings(pack, Dice(f"{seed}/openings"), count)
    return tuple(_post(pack, pack.phrases, opening, Dice(f"{seed}/{at}"), today) for at, opening in enumerate(openings))


def _openings(pack: Pack, dice: Dice, count: int) -> list[_Opening]:
    """First one of each trade and those with a bus, then any; no pair comes again before all have come."""
    lines = {line.employer: line for line in pack.lines}
    trades = {trade.id: trade for trade in pack.trades}
    every = dice.shuffle(
        [
            _Opening(employer, trades[id], lines.get(employer.id) if place < _TRADES_BY_BUS else None)
            for employer in pack.employers
            for place, id in enumerate(employer.trades)
        ]
    )
    first = {opening.trade.id: opening.employer.id for opening in reversed(every)}
    in_turn = sorted(every, key=lambda opening: opening.line is None and first[opening.trade.id] != opening.employer.id)
    rounds = -(-count // len(every))
    return dice.shuffle((in_turn * rounds)[:count])


def _post(pack: Pack, phrases: Phrases, opening: _Opening, dice: Dice, today: date) -> PlannedPost:
    employer, trade, line = opening.employer, opening.trade, opening.line
    says = phrases.trades[trade.id]
    pay = trade.pay[0] if dice.chance(60) else dice.pick(trade.pay)
    time = _time(says, pay.unit, line, dice, today)
    job_class = _job_class(says, pay.unit, time, dice)
    settlement = _settlement(pay.unit, job_class, time.days, pack.hall.rules.part_time_settlement_days_max, dice)
    pay_min_fen, pay_max_fen = _pay(pay, dice)
    ways = _ways(line, dice)
    return PlannedPost(
        trade=trade.id,
        employer=employer.id,
        headcount=_headcount(pay.unit, line, dice),
        pay_min_fen=pay_min_fen,
        pay_max_fen=pay_max_fen,
        pay_unit=pay.unit,
        settlement=settlement,
        pay_day=dice.pick(_PAY_DAYS) if settlement == "monthly" else None,
        place=pack.district(employer.district).names[pack.hall.languages[0]],
        address=employer.address,
        work=dice.pick(says.work),
        first_day=time.first_day,
        days=time.days,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        meals=_meals(time, dice),
        lodging=dice.pick(("none", "none", "free", "free", "paid")) if pay.unit == "month" else "none",
        ways=ways,
        line=line.id if line else None,
        return_note=_return_note(phrases, ways, line),
        contact_name=_contact(phrases, employer, dice),
        contact_phone=employer.phone,
        giving=_giving(pay.unit, job_class, dice),
        job_class=job_class,
        suits=tuple(one for one in says.suits if dice.chance(80)),
        gear=says.gear,
        insurance="injury" if pay.unit == "month" else dice.pick(("accident", "accident", "injury", "none")),
        valid_hours=dice.pick((72, 120, 168)) if pay.unit == "month" else dice.pick((6, 12, 24)),
    )


def _time(says: TradePhrases, unit: PayUnit, line: Line | None, dice: Dice, today: date) -> _Time:
    starts_at, ends_at = _hours(says, line, dice)
    soonest = 1 if unit == "month" or (starts_at or "24:00") < _EARLY else 0
    first_day = today + timedelta(days=max(soonest, dice.pick(_DAYS_AHEAD)))
    days = None if unit == "month" or starts_at is None else dice.pick(_DAYS_LONG)
    return _Time(first_day, days, starts_at, ends_at)


def _hours(says: TradePhrases, line: Line | None, dice: Dice) -> tuple[str | None, str | None]:
    """A bus sets the hours of those who come by it; else the trade does."""
    if line:
        return _later(line.leaves_at, _TO_WORK_MINUTES), _later(line.returns_at, -_TO_BUS_MINUTES)
    if not says.hours:
        return None, None
    starts_at, _, ends_at = dice.pick(says.hours).partition("-")
    return starts_at, ends_at


def _job_class(says: TradePhrases, unit: PayUnit, time: _Time, dice: Dice) -> JobClass:
    if says.public_benefit and unit in ("month", "shift") and dice.chance(50):
        return "public_benefit"
    return "full_time" if time.minutes and time.minutes > PART_TIME_MINUTES else "part_time"


def _settlement(unit: PayUnit, job_class: JobClass, days: int | None, part_time_max: int, dice: Dice) -> Settlement:
    """Work of one day is paid that day; part-time work within the hall's limit."""
    waits = SETTLEMENT_DAYS | {"on_completion": days or part_time_max + 1}
    limit = part_time_max if job_class == "part_time" else max(waits.values())
    if days == 1:
        limit = waits["daily"]
    choices = [one for one in _SETTLEMENTS[unit] if waits[one] <= limit and (one != "on_completion" or (days or 0) > 1)]
    return dice.pick(choices)


def _pay(pay: PayRange, dice: Dice) -> tuple[int, int]:
    """An amount, or from-to for one in three, inside the trade's range in round steps from its lower end."""
    step = _PAY_STEP_FEN[pay.unit]
    steps = (pay.max_fen - pay.min_fen) // step + 1
    low, high = sorted((dice.below(steps), dice.below(steps)))
    if dice.chance(67):
        low = high
    return pay.min_fen + low * step, pay.min_fen + high * step


def _headcount(unit: PayUnit, line: Line | None, dice: Dice) -> int:
    if line:
        return 6 + dice.below(min(35, sum(bus.capacity for bus in line.buses)))
    if unit == "order" or (unit == "month" and dice.chance(30)):
        return 5 + dice.below(36)
    return dice.pick((1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12, 15))


def _meals(time: _Time, dice: Dice) -> tuple[Meal, ...]:
    """Meals that fall into the hours, each in about half of the posts."""
    if time.minutes is None or time.starts_at is None:
        return ()
    start = _minutes(time.starts_at)
    span = range(start, start + time.minutes)
    return tuple(meal for meal, at in _MEALTIMES if _minutes(at) in span and dice.chance(55))


def _ways(line: Line | None, dice: Dice) -> tuple[Way, ...]:
    if line:
        return dice.pick((("bus",), ("bus", "own")))
    return dice.pick((("own",), ("own",), ("own",), ("own",), ("own", "employer_car"), ("employer_car",)))


def _return_note(phrases: Phrases, ways: tuple[Way, ...], line: Line | None) -> str:
    if line:
        return phrases.returns.bus.format(time=line.returns_at.removeprefix("0"))
    return phrases.returns.employer_car if "employer_car" in ways else phrases.returns.own


def _contact(phrases: Phrases, employer: Employer, dice: Dice) -> str:
    if dice.chance(60):
        return employer.contact_role
    return phrases.contacts.name.format(surname=dice.pick(phrases.contacts.surnames))


def _giving(unit: PayUnit, job_class: JobClass, dice: Dice) -> Giving:
    if job_class == "public_benefit":
        return "staff"
    if unit == "month":
        return dice.pick(("agree", "agree", "agree", "at_once", "staff"))
    return dice.pick(("at_once", "at_once", "at_once", "at_once", "agree", "staff"))


def _minutes(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes)


def _later(time: str, minutes: int) -> str:
    hours, rest = divmod((_minutes(time) + minutes) % (24 * 60), 60)
    return f"{hours:02}:{rest:02}"
