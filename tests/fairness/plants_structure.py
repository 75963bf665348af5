"""Planted faults in structure, cells and shares (JX328 to JX346), and what is lawful beside them."""

from decimal import Decimal

from msgspec.structs import replace

from fairness.planting import Case, full, met, mute, near, of_level, plant, put, retold, said, some
from fairness.plants_lines import without_level
from fairness.sound import summed
from forms.dice import Dice
from jixiao.form import Form, Project, plain

SHARES = ("合格率", "覆盖率", "到位率", "完好率", "入学率")


def _share(dice: Dice, form: Form, target: str, actual: str) -> tuple[int, Form] | None:
    number = some(dice, form, of_level("质量指标"))
    if number is None:
        return None
    name = f"{dice.choice(('设施', '抽检', '用户'))}{dice.choice(SHARES)}"
    return number, full(form, number, name=name, target=target, actual=actual)


@plant("JX328")
def share_above_a_hundred(dice: Dice, form: Form) -> Case | None:
    """A share of a whole of more than 100 per cent."""
    made = _share(dice, form, "≥95%", dice.choice(("102%", "105.3%", "110%", "120%")))
    return None if made is None else Case(made[1], (f"JX328 /indicators/{made[0]}/actual",))


@near("JX328")
def growth_above_a_hundred(dice: Dice, form: Form) -> Case | None:
    """Growth and completion of more than 100 per cent, and a share of exactly 100."""
    made = _share(dice, form, "≥95%", "100%")
    if made is None:
        return None
    name, target, actual = dice.choice(
        (
            ("客流增长率", "≥100%", "118%"),
            ("任务完成率", "≥100%", "106%"),
            ("产值比上年增幅", "≥110%", "125%"),
            ("样品合格率", "≥95%", "100%"),
        )
    )
    return Case(full(made[1], made[0], name=name, target=target, actual=actual), may=("JX407",))


@plant("JX329")
def target_share_above_a_hundred(dice: Dice, form: Form) -> Case | None:
    """A share of a whole is to be more than 100 per cent."""
    made = _share(dice, form, dice.choice(("≥105%", "≥110%", "=120%")), "100%")
    if made is None:
        return None
    form = put(made[1], made[0], deviation="填报有误；次年更正")
    return Case(form, (f"JX329 /indicators/{made[0]}/target",), ("JX301", "JX323", "JX328"))


near("JX329")(growth_above_a_hundred)


@plant("JX330")
def target_that_cannot_fail(dice: Dice, form: Form) -> Case | None:
    """Not less than nothing, or a share of not more than 100 per cent."""
    number = some(dice, form, lambda line: line.level1 == "效益指标")
    if number is None:
        return None
    name, target, actual = dice.choice(
        (
            ("安全生产事故", "≥0起", "0起"),
            ("群众投诉", "≥0件", "2件"),
            ("管网漏损率", "≤100%", "9%"),
            ("信访积案", "≥0件", "0件"),
        )
    )
    return Case(full(form, number, level2="社会效益指标", name=name, target=target, actual=actual),
                (f"JX330 /indicators/{number}/target",), ("JX304", "JX344"))  # fmt: skip


@near("JX330")
def target_that_can_fail(dice: Dice, form: Form) -> Case | None:
    """Not more than nothing, exactly nothing, growth of not less than nothing."""
    number = some(dice, form, lambda line: line.level1 == "效益指标")
    if number is None:
        return None
    name, target, actual = dice.choice(
        (
            ("安全生产事故", "≤0起", "0起"),
            ("群众投诉", "=0件", "0件"),
            ("管网漏损率", "≤10%", "9%"),
            ("就业人数增长率", "≥0%", "1.2%"),
        )
    )
    return Case(full(form, number, level2="社会效益指标", name=name, target=target, actual=actual))


@plant("JX331")
def no_quantity(dice: Dice, form: Form) -> Case | None:
    """Outputs by quality and time, none by number."""
    made = without_level(dice, form, "数量指标", "质量指标", ("抽查复核合格率", "台账登记完整率", "规范操作达标率"))
    return None if made is None else Case(made, ("JX331 /indicators",))


