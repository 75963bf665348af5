"""The scores of the lines: what the total row convicts, what the rule gives, what stays with the unit."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from jixiao.form import plain
from jixiao.review.corrections.amounts import amounts_are_asked, amounts_are_borne_out, score_by_rate
from jixiao.review.corrections.closing import either, suspects
from jixiao.review.corrections.numbers import as_printed, decimals_of, less, total_of
from jixiao.review.corrections.pen import Pen
from jixiao.review.corrections.standing import EXECUTION, Standing
from jixiao.review.rounding import half_up
from jixiao.scoring.sheet import Line, Text

_FUNDS: Final = ("/funds/total/adjusted", "/funds/total/executed")
_OPEN: Final = frozenset({"open", "open_full", "hand"})
"""Readings under which several scores are lawful."""


def correct_scores(pen: Pen) -> None:
    """Put right the scores of the lines: first what follows a corrected rate, then what the total row convicts."""
    if not pen.in_force:
        _leave_to_later_law(pen)
        return
    _follow_the_rate(pen)
    _settle_by_the_total(pen)
    for row in pen.standing.cells("score"):
        _lower_to_the_rule(pen, row)
    several = _settle_by_the_total(pen)
    if several:
        pen.leave([f"{row}/score" for row in several], either(pen, "score", _gap(pen), [], several))
    for row in pen.standing.cells("score"):
        if row not in several:
            _keep_below_the_rule(pen, row)
            _leave_to_the_unit(pen, row)


def _settle_by_the_total(pen: Pen) -> list[str]:
    """Put right the one line that the total convicts; several lines, where it might be any of them."""
    convicted = _convicted(pen)
    if len(convicted) == 1:
        _by_the_total(pen, convicted[0])
    return convicted if len(convicted) > 1 else []


def _leave_to_later_law(pen: Pen) -> None:
    rows = [row for row in pen.standing.cells("score") if pen.standing.lines[row].agrees is False]
    if rows:
        day = pen.standing.reviewer.scorer.book.begins
        pen.leave(
            [f"{row}/score" for row in rows],
            Text(
                f"规则集自 {day} 起施行，本表年度在此之前，得分不据以改。",
                f"The rules are in force from {day}, after the year of this form: no score is changed by them.",
            ),
        )


def _gap(pen: Pen) -> Decimal:
    return less(pen.form.total.score or Decimal(0), total_of(pen.standing.cells("score").values()))


def _convicted(pen: Pen) -> list[str]:
    """Lines whose score fits neither the rules nor the total, and both once the gap is closed there."""
    if not pen.standing.fires("JX107"):
        return []
    return [row for row in suspects(pen.standing, "score", _gap(pen))[0] if _facts_hold(pen, row)]


def _facts_hold(pen: Pen, row: str) -> bool:
    """Whether nobody asks about what a line's score rests on: its points, target and result, or the amounts."""
    if row in pen.doubted or any(problem.pointer.startswith(row) for problem in pen.form.problems):
        return False
    if row == EXECUTION:
        return _amounts_hold(pen)
    return not pen.asks_at(f"{row}/target", f"{row}/actual")


def _amounts_hold(pen: Pen) -> bool:
    """Whether the amounts are borne out by the parts or by the printed rate, and nobody asks about them."""
    if amounts_are_borne_out(pen):
        return True
    return pen.standing.named("rate_agrees") is True and not amounts_are_asked(pen)


def _follow_the_rate(pen: Pen) -> None:
    """Put the score of execution right, up or down, where it followed from the rate that was wrong."""
    score = pen.form.execution.score
    if score is None or not pen.has_written("/execution/rate") or pen.standing.lines[EXECUTION].agrees is not False:
        return
    if score_by_rate(pen.origin, pen.origin.form.execution.rate) is True:
        _write_by_rule(pen, EXECUTION, score)


def _by_the_total(pen: Pen, row: str) -> None:
    score, gap = pen.standing.cells("score")[row], _gap(pen)
    right = as_printed(total_of((score, gap)), score)
    total = plain(pen.form.total.score or Decimal(0))
    others = total_of(value for other, value in pen.standing.cells("score").items() if other != row)
    line = pen.standing.having(f"{row}/score", right).lines[row]
    because = (
        Text(
            f"总分 {total} 减其余各项得分之和 {plain(others)}，得 {plain(right)}。",
            f"The total {total} less all other scores, {plain(others)}, is {plain(right)}.",
        ),
        Text(
            f"按规则 {plain(right)} 相符，原填 {plain(score)} 不符。",
            f"By the rule {plain(right)} agrees and {plain(score)} does not.",
        ),
        *_told(line),
    )
    sources = [f"{other}/score" for other in pen.standing.cells("score") if other != row]
    pen.write(f"{row}/score", "sum", right, because, depends=["/total/score", *sources])


def _lower_to_the_rule(pen: Pen, row: str) -> None:
    """Lower a claim to what the rule gives, where it gives one number."""
    line = pen.standing.lines[row]
    score, computed = line.claimed, line.computed
    if not _is_off(pen, line) or score is None or computed is None or score < computed:
        return
    if _facts_hold(pen, row):
        _write_by_rule(pen, row, score)
    else:
        pen.leave((f"{row}/score", *_rests_on(row)), _facts_first(pen, row, score, computed))


