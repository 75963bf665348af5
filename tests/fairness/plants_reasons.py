"""Planted faults in reasons, headings and parts of goals (JX431 to JX441, JX347), and what only looks alike."""

from decimal import Decimal

from msgspec.structs import replace

from fairness.planting import Case, full, met, mute, near, of_level, plant, put, said, some
from fairness.plants_scores import below
from fairness.sound import summed
from forms.dice import Dice
from jixiao.form import Form, Project


def _reason(
    code: str, faulty: tuple[str, ...], fine: tuple[str, ...], *, full_points: bool = False, may: tuple[str, ...] = ()
) -> None:
    """Register planters that write a reason beside a line that fell short, or that has full points."""

    def made(dice: Dice, form: Form, reasons: tuple[str, ...]) -> tuple[int, Form] | None:
        if any(line.deviation for line in form.indicators):
            return None
        if full_points:
            number = some(dice, form, met)
            return None if number is None else (number, put(form, number, deviation=dice.choice(reasons)))
        known = below(dice, form)
        return None if known is None else (known[0], put(known[1], known[0], deviation=dice.choice(reasons)))

    @plant(code)
    def wrong(dice: Dice, form: Form) -> Case | None:
        case = made(dice, form, faulty)
        return None if case is None else Case(mute(case[1]), (f"{code} /indicators/{case[0]}/deviation",), may)

    @near(code)
    def right(dice: Dice, form: Form) -> Case | None:
        case = made(dice, form, fine)
        return None if case is None else Case(mute(case[1]), may=("JX435",))


_reason(
    "JX431",
    ("已全部完成", "各项任务均已按要求完成。", "按计划完成，无偏差", "年度目标已全面完成", "已达标"),
    (
        "基本完成，剩两处待征地",
        "上半年未招标，现已完成采购，次年补足",
        "已完成八成，其余次年完成",
        "设备返修，次年一季度完成",
    ),
    may=("JX434", "JX435", "JX302"),
)
_reason(
    "JX432",
    ("因用地手续滞后，二期未完成", "设备尚未验收", "未达到年初目标", "部分人员没有到岗，任务未完成"),
    ("不存在未完成的情况", "上年未完成部分结转本年完成", "无", "超额完成，因需求增加", "未发生偏差"),
    full_points=True,
)
_reason(
    "JX434",
    ("客观原因", "未完成", "受多种因素影响", "加强管理", "未达到目标值", "由于种种原因未能完成"),
    (
        "招标流标，次年重招",
        "8月洪水冲毁便道，停工40天，次年3月复工",
        "两名技术员离职，次年补招",
        "农户外出务工，春节后补测",
    ),
    may=("JX435", "JX302"),
)
_reason(
    "JX435",
    ("用地未批", "招标流标", "两名技术员离职", "8月洪水冲毁便道，停工40天"),
    (
        "用地未批，已列入次年计划",
        "招标流标，今后提前编制采购文件",
        "两名技术员离职，下一步面向社会招聘",
        "停工40天，将倒排工期加快施工",
    ),
    may=("JX434",),
)


@plant("JX433")
def reason_of_another_line(dice: Dice, form: Form) -> Case | None:
    """The reason speaks of another line by its name."""
    known = below(dice, form)
    if known is None:
        return None
    number, made = known
    others = [
        line.name
        for at, line in enumerate(made.indicators)
        if at != number and not set(line.name) & set(made.indicators[number].name)
    ]
    if not others:
        return None
    reason = f"{dice.choice(others)}因招标流标推迟，次年一季度实施"
    return Case(put(made, number, deviation=reason), (f"JX433 /indicators/{number}/deviation",))


@near("JX433")
def reason_of_its_own_line(dice: Dice, form: Form) -> Case | None:
    """The reason speaks of this line by its name."""
    known = below(dice, form)
    if known is None:
        return None
    number, made = known
    return Case(put(made, number, deviation=f"{made.indicators[number].name}因招标流标推迟，次年一季度补足"))


@plant("JX436")
def placeholder_in_a_heading(dice: Dice, form: Form) -> Case:
    """The project, or the unit, has a placeholder in its name."""
    mark = dice.choice(("XX", "××", "某某", "**"))
    if dice.chance(50):
        return Case(replace(form, project=Project(f"{mark}县{form.project.name}")), ("JX436 /project",))
    return Case(replace(form, unit=f"{mark}县服务中心"), ("JX436 /project",), ("JX436", "JX438"))


