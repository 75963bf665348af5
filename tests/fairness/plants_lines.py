"""Planted faults in how lines are set and weighed (JX305 to JX315, JX319 to JX322), and what is lawful beside them."""

from decimal import Decimal

from msgspec.structs import replace

from fairness.planting import Case, full, met, money, near, of_level, plant, put, retold, said, some, without
from fairness.plants_sums import execution_full
from fairness.sound import CENT, summed
from forms.dice import Dice
from jixiao.form import Form, Indicator, plain
from jixiao.review import Context


def _moved(form: Form, points: dict[int, int]) -> Form:
    """The form with points added to lines, met lines in full."""
    for number, change in points.items():
        weight = (form.indicators[number].weight or Decimal(0)) + change
        form = put(form, number, weight=weight, score=weight)
    return summed(form)


def _plain_line(dice: Dice, form: Form, level1: str) -> int | None:
    return some(dice, form, lambda line: line.level1 == level1 and met(line) and (line.weight or 0) > 5)


@plant("JX305")
def weights_sum_to_another(dice: Dice, form: Form) -> Case | None:
    """All weights make 98 or 95, and the total row says so."""
    number = some(dice, form, lambda line: met(line) and (line.weight or 0) > 7)
    return None if number is None else Case(_moved(form, {number: -dice.choice((2, 5))}), ("JX305 /total/weight",))


@near("JX305")
def points_moved_within(dice: Dice, form: Form) -> Case | None:
    """Two points more here and two less there in the same section: still a hundred."""
    one, two = _plain_line(dice, form, "产出指标"), _plain_line(dice, form, "产出指标")
    return None if one is None or two is None or one == two else Case(_moved(form, {one: 2, two: -2}))


@plant("JX306")
def points_moved_across(dice: Dice, form: Form) -> Case | None:
    """Points of one section are given to another: no lawful profile."""
    one, two = _plain_line(dice, form, "产出指标"), _plain_line(dice, form, "效益指标")
    if one is None or two is None or (form.indicators[two].weight or 0) > 24:
        return None
    return Case(_moved(form, {one: -5, two: 5}), ("JX306 /indicators",))


near("JX306")(points_moved_within)


def _timeless(dice: Dice, form: Form) -> Form | None:
    """The form with its lines of time made lines of quality."""
    return without_level(dice, form, "时效指标", "质量指标", ("抽查复核合格率", "台账登记完整率", "服务规范执行率"))


def without_level(dice: Dice, form: Form, level2: str, instead: str, names: tuple[str, ...]) -> Form | None:
    """The form with the lines of one second level made lines of another; `None` where there are not names enough."""
    rows = [number for number, line in enumerate(form.indicators) if line.level2 == level2]
    if not 0 < len(rows) <= len(names):
        return None
    for number, name in zip(rows, dice.sample(names, len(rows)), strict=True):
        cells = (
            ("≥95%", f"{dice.between(96, 99)}%") if instead == "质量指标" else ("≥40次", f"{dice.between(41, 48)}次")
        )
        form = full(form, number, level2=instead, name=name, target=cells[0], actual=cells[1])
    return form


PROMISES = ("按时完成全部任务", "及时足额兑现到位", "12月底前全部完成", "如期交付使用", "按进度推进各项任务")


@plant("JX307")
def promise_unmeasured(dice: Dice, form: Form) -> Case | None:
    """The goal promises a time and no line measures one."""
    made = _timeless(dice, form)
    if made is None:
        return None
    return Case(
        said(made, expected=f"{dice.choice(PROMISES)}。{made.goal.expected}"), ("JX307 /goal/expected",), ("JX440",)
    )


@near("JX307")
def promise_measured(dice: Dice, form: Form) -> Case:
    """The goal promises a time and a line measures it."""
    return Case(said(form, expected=f"{dice.choice(PROMISES)}。{form.goal.expected}"), may=("JX440",))


