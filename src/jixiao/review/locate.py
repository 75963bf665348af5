"""Which cell explains a broken sum: pointers of the cells that may be wrong, the evidence of the form weighed.

A locator takes the form and its score sheet and gives one or more JSON pointers. It never decides whether something is
wrong (the condition does); it says where to look. Where the form itself clears a cell, that cell is not named.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final, Literal

from jixiao.form import Form, FundRow, LabelledFundRow, is_nothing, parse_rate
from jixiao.review.lookup import value_at
from jixiao.scoring.sheet import Line, ScoreSheet

FundColumn = Literal["initial", "adjusted", "executed"]
Locator = Callable[[Form, ScoreSheet], tuple[str, ...]]

_ROWS: Final = ("current_year", "carryover", "other")
_MOST: Final = 4


def last_place(number: Decimal) -> Decimal:
    """One unit of the last printed place: 0.01 of 86.19, 1 of 86."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)


def is_quotient(rate: Decimal, row: FundRow | LabelledFundRow) -> bool | None:
    """Whether a rate in per cent is executed ÷ adjusted but for its last printed place; `None` without a quotient.

    Nothing spent of nothing has no quotient: forms print 0, some systems 100, and any other rate is wrong.
    """
    if row.executed is None or row.adjusted is None:
        return None
    if row.adjusted == 0:
        return None if row.executed or rate in (0, 100) else False
    return abs(rate * row.adjusted - 100 * row.executed) < last_place(rate) * abs(row.adjusted)


def fund_rows(form: Form) -> dict[str, FundRow | LabelledFundRow]:
    """The part rows of 项目资金 by pointer, those without an amount left out."""
    rows: dict[str, FundRow | LabelledFundRow] = {f"/funds/{name}": getattr(form.funds, name) for name in _ROWS}
    rows |= {f"/funds/more/{number}": row for number, row in enumerate(form.funds.more)}
    return {
        pointer: row
        for pointer, row in rows.items()
        if not (row.initial is None and row.adjusted is None and row.executed is None)
    }


def funds(form: Form, column: FundColumn) -> tuple[str, ...]:
    """Cells of one amount column that may break "parts = total": the total, and parts that could close the gap.

    A printed rate that fits the total row clears the total of 全年预算数 and 全年执行数; one that fits only the sums of
    the parts convicts it. A part row that is empty or 0 throughout is named only where 0 would be right for it.
    """
    total: Decimal | None = getattr(form.funds.total, column)
    rows = fund_rows(form)
    parts: dict[str, Decimal] = {pointer: getattr(row, column) or Decimal(0) for pointer, row in rows.items()}
    whole = [f"/funds/total/{column}"]
    if total is None or not parts:
        return tuple(whole)
    verdict = None if column == "initial" else rate_speaks(form)
    if verdict == "parts":
        return tuple(whole)
    gap = total - sum(parts.values())
    zeros_first = sorted(parts.items(), key=lambda row: row[1] + gap != 0)
    suspects = [f"{pointer}/{column}" for pointer, part in zeros_first if _may_be(part, gap, rows[pointer])]
    cleared = verdict == "total" and suspects
    return tuple(([] if cleared else whole) + suspects)[:_MOST]


def _may_be(part: Decimal, gap: Decimal, row: FundRow | LabelledFundRow) -> bool:
    others = any((row.initial, row.adjusted, row.executed))
    return part + gap >= 0 and others


def rate_speaks(form: Form) -> Literal["total", "parts"] | None:
    """Which row the printed rate belongs to, where it belongs to one of the two only: the total, or the parts' sums."""
    execution, total, rows = form.execution, form.funds.total, fund_rows(form)
    if execution.rate is None:
        return None
    adjusted = sum((row.adjusted or Decimal(0) for row in rows.values()), Decimal(0))
    executed = sum((row.executed or Decimal(0) for row in rows.values()), Decimal(0))
    by_total = is_quotient(execution.rate, total)
    by_parts = is_quotient(execution.rate, FundRow(None, adjusted, executed))
    if by_total is by_parts:
        return None
    return "total" if by_total else "parts"


