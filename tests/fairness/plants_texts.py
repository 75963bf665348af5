"""Planted faults in what texts mean (JX414 to JX430), and texts that only look alike."""

from collections.abc import Callable
from decimal import Decimal

from msgspec.structs import replace

from fairness.planting import Case, full, met, mute, near, of_level, plant, said, some
from forms.dice import Dice
from jixiao.form import Extra, Form, plain

OTHER_TRADES = (
    ("河道清淤长度", "公里"),
    ("疫苗接种剂次", "剂"),
    ("校舍加固面积", "平方米"),
    ("公路硬化里程", "公里"),
    ("植树造林面积", "亩"),
)


@plant("JX414")
def line_of_another_trade(dice: Dice, form: Form) -> Case | None:
    """An output of quite another trade, of which neither name nor goal speaks."""
    number = some(dice, form, of_level("数量指标"))
    if number is None or any(
        word in form.department + form.project.name for word in ("水", "农", "林", "卫", "教", "交通", "路", "海")
    ):
        return None
    name, unit = dice.choice(OTHER_TRADES)
    made = full(form, number, name=name, target=f"≥30{unit}", actual=f"32{unit}")
    return Case(
        replace(made, goal=form.goal),
        (f"JX414 /indicators/{number}/name",),
        ("JX412", "JX415", "JX420", "JX423", "JX441"),
    )


@near("JX414")
@near("JX441")
def line_told_in_the_goal(dice: Dice, form: Form) -> Case | None:
    """An output of another trade that the goal speaks of."""
    number = some(dice, form, of_level("数量指标"))
    if number is None:
        return None
    name, unit = dice.choice(OTHER_TRADES)
    return Case(full(form, number, name=name, target=f"≥30{unit}", actual=f"32{unit}"))


PROMISES = (
    ("印制宣传画册", "册", 3_200),
    ("培训志愿者", "名", 460),
    ("走访企业", "家", 130),
    ("绘制墙绘", "幅", 75),
    ("安装监控探头", "台", 240),
)


@plant("JX415")
def promise_of_no_line(dice: Dice, form: Form) -> Case | None:
    """The goal promises so many of something that no line counts."""
    name, unit, count = dice.choice(PROMISES)
    if any(line.target.unit == unit or unit in line.target.unit for line in form.indicators):
        return None
    return Case(
        said(form, expected=f"{form.goal.expected}另{name}{count}{unit}。"),
        ("JX415 /goal/expected",),
        ("JX440", "JX420"),
    )


@near("JX415")
def numbers_that_promise_nothing(dice: Dice, form: Form) -> Case:
    """Numbers of the goal that say where, when and for how much."""
    bits = ("投资总额为860万元。", "范围为3个乡镇。", "依据县政府第12次常务会议纪要。", "分2期实施。")
    return Case(said(form, expected=f"{form.goal.expected}{dice.choice(bits)}"))


MONEY_GOALS = (
    "支付工程进度款260万元。",
    "项目总投资900万元，其中财政资金600万元。",
    "拨付补助资金45万元",
    "按合同支付设备尾款38.5万元。",
    "安排资金120万元，全部为财政拨款。",
)
WORK_GOALS = (
    "支付14公里道路改造工程款260万元。",
    "为860户农户发放补贴120万元。",
    "采购救护车3辆，资金96万元。",
    "保障单位人员工资发放。",
    "拨付资金45万元，用于修缮敬老院6所。",
)


@plant("JX416")
def goal_of_money(dice: Dice, form: Form) -> Case:
    """The goal is to pay."""
    return Case(said(form, expected=dice.choice(MONEY_GOALS)), ("JX416 /goal/expected",), TOLD)


@near("JX416")
def goal_of_work_and_money(dice: Dice, form: Form) -> Case:
    """The goal names the work beside the money."""
    return Case(said(form, expected=dice.choice(WORK_GOALS)), may=TOLD)


TOLD = ("JX412", "JX414", "JX415", "JX424", "JX440", "JX441", "JX307", "JX420", "JX421", "JX402", "JX419")
"""What may be asked where goal and lines no longer speak of the same: the planter took another goal."""


