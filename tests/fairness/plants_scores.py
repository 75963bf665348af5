"""Planted faults in the scores of lines (JX301 to JX304, JX316 to JX318, JX323 to JX327), and what is lawful."""

from decimal import Decimal

from msgspec.structs import replace

from fairness.planting import Case, full, met, mute, near, of_level, plant, put, retold, short, some
from fairness.sound import summed
from forms.dice import Dice
from jixiao.form import Extra, Form, plain
from oracle import scorer

CENT = Decimal("0.01")
REASON = "设备检修停机两周；次年错峰安排检修"


def below(dice: Dice, form: Form) -> tuple[int, Form] | None:
    """A ≥ line that falls short by a half to a tenth, with reason and lawful score."""
    number = some(dice, form, lambda line: line.target.operator == "≥" and met(line) and (line.target.number or 0) > 9)
    if number is None:
        return None
    line = form.indicators[number]
    place = Decimal(1).scaleb(int((line.target.number or Decimal(1)).as_tuple().exponent))
    done = ((line.target.number or Decimal(0)) * Decimal(dice.between(50, 92)) / 100).quantize(place)
    form = put(form, number, actual=f"{plain(done)}{line.actual.unit}", deviation=REASON)
    score = scorer.line(form.indicators[number]).lawful[0]
    return number, retold(summed(put(form, number, score=score)))


@plant("JX301")
def score_too_kind(dice: Dice, form: Form) -> Case | None:
    """The target is missed and the score is more than the rule gives; the reason is there."""
    made = below(dice, form)
    if made is None:
        return None
    number, form = made
    line = form.indicators[number]
    better = ((line.score or Decimal(0)) + (line.weight or Decimal(0))) / 2
    score = line.weight if dice.chance(50) else better.quantize(CENT)
    return Case(summed(put(form, number, score=score)), (f"JX301 /indicators/{number}/score",))


@near("JX301")
def score_in_proportion(dice: Dice, form: Form) -> Case | None:
    """The target is missed, and the score is the rule's, as printed: whole points, one decimal, or two."""
    made = below(dice, form)
    if made is None:
        return None
    number, form = made
    score = form.indicators[number].score or Decimal(0)
    exact = scorer.line(form.indicators[number]).exact[0]
    places = dice.choice((Decimal(1), Decimal("0.1"), CENT))
    return Case(summed(put(form, number, score=exact.quantize(places, "ROUND_HALF_UP") if score else score)))


@plant("JX302")
def no_reason(dice: Dice, form: Form) -> Case | None:
    """A line lost points; its reason was left out, or is none."""
    made = below(dice, form)
    if made is None or any(short(line) for at, line in enumerate(form.indicators) if at != made[0]):
        return None
    number, form = made
    form = mute(form)
    return Case(
        put(form, number, deviation=dice.choice(("", "无", "—", "无偏差"))), (f"JX302 /indicators/{number}/score",)
    )


@near("JX302")
def reason_in_a_cellbelow(dice: Dice, form: Form) -> Case | None:
    """The reasons stand in one cell under the table, as in layouts without a column for them."""
    made = below(dice, form)
    if made is None:
        return None
    number, form = made
    lines = tuple(replace(line, deviation="") for line in form.indicators)
    name = lines[number].name
    reason = Extra(
        dice.choice(("偏差原因分析", "存在问题和改进措施", "未完成原因及拟采取的改进措施")),
        f"{name}未达目标：{REASON}",
        None,
    )
    return Case(replace(mute(form), indicators=lines, extras=(reason,)))


@near("JX302")
def reason_in_few_words(dice: Dice, form: Form) -> Case | None:
    """The reason is short, but one."""
    made = below(dice, form)
    if made is None:
        return None
    reason = dice.choice(("招标流标，次年重招", "人员缺编", "用地未批", "设备到货晚"))
    return Case(put(made[1], made[0], deviation=reason), may=("JX435",))