@plant("JX308")
def no_time_at_all(dice: Dice, form: Form) -> Case | None:
    """No line measures a time, and the goal promises none."""
    made = _timeless(dice, form)
    return None if made is None else Case(made, ("JX308 /indicators",), ("JX307 /goal/expected",))


@near("JX308")
def time_under_another_heading(dice: Dice, form: Form) -> Case | None:
    """The only line of time stands under quality."""
    made = _timeless(dice, form)
    number = None if made is None else some(dice, made, of_level("质量指标"))
    if made is None or number is None:
        return None
    name = dice.choice(("验收前完工节点达标率", "补助发放及时率", "报表按期报送率"))
    return Case(full(made, number, name=name, target="≥95%", actual="98%"), may=("JX321",))


def _heavy(dice: Dice, form: Form, points: int) -> tuple[int, Form] | None:
    rows = [at for at, line in enumerate(form.indicators) if line.level1 == "产出指标"]
    number = some(dice, form, lambda line: line.level1 == "产出指标" and met(line) and line.level2 == "数量指标")
    if number is None or any(form.indicators[at].deviation for at in rows):
        return None
    need = points - int(form.indicators[number].weight or 0)
    moves = {number: need}
    for at in rows:
        give = min(need, int(form.indicators[at].weight or 0) - 1) if at != number else 0
        moves[at], need = moves.get(at, 0) - give, need - give
    return None if need else (number, _moved(form, moves))


@plant("JX309")
def one_heavy_line(dice: Dice, form: Form) -> Case | None:
    """One line carries 30 points or more."""
    made = _heavy(dice, form, dice.choice((30, 32, 35)))
    return None if made is None else Case(made[1], (f"JX309 /indicators/{made[0]}/weight",))


@near("JX309")
def almost_heavy(dice: Dice, form: Form) -> Case | None:
    """One line carries 28 or 29 points."""
    made = _heavy(dice, form, dice.choice((28, 29)))
    return None if made is None else Case(made[1])


def last_year(form: Form, *, harder: bool, richer: bool) -> Form:
    """Last year's form: targets a fifth harder, or the same; a larger budget, or a smaller one."""
    lines = tuple(_harder(form, line) if harder else line for line in form.indicators)
    lines = tuple(_of_another_year(form, line) for line in lines)
    total = form.funds.total
    initial = ((total.initial or Decimal(0)) * (Decimal("1.5") if richer else Decimal("0.95"))).quantize(CENT)
    carried = form.funds.carryover.adjusted or Decimal(0)
    funds = replace(form.funds, total=replace(total, initial=initial, adjusted=initial, executed=initial - carried))
    goal = replace(form.goal, actual="上年度任务分两批实施，第二批于12月验收，三处问题已整改。")
    return replace(form, fiscal_year=(form.fiscal_year or 2023) - 1, funds=funds, goal=goal, indicators=lines)


def _of_another_year(form: Form, line: Indicator) -> Indicator:
    """The line with another actual value and without its reason."""
    cells: dict[str, str] = {"deviation": ""}
    if line.actual.value is not None:
        cells["actual"] = f"{plain((line.actual.value * Decimal('1.07')).quantize(Decimal('0.1')))}{line.actual.unit}"
    return put(replace(form, indicators=(line,)), 0, **cells).indicators[0]


def _harder(form: Form, line: Indicator) -> Indicator:
    """The line with a target a fifth higher, where it counts something."""
    if line.target.operator != "≥" or not line.target.number or line.target.unit == "%":
        return line
    value = plain((line.target.number * Decimal("1.2")).quantize(Decimal("0.1")))
    return put(replace(form, indicators=(line,)), 0, target=f"≥{value}{line.target.unit}").indicators[0]


@plant("JX310")
def easier_thanlast_year(dice: Dice, form: Form) -> Case | None:
    """Targets below last year's, and no less money."""
    if not any(line.target.operator == "≥" and line.target.unit != "%" for line in form.indicators):
        return None
    return Case(form, ("JX310 /indicators",), ("JX310",), Context(last_year=last_year(form, harder=True, richer=False)))


