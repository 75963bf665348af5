"""Forms without a fault of arithmetic: random funds, lines and results, every score as the rules give it."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from msgspec.structs import replace

from jixiao.form import (
    Execution,
    Form,
    FundRow,
    Funds,
    Indicator,
    Project,
    Total,
    parse_actual,
    parse_target,
)
from oracle.scorer import execution, grade, line, total

CENT = Decimal("0.01")
REASON = "受采购周期影响，实际完成数低于年度指标值，下一步将提前编制采购计划。"


def right_form(number: int) -> Form:
    """One form by its number."""
    dice = Random(number)  # noqa: S311 - chance that can be repeated is what a generator of cases needs
    current, carried, other = (_fund_row(dice) for _ in range(3))
    initial, adjusted, executed = (sum(column, Decimal(0)) for column in zip(current, carried, other, strict=True))
    funds = Funds(FundRow(initial, adjusted, executed), FundRow(*current), FundRow(*carried), FundRow(*other))
    lines = tuple(_indicator(dice, place, weight) for place, weight in enumerate(_weights(dice)))
    rate = (executed * 100 / adjusted).quantize(CENT, ROUND_HALF_UP)
    form = Form(
        title="项目支出绩效自评表",
        fiscal_year=2024,
        project=Project("街道图书馆开放"),
        currency_unit="万元",
        funds=funds,
        execution=Execution(Decimal("10.00"), rate),
        indicators=lines,
    )
    form = replace(form, execution=replace(form.execution, score=execution(form).stands(None)))
    points = total(form)
    return replace(form, total=Total(Decimal("100.00"), points), grade=grade(points))


def _fund_row(dice: Random) -> tuple[Decimal, Decimal, Decimal]:
    initial, adjusted, executed = (Decimal(dice.randrange(1, 500_000)).scaleb(-2) for _ in range(3))
    return initial, adjusted, min(adjusted, executed)


def _weights(dice: Random) -> list[int]:
    """Points in steps of 5 that sum to 90."""
    weights = [5] * dice.randrange(4, 10)
    while sum(weights) < 90:
        weights[dice.randrange(len(weights))] += 5
    return weights


def _indicator(dice: Random, place: int, weight: int) -> Indicator:
    bound = dice.choice([3, 7, 8, 10, 12, 95, 100])
    actual = dice.choice([bound, bound, bound, bound - 1, bound + 1, bound // 2])
    item = Indicator(
        level1="产出指标",
        level2="数量指标",
        name=f"第{place + 1}项服务",
        target=parse_target(f"{dice.choice('≥≥≤=')}{bound}次", 2024),
        actual=parse_actual(f"{actual}次"),
        weight=Decimal(weight).quantize(CENT),
        deviation="" if actual == bound else REASON,
    )
    return replace(item, score=line(item).stands(None))