@plant("JX303")
def points_lost_for_nothing(dice: Dice, form: Form) -> Case | None:
    """The target is met, points are missing, and nobody says why."""
    number = some(
        dice, form, lambda line: met(line) and line.target.operator in {"≥", "=", "≤"} and (line.weight or 0) > 4
    )
    if number is None or any(line.deviation for line in form.indicators):
        return None
    form = mute(form)
    score = (form.indicators[number].weight or Decimal(0)) - Decimal(dice.choice(("1", "0.5", "2")))
    return Case(summed(put(form, number, score=score)), (f"JX303 /indicators/{number}/score",))


@near("JX303")
def points_given_up(dice: Dice, form: Form) -> Case | None:
    """The target is met, points are missing, and the reason is written."""
    number = some(dice, form, lambda line: met(line) and (line.weight or 0) > 4)
    if number is None:
        return None
    score = (form.indicators[number].weight or Decimal(0)) - 1
    return Case(summed(put(form, number, score=score, deviation="验收资料晚一周归档，自扣1分；已补齐")))


def _times(dice: Dice, form: Form, low: int, high: int) -> tuple[int, Form] | None:
    number = some(
        dice,
        form,
        lambda line: (
            line.target.operator == "≥" and met(line) and line.target.unit != "%" and (line.target.number or 0) >= 20
        ),
    )
    if number is None:
        return None
    line = form.indicators[number]
    place = Decimal(1).scaleb(int((line.target.number or Decimal(1)).as_tuple().exponent))
    done = ((line.target.number or Decimal(0)) * Decimal(dice.between(low, high)) / 100).quantize(place, "ROUND_DOWN")
    return number, retold(put(form, number, actual=f"{plain(done)}{line.actual.unit}"))


@plant("JX304")
def far_above(dice: Dice, form: Form) -> Case | None:
    """Far more than the target, full points, not a word."""
    made = _times(dice, form, 140, 420)
    if made is None or any(line.deviation for line in form.indicators):
        return None
    return Case(mute(made[1]), (f"JX304 /indicators/{made[0]}/actual",))


@near("JX304")
def not_so_far_above(dice: Dice, form: Form) -> Case | None:
    """More than the target, below the line; or far above, with the reason."""
    if dice.chance(50):
        made = _times(dice, form, 112, 128)
        return None if made is None else Case(made[1])
    made = _times(dice, form, 140, 400)
    return None if made is None else Case(put(made[1], made[0], deviation="上级年中增加任务；次年按新任务量设定"))


@near("JX304")
def far_below_an_upper_bound(dice: Dice, form: Form) -> Case | None:
    """Far less than an upper bound: good, and no over-completion."""
    number = some(dice, form, lambda line: line.target.operator == "≤" and met(line) and (line.target.number or 0) >= 4)
    if number is None:
        return None
    line = form.indicators[number]
    done = ((line.target.number or Decimal(0)) * Decimal("0.6")).quantize(Decimal("0.1"))
    return Case(full(form, number, actual=f"{plain(done)}{line.actual.unit}"))


@plant("JX316")
def no_target(dice: Dice, form: Form) -> Case | None:
    """A line with points has no target."""
    number = some(dice, form, met)
    return (
        None
        if number is None
        else Case(put(form, number, target=""), (f"JX316 /indicators/{number}/target",), ("JX301",))
    )


@plant("JX317")
def no_actual(dice: Dice, form: Form) -> Case | None:
    """A line with points has a target and nothing done."""
    number = some(dice, form, met)
    return (
        None
        if number is None
        else Case(put(form, number, actual=""), (f"JX317 /indicators/{number}/actual",), ("JX301",))
    )


def row_of_which(dice: Dice, form: Form) -> Case | None:
    """A row 其中 without points, with its target or its actual left blank."""
    number = some(dice, form, lambda line: line.level2 == "数量指标" and met(line))
    if number is None:
        return None
    line = form.indicators[number]
    blank = dice.chance(50)
    part = replace(line, name=f"其中：城区{line.name}", weight=None, score=None)
    lines = [*form.indicators[: number + 1], part, *form.indicators[number + 1 :]]
    return Case(
        put(replace(form, indicators=tuple(lines)), number + 1, **({"target": ""} if blank else {"actual": ""}))
    )