@near("JX310")
def aslast_year(dice: Dice, form: Form) -> Case:
    """The same targets as last year; or easier ones with less money."""
    harder = dice.chance(50)
    return Case(form, context=Context(last_year=last_year(form, harder=harder, richer=harder)))


def _to_the_digit(form: Form, left: int = 0) -> Form | None:
    compared = [
        at for at, line in enumerate(form.indicators) if line.target.operator in {"≥", "≤"} and line.target.number
    ]
    if len(compared) < 4:
        return None
    for at in compared[left:]:
        line = form.indicators[at]
        form = put(
            form,
            at,
            actual=f"{plain(line.target.number or Decimal(0))}{line.target.unit}",
            score=line.weight,
            deviation="",
        )
    return retold(summed(form))


@plant("JX311")
def to_the_digit(dice: Dice, form: Form) -> Case | None:
    """Every bound is met to the digit."""
    made = _to_the_digit(form)
    return None if made is None else Case(made, ("JX311 /indicators",), ("JX312",))


@near("JX311")
def all_but_one_to_the_digit(dice: Dice, form: Form) -> Case | None:
    """Every bound but one is met to the digit."""
    first = next((line for line in form.indicators if line.target.operator in {"≥", "≤"}), None)
    if first is None or first.actual.value == first.target.number:
        return None
    made = _to_the_digit(form, left=1)
    return None if made is None else Case(made)


@plant("JX312")
def all_full(dice: Dice, form: Form) -> Case | None:
    """Full points for everything, the money spent to the cent."""
    if any(line.score != line.weight for line in form.indicators):
        return None
    case = execution_full(dice, form)
    return None if case is None else Case(case.form, ("JX312 /total/score",))


@near("JX312")
def almost_all_full(dice: Dice, form: Form) -> Case | None:
    """Full points for every line, and not quite all of the money spent."""
    if any(line.score != line.weight for line in form.indicators) or form.execution.score == form.execution.weight:
        return None
    return Case(form)


def _profile(form: Form) -> str:
    cost = any(line.level1 == "成本指标" for line in form.indicators)
    satisfied = any(line.level1 == "满意度指标" for line in form.indicators)
    return (
        ("cost" if satisfied else "cost_no_satisfaction") if cost else ("standard" if satisfied else "no_satisfaction")
    )


@plant("JX313")
def cost_demanded(dice: Dice, form: Form) -> Case | None:
    """Every profile of the place has cost indicators, the form has none."""
    if any("成本" in line.level1 + line.level2 for line in form.indicators):
        return None
    return Case(form, ("JX313 /indicators",), ("JX306", "JX314"), profiles=("cost", "cost_no_satisfaction"))


@near("JX313")
def cost_there(dice: Dice, form: Form) -> Case | None:
    """Every profile of the place has cost indicators, and so has the form, if only under output."""
    if not any("成本" in line.level1 + line.level2 for line in form.indicators):
        return None
    return Case(form, may=("JX306",), profiles=("cost", "cost_no_satisfaction"))


@plant("JX314")
def satisfaction_demanded(dice: Dice, form: Form) -> Case | None:
    """Every profile of the place has satisfaction, the form has none."""
    if any(line.level1 == "满意度指标" for line in form.indicators):
        return None
    return Case(form, ("JX314 /indicators",), ("JX306", "JX313"), profiles=("standard", "cost"))


@near("JX314")
def satisfaction_there(dice: Dice, form: Form) -> Case | None:
    """Every profile of the place has satisfaction, and so has the form."""
    if not any(line.level1 == "满意度指标" for line in form.indicators):
        return None
    return Case(form, may=("JX306", "JX313"), profiles=("standard", "cost"))


def _with_lines(dice: Dice, form: Form, count: int) -> Form | None:
    by_level: dict[str, list[int]] = {}
    for at, line in enumerate(form.indicators):
        by_level.setdefault(line.level1, []).append(at)
    keep = {rows[0] for rows in by_level.values()}
    rest = [at for at in range(len(form.indicators)) if at not in keep]
    if len(keep) > count or len(keep) + len(rest) < count or any(line.deviation for line in form.indicators):
        return None
    keep |= set(dice.sample(rest, count - len(keep)))
    return without(form, [at for at in range(len(form.indicators)) if at not in keep])