def _keep_below_the_rule(pen: Pen, row: str) -> None:
    """Say of a claim below the rule that it stays: what a unit takes off itself is its own."""
    line = pen.standing.lines[row]
    score, computed = line.claimed, line.computed
    if _is_off(pen, line) and score is not None and computed is not None and score < computed:
        pen.keep(f"{row}/score", _kept(pen, row, score, computed))


def _leave_to_the_unit(pen: Pen, row: str) -> None:
    """Say of a claim outside what is lawful that it stays, where the rule gives a band or several formulas."""
    line = pen.standing.lines[row]
    if line.agrees is False and line.claimed is not None and not _is_one_number(pen.standing, line):
        pen.leave((f"{row}/score",), _several_are_lawful(pen, line, line.claimed))


def _is_off(pen: Pen, line: Line) -> bool:
    """Whether a claim is not what the rule gives, where it gives one number and nobody doubts the line's points."""
    if line.agrees is not False or line.computed is None or line.pointer in pen.doubted:
        return False
    return _is_one_number(pen.standing, line)


def _is_one_number(standing: Standing, line: Line) -> bool:
    """Whether the rule gives a line one score: not a band, not several lawful formulas, not a person's decision."""
    if line.pointer == EXECUTION:
        return bool(standing.form.funds.total.adjusted)
    return line.low is None and standing.named_of(line.pointer, "reading") not in _OPEN


def _write_by_rule(pen: Pen, row: str, score: Decimal) -> None:
    right = _score_by_rule(pen.standing, row, score)
    line = pen.standing.lines[row]
    clause = next((step.clause for step in reversed(line.steps) if step.clause is not None), None)
    because = (*_told(line), *_printed_as(line, right))
    pen.write(f"{row}/score", "score", right, because, clause=clause, depends=_rests_on(row))


def _rests_on(row: str) -> tuple[str, ...]:
    if row == EXECUTION:
        return ("/execution/rate", "/execution/weight", *_FUNDS)
    return (f"{row}/weight", f"{row}/target", f"{row}/actual")


def _score_by_rule(standing: Standing, row: str, score: Decimal) -> Decimal:
    """What the rule gives, in the decimals of the score or, where it is whole, of all scores, if the book allows."""
    computed = standing.lines[row].computed or Decimal(0)
    places = decimals_of(score) or decimals_of(*standing.cells("score").values())
    for exact in (_unrounded(standing, row), Fraction(computed)):
        right = as_printed(half_up(exact, places), score)
        if standing.having(f"{row}/score", right).lines[row].agrees:
            return right
    return as_printed(computed, score)


def _unrounded(standing: Standing, row: str) -> Fraction:
    exact = standing.named("execution_exact") if row == EXECUTION else standing.named_of(row, "points_exact")
    return Fraction(exact) if isinstance(exact, Decimal | Fraction) else Fraction(0)


def _told(line: Line) -> tuple[Text, ...]:
    """How the rule scores a line: the formula, and the steps of its derivation."""
    steps = (Text(f"{step.zh}。", f"{step.en}.") for step in line.steps)
    return (Text(f"算法：{line.formula.zh}。", f"Formula: {line.formula.en}."), *steps)


def _printed_as(line: Line, right: Decimal) -> Iterator[Text]:
    if right != line.computed:
        places = decimals_of(right)
        yield Text(
            f"本表得分印 {places} 位小数，取 {plain(right)}。",
            f"The scores of this form are printed with {places} decimals: {plain(right)}.",
        )


def _kept(pen: Pen, row: str, score: Decimal, computed: Decimal) -> Text:
    name = pen.label(f"{row}/score")
    return Text(
        f"“{name.zh}”自评 {plain(score)}，低于按规则算得的 {plain(computed)}。"
        "单位可以少给自己分，不改；如属笔误，请自行改正。",
        f"{name.en}: {plain(score)} is claimed, below the {plain(computed)} that the rule gives. A unit may give "
        "itself less, so it stays; if it is a slip, please correct it.",
    )


def _facts_first(pen: Pen, row: str, score: Decimal, computed: Decimal) -> Text:
    name = pen.label(f"{row}/score")
    facts = (
        Text("资金金额", "the amounts")
        if row == EXECUTION
        else Text("指标值、完成值或分值", "target, result or points")
    )
    return Text(
        f"“{name.zh}”自评 {plain(score)}，按规则为 {plain(computed)}；但{facts.zh}本身有疑问，先核实再算，不改。",
        f"{name.en}: {plain(score)} is claimed, the rule gives {plain(computed)}; but {facts.en} are themselves "
        "in question, so it stays until they are settled.",
    )


def _several_are_lawful(pen: Pen, line: Line, score: Decimal) -> Text:
    name, lawful = pen.label(f"{line.pointer}/score"), line.formula
    if line.low is not None and line.high is not None:
        low, high = plain(line.low), plain(line.high)
        lawful = Text(f"{lawful.zh}：{low} 至 {high} 分", f"{lawful.en}: {low} to {high}")
    return Text(
        f"“{name.zh}”自评 {plain(score)} 与规则不符，但规则给的不是一个数（{lawful.zh}），由填报单位重新打分，不改。",
        f"{name.en}: the claimed {plain(score)} is not what the rule allows, but the rule gives no single number "
        f"({lawful.en}): the unit scores again, nothing was changed.",
    )
