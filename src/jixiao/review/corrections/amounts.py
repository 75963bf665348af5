"""Funds and rates: a total that its own rate convicts, a rate that is not the quotient of amounts borne out twice."""

from decimal import Decimal
from typing import Final

from jixiao.form import Extra, Form, FundRow, LabelledFundRow, parse_rate, plain
from jixiao.review.corrections.numbers import as_printed, decimals_of, less, per_cent, quotient, total_of, tries
from jixiao.review.corrections.pen import Pen
from jixiao.review.corrections.standing import Standing
from jixiao.review.locate import FundColumn, fund_rows, funds, is_quotient, rate_speaks
from jixiao.review.lookup import value_at
from jixiao.review.naming import field_name
from jixiao.scoring.sheet import Text

_COLUMNS: Final[tuple[tuple[str, FundColumn], ...]] = (
    ("JX101", "initial"), ("JX102", "adjusted"), ("JX103", "executed"),
)  # fmt: skip
_TOTAL: Final = "/funds/total"
_MEASURED: Final = (f"{_TOTAL}/adjusted", f"{_TOTAL}/executed")
_RATE: Final = "/execution/rate"
DOUBTS_OF_AMOUNTS: Final = frozenset({"JX201", "JX203", "JX206", "JX220"})
"""Checks that ask whether an amount was written wrong: above its budget, without one, in another unit, below zero."""


def correct_amounts(pen: Pen) -> None:
    """Put right the total row where the printed rate belongs to the sums of its parts; say what cannot be told."""
    for code, column in _COLUMNS:
        if pen.standing.fires(code):
            _column(pen, column)


def _column(pen: Pen, column: FundColumn) -> None:
    form, total = pen.form, getattr(pen.form.funds.total, column)
    parts = {f"{row}/{column}": getattr(held, column) for row, held in fund_rows(form).items()}
    known = {pointer: amount for pointer, amount in parts.items() if amount is not None}
    told = len(known) == len(parts) and not form.funds.more
    if told and column != "initial" and rate_speaks(form) == "parts":
        right = as_printed(total_of(known.values()), total)
        pen.write(f"{_TOTAL}/{column}", "sum", right, _sum_told(form, right), depends=(*known, _RATE))
    else:
        pen.leave(funds(form, column), _either(pen, column, total_of(known.values())))


def _sum_told(form: Form, right: Decimal) -> tuple[Text, ...]:
    rate, whole = plain(form.execution.rate or Decimal(0)), plain(right)
    return (
        Text(f"各部分之和为 {whole}。", f"The parts add up to {whole}."),
        Text(
            f"表上所印执行率 {rate} % 与各部分之和相符，与资金总额不符，因此写错的是总额。",
            f"The printed rate of {rate} % fits the sums of the parts and not the total row, so the total is wrong.",
        ),
    )


def _either(pen: Pen, column: FundColumn, parts: Decimal) -> Text:
    total = getattr(pen.form.funds.total, column)
    gap = less(total, parts)
    ways = [(pen.label(pointer), _mended(pen.form, pointer, gap)) for pointer in funds(pen.form, column)]
    zh = "，或".join(f"“{name.zh}”应为 {amount}" for name, amount in ways)
    en = ", or ".join(f"{name.en} should be {amount}" for name, amount in ways)
    return Text(
        f"资金总额 {plain(total)}，各部分之和 {plain(parts)}，哪一格有误表内无法判断：{zh}。请对照批复和决算改正。",
        f"Total {plain(total)}, sum of the parts {plain(parts)}; the form does not tell which cell is wrong: {en}. "
        "Please correct it by the approval and the final accounts.",
    )


def _mended(form: Form, pointer: str, gap: Decimal) -> str:
    cell = value_at(form, pointer)
    amount = cell if isinstance(cell, Decimal) else Decimal(0)
    right = less(amount, gap) if pointer.startswith(_TOTAL) else total_of((amount, gap))
    return plain(as_printed(right, amount))


def correct_rate(pen: Pen) -> None:
    """Put the rate right where parts, or the score, bear the amounts out; else say that either may be wrong."""
    rate, total = pen.form.execution.rate, pen.form.funds.total
    if rate is None or not pen.standing.fires("JX104") or not total.adjusted or total.executed is None:
        return
    right = _agreeing_rate(pen.standing, rate, total)
    if right is None or not amounts_are_borne_out(pen):
        pen.leave((_RATE, *_MEASURED), _rate_or_amounts(rate, total))
        return
    pen.write(_RATE, "rate", right, (_division(total, right), _rounded(right), _why_the_rate(pen)), depends=_MEASURED)


def amounts_are_borne_out(pen: Pen) -> bool:
    """Whether the total row's amounts are above doubt: nobody asks about them, and parts or the score agree."""
    if amounts_are_asked(pen):
        return False
    return parts_agree(pen.form) or score_tells(pen.standing)