def weights(form: Form, sheet: ScoreSheet) -> tuple[str, ...]:
    """Weight cells that, corrected by the gap to the printed total, would fit their score; else the total's cell."""
    cells = _cells(form, sheet, "weight")
    printed = form.total.weight
    if printed is None:
        return ("/total/weight",)
    gap = printed - sum((weight for weight, _ in cells.values()), Decimal(0))
    found = [pointer for pointer, (weight, line) in cells.items() if _fits(weight, weight + gap, line)]
    return tuple(found[:_MOST]) or ("/total/weight",)


def _fits(weight: Decimal, right: Decimal, line: Line | None) -> bool:
    """Whether the claimed score, at odds with the printed weight, is what the line would get with the right one."""
    if line is None or line.claimed is None or right <= 0:
        return False
    if line.claimed == right:
        return True
    if line.computed is None or line.agrees:
        return False
    return _follows(line.claimed, line, weight, right) if weight else line.claimed <= right


def _follows(claimed: Decimal, line: Line, weight: Decimal, right: Decimal) -> bool:
    """Whether a score that is not full follows from the right weight as the computed one does from the printed."""
    if line.low is not None and line.high is not None:
        return line.low * right <= claimed * weight <= line.high * right
    computed = line.computed or Decimal(0)
    return computed != weight and abs(claimed * weight - computed * right) <= last_place(claimed) * (weight + right) / 2


def scores(form: Form, sheet: ScoreSheet) -> tuple[str, ...]:
    """Score cells that, corrected by the gap to the printed total, would be what the rules give; else the total."""
    cells = _cells(form, sheet, "score")
    printed = form.total.score
    if printed is None:
        return ("/total/score",)
    gap = printed - sum((score for score, _ in cells.values()), Decimal(0))
    sure = [pointer for pointer, (score, line) in cells.items() if line and line.computed == score + gap]
    if sure:
        return tuple(sure[:_MOST])
    full = _full(form)
    maybe = [
        pointer
        for pointer, (score, line) in cells.items()
        if (line is None or line.computed is None or line.low is not None) and full.get(pointer) == score + gap
    ]
    return ("/total/score", *maybe)[:_MOST]


def _full(form: Form) -> dict[str, Decimal | None]:
    """The weight that stands beside every score cell."""
    lines = {f"/indicators/{number}/score": line.weight for number, line in enumerate(form.indicators)}
    return {"/execution/score": form.execution.weight, **lines}


def _cells(form: Form, sheet: ScoreSheet, column: Literal["weight", "score"]) -> dict[str, tuple[Decimal, Line | None]]:
    """Every printed weight or score by pointer, with its line of the score sheet."""
    lines = {line.pointer: line for line in sheet.lines}
    held: dict[str, Decimal | None] = {"/execution": getattr(form.execution, column)}
    held |= {f"/indicators/{number}": getattr(line, column) for number, line in enumerate(form.indicators)}
    return {f"{row}/{column}": (value, lines.get(row)) for row, value in held.items() if value is not None}


def declared_wrong(form: Form) -> tuple[str, ...]:
    """Pointers of points printed in a heading that are not the sum of the weights under it.

    A heading is left out where a weight under it is missing, and where the gap is the very one between the total row
    and all weights: then a weight is wrong, not the heading.
    """
    weights_sum = sum((line.weight or Decimal(0) for line in form.indicators), form.execution.weight or Decimal(0))
    gap = None if form.total.weight is None else form.total.weight - weights_sum
    wrong = []
    for label, points in form.declared_weights.items():
        below = [line.weight for line in form.indicators if label in {line.level1, line.level2}]
        known = [weight for weight in below if weight is not None]
        difference = points - sum(known, Decimal(0))
        if below and len(known) == len(below) and difference and difference != gap:
            wrong.append(f"/declared_weights/{label}")
    return tuple(wrong)


