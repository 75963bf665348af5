"""Planted faults that other documents show (JX217 to JX219, JX348 to JX357, JX360, JX361), and what they bear out."""

from decimal import Decimal

from msgspec.structs import replace

from fairness.planting import Case, met, money, near, of_level, plant, put, some
from fairness.plants_lines import last_year
from fairness.plants_money import amount, share_of
from forms.dice import Dice
from jixiao.form import Form, FundRow, plain
from jixiao.review import Context, Peers, Similar, Spread
from jixiao.scoring import Attached, Item


def _before(form: Form) -> Form:
    return last_year(form, harder=False, richer=False)


def _with_carryover(dice: Dice, form: Form) -> tuple[Form, Decimal]:
    first, carried = amount(dice), amount(dice, 200, 2_000)
    spent = share_of(first, dice, 930, 990)
    rows = {"current_year": (first, first, spent), "carryover": (0, carried, carried)}
    return money(form, total=(first, first + carried, spent + carried), **rows), carried


@plant("JX217")
def more_carried_than_left(dice: Dice, form: Form) -> Case:
    """More was carried over than last year's form has left."""
    form, carried = _with_carryover(dice, form)
    before = _before(form)
    total = before.funds.total
    rest = carried * Decimal(dice.between(0, 90)) / 100
    spent = (total.adjusted or Decimal(0)) - rest
    before = replace(before, funds=replace(before.funds, total=replace(total, executed=spent)))
    return Case(form, ("JX217 /funds/carryover",), ("JX205",), Context(last_year=before))


@near("JX217")
def as_much_carried_as_left(dice: Dice, form: Form) -> Case:
    """As much was carried over as last year's form has left, or less."""
    form, carried = _with_carryover(dice, form)
    before = _before(form)
    total = before.funds.total
    spent = (total.adjusted or Decimal(0)) - carried * dice.choice((1, 1, 2))
    before = replace(before, funds=replace(before.funds, total=replace(total, executed=spent)))
    return Case(form, may=("JX205",), context=Context(last_year=before))


def _scaled(form: Form, times: Decimal) -> Form:
    """Last year's form with its money so many times this year's."""
    before = _before(form)
    cells = (
        (cell or Decimal(0)) * times
        for cell in (form.funds.total.initial, form.funds.total.initial, form.funds.total.executed)
    )
    return replace(before, funds=replace(before.funds, total=FundRow(*cells)))


@plant("JX218")
def two_units_over_two_years(dice: Dice, form: Form) -> Case:
    """Last year's budget is ten thousand times this year's, or the reverse: two units."""
    times = dice.choice((Decimal(10_000), Decimal("0.0001"), Decimal(9_600), Decimal("0.000104")))
    may = ("JX310", "JX351", "JX217")
    return Case(form, ("JX218 /funds/total",), may, Context(last_year=_scaled(form, times)))


@near("JX218")
def a_great_change_over_two_years(dice: Dice, form: Form) -> Case:
    """Last year's budget is a hundred times this year's, or a tenth."""
    times = dice.choice((Decimal(100), Decimal("0.1"), Decimal(20), Decimal("0.5")))
    return Case(form, may=("JX310", "JX351", "JX217"), context=Context(last_year=_scaled(form, times)))


@plant("JX219")
def another_budget_than_approved(dice: Dice, form: Form) -> Case:
    """The initial budget is not that of the approved targets."""
    total = form.funds.total
    other = (total.initial or Decimal(0)) + Decimal(dice.choice(("0.01", "5", "-1.20", "30")))
    approved = replace(form, funds=replace(form.funds, total=FundRow(other, None, None)))
    return Case(form, ("JX219 /funds/total/initial",), context=Context(approved=approved))


@near("JX219")
def the_approved_budget_in_another_unit(dice: Dice, form: Form) -> Case:
    """The same budget, in 元 there and in 万元 here, or with other decimals."""
    initial = form.funds.total.initial or Decimal(0)
    approved = replace(form, funds=replace(form.funds, total=FundRow(initial.quantize(Decimal("0.0000")), None, None)))
    if form.currency_unit == "万元" and dice.chance(50):
        yuan = FundRow(initial * 10_000, None, None)
        approved = replace(form, currency_unit="元", funds=replace(form.funds, total=yuan))
    return Case(form, context=Context(approved=approved))


@plant("JX348")
def actuals_of_last_year(dice: Dice, form: Form) -> Case | None:
    """Every actual value is last year's, while the money is not."""
    before = replace(_before(form), indicators=tuple(replace(line, deviation="") for line in form.indicators))
    if sum(line.actual.value is not None for line in form.indicators) < 5:
        return None
    return Case(form, ("JX348 /indicators",), ("JX217",), Context(last_year=before))


