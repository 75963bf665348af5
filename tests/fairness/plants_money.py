"""Planted faults of money and execution (JX201 to JX209), and what is lawful beside them."""

from decimal import Decimal

from msgspec.structs import replace

from fairness.planting import Case, explained, full, money, near, of_level, plant, some
from fairness.plants_sums import execution_full
from fairness.sound import summed
from forms.dice import Dice
from jixiao.form import Extra, Form

CENT = Decimal("0.01")


def amount(dice: Dice, low: int = 2_000, high: int = 60_000) -> Decimal:
    """An amount of money, in hundredths from low to high."""
    return Decimal(dice.between(low, high)) / 100


def share_of(whole: Decimal, dice: Dice, low: int, high: int) -> Decimal:
    """A share of an amount, in thousandths from low to high, to the cent."""
    return (whole * Decimal(dice.between(low, high)) / 1000).quantize(CENT)


@plant("JX201")
def spent_too_much(dice: Dice, form: Form) -> Case:
    """More was spent than the adjusted budget allows."""
    budget = amount(dice)
    return Case(
        money(form, total=(budget, budget, share_of(budget, dice, 1002, 1200))),
        ("JX201 /funds/total/executed",),
        ("JX312",),
    )


near("JX201")(execution_full)


@plant("JX202")
def little_spent(dice: Dice, form: Form) -> Case:
    """Little was spent, and nothing is said about the money."""
    budget = amount(dice)
    form = money(form, total=(budget, budget, share_of(budget, dice, 300, 890)))
    return Case(replace(form, extras=()), ("JX202 /execution",))


@near("JX202")
def spent_on_the_line(dice: Dice, form: Form) -> Case:
    """Exactly nine tenths, or a little more, and nothing said."""
    budget = Decimal(dice.between(20, 600)) * 10
    return Case(replace(money(form, total=(budget, budget, share_of(budget, dice, 900, 905))), extras=()))


@near("JX202")
def little_spent_with_a_reason(dice: Dice, form: Form) -> Case:
    """Little was spent, and the reason stands somewhere."""
    budget = amount(dice)
    form = money(form, total=(budget, budget, share_of(budget, dice, 300, 890)))
    reason = dice.choice(
        (
            "工程款按合同约定于竣工结算后支付",
            "采购节约，结余资金已上缴",
            "跨年度项目，余款结转下年支付",
            "年底集中支付系统关账，两笔款项未能支付",
        )
    )
    if dice.chance(50):
        return Case(explained(form, reason))
    return Case(replace(form, extras=(Extra(dice.choice(("原因", "偏差原因分析及改进措施")), reason, "/funds/total"),)))


@plant("JX203")
def spent_of_nothing(dice: Dice, form: Form) -> Case:
    """The adjusted budget is 0, and money was spent."""
    form = money(form, total=(amount(dice), 0, amount(dice, 100, 1900)))
    score = Decimal(dice.choice(("10", "0")))
    form = summed(replace(form, execution=replace(form.execution, rate=Decimal(100 if score else 0), score=score)))
    return Case(form, ("JX203 /funds/total/adjusted",), ("JX204", "JX209", "JX104", "JX312"))


@near("JX203")
def all_taken_back(dice: Dice, form: Form) -> Case:
    """The budget was taken back before a cent was spent, and the form says so."""
    form = money(form, total=(amount(dice), 0, 0))
    form = summed(replace(form, execution=replace(form.execution, rate=Decimal(0), score=Decimal(0))))
    return Case(explained(form, "年中财政收回全部预算，人员经费由上级专项列支"))


@plant("JX204")
def budget_cut(dice: Dice, form: Form) -> Case:
    """The budget was cut, the targets stand, nothing is said."""
    first = amount(dice)
    then = share_of(first, dice, 20, 690)
    return Case(
        replace(money(form, total=(first, then, share_of(then, dice, 920, 1000))), extras=()),
        ("JX204 /funds/total",),
        ("JX312",),
    )


@near("JX204")
def budget_cut_a_little(dice: Dice, form: Form) -> Case:
    """A cut below the line, without a word."""
    first = amount(dice)
    then = share_of(first, dice, 706, 990)
    return Case(replace(money(form, total=(first, then, share_of(then, dice, 920, 990))), extras=()))


@near("JX204")
def budget_cut_with_a_word(dice: Dice, form: Form) -> Case:
    """A great cut, and the form tells of it."""
    first = amount(dice)
    then = share_of(first, dice, 100, 690)
    form = money(form, total=(first, then, share_of(then, dice, 920, 990)))
    return Case(
        explained(
            form,
            dice.choice(
                (
                    "年中财政压减预算，经批准同步调减任务",
                    "因机构改革，部分任务和预算划转其他部门，指标已报批调整",
                    "预算批复后核减，绩效目标已随预算调整备案",
                )
            ),
        )
    )


@plant("JX205")
def budget_raised(dice: Dice, form: Form) -> Case:
    """The budget was raised, the targets stand, nothing is said."""
    first = amount(dice)
    then = share_of(first, dice, 1310, 3500)
    return Case(
        replace(money(form, total=(first, then, share_of(then, dice, 920, 990))), extras=()), ("JX205 /funds/total",)
    )


