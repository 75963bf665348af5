"""Planted faults of arithmetic (JX101 to JX112), and what only looks like one."""

from decimal import Decimal

from msgspec.structs import replace

from fairness.planting import Case, met, near, plant, put, retold, some
from fairness.sound import settled, summed
from forms.dice import Dice
from jixiao.form import Execution, Extra, Form, FundRow, Indicator, LabelledFundRow, Total

CENT = Decimal("0.01")
COLUMNS = {"JX101": "initial", "JX102": "adjusted", "JX103": "executed"}


def _cell_off(code: str, dice: Dice, form: Form) -> Case | None:
    column = COLUMNS[code]
    row = form.funds.current_year
    amount = getattr(row, column)
    if amount is None or amount < 5:
        return None
    wrong = amount - (amount * Decimal(dice.between(5, 60)) / 1000).quantize(CENT) - CENT
    funds = replace(form.funds, current_year=replace(row, **{column: wrong}))
    return Case(replace(form, funds=funds), (f"{code} /funds/current_year/{column}",), (code,))


def _more_row(code: str, dice: Dice, form: Form) -> Case:
    extra = Decimal(dice.between(100, 2_000)) / 100
    added = FundRow(extra, extra, extra)
    total = FundRow(*((getattr(form.funds.total, name) or Decimal(0)) + extra for name in COLUMNS.values()))
    label = dice.choice(("财政专户管理资金", "单位资金", "上级补助资金"))
    more = (LabelledFundRow(label, added.initial, added.adjusted, added.executed),)
    return Case(settled(replace(form, funds=replace(form.funds, total=total, more=more))))


def _of_which_only(code: str, dice: Dice, form: Form) -> Case:
    blank = FundRow(None, None, None)
    share = Decimal(dice.between(40, 80)) / 100
    part = FundRow(*((getattr(form.funds.total, name) * share).quantize(CENT) for name in COLUMNS.values()))
    return Case(replace(form, funds=replace(form.funds, current_year=part, carryover=blank, other=blank)))


for _code in COLUMNS:
    plant(_code)(lambda dice, form, code=_code: _cell_off(code, dice, form))  # type: ignore[misc]
    near(_code)(lambda dice, form, code=_code: _more_row(code, dice, form))  # type: ignore[misc]
    near(_code)(lambda dice, form, code=_code: _of_which_only(code, dice, form))  # type: ignore[misc]


@plant("JX101")
def total_of_initial_off(dice: Dice, form: Form) -> Case:
    """The total of the initial budget is less than one of its parts."""
    total = form.funds.total
    wrong = ((form.funds.current_year.initial or Decimal(0)) * Decimal(dice.between(90, 97)) / 100).quantize(CENT)
    return Case(replace(form, funds=replace(form.funds, total=replace(total, initial=wrong))),
                ("JX101 /funds/total/initial",), ("JX101",))  # fmt: skip


@plant("JX104")
def rate_typed_wrong(dice: Dice, form: Form) -> Case | None:
    """Two digits of the rate change places, or it is off by a few points."""
    rate = form.execution.rate
    if rate is None:
        return None
    digits = str(rate)
    wrong = (
        Decimal(digits[1] + digits[0] + digits[2:]) if dice.chance(50) else rate - Decimal(dice.between(2, 500)) / 100
    )
    if wrong == rate:
        return None
    return Case(replace(form, execution=replace(form.execution, rate=wrong)), ("JX104 /execution/rate",))


@near("JX104")
def rate_cut_short(dice: Dice, form: Form) -> Case | None:
    """The rate is printed with fewer decimals, or cut instead of rounded."""
    row = form.funds.total
    if not row.adjusted or row.executed is None:
        return None
    exact = row.executed * 100 / row.adjusted
    places = dice.choice((Decimal(1), Decimal("0.1"), CENT))
    cut = exact.quantize(places, dice.choice(("ROUND_DOWN", "ROUND_HALF_UP", "ROUND_UP")))
    return Case(replace(form, execution=replace(form.execution, rate=cut)))


@plant("JX105")
def row_rate_wrong(dice: Dice, form: Form) -> Case | None:
    """Beside a fund row stands a rate that is not its own."""
    row = form.funds.current_year
    if not row.adjusted or row.executed is None:
        return None
    wrong = (row.executed * 100 / row.adjusted - Decimal(dice.between(20, 900)) / 100).quantize(CENT)
    extra = Extra(dice.choice(("执行率(%)", "预算执行率")), f"{wrong}{dice.choice(('', '%'))}", "/funds/current_year")
    return Case(replace(form, extras=(*form.extras, extra)), ("JX105 /funds/current_year",))


