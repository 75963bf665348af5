"""Honest forms by number: two dozen trades, five ways to split the points, money and results that fit each other."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from msgspec.structs import replace

from fairness.texts import goal_text, result_text
from forms.dice import Dice
from jixiao.form import (
    Execution,
    Extra,
    Form,
    FundRow,
    Funds,
    Indicator,
    Project,
    Total,
    parents,
    parse_actual,
    parse_target,
    plain,
)
from oracle import scorer

CENT: Final = Decimal("0.01")
T = TypeVar("T")
PLACES: Final = ("临江市", "青岩县", "沙溪区", "望山市", "云浦县", "锦屏州", "白鹭市", "松原县", "海棠区", "北塘市")
_OUTPUT: Final = ("数量指标", "质量指标", "时效指标")
SCHEMES: Final = (
    (("产出指标", _OUTPUT, 50), ("效益指标", (), 30), ("满意度指标", (), 10)),
    (("产出指标", (*_OUTPUT, "成本指标"), 50), ("效益指标", (), 30), ("满意度指标", (), 10)),
    (("成本指标", (), 20), ("产出指标", _OUTPUT, 40), ("效益指标", (), 20), ("满意度指标", (), 10)),
    (("产出指标", _OUTPUT, 50), ("效益指标", (), 40)),
    (("成本指标", (), 20), ("产出指标", _OUTPUT, 40), ("效益指标", (), 30)),
)  # fmt: skip
"""The lawful profiles: first-level heading, its second levels where they are listed, its points."""

_BENEFITS: Final = ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")
_SHORT: Final = (
    "7月连续降雨，停工二十余天；次年一季度补足",
    "供货单位更换一次，到货晚；次年提前两个月招标",
    "年中机构调整，人手少于计划；已补足岗位，次年按新编制安排",
    "上级检查要求返工一批；已完善验收办法",
    "报名人数少于预计；次年扩大宣传范围并分批举办",
)
_ABOVE: Final = (
    "原材料和人工价格上涨；次年改为集中采购",
    "线路检修占用时间；已与供电部门约定检修窗口",
    "冬季工单集中；次年增加两个班组",
)
_SAVED: Final = ("尾款待审计后支付", "中标价低于预算，节余资金交回财政", "质保金按合同于次年支付")


@dataclass(frozen=True, slots=True)
class Field:
    """What a trade's forms speak of: project, offices, aim, and its lines by second level."""

    project: str
    offices: tuple[str, str]
    aim: str
    lines: Mapping[str, tuple[str, ...]]


@cache
def fields() -> tuple[Field, ...]:
    """All trades."""
    text = (Path(__file__).parent / "fields.toml").read_text(encoding="utf-8")
    made = []
    for entry in tomllib.loads(text)["field"]:
        lines = {level: tuple(rows) for level, rows in entry.items() if level.endswith("指标")}
        made.append(Field(entry["project"], tuple(entry["offices"]), entry["aim"], lines))
    return tuple(made)


def sound_form(seed: str) -> Form:
    """An honest form; the same seed makes the same form."""
    dice = Dice(f"fairness:{seed}")
    field = dice.choice(fields())
    year = dice.choice((2021, 2022, 2023, 2024))
    place = dice.choice(PLACES)
    currency = dice.choice(("万元", "万元", "元"))
    funds, spent_less = _funds(dice, Decimal(1 if currency == "万元" else 10_000))
    form = Form(
        title=dice.choice(("项目支出绩效自评表", f"{place}项目支出绩效自评表", f"{year}年度项目支出绩效自评表")),
        fiscal_year=year,
        project=Project(dice.choice((field.project, f"{field.project}项目", f"{field.project}经费"))),
        department=place + field.offices[0],
        unit=place + field.offices[1],
        currency_unit=currency,
        funds=funds,
        indicators=tuple(_lines(dice, field, year)),
    )
    return settled(_told(form, field, spent_less))


def settled(form: Form) -> Form:
    """The form with rate, scores of the execution, total and grade as they follow from its other cells."""
    row = form.funds.total
    rate = None
    if row.executed is not None and row.adjusted:
        rate = (row.executed * 100 / row.adjusted).quantize(CENT, ROUND_HALF_UP)
    form = replace(form, execution=Execution(form.execution.weight or Decimal("10.00"), rate))
    form = replace(form, execution=replace(form.execution, score=scorer.execution(form).stands(None)))
    return summed(form)


def summed(form: Form) -> Form:
    """The form with its total row and grade as they follow from the rows above them."""
    weights = [form.execution.weight, *(line.weight for line in form.indicators)]
    scores = [form.execution.score, *(line.score for line in form.indicators)]
    points = sum((score for score in scores if score is not None), Decimal(0))
    total = Total(sum((weight for weight in weights if weight is not None), Decimal(0)), points)
    return replace(form, total=total, grade=scorer.grade(points))


def _told(form: Form, field: Field, spent_less: str) -> Form:
    goal = replace(form.goal, expected=goal_text(field.aim, form.indicators), actual=result_text(form.indicators))
    extras = (Extra("其他需要说明的事项", spent_less, None),) if spent_less else ()
    return replace(form, goal=goal, extras=extras)