@near("JX348")
def some_actuals_of_last_year(dice: Dice, form: Form) -> Case | None:
    """Some actual values are last year's, others are not."""
    number = some(dice, form, lambda line: met(line) and line.actual.value != line.target.number)
    if number is None:
        return None
    before = replace(_before(form), indicators=tuple(replace(line, deviation="") for line in form.indicators))
    line = form.indicators[number]
    other = (line.actual.value or Decimal(0)) + 1
    other = other if other != line.target.number else other + 1
    before = put(before, number, actual=f"{plain(other)}{form.indicators[number].actual.unit}")
    return Case(form, may=("JX217",), context=Context(last_year=before))


@plant("JX349")
def result_of_last_year(dice: Dice, form: Form) -> Case:
    """The result is last year's, word for word, or but for its year."""
    year = form.fiscal_year or 2023
    before = replace(
        _before(form), goal=replace(form.goal, actual=f"{form.goal.actual}".replace(str(year), str(year - 1)))
    )
    return Case(form, ("JX349 /goal/actual",), ("JX217",), Context(last_year=before))


@near("JX349")
def result_of_this_year(dice: Dice, form: Form) -> Case:
    """The result is this year's own."""
    return Case(form, may=("JX217",), context=Context(last_year=_before(form)))


@plant("JX350")
def reason_of_last_year(dice: Dice, form: Form) -> Case | None:
    """The reason of a line is last year's, word for word."""
    number = some(dice, form, lambda line: len(line.deviation) > 9)
    if number is None:
        return None
    before = put(_before(form), number, deviation=form.indicators[number].deviation)
    return Case(form, (f"JX350 /indicators/{number}/deviation",), ("JX217",), Context(last_year=before))


@near("JX350")
def another_reason_than_last_year(dice: Dice, form: Form) -> Case | None:
    """Last year's reason was another."""
    number = some(dice, form, lambda line: bool(line.deviation))
    if number is None:
        return None
    before = put(_before(form), number, deviation="项目选址变更，土地手续延误；已与自然资源部门建立联审")
    return Case(form, may=("JX217",), context=Context(last_year=before))


def _poorer(form: Form, times: str) -> Form:
    before = _before(form)
    initial = (form.funds.total.initial or Decimal(0)) * Decimal(times)
    return replace(before, funds=replace(before.funds, total=replace(before.funds.total, initial=initial)))


@plant("JX351")
def more_money_same_work(dice: Dice, form: Form) -> Case | None:
    """Half as much again in money, and no target above last year's."""
    if form.funds.total.initial == 0 or not any(line.level2 == "数量指标" for line in form.indicators):
        return None
    return Case(
        form,
        ("JX351 /funds/total/initial",),
        ("JX310", "JX217"),
        Context(last_year=_poorer(form, dice.choice(("0.6", "0.4", "0.7")))),
    )


@near("JX351")
def a_little_more_money(dice: Dice, form: Form) -> Case:
    """A little more money than last year, and the same targets."""
    return Case(
        form, may=("JX310", "JX217"), context=Context(last_year=_poorer(form, dice.choice(("0.9", "0.8", "1"))))
    )


def _approved(form: Form) -> Form:
    return replace(form, funds=replace(form.funds, total=replace(form.funds.total, adjusted=None, executed=None)))


@plant("JX352")
def target_lowered(dice: Dice, form: Form) -> Case | None:
    """A target is not the approved one."""
    number = some(dice, form, lambda line: line.target.operator == "≥" and (line.target.number or 0) > 0)
    if number is None:
        return None
    line = form.indicators[number]
    value = ((line.target.number or Decimal(0)) * Decimal("1.25")).quantize(Decimal("0.1"))
    approved = put(_approved(form), number, target=f"≥{plain(value)}{line.target.unit}")
    return Case(form, (f"JX352 /indicators/{number}/target",), context=Context(approved=approved))


@plant("JX353")
def points_changed(dice: Dice, form: Form) -> Case | None:
    """A line's points are not the approved ones."""
    number = some(dice, form, met)
    if number is None:
        return None
    weight = (form.indicators[number].weight or Decimal(0)) + dice.choice((2, 5, -1))
    approved = put(_approved(form), number, weight=weight)
    return Case(form, (f"JX353 /indicators/{number}/weight",), context=Context(approved=approved))