@plant("JX417")
def goal_of_last_year(dice: Dice, form: Form) -> Case | None:
    """The goal begins with the year before, and the form carries nothing over."""
    year = form.fiscal_year or 2023
    if str(year) in form.goal.expected or form.funds.carryover.adjusted:
        return None
    return Case(said(form, expected=f"{year - 1}年，{form.goal.expected}"), ("JX417 /goal/expected",))


@near("JX417")
def goal_of_this_year(dice: Dice, form: Form) -> Case:
    """The goal begins with this year, or compares with the year before."""
    year = form.fiscal_year or 2023
    ways = (
        f"{year}年，{form.goal.expected}",
        f"在{year - 1}年基础上，{year}年{form.goal.expected}",
        f"截至{year}年12月，{form.goal.expected}",
    )
    return Case(said(form, expected=dice.choice(ways)))


COPIES = (
    (
        "加强基层网格巡查，完善矛盾调处机制，提升群众法治素养。",
        "已加强基层网格巡查，完善矛盾调处机制，提升群众法治素养。",
    ),
    (
        "做好窗口人员服务培训，优化办事流程，改善大厅服务环境，方便群众办事。",
        "做好窗口人员服务培训，优化办事流程，方便群众办事。",
    ),
    (
        "开展文物安全巡查，修缮破损构件，加强日常养护，保护文物本体安全。",
        "开展文物安全巡查，修缮破损构件，加强日常养护。",
    ),
)


@plant("JX419")
def sentences_of_the_goal(dice: Dice, form: Form) -> Case:
    """Most sentences of the result are the goal's, without a number of its own."""
    goal, result = dice.choice(COPIES)
    return Case(said(form, expected=goal, actual=result), ("JX419 /goal/actual",), (*TOLD, "JX402"))


@near("JX419")
def sentences_with_numbers(dice: Dice, form: Form) -> Case:
    """The result follows the goal's sentences and gives numbers."""
    goal, _ = dice.choice(COPIES)
    result = goal.replace("，", f"{dice.between(12, 90)}次，", 1)
    return Case(
        said(form, expected=goal, actual=f"全年{result}比上年增加{dice.between(3, 9)}次。"),
        may=tuple(set(TOLD) - {"JX419"}),
    )


def _counted(dice: Dice, form: Form) -> tuple[int, Decimal, str, str] | None:
    """A line of quantity that is met: its number, target, unit, and name."""
    number = some(
        dice,
        form,
        lambda line: (
            line.level2 == "数量指标" and met(line) and line.target.operator == "≥" and (line.target.number or 0) >= 20
        ),
    )
    if number is None:
        return None
    line = form.indicators[number]
    return number, line.target.number or Decimal(0), line.target.unit, line.name


@plant("JX420")
def done_less_than_promised(dice: Dice, form: Form) -> Case | None:
    """The result says less than the goal, all points are full, nobody says why; the line itself says nothing of it."""
    known = _counted(dice, form)
    if known is None or any(line.score != line.weight for line in form.indicators):
        return None
    number, _, _, _ = known
    made = full(form, number, name="专项任务完成率", target="=100%", actual="100%")
    made = said(
        mute(made),
        expected=f"{form.goal.expected.split('：')[0]}，举办巡回宣讲会40场。",
        actual="全年举办巡回宣讲会26场，其余工作按计划开展。",
    )
    return Case(made, ("JX420 /goal/actual",), (*(code for code in TOLD if code != "JX420"), "JX407", "JX331", "JX332"))


@near("JX420")
def done_as_promised(dice: Dice, form: Form) -> Case:
    """The result says as much as the goal, in another unit or with a part of it named."""
    ways = (
        ("举办宣讲会40场", "举办宣讲会40场，其中进校园12场"),
        ("发放手册2万份", "发放手册21500份"),
        ("举办宣讲会40场", "举办宣讲会52场"),
    )
    goal, result = dice.choice(ways)
    aim = form.goal.expected.split("：")[0]
    return Case(said(form, expected=f"{aim}，{goal}。", actual=f"全年{result}。"), may=tuple(set(TOLD) - {"JX420"}))


