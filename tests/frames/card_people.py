"""Made-up people for made-up cards: the same seed, the same person. Knows no picture.

No number can belong to anybody: area prefix 99 is not assigned, nor are the areas 8199, 8299 and 8399 of the permits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

Kind = Literal["resident", "permit"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES = ("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "欧阳", "司马", "诸葛", "谢", "邓")
_GIVEN = (
    "建国",
    "秀英",
    "桂兰",
    "志强",
    "丽",
    "伟",
    "小红",
    "国庆",
    "玉梅",
    "永福",
    "春生",
    "晓燕",
    "德明",
    "凤",
    "海涛",
)
_LONG = ("阿依古丽·买买提", "巴特尔·苏和", "古丽娜尔·艾山", "扎西次仁")
_TAIWAN = ("林志豪", "陈美惠", "黄俊杰", "郑雅婷", "何家骏", "梁嘉欣")
_NATIONS = ("汉", "汉", "汉", "回", "苗", "壮", "土家", "维吾尔", "蒙古")
_ROADS = ("青石路", "云溪街", "石桥巷", "梧桐里", "东风村", "河湾新村")


@dataclass(frozen=True)
class Person:
    """What stands on the front of a card; `nation` is empty on a permit, which has no such row."""

    name: str
    sex: Literal["男", "女"]
    nation: str
    born: date
    address: str
    number: str
    kind: Kind


def check_character(first17: str) -> str:
    """GB 11643: weights, sum mod 11."""
    return "10X98765432"[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True)) % 11]


def person(seed: int, kind: Kind = "resident") -> Person:
    """A person between 16 and 80 at the end of 2025; every fourth number is made of digits that look alike."""
    dice = np.random.default_rng((seed, 77, 0 if kind == "resident" else 1))
    born = date(1946, 1, 1) + timedelta(days=int(dice.integers(0, 365 * 63)))
    if seed % 4 == 0:
        born = date(int(dice.choice([1966, 1968, 1986, 1988, 2000, 2008])), 8, int(dice.choice([3, 8, 6, 18, 28])))
    area = "99" + _digits(dice, 4, seed) if kind == "resident" else f"8{dice.integers(1, 4)}99" + _digits(dice, 2, seed)
    order = _digits(dice, 3, seed)
    first17 = area + born.strftime("%Y%m%d") + order
    is_man = int(order[-1]) % 2 == 1
    nation = str(dice.choice(_NATIONS)) if kind == "resident" else ""
    name = _name(dice, kind, nation)
    return Person(
        name, "男" if is_man else "女", nation, born, _address(dice), first17 + check_character(first17), kind
    )


def _digits(dice: np.random.Generator, count: int, seed: int) -> str:
    choice = "0368" if seed % 4 == 0 else "0123456789"
    return "".join(str(dice.choice(list(choice))) for _ in range(count))


def _name(dice: np.random.Generator, kind: Kind, nation: str) -> str:
    if kind == "permit":
        return str(dice.choice(_TAIWAN))
    if nation in ("维吾尔", "蒙古"):
        return str(dice.choice(_LONG))
    return str(dice.choice(_SURNAMES)) + str(dice.choice(_GIVEN))


def _address(dice: np.random.Generator) -> str:
    road, house = dice.choice(_ROADS), dice.integers(1, 400)
    flat = (
        f"{dice.integers(1, 20)}栋{dice.integers(1, 4)}单元{dice.integers(101, 1800)}室" if dice.random() < 0.6 else ""
    )
    return f"青石省云溪市石桥区{road}{house}号{flat}"
