"""Planted faults of wording (JX401 to JX413), and wording that is fine; the words are data (words.toml)."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from fairness.planting import Case, Planter, full, near, of_level, plant, put, said, some
from forms.dice import Dice
from jixiao.form import Form, plain

PRODUCTION = ("数量指标", "质量指标")
Row = tuple[str, str, str, str]
"""Second level, name, target, actual."""


def registered() -> None:
    """Register the planters of all words."""
    page = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    for entry in page["line"]:
        for kind in ("faulty", "fine"):
            for row in entry.get(kind, ()):
                register = plant if kind == "faulty" else near
                register(entry["code"])(_line_planter(entry, _row(entry, row), faulty=kind == "faulty"))
    for entry in page["text"]:
        for text in entry["faulty"]:
            plant(entry["code"])(_text_planter(entry, text, faulty=True))
        for text in entry["fine"]:
            near(entry["code"])(_text_planter(entry, text, faulty=False))


def _row(entry: dict[str, Any], text: str) -> Row:
    cells = [cell.strip() for cell in text.split("|")]
    if "level2" in entry:
        cells = [entry["level2"], *cells]
    cells += [entry.get("target", "≥90%"), entry.get("actual", "95%")][len(cells) - 2 :]
    return cells[0], cells[1], cells[2], cells[3]


def _line_planter(entry: dict[str, Any], row: Row, *, faulty: bool) -> Planter:
    def planter(dice: Dice, form: Form) -> Case | None:
        made = _named(dice, form, row)
        if made is None:
            return None
        number, now = made
        now = replace(now, goal=form.goal) if entry.get("untold") and faulty else now
        ask = (f"{entry['code']} /indicators/{number}{entry['cell']}",) if faulty else ()
        untold = _UNTOLD if now.goal == form.goal and made[1].goal != form.goal else ()
        return Case(now, ask, (*entry.get("may", ()), *untold))

    return planter


def _text_planter(entry: dict[str, Any], text: str, *, faulty: bool) -> Planter:
    def planter(dice: Dice, form: Form) -> Case:
        ask = (f"{entry['code']} /goal/{entry['field']}",) if faulty else ()
        return Case(said(form, **{entry["field"]: text}), ask, tuple(entry.get("may", ())))

    return planter


def _named(dice: Dice, form: Form, row: Row) -> tuple[int, Form] | None:
    """The form with one of its lines replaced by another; whose number."""
    level2, name, target, actual = row
    level1 = "产出指标" if level2 in PRODUCTION else "满意度指标" if "满意度" in level2 else "效益指标"
    alike = of_level(level2) if level2 in PRODUCTION else lambda line: line.level1 == level1
    number = some(dice, form, alike)
    if number is None:
        return None
    return number, full(form, number, level2=level2, name=name, target=target, actual=actual)


_UNTOLD = ("JX414", "JX415", "JX420", "JX423", "JX440", "JX441")
"""What may be asked where goal and result still speak of the line that was replaced."""

registered()


@plant("JX402")
def copied_result(dice: Dice, form: Form) -> Case:
    """The result is the goal over again."""
    goal = form.goal.expected
    ways = (goal, goal.replace("：", "，已完成：", 1), f"已完成：{goal}", goal.replace("。", "，达到目标。"))
    return Case(said(form, actual=dice.choice(ways)), ("JX402 /goal/actual",), ("JX422", "JX420"))


@near("JX402")
def result_along_the_goal(dice: Dice, form: Form) -> Case:
    """The result follows the goal's sentence and gives the figures that were reached."""
    told = "，".join(f"{line.name}{line.actual.text}" for line in form.indicators)
    return Case(said(form, actual=f"{form.goal.expected.split('：')[0]}：{told}。"))


@plant("JX409")
def sign_copied(dice: Dice, form: Form) -> Case | None:
    """The target's sign stands before the actual value."""
    number = some(dice, form, lambda line: line.target.operator in {"≥", "≤"} and line.score == line.weight)
    if number is None:
        return None
    line = form.indicators[number]
    sign = {"≥": ("≥", ">=", "≧", "＞"), "≤": ("≤", "<=", "≦", "＜")}[line.target.operator or "≥"]
    actual = f"{dice.choice(sign)}{line.actual.text}"
    return Case(put(form, number, actual=actual), (f"JX409 /indicators/{number}/actual",), ("JX326", "JX318", "JX301"))


@near("JX409")
def about_so_many(dice: Dice, form: Form) -> Case | None:
    """About so many, so many and more: words, no sign."""
    number = some(
        dice, form, lambda line: line.target.operator == "≥" and line.score == line.weight and line.target.unit != "%"
    )
    if number is None:
        return None
    line = form.indicators[number]
    way = dice.choice(("{}{}以上", "{}余{}", "约{}{}", "{}{}左右"))
    actual = way.format(plain(line.actual.value or Decimal(0)), line.actual.unit)
    return Case(put(form, number, actual=actual), may=("JX301",))


@plant("JX410")
def template_in_the_goal(dice: Dice, form: Form) -> Case:
    """The template's guidance, or a placeholder, stands in goal or result."""
    bits = ("（限500字以内）", "（请填写年度总体目标）", "××", "____", "……", "示例：")
    if dice.chance(60):
        return Case(said(form, expected=f"{dice.choice(bits)}{form.goal.expected}"), ("JX410 /goal",))
    return Case(said(form, actual=f"{dice.choice(bits)}{form.goal.actual}"), ("JX410 /goal",))


@near("JX410")
def marks_that_are_text(dice: Dice, form: Form) -> Case:
    """Marks that look like a template's and are text."""
    bits = ("（含结转项目）", "X射线设备、", "“十四五”期间，", "第3×4方阵，", "（2023—2025年）")
    return Case(said(form, expected=f"{dice.choice(bits)}{form.goal.expected}"))


@near("JX412")
def topic_in_the_goal(dice: Dice, form: Form) -> Case | None:
    """The topic of the line is in the goal, in the same words or wider ones."""
    row = dice.choice((
        ("数量指标", "公务用车保养次数", "≥6次", "7次"), ("数量指标", "食堂供餐人次", "≥800人次", "860人次"),
        ("数量指标", "电梯维保次数", "≥12次", "12次"), ("数量指标", "补植苗木", "≥300株", "320株"),
    ))  # fmt: skip
    made = _named(dice, form, row)
    if made is None:
        return None
    number, form = made
    words = {"公": "保养公务车辆", "食": "办好职工餐厅", "电": "维护办公楼设施设备和电梯", "补": "植树造林"}[
        form.indicators[number].name[0]
    ]
    return Case(said(form, expected=f"{words}，{form.goal.expected}"))