def amounts_are_asked(pen: Pen) -> bool:
    """Whether a question about the total row's amounts is open."""
    corrected = any(map(pen.has_written, _MEASURED))
    return any(
        finding.code in DOUBTS_OF_AMOUNTS
        or (finding.family == "arithmetic" and finding.pointer in _MEASURED and not corrected)
        for finding in pen.asked
    )


def parts_agree(form: Form) -> bool:
    """Whether the parts add up to the total row, in what was budgeted and in what was spent."""
    rows = fund_rows(form).values()
    return bool(rows) and all(
        total_of(getattr(row, column) or Decimal(0) for row in rows) == getattr(form.funds.total, column)
        for column in ("adjusted", "executed")
    )


def score_tells(standing: Standing) -> bool:
    """Whether the score of execution follows from the amounts and would not follow from the printed rate."""
    form = standing.form
    if standing.named("execution_agrees") is not True or standing.named("execution_reading") == "execution_initial":
        return False
    return score_by_rate(standing, form.execution.rate) is False


def score_by_rate(standing: Standing, rate: Decimal | None) -> object:
    """Whether the score of execution would agree if as much had been spent as a rate says; `None` if nobody knows."""
    adjusted = standing.form.funds.total.adjusted
    if rate is None or adjusted is None:
        return None
    return standing.having(_MEASURED[1], per_cent(adjusted, rate)).named("execution_agrees")


def _agreeing_rate(standing: Standing, rate: Decimal, total: FundRow) -> Decimal | None:
    """The quotient in as many decimals as are printed, or as few more as the book asks for."""
    if not total.adjusted or total.executed is None:
        return None
    for places in tries(decimals_of(rate)):
        right = quotient(total.executed, total.adjusted, places)
        if standing.having(_RATE, right).named("rate_agrees"):
            return right
    return None


def _division(row: FundRow | LabelledFundRow, right: Decimal) -> Text:
    executed, adjusted = plain(row.executed or Decimal(0)), plain(row.adjusted or Decimal(0))
    return Text(
        f"全年执行数 {executed} ÷ 全年预算数 {adjusted} × 100 = {plain(right)}（%）。",
        f"Executed {executed} ÷ adjusted budget {adjusted} × 100 = {plain(right)} (%).",
    )


def _rounded(right: Decimal) -> Text:
    places = decimals_of(right)
    return Text(f"四舍五入到 {places} 位小数。", f"Rounded half up to {places} decimals.")


def _why_the_rate(pen: Pen) -> Text:
    if parts_agree(pen.form):
        return Text("两项金额与各部分之和相符。", "Both amounts are the sums of their parts.")
    return Text("预算执行得分与两项金额相符，与所印执行率不符。", "The score fits the amounts, not the printed rate.")


def _rate_or_amounts(rate: Decimal, total: FundRow) -> Text:
    exact = plain(quotient(total.executed or Decimal(0), total.adjusted or Decimal(1), max(2, decimals_of(rate))))
    return Text(
        f"所印执行率 {plain(rate)} %，按金额计算为 {exact} %；是执行率还是金额有误，表内无法判断。请核对决算后改正。",
        f"The printed rate is {plain(rate)} %, the amounts give {exact} %; the form does not tell whether the rate or "
        "an amount is wrong. Please check with the final accounts and correct it.",
    )


def correct_row_rates(pen: Pen) -> None:
    """Put right the rates beside fund rows, where the rows add up to the total."""
    for number, extra in enumerate(pen.form.extras):
        row = fund_rows(pen.form).get(extra.pointer or "")
        rate = parse_rate(extra.text) if "执行率" in extra.label else None
        if row is not None and rate is not None and is_quotient(rate, row) is False:
            _row_rate(pen, number, rate, row)


def _row_rate(pen: Pen, number: int, rate: Decimal, row: FundRow | LabelledFundRow) -> None:
    pointer, extra = f"/extras/{number}", pen.form.extras[number]
    source = extra.pointer or ""
    amounts = (f"{source}/adjusted", f"{source}/executed")
    doubted = not parts_agree(pen.form) or pen.asks_at(*amounts)
    if doubted or not row.adjusted or row.executed is None:
        pen.leave((pointer, *amounts), _row_or_rate(pen.form, extra))
        return
    right = quotient(row.executed, row.adjusted, decimals_of(rate))
    text = extra.text.strip()
    text = plain(right) + (text[-1] if text[-1] in "%％" else "")
    pen.write(pointer, "rate", text, (_division(row, right), _rounded(right)), depends=amounts)


def _row_or_rate(form: Form, extra: Extra) -> Text:
    name = field_name(form, extra.pointer or "")
    return Text(
        f"“{name.zh}”一行所印执行率 {extra.text} 与本行金额不符，是执行率还是金额有误，表内无法判断。",
        f"The rate {extra.text} beside {name.en} is not the row's quotient; the form does not tell whether the rate or "
        "an amount is wrong.",
    )