def _funds(dice: Dice, scale: Decimal) -> tuple[Funds, str]:
    """The money, and why less of it was spent where little was."""
    sources = [[Decimal(dice.between(2_000, 90_000)) / 100] * 2]
    if dice.chance(40):
        sources.append([Decimal(0), Decimal(dice.between(100, 9_000)) / 100])
    elif dice.chance(40):
        sources.append([Decimal(dice.between(1_000, 9_000)) / 100] * 2)
    if dice.chance(25):
        sources[0][1] = (sources[0][1] * Decimal(dice.between(80, 115)) / 100).quantize(CENT)
    little = dice.chance(20)
    share = Decimal(dice.between(600, 890) if little else dice.between(905, 999)) / 1000
    rows = [FundRow(first * scale, then * scale, (then * scale * share).quantize(CENT)) for first, then in sources]
    none = FundRow(Decimal("0.00"), Decimal("0.00"), Decimal("0.00"))
    second = rows[1] if len(rows) > 1 else none
    carried = second if second.initial == 0 else none
    other = none if second is carried else second
    return Funds(_sum(rows), rows[0], carried, other), dice.choice(_SAVED) if little else ""


def _sum(rows: Iterable[FundRow]) -> FundRow:
    columns = zip(*((row.initial or 0, row.adjusted or 0, row.executed or 0) for row in rows), strict=True)
    return FundRow(*(sum(column, Decimal(0)) for column in columns))


def _lines(dice: Dice, field: Field, year: int) -> Iterable[Indicator]:
    scheme = dice.choice([each for each in SCHEMES if "成本指标" in field.lines or "成本" not in str(each)])
    style = dice.choice((Decimal(1), CENT))
    for level1, below, points in scheme:
        chosen = list(_chosen(dice, field, level1, below))
        for (level2, row), weight in zip(chosen, shares(dice, points, len(chosen)), strict=True):
            yield _line(dice, (level1, level2, row), year, Decimal(weight).quantize(style))


def _chosen(dice: Dice, field: Field, level1: str, below: tuple[str, ...]) -> list[tuple[str, str]]:
    if level1 == "满意度指标":
        return [("服务对象满意度指标", field.lines["服务对象满意度指标"][0])]
    if level1 == "成本指标":
        return [("经济成本指标", field.lines["成本指标"][0])]
    if below:
        return [(level2, row) for level2 in below for row in _some_of(dice, field.lines[level2], 1)]
    rows = [(level2, row) for level2 in _BENEFITS for row in field.lines.get(level2, ())]
    return _some_of(dice, rows, 2)[:4]


def _some_of(dice: Dice, rows: Sequence[T], least: int) -> list[T]:
    """Some of the rows in their order, so many at least where there are so many."""
    taken = set(dice.sample(range(len(rows)), dice.between(min(least, len(rows)), len(rows))))
    return [row for at, row in enumerate(rows) if at in taken]


def shares(dice: Dice, points: int, count: int) -> list[int]:
    """Whole points that sum to `points`, near each other; none is 30 or more unless there is but one."""
    each, rest = divmod(points, count)
    made = [each + (1 if at < rest else 0) for at in range(count)]
    for _ in range(count):
        one, other = dice.below(count), dice.below(count)
        if one != other and made[one] > 3 and made[other] < 25:
            made[one], made[other] = made[one] - 1, made[other] + 1
    return made


def _line(dice: Dice, said: tuple[str, str, str], year: int, weight: Decimal) -> Indicator:
    level1, level2, row = said
    name, operator, value, unit = (cell.strip() for cell in row.split("|"))
    if operator == "before":
        return _dated(dice, (level1, level2, name), (year, value), weight)
    done, short = _actual(dice, operator, Decimal(value), unit)
    line = Indicator(
        level1=level1 or (parents(level2) or ("",))[-1],
        level2=level2,
        name=name,
        target=parse_target(f"{operator}{value}{unit}", year),
        actual=parse_actual(f"{plain(done)}{unit}"),
        weight=weight,
        deviation=(dice.choice(_ABOVE if operator == "≤" else _SHORT)) if short else "",
    )
    lawful = scorer.line(line).lawful
    return replace(line, score=dice.choice(lawful) if short else weight)


def _dated(dice: Dice, said: tuple[str, str, str], due: tuple[int, str], weight: Decimal) -> Indicator:
    level1, level2, name = said
    year, value = due
    month, day = map(int, value.split("-"))
    return Indicator(
        level1=level1,
        level2=level2,
        name=name,
        target=parse_target(f"{year}年{month}月{day}日前", year),
        actual=parse_actual(f"{year}年{month}月{dice.between(1, day)}日"),
        weight=weight,
        score=weight,
    )


def _actual(dice: Dice, operator: str, value: Decimal, unit: str) -> tuple[Decimal, bool]:
    """What was done, and whether it falls short of the target."""
    place = Decimal(1).scaleb(int(value.as_tuple().exponent))
    top = Decimal(100) if unit == "%" and value <= 100 else value * 2
    if value == 0 or dice.chance(12):
        return value, False
    step = max(place, value * Decimal(dice.between(1, 90)) / 1000).quantize(place, ROUND_HALF_UP)
    short = dice.chance(18)
    if operator == "≤":
        return (value + step, True) if short else (max(value - step, place), False)
    if short:
        return value - step, True
    above = min(top, value + step)
    return (value if operator == "=" or above * 100 >= value * 130 else above), False
