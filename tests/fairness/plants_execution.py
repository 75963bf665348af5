"""Planted faults in the money spent and what was done with it (JX114, JX210 to JX216), and what is lawful."""

from decimal import Decimal

from msgspec.structs import replace

from fairness.planting import Case, explained, met, money, near, plant, put, some
from fairness.plants_money import amount, share_of
from fairness.sound import summed
from forms.dice import Dice
from jixiao.form import Form, Total


@plant("JX114")
def total_above_a_hundred(dice: Dice, form: Form) -> Case | None:
    """The total score is more than all points, and one line's score is missing, so that no sum tells."""
    number = some(dice, form, met)
    if number is None:
        return None
    form = put(form, number, score=None)
    over = Decimal(dice.choice(("101", "102.5", "110", "100.01")))
    return Case(replace(form, total=Total(Decimal("100.00"), over), grade="优"), ("JX114 /total/score",), ("JX342",))


@near("JX114")
def total_of_just_a_hundred(dice: Dice, form: Form) -> Case | None:
    """Full points are no more than all points, however they are printed."""
    score = Decimal(dice.choice(("100", "100.00", "99.99")))
    number = some(dice, form, met)
    if number is None:
        return None
    return Case(replace(put(form, number, score=None), total=Total(Decimal(100), score), grade="优"), may=("JX342",))


@plant("JX210")
def part_overspent(dice: Dice, form: Form) -> Case:
    """One source was overspent and another underspent; the total is within its budget."""
    first, second = amount(dice, 5_000), amount(dice, 5_000)
    spent = share_of(first, dice, 1010, 1080)
    rest = share_of(second, dice, 700, 800)
    rows = {"current_year": (first, first, spent), "other": (second, second, rest)}
    form = money(form, total=(first + second, first + second, spent + rest), **rows)
    form = form if (form.execution.rate or 0) > 90 else explained(form, "尾款质保金按合同次年支付")
    return Case(form, ("JX210 /funds/current_year/executed",), ("JX201", "JX312", "JX202"))


@near("JX210")
def part_spent_to_the_cent(dice: Dice, form: Form) -> Case:
    """One source is spent to the cent, another not quite."""
    first, second = amount(dice), amount(dice)
    rows = {"current_year": (first, first, first), "other": (second, second, share_of(second, dice, 920, 990))}
    return Case(money(form, total=(first + second, first + second, first + rows["other"][2]), **rows))


@plant("JX211")
def no_execution_score(dice: Dice, form: Form) -> Case:
    """The execution has points, and no score."""
    score = None
    return Case(
        summed(replace(form, execution=replace(form.execution, score=score))), ("JX211 /execution/score",), ("JX305",)
    )


@near("JX211")
def no_execution_score_without_points(dice: Dice, form: Form) -> Case:
    """The execution has neither points nor score; or 0 points of 10 for nothing spent of nothing."""
    form = money(form, total=(0, 0, 0))
    return Case(summed(replace(form, execution=replace(form.execution, rate=None, score=None))), may=("JX215",))


@plant("JX212")
def adjusted_without_a_word(dice: Dice, form: Form) -> Case:
    """Where every adjustment must be explained: one of a few per cent is not."""
    first = amount(dice)
    then = share_of(first, dice, 750, 980)
    form = replace(money(form, total=(first, then, share_of(then, dice, 920, 990))), extras=())
    return Case(form, ("JX212 /funds/total",), values=(("adjustment_reason_mandatory", True),))


@near("JX212")
def adjusted_with_a_word(dice: Dice, form: Form) -> Case:
    """Where every adjustment must be explained: it is; or there was none."""
    first = amount(dice)
    then = first if dice.chance(50) else share_of(first, dice, 750, 980)
    form = money(form, total=(first, then, share_of(then, dice, 920, 990)))
    form = explained(form, "年中预算调减，用于疫苗采购统筹") if then != first else replace(form, extras=())
    return Case(form, values=(("adjustment_reason_mandatory", True),))