@near("JX105")
def row_rates_right(dice: Dice, form: Form) -> Case | None:
    """Right rates beside the fund rows, one cut short, one of a row of nothing."""
    row = form.funds.current_year
    if not row.adjusted or row.executed is None:
        return None
    right = (row.executed * 100 / row.adjusted).quantize(
        dice.choice((Decimal(1), CENT)), dice.choice(("ROUND_DOWN", "ROUND_HALF_UP"))
    )
    empty = [name for name in ("carryover", "other") if getattr(form.funds, name).adjusted == 0]
    extras = [Extra("执行率(%)", str(right), "/funds/current_year")]
    extras += [Extra("执行率(%)", dice.choice(("0.00", "-", "100.00")), f"/funds/{name}") for name in empty]
    return Case(replace(form, extras=(*form.extras, *extras)))


@plant("JX106")
def weight_typed_wrong(dice: Dice, form: Form) -> Case | None:
    """One line's points are typed too low; score and total row stay."""
    number = some(dice, form, lambda line: met(line) and (line.weight or 0) > 4)
    if number is None:
        return None
    weight = (form.indicators[number].weight or Decimal(0)) - dice.between(1, 3)
    return Case(put(form, number, weight=weight), (f"JX106 /indicators/{number}/weight",), ("JX106", "JX109"))


@plant("JX106")
def total_of_weights_off(dice: Dice, form: Form) -> Case:
    """The total row prints 110, or 95."""
    total = Total(Decimal(dice.choice(("110", "95", "105.00"))), form.total.score)
    return Case(replace(form, total=total), ("JX106 /total/weight",), ("JX106",))


@near("JX106")
def weights_with_halves(dice: Dice, form: Form) -> Case | None:
    """Halves of points that sum all the same, and a total without its decimals."""
    one = some(dice, form, lambda line: met(line) and line.level1 == "产出指标")
    two = some(dice, form, lambda line: met(line) and line.level1 == "产出指标")
    if one is None or two is None or one == two:
        return None
    half = Decimal("0.5")
    for number, change in ((one, half), (two, -half)):
        weight = (form.indicators[number].weight or Decimal(0)) + change
        form = put(form, number, weight=weight, score=weight)
    form = summed(form)
    return Case(replace(form, total=Total(Decimal(100), form.total.score)))


@plant("JX107")
def total_score_off(dice: Dice, form: Form) -> Case:
    """The total of the scores is off by one, or by some cents."""
    change = Decimal(dice.choice(("1", "-1", "0.1", "-0.36", "2")))
    score = (form.total.score or Decimal(0)) + change
    return Case(
        replace(form, total=replace(form.total, score=score)), ("JX107 /total/score",), ("JX107", "JX112", "JX109")
    )


@plant("JX107")
def line_score_typed_wrong(dice: Dice, form: Form) -> Case | None:
    """One line's score is typed too low; the total is of the right ones."""
    number = some(dice, form, lambda line: met(line) and (line.weight or 0) > 4)
    if number is None:
        return None
    score = (form.indicators[number].score or Decimal(0)) - dice.between(1, 2)
    return Case(put(form, number, score=score), (f"JX107 /indicators/{number}/score",), ("JX107",))


@near("JX107")
def scores_with_other_decimals(dice: Dice, form: Form) -> Case:
    """The total is the sum, printed with one decimal more or none where there is none."""
    score = form.total.score or Decimal(0)
    printed = score.normalize() if dice.chance(50) else score.quantize(Decimal("0.000"))
    return Case(replace(form, total=replace(form.total, score=Decimal(format(printed, "f")))))


@plant("JX108")
def heading_points_off(dice: Dice, form: Form) -> Case:
    """A heading prints other points than its lines sum to."""
    level = dice.choice(sorted({line.level1 for line in form.indicators}))
    wrong = {level: _points(form, level) + dice.choice((-5, 5, 10))}
    return Case(replace(form, declared_weights=_declared(form) | wrong), (f"JX108 /declared_weights/{level}",))


@near("JX108")
def heading_points_right(dice: Dice, form: Form) -> Case:
    """Headings print what their lines sum to, and one prints points where it has no line."""
    more = {"可持续影响指标": Decimal(5)} if dice.chance(50) else {}
    used = {line.level2 for line in form.indicators}
    return Case(
        replace(
            form,
            declared_weights=_declared(form) | {level: points for level, points in more.items() if level not in used},
        )
    )


def _declared(form: Form) -> dict[str, Decimal]:
    return {level: _points(form, level) for level in sorted({line.level1 for line in form.indicators})}


def _points(form: Form, level: str) -> Decimal:
    return sum((line.weight or Decimal(0) for line in form.indicators if line.level1 == level), Decimal(0))