@plant("JX421")
def target_below_the_goal(dice: Dice, form: Form) -> Case | None:
    """A line's target is less than the goal promises."""
    known = _counted(dice, form)
    if known is None:
        return None
    number, target, unit, name = known
    was = f"{name}不少于{plain(target)}{unit}"
    if was not in form.goal.expected:
        return None
    more = f"{name}不少于{plain((target * Decimal('1.5')).quantize(Decimal(1)))}{unit}"
    made = said(form, expected=form.goal.expected.replace(was, more))
    return Case(made, (f"JX421 /indicators/{number}/target",), ("JX420",))


@near("JX421")
def target_above_the_goal(dice: Dice, form: Form) -> Case | None:
    """A line's target is more than the goal promises."""
    known = _counted(dice, form)
    if known is None:
        return None
    _, target, unit, name = known
    was = f"{name}不少于{plain(target)}{unit}"
    less = f"{name}不少于{plain((target * Decimal('0.8')).quantize(Decimal(1)))}{unit}"
    return Case(said(form, expected=form.goal.expected.replace(was, less))) if was in form.goal.expected else None


def _retold_as(dice: Dice, form: Form, told: Callable[[Decimal], Decimal], words: str) -> tuple[int, Form] | None:
    number = some(dice, form, lambda line: line.level2 == "数量指标" and met(line) and (line.actual.value or 0) >= 20)
    if number is None:
        return None
    line = form.indicators[number]
    was = f"{line.name}实际为{line.actual.text}"
    if was not in form.goal.actual:
        return None
    value = told(line.actual.value or Decimal(0))
    now = f"{line.name}实际为{words}{plain(value.quantize(Decimal(1)))}{line.actual.unit}"
    return number, said(form, actual=form.goal.actual.replace(was, now))


@plant("JX422")
def result_says_another_number(dice: Dice, form: Form) -> Case | None:
    """The result gives another number than the line."""
    made = _retold_as(dice, form, lambda value: value * Decimal("0.7"), "")
    return None if made is None else Case(made[1], (f"JX422 /indicators/{made[0]}/actual",), ("JX420",))


@near("JX422")
def result_rounds(dice: Dice, form: Form) -> Case | None:
    """The result gives the number in round figures, and says so."""
    made = _retold_as(dice, form, lambda value: (value / 10).quantize(Decimal(1)) * 10, "约")
    return None if made is None else Case(made[1])


ADMITTED = (
    "两处站点尚未完成验收。",
    "第三期设备未能到货。",
    "仍有部分任务没有完成。",
    "与年初目标相比，覆盖面未达到要求。",
)
FINE_NOT = ("全年未发生安全事故。", "没有收到有效投诉。", "不存在未完成事项。", "未出现质量问题。")


@plant("JX423")
def miss_admitted(dice: Dice, form: Form) -> Case | None:
    """The result admits a miss, all points are full, no reason stands anywhere."""
    if any(line.score != line.weight or line.deviation for line in form.indicators):
        return None
    return Case(said(mute(form), actual=form.goal.actual + dice.choice(ADMITTED)), ("JX423 /goal/actual",))


@near("JX423")
def no_miss_at_all(dice: Dice, form: Form) -> Case:
    """The result says that nothing bad has happened."""
    return Case(said(form, actual=form.goal.actual + dice.choice(FINE_NOT)))


STRANGE = (
    "组织老年合唱团巡演二十余场，观众反响热烈。",
    "为幼儿园更换滑梯秋千，孩子们玩得开心。",
    "举办龙舟邀请赛，吸引外地选手。",
    "编印家常菜谱，送到邻里手中。",
)


@plant("JX424")
def result_of_another_project(dice: Dice, form: Form) -> Case:
    """The result tells of something else altogether."""
    return Case(said(form, actual=dice.choice(STRANGE)), ("JX424 /goal/actual",))


