"""Forms made to hurt: ties at the third decimal, zeros, nulls, bounds ± one unit, units mixed, totals on the edge.

Everything follows from the seed of the generator, so a form is named by its number: `form_number(1234)`.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jixiao.form import Actual, Execution, Form, FundRow, Funds, Indicator, Target, Total
from oracle.scorer import LABELS, Worth, execution, grade, line, total

if TYPE_CHECKING:
    from jixiao.form import Operator

CENT = Decimal("0.01")
EDGES = ["90", "89.99", "90.01", "80", "79.99", "80.01", "60", "59.99", "60.01", "0", "100", "10"]
WEIGHTS = ["10.00", "5.00", "5", "20", "30.00", "0.01", "0", "0.00", "7.5", "3.33", "12.34", "1", "99.99", "100.00"]
NUMBERS = ["0", "0.00", "0.01", "1", "2", "3", "7.00", "9", "10", "12.5", "95", "99.99", "100", "300.00", "1234567.89"]
LARGE = ["999999999.99", "999999999999.99", "123456789012.3456"]
NEGATIVE = ["-0.01", "-1", "-95", "-999999999.99"]
BUDGETS = ["0", "0.00", "0.01", "1.60", "130.00", "204.95", "250000", "3570.50", "1000000", "99999999999.99"]
UNITS = ["", "次", "%", "人", "元", "万元"]
PAIRS = [("万元", "元"), ("元", "万元"), ("%", "‰"), ("‰", "%"), ("亿元", "万元"), ("次", "万次"), ("%", "百分比")]
DAYS = [
    "2023年12月31日",
    "2024年8月31日",
    "2024年9月14日",
    "2024年9月15日",
    "2024年9月16日",
    "2024年10月1日",
    "2025年1月5日",
]
OPERATORS: "list[Operator]" = ["≥", "≥", "≤", "≤", "=", ">", "<", "range"]


def forms(count: int, seed: int = 2026) -> Iterator[Form]:
    """So many forms, the same for the same seed."""
    return (form_number(index, seed) for index in range(count))


def form_number(index: int, seed: int = 2026) -> Form:
    """One form by its number."""
    dice = Random(f"{seed}/{index}")  # noqa: S311 - chance that can be repeated is what a generator of cases needs
    form = _on_the_edge(dice) if dice.random() < 0.2 else _at_random(dice)
    claimed = _claimed(dice, form)
    return _with_rows_below(claimed) if dice.random() < 0.05 else claimed


def _at_random(dice: Random) -> Form:
    count = dice.choice([0, 1, 1, 2, 3, 4, 6, 9])
    weight = Decimal(dice.choice(["10.00", "10", "20.00", "20", "0", "7.77"])) if dice.random() < 0.97 else None
    return Form(
        currency_unit=dice.choice(["元", "万元"]),
        funds=Funds(total=_budget(dice, weight or Decimal(10))),
        execution=Execution(weight=weight),
        indicators=tuple(_indicator(dice) for _ in range(count)),
    )


def _on_the_edge(dice: Random) -> Form:
    """A form whose total is exactly at, or one cent beside, a bound between two grades."""
    goal = Decimal(dice.choice(EDGES))
    met = min(goal, Decimal(10))
    row = FundRow(adjusted=Decimal(1000), executed=met * 100)
    target, zero = Target("≥1", "≥", "1"), Actual("0", Decimal(0))
    return Form(
        currency_unit="万元",
        funds=Funds(total=row),
        execution=Execution(weight=Decimal("10.00")),
        indicators=(
            Indicator(target=target, actual=Actual("1", Decimal(1)), weight=goal - met),
            Indicator(target=target, actual=zero, weight=100 - 10 - goal + met),
        ),
    )


def _with_rows_below(form: Form) -> Form:
    """The form with a 其中 row that has neither points nor score under its first line."""
    below = Indicator("产出指标", "数量指标", "其中：丙", Target("≥1", "≥", "1"), Actual("1", Decimal(1)))
    return replace(form, indicators=(*form.indicators[:1], below, *form.indicators[1:]))


def _budget(dice: Random, weight: Decimal) -> FundRow:
    if dice.random() < 0.3:
        part, whole = _tie(dice, weight)
        return FundRow(adjusted=whole, executed=part)
    adjusted = Decimal(dice.choice(BUDGETS))
    beside = [adjusted, adjusted + CENT, adjusted - CENT, adjusted * 2, Decimal(0), Decimal("0.01"), -adjusted]
    executed = dice.choice([*beside, (adjusted * dice.randrange(1000)).scaleb(-3).quantize(CENT, ROUND_HALF_UP)])
    row = FundRow(adjusted=adjusted, executed=executed)
    if dice.random() < 0.05:
        return FundRow(adjusted=None, executed=executed) if dice.random() < 0.5 else FundRow(adjusted=adjusted)
    return row


def _tie(dice: Random, weight: Decimal) -> tuple[Decimal, Decimal]:
    """Part and whole of which the points end exactly between two cents, or a hair beside that."""
    cents = max(1, int(weight * 100))
    unit = Decimal(dice.choice(["0.01", "0.02", "1", "0.03", "7", "0.0001"]))
    part = (2 * dice.randrange(cents) + 1) * unit
    hair = Decimal(dice.choice([0, 0, 0, 1, -1])) * Decimal("0.0001")
    return part + hair, 2 * cents * unit


def _indicator(dice: Random) -> Indicator:
    weight = None if dice.random() < 0.02 else Decimal(dice.choice(WEIGHTS))
    if dice.random() < 0.2:
        return _labelled(dice, weight)
    operator = dice.choice(OPERATORS)
    if operator == "range":
        return _ranged(dice, weight)
    part, bound = _tie(dice, weight or CENT) if dice.random() < 0.35 else _pair(dice)
    if operator in ("≤", "<") and part > 0 and dice.random() < 0.9:
        part, bound = (bound, part) if dice.random() < 0.5 else (bound + bound - part, bound)
    actual = None if dice.random() < 0.03 else part
    return _numeric(dice, operator, [bound], actual, weight)


def _pair(dice: Random) -> tuple[Decimal, Decimal]:
    bound = Decimal(dice.choice([*NUMBERS, *NUMBERS, *LARGE, *NEGATIVE]))
    step = Decimal(dice.choice(["1", "0.01", "0.0001"]))
    beside = [bound, bound, bound + step, bound - step, bound * 2, bound * 2 + step, bound * 2 - step, -bound]
    return dice.choice([*beside, *(Decimal(text) for text in (*NUMBERS, *LARGE, *NEGATIVE))]), bound


def _ranged(dice: Random, weight: Decimal | None) -> Indicator:
    one, two = _pair(dice)
    ends = sorted((one, two))
    step = Decimal(dice.choice(["1", "0.01"]))
    actual = dice.choice([*ends, ends[0] - step, ends[1] + step, (ends[0] + ends[1]) / 2, ends[1] * 3, Decimal(0)])
    return _numeric(dice, "range", ends, actual, weight)


def _numeric(
    dice: Random, operator: "Operator", bounds: list[Decimal], actual: Decimal | None, weight: Decimal | None
) -> Indicator:
    unit, other = (dice.choice(UNITS),) * 2
    if dice.random() < 0.15:
        unit, other = dice.choice(PAIRS)
        actual = None if actual is None else _converted(actual, unit, other)
    if dice.random() < 0.02:
        unit, other = "人", "次"
    words = [_plain(bound) for bound in bounds]
    value = (words[0], words[1]) if operator == "range" else words[0]
    target = Target(f"{operator}{'~'.join(words)}{unit}", operator, value, unit)
    shown = "" if actual is None else f"{_plain(actual)}{other}"
    return Indicator("产出指标", "数量指标", "甲", target, Actual(shown, actual, other if shown else ""), weight)


def _converted(amount: Decimal, unit: str, other: str) -> Decimal:
    steps = {"万元": 4, "亿元": 8, "元": 0, "次": 0, "万次": 4, "‰": -1, "%": 0, "百分比": 0}
    return amount.scaleb(steps[unit] - steps[other])


def _labelled(dice: Random, weight: Decimal | None) -> Indicator:
    label = dice.choice([*LABELS, *LABELS, "达成指标", "完成得不错", ""])
    kind = dice.choice(["words", "words", "month", "day"])
    if kind != "words" and dice.random() < 0.5:
        label = dice.choice(DAYS)
    target = {
        "words": Target("显著提升", "qualitative"),
        "month": Target("2024年9月前", "before", "2024-09"),
        "day": Target("2024年9月15日前", "before", "2024-09-15"),
    }[kind]
    return Indicator("效益指标", "社会效益指标", "乙", target, Actual(label), weight)


def _claimed(dice: Random, form: Form) -> Form:
    """The form with scores claimed: right, a cent off, out of the band, above the weight, or none."""
    lines = tuple(replace(item, score=_claim(dice, line(item), item.weight)) for item in form.indicators)
    spent = replace(form.execution, score=_claim(dice, execution(form), form.execution.weight))
    claimed = replace(form, fiscal_year=2024, execution=spent, indicators=lines)
    points = total(claimed)
    asked = None if points is None else points + dice.choice([0, 0, 0, 1, -1]) * CENT
    said = dice.choice([grade(points), grade(points), "优", "差", None])
    return replace(claimed, total=Total(Decimal(100), asked), grade=said)


def _claim(dice: Random, worth: Worth, weight: Decimal | None) -> Decimal | None:
    ends = [end for end in (worth.low, worth.high) if end is not None]
    base = dice.choice([*worth.lawful, *ends, *(worth.lawful or ends), weight or Decimal(0)])
    printed = [base.quantize(Decimal(1).scaleb(-places), dice.choice([ROUND_HALF_UP, ROUND_UP])) for places in (0, 1)]
    hair = dice.choice([Decimal("0.0001"), Decimal("0.005"), Decimal("0.0099")])
    beside = [base + CENT, base - CENT, base + hair, base - hair, base + 1, *printed]
    claims: list[Decimal | None] = [base, base, base, base, *beside, Decimal(0), None]
    return dice.choice(claims)


def _plain(number: Decimal) -> str:
    return format(number, "f")