def row_rates_wrong(form: Form) -> tuple[str, ...]:
    """Pointers of fund rows beside which a rate is printed that is not executed ÷ adjusted of that row."""
    rows = fund_rows(form)
    wrong = []
    for extra in form.extras:
        rate = parse_rate(extra.text) if "执行率" in extra.label else None
        row = rows.get(extra.pointer or "")
        if rate is not None and row is not None and is_quotient(rate, row) is False:
            wrong.append(extra.pointer or "")
    return tuple(wrong)


def negatives(form: Form) -> tuple[str, ...]:
    """Pointers of points, scores and the rate below 0."""
    execution = form.execution
    cells = {"/execution/weight": execution.weight, "/execution/rate": execution.rate}
    cells |= {"/execution/score": execution.score}
    for number, line in enumerate(form.indicators):
        cells |= {f"/indicators/{number}/weight": line.weight, f"/indicators/{number}/score": line.score}
    cells |= {"/total/weight": form.total.weight, "/total/score": form.total.score}
    return _below_zero(cells)


def amounts_below_zero(form: Form) -> tuple[str, ...]:
    """Pointers of amounts below 0."""
    cells: dict[str, Decimal | None] = {}
    for pointer, row in {"/funds/total": form.funds.total, **fund_rows(form)}.items():
        cells |= {f"{pointer}/{column}": getattr(row, column) for column in ("initial", "adjusted", "executed")}
    return _below_zero(cells)


def _below_zero(cells: Mapping[str, Decimal | None]) -> tuple[str, ...]:
    return tuple(pointer for pointer, value in cells.items() if value is not None and value < 0)


def overspent(form: Form) -> tuple[str, ...]:
    """Pointers of part rows of which more was executed than budgeted, the total not being exceeded."""
    total = form.funds.total
    if total.adjusted is None or total.executed is None or total.executed > total.adjusted:
        return ()
    return tuple(
        f"{pointer}/executed"
        for pointer, row in fund_rows(form).items()
        if row.executed is not None and row.adjusted is not None and row.executed > row.adjusted
    )


_NEEDED: Final = ("/project/name", "/department", "/unit", "/fiscal_year", "/goal/expected")
_AMOUNTS: Final = ("/funds/total/initial", "/funds/total/adjusted", "/funds/total/executed")
_CLAIMS: Final = ("/execution/score", "/total/score")
_ALWAYS: Final = frozenset({"/project/name", "/goal/expected"})


def blanks(form: Form) -> tuple[str, ...]:
    """Pointers of cells that must be filled in, are there, and hold nothing (what could not be read is left out).

    Layouts differ in what they print, so a cell is there where its place was read; name and goal are on every form.
    """
    return tuple(pointer for pointer in (*_NEEDED, *_AMOUNTS, *_CLAIMS) if is_left_blank(form, pointer))


def is_left_blank(form: Form, pointer: str) -> bool:
    """Whether a cell is there and holds nothing, and that not because it could not be read."""
    told = any(problem.pointer == pointer for problem in form.problems)
    return _is_blank(form, pointer) and not told and _is_there(form, pointer)


def _is_blank(form: Form, pointer: str) -> bool:
    value = value_at(form, pointer)
    return is_nothing(value) if isinstance(value, str) else value is None


def _is_there(form: Form, pointer: str) -> bool:
    return pointer in form.places if form.places else pointer in _ALWAYS


LOCATORS: Final[Mapping[str, Locator]] = {
    "funds_initial": lambda form, _: funds(form, "initial"),
    "funds_adjusted": lambda form, _: funds(form, "adjusted"),
    "funds_executed": lambda form, _: funds(form, "executed"),
    "weights": weights,
    "scores": scores,
    "declared": lambda form, _: declared_wrong(form),
    "row_rates": lambda form, _: row_rates_wrong(form),
    "negatives": lambda form, _: negatives(form),
    "amounts_below_zero": lambda form, _: amounts_below_zero(form),
    "overspent": lambda form, _: overspent(form),
    "blanks": lambda form, _: blanks(form),
}
"""Locators by the name under which a check page calls them (`locate`)."""