@near("JX436")
def letters_in_a_heading(dice: Dice, form: Form) -> Case:
    """Letters and signs that belong to a name."""
    return Case(replace(form, project=Project(f"{dice.choice(('X射线设备', '5G', 'A类', 'PPP'))}{form.project.name}")))


@plant("JX437")
def title_of_another_project(dice: Dice, form: Form) -> Case:
    """The title names quite another project."""
    name = dice.choice(("禁毒宣传教育", "敬老院消防改造", "龙舟邀请赛", "粮食仓储修缮"))
    return Case(replace(form, title=f"{form.fiscal_year}年{name}项目支出绩效自评表"), ("JX437 /title",))


@near("JX437")
def title_of_this_project(dice: Dice, form: Form) -> Case:
    """The title names this project, or its department, or nothing."""
    names = (form.project.name, form.department, "部门预算", "")
    return Case(replace(form, title=f"{dice.choice(names)}项目支出绩效自评表"))


@plant("JX438")
def unit_of_another_county(dice: Dice, form: Form) -> Case:
    """Unit and department name two counties."""
    one, two = dice.choice((("阳信县", "无棣县"), ("石楼县", "柳林县"), ("蓝田县", "周至县")))
    form = replace(form, department=f"{one}{form.department[3:]}", unit=f"{two}第一中学")
    return Case(form, ("JX438 /unit",))


@near("JX438")
def unit_of_the_same_county(dice: Dice, form: Form) -> Case:
    """Unit and department name a county and the city above it, or the same one."""
    pairs = (
        ("滨州市阳信县教育局", "阳信县第一中学"),
        ("成都市水务局", "都江堰市水务站"),
        ("蓝田县卫生健康局", "蓝田县医院"),
        ("县教育局", "周至县第一中学"),
    )
    department, unit = dice.choice(pairs)
    return Case(replace(form, department=department, unit=unit), may=("JX212", "JX213"))


@plant("JX440")
def sentence_of_no_line(dice: Dice, form: Form) -> Case:
    """A sentence of the goal that no line measures."""
    more = dice.choice(("编纂家风家训读本", "举办象棋邀请赛", "修缮明清古戏台", "开展防溺水演习"))
    return Case(said(form, expected=f"{form.goal.expected}{more}。"), ("JX440 /goal/expected",), ("JX415",))


@near("JX440")
def sentence_of_the_aim(dice: Dice, form: Form) -> Case:
    """A sentence of the goal that says what it is all for."""
    aim = dice.choice(("不断提高服务水平。", "为群众办实事。", "确保资金使用规范。"))
    return Case(said(form, expected=f"{form.goal.expected}{aim}"))


@plant("JX441")
def quantity_apart(dice: Dice, form: Form) -> Case | None:
    """A quantity that shares no word with the project and its goal."""
    number = some(dice, form, of_level("数量指标"))
    if number is None:
        return None
    name, target, actual = dice.choice(
        (("采购电脑台数", "≥12台", "12台"), ("发放手册份数", "≥90份", "95份"), ("租用会场次数", "≥6次", "6次"))
    )
    made = full(form, number, name=name, target=target, actual=actual)
    return Case(replace(made, goal=form.goal), (f"JX441 /indicators/{number}/name",), ("JX415", "JX420", "JX423"))


@plant("JX347")
def points_by_thirds(dice: Dice, form: Form) -> Case | None:
    """Points of thirds, that sum all the same."""
    rows = [at for at, line in enumerate(form.indicators) if line.level1 == "产出指标" and met(line)]
    if len(rows) < 2:
        return None
    asked = []
    for at, change in zip(rows[:2], (Decimal("0.33"), Decimal("-0.33")), strict=True):
        weight = (form.indicators[at].weight or Decimal(0)) + change
        form = put(form, at, weight=weight, score=weight)
        asked.append(f"JX347 /indicators/{at}/weight")
    return Case(summed(form), tuple(asked))


@near("JX347")
def points_by_halves(dice: Dice, form: Form) -> Case | None:
    """Points of halves."""
    rows = [at for at, line in enumerate(form.indicators) if line.level1 == "产出指标" and met(line)]
    if len(rows) < 2:
        return None
    for at, change in zip(rows[:2], (Decimal("0.5"), Decimal("-0.5")), strict=True):
        weight = (form.indicators[at].weight or Decimal(0)) + change
        form = put(form, at, weight=weight, score=weight)
    return Case(summed(form))