@plant("JX332")
def no_quality(dice: Dice, form: Form) -> Case | None:
    """Outputs by number and time, none by quality."""
    made = without_level(dice, form, "质量指标", "数量指标", ("现场督导次数", "培训操作人员人次", "更新台账份数"))
    return None if made is None else Case(made, ("JX332 /indicators",))


@near("JX331")
@near("JX332")
def one_of_each(dice: Dice, form: Form) -> Case | None:
    """One line of number, one of quality, one of time: enough."""
    levels = [line.level2 for line in form.indicators]
    return Case(form) if levels.count("数量指标") == 1 or levels.count("质量指标") == 1 else None


@plant("JX333")
def no_benefit(dice: Dice, form: Form) -> Case | None:
    """Outputs and satisfaction, and no benefit at all."""
    kept = tuple(line for line in form.indicators if line.level1 != "效益指标")
    if not any(line.level1 == "满意度指标" for line in kept) or len(kept) < 4:
        return None
    return Case(
        retold(summed(replace(form, indicators=kept))), ("JX333 /indicators",), ("JX305", "JX306", "JX312", "JX112")
    )


@near("JX333")
def one_benefit(dice: Dice, form: Form) -> Case | None:
    """A single line of benefit is a benefit."""
    first = next((at for at, line in enumerate(form.indicators) if line.level1 == "效益指标"), None)
    if first is None:
        return None
    kept = tuple(line for at, line in enumerate(form.indicators) if line.level1 != "效益指标" or at == first)
    return Case(retold(summed(replace(form, indicators=kept))), may=("JX305", "JX306", "JX315", "JX112"))


@plant("JX334")
def heading_blank(dice: Dice, form: Form) -> Case | None:
    """One line's second heading was left blank."""
    number = some(dice, form, lambda line: line.level2 in {"数量指标", "社会效益指标"})
    if number is None:
        return None
    level1 = form.indicators[number].level1
    return Case(
        put(form, number, level1=level1, level2=""), (f"JX334 /indicators/{number}/level2",), ("JX331", "JX308")
    )


@near("JX334")
def no_second_headings(dice: Dice, form: Form) -> Case:
    """A form without any second headings."""
    lines = tuple(replace(line, level2="") for line in form.indicators)
    return Case(replace(form, indicators=lines), may=("JX308", "JX307"))


@plant("JX335")
def heading_under_another(dice: Dice, form: Form) -> Case | None:
    """A second heading under a first where it does not belong."""
    number = some(dice, form, lambda line: line.level1 == "效益指标")
    if number is None:
        return None
    return Case(
        put(form, number, level2=dice.choice(("数量指标", "质量指标"))),
        (f"JX335 /indicators/{number}/level2",),
        ("JX321",),
    )


@near("JX335")
def cost_under_either(dice: Dice, form: Form) -> Case | None:
    """成本 under output, or under a first heading of its own: both are known."""
    number = some(dice, form, lambda line: "成本" in line.level2)
    return None if number is None else Case(form)


@plant("JX336")
def line_in_another_unit_of_money(dice: Dice, form: Form) -> Case | None:
    """A line of money whose actual was typed in 元 under a target in 万元."""
    number = some(dice, form, lambda line: line.level1 == "效益指标")
    if number is None:
        return None
    target = dice.between(30, 400)
    actual = f"{target * 10_000 + dice.between(0, 9_000)}万元" if dice.chance(50) else f"{target * 10_000 + 500}"
    name = dice.choice(("节约财政支出", "带动社会投资", "减少灾害损失"))
    return Case(full(form, number, level2="经济效益指标", name=name, target=f"≥{target}万元", actual=actual),
                (f"JX336 /indicators/{number}/actual",), ("JX304", "JX344", "JX318"))  # fmt: skip


@near("JX336")
def line_with_its_own_unit(dice: Dice, form: Form) -> Case | None:
    """The actual in 元 with its unit beside a target in 万元."""
    number = some(dice, form, lambda line: line.level1 == "效益指标")
    if number is None:
        return None
    target = dice.between(30, 400)
    return Case(
        full(
            form,
            number,
            level2="经济效益指标",
            name="节约财政支出",
            target=f"≥{target}万元",
            actual=f"{target * 10_000 + 500}元",
        )
    )