@plant("JX354")
def line_not_approved(dice: Dice, form: Form) -> Case | None:
    """A line is not among the approved ones."""
    number = some(dice, form, of_level("数量指标", "社会效益指标"))
    if number is None:
        return None
    approved = put(_approved(form), number, name="完成市级督办事项件数")
    return Case(form, (f"JX354 /indicators/{number}/name",), ("JX355",), Context(approved=approved))


@plant("JX355")
def approved_line_dropped(dice: Dice, form: Form) -> Case:
    """An approved line is gone."""
    line = replace(form.indicators[0], name=dice.choice(("入户宣传户数", "建立应急预案份数", "第三方评估次数")))
    approved = replace(_approved(form), indicators=(*form.indicators, line))
    return Case(form, ("JX355 /indicators",), context=Context(approved=approved))


@near("JX352")
@near("JX353")
@near("JX354")
@near("JX355")
def as_approved(dice: Dice, form: Form) -> Case:
    """Everything is as approved, written with other decimals, signs and numbers before names, in another order."""
    lines = []
    for number, line in enumerate(_approved(form).indicators):
        weight = None if line.weight is None else line.weight.quantize(Decimal("0.00"))
        name = f"指标{number + 1}：{line.name}" if dice.chance(30) else line.name
        lines.append(replace(line, weight=weight, name=name, score=None, deviation=""))
    lines = lines[::-1] if dice.chance(30) else lines
    return Case(form, context=Context(approved=replace(_approved(form), indicators=tuple(lines))))


def _peers(dice: Dice, form: Form, times: str, count: int = 12) -> tuple[int, Context] | None:
    """Peers whose cost of one unit is so many times this form's."""
    number = some(
        dice, form, lambda line: line.level2 == "数量指标" and met(line) and not line.target.unit.startswith("万")
    )
    executed = form.funds.total.executed
    if number is None or not executed:
        return None
    line = form.indicators[number]
    if not line.actual.value or line.target.unit == "%":
        return None
    yuan = executed * (10_000 if form.currency_unit == "万元" else 1)
    middle = (yuan / line.actual.value * Decimal(times)).quantize(Decimal("0.01"))
    spread = Spread(count, middle * Decimal("0.8"), middle, middle * Decimal("1.3"))
    unit = {"名": "人", "位": "人"}.get(line.target.unit, line.target.unit)
    peers = Peers("某省公开的自评表", "2024-06-30", (2022, 2023), count, 5, (Similar(line.name, unit, None, spread),))
    return number, Context(peers=peers)


@plant("JX356")
def dearer_than_peers(dice: Dice, form: Form) -> Case | None:
    """One unit costs several times what it costs elsewhere."""
    made = _peers(dice, form, dice.choice(("0.2", "0.1", "0.3")))
    return None if made is None else Case(form, (f"JX356 /indicators/{made[0]}/actual",), context=made[1])


@plant("JX357")
def cheaper_than_peers(dice: Dice, form: Form) -> Case | None:
    """One unit costs a fraction of what it costs elsewhere."""
    made = _peers(dice, form, dice.choice(("4", "6", "10")))
    return None if made is None else Case(form, (f"JX357 /indicators/{made[0]}/actual",), context=made[1])


@near("JX356")
@near("JX357")
def as_peers(dice: Dice, form: Form) -> Case | None:
    """One unit costs about what it costs elsewhere, or there are few elsewhere."""
    made = _peers(dice, form, dice.choice(("0.8", "1", "1.3"))) if dice.chance(70) else _peers(dice, form, "5", 3)
    return None if made is None else Case(form, context=made[1])


def _attached(form: Form, left_out: str) -> Context:
    rows = [f"/indicators/{number}" for number in range(len(form.indicators))]
    pointers = [pointer for pointer in ("/execution", *rows) if pointer != left_out]
    return Context(evidence=Attached(tuple(Item(pointer, "支付凭证.pdf") for pointer in pointers)))


@plant("JX360")
def actual_without_evidence(dice: Dice, form: Form) -> Case:
    """Evidence is attached to all lines but one."""
    number = dice.below(len(form.indicators))
    return Case(form, (f"JX360 /indicators/{number}/actual",), context=_attached(form, f"/indicators/{number}"))


@plant("JX361")
def spending_without_evidence(dice: Dice, form: Form) -> Case:
    """Evidence is attached to all lines, none to the spending."""
    return Case(form, ("JX361 /funds/total/executed",), context=_attached(form, "/execution"))


@near("JX360")
@near("JX361")
def evidence_for_all(dice: Dice, form: Form) -> Case:
    """Evidence is attached to everything."""
    return Case(form, context=_attached(form, ""))
