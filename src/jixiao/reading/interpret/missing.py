"""What a form lacks: fields every form has, and fields whose label is printed with nothing beside it."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from jixiao.form import Form, Problem
from jixiao.layout.lexicon import Lexicon
from jixiao.reading.interpret.columns import MONEY
from jixiao.reading.interpret.draft import Draft
from jixiao.reading.interpret.outline import Part

_ALWAYS: Final = {
    "/project/name": "项目名称",
    "/fiscal_year": "年度",
    "/currency_unit": "金额单位（元或万元）",
    "/indicators": "绩效指标",
}
_MONEY_NAMES: Final = {"initial": "年初预算数", "adjusted": "全年预算数", "executed": "全年执行数"}
_EXECUTION_NAMES: Final = {"weight": "预算执行的分值", "rate": "执行率", "score": "预算执行的得分"}
_INDICATOR_NAMES: Final = {
    "name": "三级指标名称",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
}


def report_missing(form: Form, draft: Draft, parts: Sequence[Part], lexicon: Lexicon) -> Form:
    """The form with a problem for each field that it should have and has not.

    A field is expected where every form has it, or where the form prints its label or the header of its column: a form
    of a layout without grades lacks no grade, the form of a whole department no project.
    """
    told = {problem.pointer for problem in form.problems}
    if any(word in form.title for word in lexicon.blocks["titles"]):
        told.add("/project/name")
    problems = [
        Problem(pointer=pointer, code="missing", message=_not_read(pointer, name))
        for pointer, name in _missing(form, draft, parts)
        if pointer not in told
    ]
    return msgspec.structs.replace(form, problems=(*form.problems, *problems))


def _not_read(pointer: str, name: str) -> str:
    return (
        f"没有读到{name}：原件中该栏为空，没有这一栏，或其内容未能归入；请对照原件及“unplaced”各项。"
        f"Nothing was read for {pointer}: the cell is empty, there is none, or what it holds could not be placed. "
        "Compare with the original and with what is unplaced."
    )


def _missing(form: Form, draft: Draft, parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    held = {
        "/project/name": form.project.name,
        "/fiscal_year": form.fiscal_year,
        "/currency_unit": form.currency_unit,
        "/indicators": form.indicators,
    }
    yield from ((pointer, name) for pointer, name in _ALWAYS.items() if not held[pointer])
    columns = {
        kind: {
            column.field for part in parts if part.header and part.header.kind == kind for column in part.header.columns
        }
        for kind in ("funds", "indicators")
    }
    yield from _missing_funds(form, columns["funds"])
    if not form.goal.expected:
        yield "/goal/expected", "年度总体目标"
    yield from _missing_cells(form, columns["indicators"])
    if form.total.score is None and "score" in columns["indicators"]:
        yield "/total/score", "总分"
    if form.grade is None and "/grade" in draft.fields:
        yield "/grade", "评分等级"


def _missing_funds(form: Form, columns: set[str | None]) -> Iterator[tuple[str, str]]:
    total = form.funds.total
    if not columns:
        if total.initial is None and total.adjusted is None and total.executed is None:
            yield "/funds/total", "项目资金的年度资金总额"
        return
    for field, name in _MONEY_NAMES.items():
        if field in columns & MONEY and getattr(form.funds.total, field) is None:
            yield f"/funds/total/{field}", f"年度资金总额的{name}"
    for field, name in _EXECUTION_NAMES.items():
        if field in columns and getattr(form.execution, field) is None:
            yield f"/execution/{field}", name


def _missing_cells(form: Form, columns: set[str | None]) -> Iterator[tuple[str, str]]:
    for index, indicator in enumerate(form.indicators):
        texts = {"name": indicator.name, "target": indicator.target.text, "actual": indicator.actual.text}
        numbers = {"weight": indicator.weight, "score": indicator.score}
        empty = [field for field, text in texts.items() if not text]
        empty += [field for field, number in numbers.items() if number is None]
        for field in empty:
            if field in columns or (
                field == "target" and columns & {"adjusted_target", "other_target", "initial_target"}
            ):
                yield f"/indicators/{index}/{field}", f"第 {index + 1} 项指标的{_INDICATOR_NAMES[field]}"