def _deadline(dice: Dice, form: Form, years: int) -> tuple[int, Form] | None:
    number = some(dice, form, of_level("时效指标"))
    if number is None:
        return None
    year = (form.fiscal_year or 2023) + years
    return number, full(
        form, number, name="建成投用时间", target=f"{year}年10月31日前", actual=f"{year}年9月{dice.between(1, 30)}日"
    )


@plant("JX337")
def deadline_of_another_year(dice: Dice, form: Form) -> Case | None:
    """A deadline in a year that is not the form's."""
    made = _deadline(dice, form, dice.choice((-1, -1, 1, -2)))
    return None if made is None else Case(made[1], (f"JX337 /indicators/{made[0]}/target",), ("JX338",))


@near("JX337")
def deadline_of_the_year(dice: Dice, form: Form) -> Case | None:
    """A deadline in the form's year."""
    made = _deadline(dice, form, 0)
    return None if made is None else Case(made[1])


@plant("JX338")
def result_of_another_year(dice: Dice, form: Form) -> Case | None:
    """The result tells of the year before, and of no other."""
    if str(form.fiscal_year) in form.goal.actual:
        return None
    year = (form.fiscal_year or 2023) - 1
    return Case(said(form, actual=f"{year}年{form.goal.actual}"), ("JX338 /goal/actual",))


@near("JX338")
def result_beside_another_year(dice: Dice, form: Form) -> Case:
    """The result compares with the year before, or names none."""
    year = form.fiscal_year or 2023
    ways = (
        f"{year}年{form.goal.actual}比{year - 1}年有提高。",
        f"比上年，{form.goal.actual}",
        f"截至{year}年12月31日，{form.goal.actual}",
    )
    return Case(said(form, actual=dice.choice(ways)))


def _crowded(form: Form, count: int) -> Form | None:
    """The form with one line of quantity cut into so many more, a point each."""
    number = next((at for at, line in enumerate(form.indicators) if line.level2 == "数量指标" and met(line)), None)
    if number is None or (form.indicators[number].weight or 0) <= count / 2 + 1:
        return None
    line = form.indicators[number]
    half = Decimal("0.5")
    more = tuple(replace(line, name=f"第{at + 1}片区{line.name}", weight=half, score=half) for at in range(count))
    weight = (line.weight or Decimal(0)) - half * count
    kept = (
        *form.indicators[:number],
        replace(line, weight=weight, score=weight),
        *more,
        *form.indicators[number + 1 :],
    )
    return retold(summed(replace(form, indicators=kept)))


@plant("JX339")
def very_many_lines(dice: Dice, form: Form) -> Case | None:
    """More lines than anybody can follow."""
    made = _crowded(form, dice.between(27, 32))
    return None if made is None else Case(made, ("JX339 /indicators",), ("JX340", "JX416", "JX320"))


@plant("JX340")
def very_many_under_one_heading(dice: Dice, form: Form) -> Case | None:
    """More lines under one heading than anybody can follow."""
    made = _crowded(form, dice.between(12, 16))
    return None if made is None else Case(made, ("JX340 /indicators",), ("JX339",))


@near("JX339")
@near("JX340")
def many_lines(dice: Dice, form: Form) -> Case | None:
    """Many lines, not too many."""
    made = _crowded(form, dice.between(4, 6))
    return None if made is None else Case(made)


@plant("JX341")
def name_blank(dice: Dice, form: Form) -> Case:
    """A cell that every form must have filled is blank."""
    if dice.chance(50):
        return Case(replace(form, project=Project("")), ("JX341 /project/name",))
    goal = replace(form.goal, expected="")
    return Case(replace(form, goal=goal), ("JX341 /goal/expected",), ("JX401",))


@near("JX341")
def optional_cells_blank(dice: Dice, form: Form) -> Case:
    """No code, no grade, no year in the title: cells that a form may lack."""
    return Case(replace(form, grade=None if dice.chance(50) else form.grade, title="项目支出绩效自评表"))


@plant("JX342")
def line_without_a_score(dice: Dice, form: Form) -> Case | None:
    """One line has points and no score."""
    number = some(dice, form, met)
    return (
        None
        if number is None
        else Case(summed(put(form, number, score=None)), (f"JX342 /indicators/{number}/score",), ("JX107", "JX112"))
    )