@near("JX205")
def budget_raised_a_little(dice: Dice, form: Form) -> Case:
    """A rise below the line, or one of carry-over alone, or one that is told."""
    first = amount(dice)
    if dice.chance(40):
        then = share_of(first, dice, 1010, 1290)
        return Case(replace(money(form, total=(first, then, share_of(then, dice, 920, 990))), extras=()))
    then = share_of(first, dice, 1400, 2500)
    spent = share_of(then, dice, 920, 990)
    if dice.chance(50):
        carried = then - first
        return Case(
            money(
                form,
                total=(first, then, spent),
                current_year=(first, first, first - (then - spent)),
                carryover=(0, carried, carried),
            )
        )
    return Case(explained(money(form, total=(first, then, spent)), "年中追加防汛应急资金，任务量见补充批复"))


@plant("JX206")
def two_units_of_money(dice: Dice, form: Form) -> Case:
    """One column of the funds is in 元, the others in 万元."""
    then = amount(dice)
    first = then * 10_000 if dice.chance(50) else then
    spent = share_of(then, dice, 930, 990)
    if first == then:
        spent = then * 10_000
    return Case(
        money(replace(form, currency_unit="万元"), total=(first, then, spent)),
        ("JX206 /funds/total",),
        ("JX201", "JX312", "JX110"),
    )


@near("JX206")
def a_great_change(dice: Dice, form: Form) -> Case:
    """The budget shrank a hundredfold or grew tenfold: strange, but no slip of units."""
    then = amount(dice, 200, 3_000)
    if dice.chance(50):
        form = money(form, total=(then * dice.choice((100, 1000)), then, share_of(then, dice, 920, 990)))
        return Case(replace(form, extras=()), ("JX204 /funds/total",))
    form = money(form, total=(then / 10, then, share_of(then, dice, 920, 990)))
    return Case(replace(form, extras=()), ("JX205 /funds/total",))


PIECES = (
    "举办专题讲座 | 场",
    "拍摄科普宣传片 | 部",
    "举办技能竞赛 | 场",
    "组织学术研讨会 | 次",
    "编写调研报告 | 篇",
    "举办成果展览 | 场",
)


def _pieces(dice: Dice, form: Form, count: int, executed: str) -> Case | None:
    number = some(dice, form, of_level("数量指标"))
    if number is None:
        return None
    name, unit = dice.choice(PIECES).split(" | ")
    form = full(form, number, name=name, target=f"≥{count}{unit}", actual=f"{count}{unit}")
    budget = Decimal(executed)
    form = money(replace(form, currency_unit="万元"), total=(budget, budget, budget * Decimal("0.95")))
    return Case(form, ("JX207 /funds/total/executed",))


@plant("JX207")
def much_for_little(dice: Dice, form: Form) -> Case | None:
    """Many pieces for less money than one costs."""
    count = dice.between(6, 20)
    return _pieces(dice, form, count, f"{dice.between(count * 2, count * 15)}e-2")


@near("JX207")
def money_enough(dice: Dice, form: Form) -> Case | None:
    """The same pieces with money enough, or very few of them."""
    case = _pieces(dice, form, *((dice.between(6, 20), f"{dice.between(20, 90)}") if dice.chance(60) else (2, "0.35")))
    return None if case is None else Case(case.form)


@plant("JX208")
def execution_score_wrong(dice: Dice, form: Form) -> Case | None:
    """The execution has full points, or some other number, for a rate that gives fewer."""
    score = form.execution.score
    if score is None or score > Decimal("9.9"):
        return None
    wrong = Decimal("10.00") if dice.chance(50) else score - Decimal(dice.between(5, 150)) / 100
    return Case(
        summed(replace(form, execution=replace(form.execution, score=wrong))), ("JX208 /execution/score",), ("JX312",)
    )


@near("JX208")
def execution_score_rounded(dice: Dice, form: Form) -> Case | None:
    """The score is printed in whole points, with one decimal, or cut at the second."""
    row = form.funds.total
    if not row.adjusted or row.executed is None:
        return None
    exact = row.executed * 10 / row.adjusted
    places = dice.choice((Decimal(1), Decimal("0.1"), CENT))
    rounding = "ROUND_HALF_UP" if places > CENT else dice.choice(("ROUND_DOWN", "ROUND_HALF_UP"))
    score = exact.quantize(places, rounding)
    return Case(summed(replace(form, execution=replace(form.execution, score=score))), may=("JX312",))


@plant("JX209")
def points_for_nothing(dice: Dice, form: Form) -> Case:
    """There was no money at all, and the execution has points."""
    form = money(form, total=(0, 0, 0))
    score = Decimal(dice.choice(("10", "5", "8.00")))
    form = summed(
        replace(form, execution=replace(form.execution, rate=Decimal(dice.choice(("0", "100"))), score=score))
    )
    return Case(form, ("JX209 /execution/score",), ("JX312", "JX215"))


@near("JX209")
def no_points_for_nothing(dice: Dice, form: Form) -> Case:
    """There was no money at all, and no points for its execution."""
    form = money(form, total=(0, 0, 0))
    rate = Decimal(dice.choice(("0", "0.00")))
    return Case(summed(replace(form, execution=replace(form.execution, rate=rate, score=Decimal(0)))), may=("JX215",))