@plant("JX315")
def few_lines(dice: Dice, form: Form) -> Case | None:
    """Three lines in all."""
    made = _with_lines(dice, form, 3)
    return (
        None
        if made is None
        else Case(made, ("JX315 /indicators",), ("JX309", "JX308", "JX307", "JX311", "JX313", "JX331", "JX332"))
    )


@near("JX315")
def just_enough_lines(dice: Dice, form: Form) -> Case | None:
    """Four lines."""
    made = _with_lines(dice, form, 4)
    return None if made is None else Case(made, may=("JX309", "JX308", "JX307", "JX311", "JX331", "JX332"))


def _two(dice: Dice, form: Form, first: str, second: str) -> tuple[int, int] | None:
    one = some(dice, form, of_level(first))
    two = some(dice, form, of_level(second, "可持续影响指标", "经济效益指标", "社会效益指标"))
    return None if one is None or two is None else (one, two)


PEOPLE = (
    ("聘用管护员", "带动当地就业"),
    ("安置公益岗位人员", "增加就业人数"),
    ("资助困难学生", "受益学生"),
    ("签约服务对象", "受益群众"),
)


@plant("JX319")
def counted_twice(dice: Dice, form: Form) -> Case | None:
    """The people of an output stand again as its benefit."""
    rows = _two(dice, form, "数量指标", "社会效益指标")
    if rows is None:
        return None
    done, benefit = dice.choice(PEOPLE)
    count, unit = dice.between(20, 400), dice.choice(("人", "名", "户"))
    target, actual = f"≥{count}{unit}", f"{count + 3}{unit}"
    form = full(form, rows[0], name=done, target=target, actual=actual)
    form = full(form, rows[1], level2="社会效益指标", name=benefit, target=target, actual=actual)
    return Case(form, (f"JX319 /indicators/{rows[1]}/name",))


@near("JX319")
def other_people(dice: Dice, form: Form) -> Case | None:
    """Other people benefit, or it is not people that are equal in number."""
    rows = _two(dice, form, "数量指标", "社会效益指标")
    if rows is None:
        return None
    count = dice.between(20, 90)
    if dice.chance(50):
        form = full(form, rows[0], name="印发政策汇编", target=f"≥{count}册", actual=f"{count + 2}册")
        return Case(
            full(
                form,
                rows[1],
                level2="社会效益指标",
                name="县级媒体刊发报道",
                target=f"≥{count}册",
                actual=f"{count + 2}册",
            )
        )
    form = full(form, rows[0], name="聘用管护员", target=f"≥{count}人", actual=f"{count + 1}人")
    return Case(
        full(
            form,
            rows[1],
            level2="社会效益指标",
            name="惠及沿线居民",
            target=f"≥{count * 40}人",
            actual=f"{count * 42}人",
        )
    )


@plant("JX320")
def named_twice(dice: Dice, form: Form) -> Case | None:
    """Two lines have the same name, but for a blank."""
    pair = _same_section(dice, form)
    if pair is None:
        return None
    first, second = pair
    line: Indicator = form.indicators[first]
    name = line.name if dice.chance(60) else f"{line.name[:2]} {line.name[2:]}"
    cells = {"level2": line.level2, "name": name, "target": line.target.text, "actual": line.actual.text}
    return Case(
        full(form, second, **cells), (f"JX320 /indicators/{second}/name",), ("JX331", "JX332", "JX430", "JX427")
    )