@near("JX424")
def result_in_other_words(dice: Dice, form: Form) -> Case:
    """The result tells of the project in few words."""
    name = form.indicators[0].name
    ways = (
        f"{name}达到要求，群众反映良好。",
        f"围绕{form.project.name[:4]}，全年工作有序推进，成效明显，{name}见明细。",
    )
    return Case(said(form, actual=dice.choice(ways)), may=("JX401",))


@plant("JX426")
def method_on_all_but_one(dice: Dice, form: Form) -> Case:
    """A column of methods or evidence is filled for all lines but one."""
    label, text = dice.choice(
        (("得分计算方法", "按比例计分"), ("佐证材料", "验收单"), ("数据来源", "业务台账"), ("评分标准", "达到得满分"))
    )
    gone = dice.below(len(form.indicators))
    extras = tuple(Extra(label, text, f"/indicators/{at}") for at in range(len(form.indicators)) if at != gone)
    return Case(replace(form, extras=(*form.extras, *extras)), (f"JX426 /indicators/{gone}",))


@near("JX426")
def method_on_all_or_few(dice: Dice, form: Form) -> Case:
    """A column of methods is filled for all lines, or for one only."""
    rows = range(len(form.indicators)) if dice.chance(50) else range(1)
    return Case(
        replace(form, extras=(*form.extras, *(Extra("佐证材料", "验收单", f"/indicators/{at}") for at in rows)))
    )


ALIKE = (
    ("培训护理员人数", "护理员培训数量"),
    ("设备采购数量", "采购设备数"),
    ("维修路灯数量", "路灯维修盏数"),
    ("慰问老党员人数", "老党员慰问数量"),
)
UNLIKE = (
    ("新建泵站数量", "改建泵站数量"),
    ("培训教师人数", "培训校长人数"),
    ("省级检查次数", "市级检查次数"),
    ("夏季巡查次数", "冬季巡查次数"),
)


def _pair(dice: Dice, form: Form, names: tuple[str, str]) -> tuple[int, Form] | None:
    rows = [at for at, line in enumerate(form.indicators) if line.level2 == "数量指标"]
    if len(rows) < 2:
        return None
    count = dice.between(40, 300)
    for at, name in zip(rows[:2], names, strict=True):
        form = full(form, at, name=name, target=f"≥{count}个", actual=f"{count + 2}个")
    return rows[1], form


@plant("JX427")
def one_thing_twice(dice: Dice, form: Form) -> Case | None:
    """Two lines count the same thing under two names."""
    made = _pair(dice, form, dice.choice(ALIKE))
    return None if made is None else Case(made[1], (f"JX427 /indicators/{made[0]}/name",))


@near("JX427")
def two_things(dice: Dice, form: Form) -> Case | None:
    """Two lines count two things under like names."""
    made = _pair(dice, form, dice.choice(UNLIKE))
    return None if made is None else Case(made[1])


@plant("JX430")
def pasted_twice(dice: Dice, form: Form) -> Case:
    """A long sentence stands twice in the goal, or in the result."""
    sentence = dice.choice(
        (
            "强化项目全过程监督管理，确保资金规范使用",
            "组织业务骨干赴先进地区学习交流管理经验",
            "建立部门联席会议制度定期研究解决问题",
        )
    )
    if dice.chance(50):
        return Case(said(form, expected=f"{sentence}。{form.goal.expected}{sentence}。"), ("JX430 /goal",), ("JX440",))
    return Case(said(form, actual=f"{sentence}。{form.goal.actual}{sentence}。"), ("JX430 /goal",))


@near("JX430")
def said_in_two_ways(dice: Dice, form: Form) -> Case:
    """Short words stand twice, or a long sentence with another object."""
    bits = ("按期验收；按期验收。", "对一标段开展质量抽检并出具报告；对二标段开展质量抽检并出具报告。", "完成。完成。")
    return Case(said(form, actual=f"{form.goal.actual}{dice.choice(bits)}"))
