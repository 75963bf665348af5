"""What stands at a JSON pointer of a form: the printed value, its label for people, and its places in the source."""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from jixiao.form import Actual, Form, FundRow, LabelledFundRow, Place, Target, plain
from jixiao.scoring.sheet import Text

EMPTY: Final = Text("（空）", "(empty)")
"""What is shown for a cell that holds nothing."""

_LONGEST: Final = 60
_LABELS: Final = {
    "/funds": Text("项目资金", "funds"),
    "/funds/total": Text("年度资金总额", "total funds"),
    "/funds/current_year": Text("当年财政拨款", "appropriation of the year"),
    "/funds/carryover": Text("上年结转资金", "carry-over"),
    "/funds/other": Text("其他资金", "other funds"),
    "/execution": Text("预算执行", "execution"),
    "/total": Text("总分", "total"),
    "/grade": Text("评分等级", "grade"),
    "/goal": Text("年度总体目标", "goal"),
    "/goal/expected": Text("预期目标", "goal"),
    "/goal/actual": Text("实际完成情况", "result"),
    "/indicators": Text("绩效指标", "indicators"),
    "/project/name": Text("项目名称", "project name"),
    "/department": Text("主管部门", "department"),
    "/unit": Text("实施单位", "unit"),
    "/fiscal_year": Text("年度", "fiscal year"),
}
_PARTS: Final = {
    "initial": Text("年初预算数", "initial"),
    "adjusted": Text("全年预算数", "adjusted"),
    "executed": Text("全年执行数", "executed"),
    "weight": Text("分值", "points"),
    "score": Text("得分", "score"),
    "rate": Text("执行率", "rate"),
    "target": Text("年度指标值", "target"),
    "actual": Text("实际完成值", "actual value"),
    "name": Text("名称", "name"),
    "level2": Text("二级指标", "second level"),
}


def value_at(form: Form, pointer: str) -> object:
    """The value a pointer names; `None` where the form has nothing there."""
    value: object = form
    for step in pointer.split("/")[1:]:
        if isinstance(value, tuple):
            value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(step)
        else:
            value = getattr(value, step, None)
    return value


def printed(value: object) -> Text:
    """A value of a form as it was printed; long texts are cut after 60 characters."""
    match value:
        case None | "":
            return EMPTY
        case Decimal():
            return _same(plain(value))
        case Target() | Actual():
            return printed(value.text)
        case FundRow() | LabelledFundRow():
            return _same(" / ".join(printed(cell).zh for cell in (value.initial, value.adjusted, value.executed)))
        case str():
            return _same(value if len(value) <= _LONGEST else value[:_LONGEST] + "…")
    return _same(str(value))


def cell_at(form: Form, pointer: str) -> Text:
    """What is printed at a pointer; for a fund row its amounts and the rate beside it."""
    value = value_at(form, pointer)
    rates = [extra.text for extra in form.extras if extra.pointer == pointer and "执行率" in extra.label]
    if rates and isinstance(value, FundRow | LabelledFundRow):
        amounts = printed(value).zh
        return Text(f"{amounts}，执行率 {rates[0]}", f"{amounts}, rate {rates[0]}")
    return printed(value)


def label_of(form: Form, pointer: str) -> Text:
    """The name of a cell for people: 当年财政拨款·全年预算数, or an indicator's name and its column."""
    if pointer in _LABELS:
        return _LABELS[pointer]
    above, _, last = pointer.rpartition("/")
    if above == "/declared_weights":
        return _same(last)
    if above in {"/indicators", "/funds/more"}:
        row = value_at(form, pointer)
        return printed(getattr(row, "name", None) or getattr(row, "label", None))
    if not above:
        return _same(last)
    row_label, part = label_of(form, above), _PARTS.get(last, _same(last))
    return Text(f"{row_label.zh}·{part.zh}", f"{row_label.en}, {part.en}")


def places_of(form: Form, pointer: str) -> tuple[Place, ...]:
    """Where a pointer's value was read: its own places, else those of the cells below it, else of what it stands in."""
    places = form.places
    while places and pointer:
        if pointer in places:
            return places[pointer]
        below = [name for name in places if name.startswith(pointer + "/")]
        if below:
            leaves = [name for name in below if name.count("/") == pointer.count("/") + 1]
            return tuple(place for name in leaves or below[:1] for place in places[name])
        pointer = pointer.rpartition("/")[0]
    return ()


@lru_cache(maxsize=4096)
def row_of(pointer: str) -> str:
    """The printed row a cell stands in: an indicator, a fund row (execution stands in that of the total), the total."""
    steps = pointer.split("/")
    block = "".join(steps[1:2])
    if block == "execution":
        return "/funds/total"
    deep = {"indicators": 3, "funds": 4 if steps[2:3] == ["more"] else 3, "declared_weights": 3}
    return "/".join(steps[: deep.get(block, 2)])


def _same(text: str) -> Text:
    return Text(text, text)