@near("JX342")
def row_without_points(dice: Dice, form: Form) -> Case | None:
    """A row 其中 has neither."""
    number = some(dice, form, of_level("数量指标"))
    if number is None:
        return None
    line = replace(form.indicators[number], name=f"其中：新增{form.indicators[number].name}", weight=None, score=None)
    return Case(replace(form, indicators=(*form.indicators[: number + 1], line, *form.indicators[number + 1 :])))


near("JX343")(row_without_points)


@plant("JX343")
def line_without_points(dice: Dice, form: Form) -> Case | None:
    """One line has a score and no points."""
    number = some(dice, form, met)
    return (
        None
        if number is None
        else Case(put(form, number, weight=None), (f"JX343 /indicators/{number}/weight",), ("JX106", "JX305"))
    )


def _many_times(dice: Dice, form: Form, low: int, high: int) -> tuple[int, Form] | None:
    number = some(
        dice,
        form,
        lambda line: (
            met(line) and line.target.operator == "≥" and line.target.unit != "%" and (line.target.number or 0) >= 20
        ),
    )
    if number is None or any(line.deviation for line in form.indicators):
        return None
    line = form.indicators[number]
    done = ((line.target.number or Decimal(0)) * Decimal(dice.between(low, high)) / 100).quantize(Decimal("0.1"))
    return number, retold(put(form, number, actual=f"{plain(done)}{line.actual.unit}"))


@plant("JX344")
def many_times_the_target(dice: Dice, form: Form) -> Case | None:
    """Several times the target without a word."""
    made = _many_times(dice, form, 210, 900)
    return None if made is None else Case(mute(made[1]), (f"JX344 /indicators/{made[0]}/actual",))


@near("JX344")
def not_quite_twice_the_target(dice: Dice, form: Form) -> Case | None:
    """Less than twice the target is another question; several times with a reason is none."""
    if dice.chance(50):
        made = _many_times(dice, form, 135, 195)
        return None if made is None else Case(mute(made[1]), (f"JX304 /indicators/{made[0]}/actual",))
    made = _many_times(dice, form, 210, 600)
    return None if made is None else Case(put(made[1], made[0], deviation="省里年中追加三批任务，次年按新任务数设定"))


@plant("JX345")
def above_where_a_reason_is_law(dice: Dice, form: Form) -> Case | None:
    """Where over-completion must be explained: it is not."""
    made = _many_times(dice, form, 135, 400)
    values = (("over_completion_reason_mandatory", True),)
    return None if made is None else Case(mute(made[1]), (f"JX345 /indicators/{made[0]}/actual",), values=values)


@near("JX345")
def a_little_above_where_a_reason_is_law(dice: Dice, form: Form) -> Case | None:
    """Where over-completion must be explained: it is; or it is below the line."""
    values = (("over_completion_reason_mandatory", True),)
    if dice.chance(50):
        made = _many_times(dice, form, 105, 127)
        return None if made is None else Case(mute(made[1]), values=values)
    made = _many_times(dice, form, 135, 300)
    return (
        None if made is None else Case(put(made[1], made[0], deviation="需求超出预计；次年调高指标值"), values=values)
    )


def _cost(dice: Dice, form: Form, share: int) -> tuple[int, Form] | None:
    number = some(dice, form, lambda line: "成本" in line.level2 and (line.target.number or 0) >= 18)
    if number is None or any(line.deviation for line in form.indicators):
        return None
    line = form.indicators[number]
    done = ((line.target.number or Decimal(0)) * share / 100).quantize(Decimal("0.1"))
    return number, mute(full(form, number, actual=f"{plain(done)}{line.actual.unit}"))


@plant("JX346")
def cost_a_fraction(dice: Dice, form: Form) -> Case | None:
    """The cost is less than half of its limit, without a word."""
    made = _cost(dice, form, dice.between(10, 48))
    return None if made is None else Case(made[1], (f"JX346 /indicators/{made[0]}/actual",))


@near("JX346")
def cost_well_below(dice: Dice, form: Form) -> Case | None:
    """The cost is well below its limit, but more than half of it."""
    made = _cost(dice, form, dice.between(55, 95))
    return None if made is None else Case(made[1])