near("JX316")(row_of_which)
near("JX317")(row_of_which)


@plant("JX318")
def another_unit(dice: Dice, form: Form) -> Case | None:
    """Target and actual are in units that do not convert."""
    number = some(dice, form, lambda line: met(line) and line.target.operator in {"≥", "="} and bool(line.target.unit))
    if number is None:
        return None
    line = form.indicators[number]
    unit = "件" if line.target.unit == "%" else dice.choice(("%", "项", "批"))
    return Case(
        put(form, number, actual=f"{plain(line.actual.value or Decimal(0))}{unit}"),
        (f"JX318 /indicators/{number}/actual",),
    )


@near("JX318")
def a_unit_that_converts(dice: Dice, form: Form) -> Case | None:
    """万 against its unit, 万元 against 元, or no unit beside the actual."""
    number = some(dice, form, lambda line: met(line) and line.target.unit.startswith("万"))
    if number is not None:
        line = form.indicators[number]
        value = (line.actual.value or Decimal(0)) * 10_000
        return Case(
            put(form, number, actual=f"{plain(value.quantize(Decimal(1)))}{line.target.unit.removeprefix('万')}")
        )
    number = some(dice, form, lambda line: met(line) and line.target.unit != "%")
    return (
        None
        if number is None
        else Case(put(form, number, actual=plain(form.indicators[number].actual.value or Decimal(0))))
    )


CRITERIA = (
    ("管护责任制", "印发制度并落实到人"),
    ("数据共享机制", "与三个部门签订共享协议"),
    ("长期运维安排", "落实运维单位和次年经费"),
    ("人才培养机制", "制定培养办法并带教十人"),
)


def _worded(dice: Dice, form: Form, actual: str, share: str) -> tuple[int, Form] | None:
    number = some(dice, form, lambda line: line.level1 == "效益指标" and (line.weight or 0) >= 5)
    if number is None:
        return None
    name, criterion = dice.choice(CRITERIA)
    weight = form.indicators[number].weight or Decimal(0)
    form = put(form, number, level2="可持续影响指标", name=name, target=criterion, actual=actual,
               score=(weight * Decimal(share)).quantize(CENT), deviation="一项工作未完成；次年一季度补齐")  # fmt: skip
    return number, retold(summed(form))


@plant("JX323")
def outside_the_band(dice: Dice, form: Form) -> Case | None:
    """A label of the middle band with points of the upper, or of the lower."""
    label, share = dice.choice(
        (("部分达成年度指标", "0.95"), ("部分达成年度指标", "1"), ("达成年度指标", "0.7"), ("部分达成年度指标", "0.4"))
    )
    made = _worded(dice, form, label, share)
    return None if made is None else Case(made[1], (f"JX323 /indicators/{made[0]}/score",))


@near("JX323")
def inside_the_band(dice: Dice, form: Form) -> Case | None:
    """The lower end of a band, or just below the upper."""
    label, share = dice.choice(
        (("部分达成年度指标", "0.6"), ("部分达成年度指标", "0.79"), ("达成年度指标", "0.8"), ("达成年度指标", "0.95"))
    )
    made = _worded(dice, form, label, share)
    return None if made is None else Case(made[1])


def _dated(dice: Dice, form: Form, day: str) -> tuple[int, Form] | None:
    number = some(dice, form, of_level("时效指标"))
    if number is None:
        return None
    name = dice.choice(("建成投用时间", "验收时间", "成果提交时间"))
    year = form.fiscal_year or 2023
    return number, full(form, number, name=name, target=f"{year}年10月31日前", actual=f"{year}年{day}")


@plant("JX324")
def late(dice: Dice, form: Form) -> Case | None:
    """Late, with full points and no reason."""
    made = _dated(dice, form, dice.choice(("11月20日", "12月31日", "11月1日", "12月5日完成")))
    if made is None or any(line.deviation for line in made[1].indicators):
        return None
    return Case(mute(made[1]), (f"JX324 /indicators/{made[0]}/score",))