@plant("JX109")
def bonus(dice: Dice, form: Form) -> Case | None:
    """More points than the line has, and a total with the bonus in it."""
    number = some(dice, form, met)
    if number is None:
        return None
    score = (form.indicators[number].weight or Decimal(0)) + Decimal(dice.choice(("0.5", "1", "2", "0.01")))
    return Case(summed(put(form, number, score=score)), (f"JX109 /indicators/{number}/score",))


@near("JX109")
def score_with_other_decimals(dice: Dice, form: Form) -> Case | None:
    """Score and points are equal, one with decimals and one without."""
    number = some(dice, form, met)
    if number is None:
        return None
    weight = form.indicators[number].weight or Decimal(0)
    return Case(
        summed(
            put(
                form,
                number,
                weight=weight.quantize(Decimal(1)),
                score=weight.quantize(Decimal(1)).quantize(Decimal("0.000")),
            )
        )
    )


@plant("JX110")
def execution_bonus(dice: Dice, form: Form) -> Case:
    """The execution has more points than it can have."""
    score = (form.execution.weight or Decimal(0)) + Decimal(dice.choice(("0.26", "1", "0.5")))
    return Case(
        summed(replace(form, execution=replace(form.execution, score=score))), ("JX110 /execution/score",), ("JX114",)
    )


@near("JX110")
def execution_full(dice: Dice, form: Form) -> Case:
    """All of the money is spent and all points given."""
    row = form.funds.total
    current = form.funds.current_year
    funds = replace(
        form.funds, total=replace(row, executed=row.adjusted), current_year=replace(current, executed=current.adjusted)
    )
    for name in ("carryover", "other"):
        part = getattr(funds, name)
        funds = replace(funds, **{name: replace(part, executed=part.adjusted)})
    return Case(settled(replace(form, funds=funds)), may=("JX312",))


@plant("JX111")
def score_below_zero(dice: Dice, form: Form) -> Case | None:
    """A score has a minus before it."""
    number = some(dice, form, lambda line: bool(line.deviation))
    if number is None:
        return None
    return Case(
        summed(put(form, number, score=Decimal(-dice.between(1, 5)))),
        (f"JX111 /indicators/{number}/score",),
        ("JX301", "JX327"),
    )


@plant("JX220")
def amount_below_zero(dice: Dice, form: Form) -> Case | None:
    """Money taken back is written as a negative amount of other funds."""
    if form.funds.other.adjusted != 0:
        return None
    back = Decimal(dice.between(50, 400)) / 100
    current = form.funds.current_year
    current = replace(current, adjusted=(current.adjusted or Decimal(0)) + back)
    other = replace(form.funds.other, adjusted=-back)
    form = replace(form, funds=replace(form.funds, current_year=current, other=other))
    return Case(form, ("JX220 /funds/other/adjusted",), ("JX210",))


@near("JX220")
@near("JX111")
def zeros(dice: Dice, form: Form) -> Case | None:
    """Nothing was done on one line: 0 of the target, 0 points, and the reason."""
    number = some(dice, form, lambda line: line.target.operator == "≥" and met(line))
    if number is None:
        return None
    unit = form.indicators[number].actual.unit
    cells = {"actual": f"0{unit}", "score": "0", "deviation": "承办单位解散，任务取消；次年重新安排"}
    return Case(retold(summed(put(form, number, **cells))))


@plant("JX112")
def grade_of_another(dice: Dice, form: Form) -> Case:
    """The grade is not that of the total."""
    return Case(
        replace(form, grade=dice.choice([grade for grade in "优良中差" if grade != form.grade])), ("JX112 /grade",)
    )


@near("JX112")
def total_on_the_bound(dice: Dice, form: Form) -> Case | None:
    """The total is exactly 90, or a cent below, with its grade."""
    goal = Decimal(dice.choice(("90.00", "89.99")))
    lost = (form.total.score or Decimal(0)) - goal
    number = some(dice, form, lambda line: met(line) and (line.weight or 0) > lost > 0)
    if number is None:
        return None
    line: Indicator = form.indicators[number]
    score = (line.score or Decimal(0)) - lost
    made = summed(put(form, number, score=score, deviation="佐证材料归档不全，主动扣分；已补齐并明确专人保管"))
    spelt = {"优": ("优", "优秀"), "良": ("良", "良好")}.get(made.grade or "", (made.grade or "",))
    return Case(replace(made, grade=dice.choice(spelt)))


def with_execution(form: Form, rate: str, score: str) -> Form:
    """The form with another rate and score of the execution, and the total that follows."""
    return summed(replace(form, execution=Execution(form.execution.weight, Decimal(rate), Decimal(score))))
