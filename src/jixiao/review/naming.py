"""Fields in words people use: "/indicators/0/score" is 指标 1「组织活动」 · 得分. One name for one field."""

from typing import Final

from jixiao.form import Form
from jixiao.scoring.sheet import Text

FUND_ROWS: Final[dict[str, Text]] = {
    "total": Text(zh="年度资金总额", en="Total funds of the year"),
    "current_year": Text(zh="其中：当年财政拨款", en="of which: current-year appropriation"),
    "carryover": Text(zh="上年结转资金", en="Carried over from last year"),
    "other": Text(zh="其他资金", en="Other funds"),
}
"""The four usual fund rows as a form prints them."""

FUND_COLUMNS: Final[dict[str, Text]] = {
    "initial": Text(zh="年初预算数", en="Initial budget"),
    "adjusted": Text(zh="全年预算数", en="Adjusted budget"),
    "executed": Text(zh="全年执行数", en="Executed"),
}
"""The three amounts of a fund row."""

INDICATOR_COLUMNS: Final[dict[str, Text]] = {
    "level1": Text(zh="一级指标", en="Level 1"),
    "level2": Text(zh="二级指标", en="Level 2"),
    "name": Text(zh="三级指标", en="Level 3 (indicator)"),
    "target": Text(zh="年度指标值", en="Target"),
    "actual": Text(zh="实际完成值", en="Actual"),
    "weight": Text(zh="分值", en="Points"),
    "score": Text(zh="得分", en="Score"),
    "deviation": Text(zh="偏差原因分析及改进措施", en="Reason for deviation, measures"),
}
"""The columns of an indicator row as a form prints them."""

_FIELDS: Final[dict[str, Text]] = {
    "": Text(zh="全表", en="The whole form"),
    "/title": Text(zh="表名", en="Title"),
    "/fiscal_year": Text(zh="年度", en="Fiscal year"),
    "/project": Text(zh="项目名称", en="Project"),
    "/project/name": Text(zh="项目名称", en="Project"),
    "/project/code": Text(zh="项目编码", en="Project code"),
    "/department": Text(zh="主管部门", en="Department in charge"),
    "/unit": Text(zh="实施单位", en="Implementing unit"),
    "/currency_unit": Text(zh="金额单位", en="Currency unit"),
    "/funds": Text(zh="项目资金", en="Project funds"),
    "/execution": Text(zh="预算执行", en="Budget execution"),
    "/execution/weight": Text(zh="预算执行分值", en="Budget execution, points"),
    "/execution/rate": Text(zh="预算执行率", en="Execution rate"),
    "/execution/score": Text(zh="预算执行得分", en="Budget execution, score"),
    "/goal": Text(zh="年度总体目标", en="Goal of the year"),
    "/goal/expected": Text(zh="预期目标", en="Expected goal"),
    "/goal/actual": Text(zh="实际完成情况", en="What was achieved"),
    "/indicators": Text(zh="绩效指标", en="Performance indicators"),
    "/declared_weights": Text(zh="标题所印分值", en="Points printed in headings"),
    "/total": Text(zh="总分", en="Total"),
    "/total/weight": Text(zh="总分分值", en="Total, points"),
    "/total/score": Text(zh="总分得分", en="Total, score"),
    "/grade": Text(zh="评分等级", en="Grade"),
}
_LIST_STEP = 2


def field_name(form: Form, pointer: str) -> Text:
    """What people call the field at a JSON pointer of the form; the pointer itself where it has no name."""
    if pointer in _FIELDS:
        return _FIELDS[pointer]
    steps = tuple(pointer.split("/")[1:]) or (pointer,)
    if steps[0] == "funds" and len(steps) > 1:
        return _fund_name(form, steps[1:])
    if steps[0] == "indicators" and len(steps) > 1:
        return _indicator_name(form, steps[1:])
    if steps[0] == "declared_weights" and len(steps) == _LIST_STEP:
        return Text(zh=f"{steps[1]}所印分值", en=f"Points printed in {steps[1]}")
    if steps[0] == "extras" and len(steps) == _LIST_STEP:
        return _extra_name(form, steps[1])
    return Text(zh=pointer, en=pointer)


def _fund_name(form: Form, steps: tuple[str, ...]) -> Text:
    if steps[0] == "more" and len(steps) >= _LIST_STEP:
        row, rest = _more_row(form, steps[1]), steps[2:]
    else:
        row, rest = FUND_ROWS.get(steps[0], Text(zh=steps[0], en=steps[0])), steps[1:]
    if not rest:
        return row
    column = FUND_COLUMNS.get(rest[0], Text(zh=rest[0], en=rest[0]))
    return Text(zh=f"{row.zh} · {column.zh}", en=f"{row.en} · {column.en}")


def _more_row(form: Form, step: str) -> Text:
    label = form.funds.more[int(step)].label if step.isdecimal() and int(step) < len(form.funds.more) else step
    return Text(zh=label, en=label)


def _indicator_name(form: Form, steps: tuple[str, ...]) -> Text:
    number = int(steps[0]) + 1 if steps[0].isdecimal() else 0
    if not 1 <= number <= len(form.indicators):
        return Text(zh=f"指标 {steps[0]}", en=f"Indicator {steps[0]}")
    name = form.indicators[number - 1].name
    row = Text(zh=f"指标 {number}「{name}」", en=f"Indicator {number} “{name}”")
    if len(steps) == 1:
        return row
    column = INDICATOR_COLUMNS.get(steps[1], Text(zh=steps[1], en=steps[1]))
    return Text(zh=f"{row.zh} · {column.zh}", en=f"{row.en} · {column.en}")


def _extra_name(form: Form, step: str) -> Text:
    """A cell with no field of its own, by its label, behind the name of the row it stands in."""
    if not step.isdecimal() or int(step) >= len(form.extras):
        return Text(zh=f"其他 {step}", en=f"other {step}")
    extra = form.extras[int(step)]
    if not extra.pointer:
        return Text(zh=extra.label, en=extra.label)
    row = field_name(form, extra.pointer)
    return Text(zh=f"{row.zh} · {extra.label}", en=f"{row.en} · {extra.label}")