@near("JX324")
def on_the_day(dice: Dice, form: Form) -> Case | None:
    """On the last day; or late, with the approval."""
    if dice.chance(60):
        made = _dated(dice, form, dice.choice(("10月31日", "10月30日完成", "3月8日")))
        return None if made is None else Case(made[1])
    made = _dated(dice, form, "12月20日")
    return None if made is None else Case(put(made[1], made[0], deviation="经市政府批准延期两个月"))


def _per_cent(dice: Dice, form: Form) -> int | None:
    return some(
        dice,
        form,
        lambda line: (
            met(line) and line.target.unit == "%" and line.target.operator == "≥" and (line.target.number or 0) > 60
        ),
    )


@plant("JX325")
def fraction(dice: Dice, form: Form) -> Case | None:
    """0.96 for 96 %."""
    number = _per_cent(dice, form)
    if number is None:
        return None
    value = (form.indicators[number].actual.value or Decimal(0)) / 100
    return Case(put(form, number, actual=plain(value)), (f"JX325 /indicators/{number}/actual",), ("JX301",))


@near("JX325")
def per_cent_without_sign(dice: Dice, form: Form) -> Case | None:
    """96 beside a target in per cent, or a small per cent with its sign."""
    number = _per_cent(dice, form)
    if number is None:
        return None
    return Case(put(form, number, actual=plain(form.indicators[number].actual.value or Decimal(0))))


def _strict(dice: Dice, form: Form, more: str) -> tuple[int, Form] | None:
    number = some(
        dice,
        form,
        lambda line: (
            met(line) and line.target.operator == "≥" and line.target.number is not None and line.target.number < 99
        ),
    )
    if number is None or any(line.deviation for line in form.indicators):
        return None
    line = form.indicators[number]
    bound = line.target.number or Decimal(0)
    sign = dice.choice((">", "＞", "大于"))
    return number, retold(
        put(
            form,
            number,
            target=f"{sign}{plain(bound)}{line.target.unit}",
            actual=f"{plain(bound + Decimal(more))}{line.target.unit}",
        )
    )


@plant("JX326")
def only_reached(dice: Dice, form: Form) -> Case | None:
    """The bound was to be passed, and was only reached; full points."""
    made = _strict(dice, form, "0")
    return None if made is None else Case(mute(made[1]), (f"JX326 /indicators/{made[0]}/score",))


@near("JX326")
def just_passed(dice: Dice, form: Form) -> Case | None:
    """The bound was passed by very little."""
    made = _strict(dice, form, dice.choice(("0.1", "0.01", "1")))
    return None if made is None else Case(made[1])


def _above_bound(dice: Dice, form: Form) -> int | None:
    return some(
        dice,
        form,
        lambda line: line.target.operator == "≤" and (line.target.number or 0) >= 5 and (line.weight or 0) >= 5,
    )


def _exceeded(dice: Dice, form: Form) -> tuple[int, Form] | None:
    number = _above_bound(dice, form)
    if number is None:
        return None
    line = form.indicators[number]
    done = (line.target.number or Decimal(0)) * Decimal(dice.choice(("1.2", "1.4", "1.5")))
    return number, put(form, number, actual=f"{plain(done.normalize())}{line.actual.unit}", deviation=REASON)


@plant("JX327")
def by_no_formula(dice: Dice, form: Form) -> Case | None:
    """An upper bound is exceeded, and the score is that of no formula."""
    made = _exceeded(dice, form)
    if made is None:
        return None
    number, form = made
    weight = form.indicators[number].weight or Decimal(0)
    score = (weight * Decimal(dice.choice(("0.95", "0.97", "0.3")))).quantize(CENT)
    return Case(retold(summed(put(form, number, score=score))), (f"JX327 /indicators/{number}/score",))


@near("JX327")
def by_either_formula(dice: Dice, form: Form) -> Case | None:
    """An upper bound is exceeded, and the score is that of one of the two formulas."""
    made = _exceeded(dice, form)
    if made is None:
        return None
    number, form = made
    return Case(retold(summed(put(form, number, score=dice.choice(scorer.line(form.indicators[number]).lawful)))))
