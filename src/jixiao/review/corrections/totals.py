"""The total score and the grade: they follow from what stands above them."""

import re
from decimal import Decimal
from typing import Final

from jixiao.form import Form, plain
from jixiao.review.corrections.amounts import amounts_are_asked
from jixiao.review.corrections.closing import addition, either, suspects
from jixiao.review.corrections.numbers import as_printed, less, total_of
from jixiao.review.corrections.pen import Pen
from jixiao.review.corrections.standing import Standing
from jixiao.rulebook import Grade
from jixiao.scoring.sheet import Clause, Text

_TOTAL: Final = "/total/score"
_BESIDE: Final = re.compile("[加扣减]分|奖励分")
"""Labels of cells whose points go into a total beside the lines."""


def correct_total_score(pen: Pen) -> None:
    """Put the total right where it no longer is, or never was, the sum of the scores; say where a line may be wrong."""
    printed = pen.form.total.score
    if printed is None:
        return
    if not pen.origin.fires("JX107"):
        _follow_the_lines(pen, printed)
    elif pen.standing.fires("JX107"):
        _add_up(pen, printed)
    _cap(pen)


def _follow_the_lines(pen: Pen, printed: Decimal) -> None:
    """The total agreed with the scores as they were printed: it goes with those that were put right."""
    before = total_of(pen.origin.cells("score").values())
    known = total_of(pen.standing.cells("score").values())
    if before == printed and known != before:
        _write_sum(pen, known, printed)


def _add_up(pen: Pen, printed: Decimal) -> None:
    cells = pen.standing.cells("score")
    known = total_of(cells.values())
    gap = less(printed, known)
    rows = [row for row in suspects(pen.standing, "score", gap)[1] if not pen.has_written(f"{row}/score")]
    if _is_beyond_full(pen.form, printed):
        rows = []
    if _has_points_beside(pen.form):
        pen.leave((_TOTAL,), _beside(known, printed))
    elif rows:
        ways = [(_TOTAL, as_printed(known, printed))]
        pen.leave([_TOTAL, *(f"{row}/score" for row in rows)], either(pen, "score", gap, ways, rows))
    else:
        _write_sum(pen, known, printed)


def _write_sum(pen: Pen, known: Decimal, printed: Decimal) -> None:
    cells = pen.standing.cells("score")
    sources = [f"{row}/score" for row in cells]
    if _is_beyond_full(pen.form, known):
        pen.leave((_TOTAL, *sources), _too_much(pen.form, known))
        return
    pen.write(_TOTAL, "sum", as_printed(known, printed), (addition(cells.values(), known),), depends=sources)


def _is_beyond_full(form: Form, total: Decimal) -> bool:
    """Whether a total is above its points: no score of a line explains that."""
    return form.total.weight is not None and total > form.total.weight


def _has_points_beside(form: Form) -> bool:
    return any(_BESIDE.search(extra.label) and not extra.pointer for extra in form.extras)


def _too_much(form: Form, known: Decimal) -> Text:
    points = plain(form.total.weight or Decimal(0))
    return Text(
        f"各项得分之和 {plain(known)} 高于总分值 {points}，必有得分或分值有误，哪一格表内无法判断，总分不改。",
        f"The scores add up to {plain(known)}, above the {points} points of the total row: a score or points "
        "are wrong, the form does not tell which; the total stays.",
    )


def _beside(known: Decimal, printed: Decimal) -> Text:
    return Text(
        f"各项得分之和 {plain(known)}，总分 {plain(printed)}；表上另有加分或扣分，是否计入总分表内无法判断，不改。",
        f"The scores add up to {plain(known)}, the total says {plain(printed)}; the form has points added or taken off "
        "elsewhere and does not tell whether they count, so it stays.",
    )


def _cap(pen: Pen) -> None:
    """Bring a total down to the cap that a place sets where execution is low."""
    most, now = pen.standing.sheet.score, pen.form.total.score
    if most is None or now is None or not pen.in_force or not pen.standing.fires("JX322"):
        return
    if total_of(pen.standing.cells("score").values()) != now or amounts_are_asked(pen):
        return
    step = next((step for step in pen.standing.sheet.steps if step.entry == "total_cap"), None)
    because = (
        Text(f"按规则集的限额，总分至多 {plain(most)}。", f"By the rulebook's cap the total is at most {plain(most)}."),
        *((Text(f"{step.zh}。", f"{step.en}."),) if step else ()),
    )
    clause = step.clause if step else None
    depends = ("/funds/total/adjusted", "/funds/total/executed", _TOTAL)
    pen.write(_TOTAL, "score", as_printed(most, now), because, clause=clause, depends=depends)


def correct_grade(pen: Pen) -> None:
    """Put the grade right by the bounds of the book, where the total it is read from stands."""
    letter, right, total = (
        pen.standing.feature("grade_letter"),
        pen.standing.named("grade_claimed"),
        pen.form.total.score,
    )
    grades = {grade.name: grade for grade in pen.standing.reviewer.scorer.book.grades}
    if total is None or letter not in grades or not isinstance(right, str) or letter == right:
        return
    if not pen.standing.fires("JX112") and not pen.has_written(_TOTAL):
        return
    if pen.in_force and (pen.has_written(_TOTAL) or _is_sum(pen.standing, total)):
        grade = grades[right]
        clause = Clause(grade.clause.document, grade.clause.article, grade.clause.evidence)
        pen.write("/grade", "grade", right, (_bounds(grade, total),), clause=clause, depends=(_TOTAL,))
    else:
        pen.leave(("/grade", _TOTAL), _grade_or_total(pen.form, right, total))


def _is_sum(standing: Standing, total: Decimal) -> bool:
    return total_of(standing.cells("score").values()) == total


def _bounds(grade: Grade, total: Decimal) -> Text:
    low, high = plain(grade.low), plain(grade.high)
    end = Text("含", "included") if grade.high_in else Text("不含", "excluded")
    return Text(
        f"总分 {plain(total)} 在 {low}（含）至 {high}（{end.zh}）之间，等级为“{grade.name}”。",
        f"A total of {plain(total)} lies between {low} (included) and {high} ({end.en}): {grade.name}, {grade.en}.",
    )


def _grade_or_total(form: Form, right: str, total: Decimal) -> Text:
    return Text(
        f"总分 {plain(total)} 对应“{right}”，表中为“{form.grade}”；"
        "总分未能由各项得分核对，或等级规则当时尚未施行，不改。",
        f"A total of {plain(total)} is {right}, the form says {form.grade}; the total cannot be checked by the scores, "
        "or the rule of grades was not yet in force, so it stays.",
    )