@plant("JX213")
def little_spent_where_a_reason_is_law(dice: Dice, form: Form) -> Case:
    """Where a reason for low execution is law: there is none."""
    budget = amount(dice)
    form = replace(money(form, total=(budget, budget, share_of(budget, dice, 300, 895))), extras=())
    return Case(form, ("JX213 /execution",), ("JX202",), values=(("execution_reason_mandatory", True),))


@near("JX213")
def a_reason_where_it_is_law(dice: Dice, form: Form) -> Case:
    """Where a reason for low execution is law: it is there; or the rate is just enough."""
    values = (("execution_reason_mandatory", True),)
    budget = Decimal(dice.between(20, 600)) * 10
    if dice.chance(50):
        return Case(replace(money(form, total=(budget, budget, budget * Decimal("0.9"))), extras=()), values=values)
    form = money(form, total=(budget, budget, share_of(budget, dice, 300, 880)))
    return Case(explained(form, "设备到货晚，货款次年一季度支付"), values=values)


@plant("JX214")
def all_done_with_little_money(dice: Dice, form: Form) -> Case | None:
    """All outputs done in full with less than half of the money, and nothing said."""
    if any(line.deviation for line in form.indicators):
        return None
    budget = amount(dice)
    form = replace(money(form, total=(budget, budget, share_of(budget, dice, 50, 480))), extras=())
    return Case(form, ("JX214 /execution",), ("JX202",))


@near("JX214")
def all_done_with_half_the_money(dice: Dice, form: Form) -> Case:
    """All outputs done with little of the money, and the form says how; or with just half."""
    budget = amount(dice)
    if dice.chance(50):
        form = money(form, total=(budget, budget, share_of(budget, dice, 500, 600)))
        return Case(replace(form, extras=()), ("JX202 /execution",))
    form = money(form, total=(budget, budget, share_of(budget, dice, 100, 450)))
    return Case(explained(form, "设备为上级调拨，采购资金节余已交回"))


@plant("JX215")
def scores_without_money(dice: Dice, form: Form) -> Case:
    """No budget, nothing spent, and scores all the same."""
    form = money(form, total=(0, 0, 0))
    return Case(summed(replace(form, execution=replace(form.execution, score=Decimal(0)))), ("JX215 /funds/total",))


@near("JX215")
def money_taken_back(dice: Dice, form: Form) -> Case:
    """There was a budget at first; or very little money, but some."""
    if dice.chance(50):
        form = money(form, total=(amount(dice), 0, 0))
        return Case(
            explained(
                summed(replace(form, execution=replace(form.execution, score=Decimal(0)))),
                "预算年中收回，由上级资金列支",
            )
        )
    return Case(money(form, total=("0.60", "0.60", "0.58")), may=("JX207",))


@plant("JX216")
def carryover_left(dice: Dice, form: Form) -> Case:
    """Last year's rest was left again, while this year's money was spent."""
    first, carried = amount(dice, 20_000), amount(dice, 100, 1_000)
    spent, left = share_of(first, dice, 990, 999), share_of(carried, dice, 100, 800)
    rows = {"current_year": (first, first, spent), "carryover": (0, carried, left)}
    form = money(form, total=(first, first + carried, spent + left), **rows)
    return Case(replace(form, extras=()), ("JX216 /funds/carryover",))


@near("JX216")
def carryover_spent(dice: Dice, form: Form) -> Case:
    """Last year's rest was spent; or left, with the reason."""
    first, carried = amount(dice, 20_000), amount(dice, 100, 1_000)
    told = dice.chance(50)
    spent, left = share_of(first, dice, 990, 999), share_of(carried, dice, 200, 700) if told else carried
    rows = {"current_year": (first, first, spent), "carryover": (0, carried, left)}
    form = money(form, total=(first, first + carried, spent + left), **rows)
    return Case(explained(form, "结转资金为质保金，按合同次年支付") if told else replace(form, extras=()))