@near("JX320")
def named_alike(dice: Dice, form: Form) -> Case | None:
    """Two names that differ by what they speak of."""
    pair = _same_section(dice, form)
    if pair is None:
        return None
    one, two = dice.choice(
        (
            ("主站设备验收合格率", "分站设备验收合格率"),
            ("一标段验收合格率", "二标段验收合格率"),
            ("春季抽检合格率", "秋季抽检合格率"),
        )
    )
    for number, name in zip(pair, (one, two), strict=True):
        form = full(form, number, level2="质量指标", name=name, target="≥95%", actual=f"{dice.between(96, 99)}%")
    return Case(form, may=("JX308", "JX307", "JX331"))


def _same_section(dice: Dice, form: Form) -> tuple[int, int] | None:
    rows = [
        at
        for at, line in enumerate(form.indicators)
        if line.level1 == "产出指标" and line.level2 in {"数量指标", "质量指标"} and met(line)
    ]
    if len(rows) < 2:
        return None
    first, second = sorted(dice.sample(rows, 2))
    return first, second


WRONG_HEADINGS = (
    ("数量指标", "贷款贴息发放及时率", "≥95%", "97%"),
    ("数量指标", "施工质量达标率", "≥95%", "97%"),
    ("质量指标", "设备按期完成安装率", "≥95%", "97%"),
    ("社会效益指标", "受助家庭满意度", "≥90%", "95%"),
    ("生态效益指标", "营造尊老爱幼氛围活动", "≥10次", "11次"),
    ("生态效益指标", "带动就业人数", "≥10人", "12人"),
    ("社会效益指标", "主要污染物削减量", "≥10吨", "12吨"),
)
RIGHT_HEADINGS = (
    ("时效指标", "贷款贴息发放及时率", "≥95%", "97%"),
    ("质量指标", "施工质量达标率", "≥95%", "97%"),
    ("生态效益指标", "生态文化公园湿地修复面积", "≥10亩", "12亩"),
    ("社会效益指标", "带动就业人数", "≥10人", "12人"),
    ("生态效益指标", "主要污染物削减量", "≥10吨", "12吨"),
    ("数量指标", "合格产品抽样批次", "≥10批", "12批"),
)


def _refiled(dice: Dice, form: Form, rows: tuple[tuple[str, str, str, str], ...]) -> tuple[int, Form] | None:
    level2, name, target, actual = dice.choice(rows)
    level1 = "产出指标" if level2 in {"数量指标", "质量指标", "时效指标"} else "效益指标"
    number = some(dice, form, lambda line: line.level1 == level1 and line.level2 != "时效指标")
    if number is None:
        return None
    return number, full(form, number, level2=level2, name=name, target=target, actual=actual)


@plant("JX321")
def filed_wrong(dice: Dice, form: Form) -> Case | None:
    """A line stands under a heading where it does not belong."""
    made = _refiled(dice, form, WRONG_HEADINGS)
    return None if made is None else Case(made[1], (f"JX321 /indicators/{made[0]}/level2",))


@near("JX321")
def filed_right(dice: Dice, form: Form) -> Case | None:
    """Lines with the same words where they do belong."""
    made = _refiled(dice, form, RIGHT_HEADINGS)
    return None if made is None else Case(made[1])


CAPS = ("70 80 89", "60 70 79", "50 60 69", "0 50 59")


def _capped(dice: Dice, form: Form, rate: int) -> Form:
    budget = Decimal(dice.between(40, 600)) * 10
    return replace(money(form, total=(budget, budget, budget * rate / 100)), extras=())


@plant("JX322")
def above_the_cap(dice: Dice, form: Form) -> Case:
    """The place caps the total where little was spent; the total is above the cap."""
    return Case(_capped(dice, form, dice.between(52, 79)), ("JX322 /total/score",), ("JX202", "JX112"), caps=CAPS)


@near("JX322")
def under_the_cap(dice: Dice, form: Form) -> Case:
    """Enough was spent for no cap; or the total is the cap."""
    if dice.chance(50):
        return Case(_capped(dice, form, dice.between(80, 99)), may=("JX202",), caps=CAPS)
    made = _capped(dice, form, dice.between(72, 79))
    total = replace(made.total, score=Decimal(89))
    return Case(replace(made, total=total, grade="良"), may=("JX202",), caps=CAPS)
