"""Features of the form as a whole: its goal and result, what it explains, counts over its rows."""

import re
from typing import Final

from jixiao.form import Form, is_nothing
from jixiao.language import Cell, Column
from jixiao.review.features.columns import count, flag, words
from jixiao.review.features.reasons import explained_rows, notes
from jixiao.review.lexicon import Lexicons
from jixiao.review.locate import amounts_below_zero, declared_wrong, negatives, row_rates_wrong
from jixiao.review.wording import bare, copied, own_numbers, squeeze
from jixiao.rulebook import Book

_MOST_PIECES: Final = 10**6

COLUMNS: Final[tuple[Column, ...]] = (
    flag("result_empty", "实际完成情况没有内容", "the result has no content"),
    flag("result_copied", "实际完成情况照抄预期目标", "the result copies the goal"),
    flag("goal_promises_time", "目标有时限承诺", "the goal promises something on time"),
    flag("goal_is_slogan", "目标是口号", "the goal is a slogan"),
    flag("template_left", "留有模板文字", "template text was left in"),
    flag("execution_explained", "说明了预算执行", "execution is explained"),
    flag("adjustment_explained", "说明了预算或目标调整", "the change of budget or targets is explained"),
    flag("goal_unread", "目标栏未能读出", "the goal could not be read"),
    flag("points_unread", "有未能读出的分值或得分", "points or a score could not be read"),
    flag("funds_unread", "资金有未能读出的格子", "a cell of the funds could not be read"),
    count("deliverables", "要花钱的成果件数", "deliverables that cost money", most=_MOST_PIECES),
    count("row_rates_wrong", "执行率不等于商的资金行", "fund rows whose rate is not the quotient"),
    count("declared_wrong", "与所属指标分值之和不符的标题分值", "points in headings that differ from their lines"),
    count("negatives", "小于零的分值、得分或执行率", "points, scores or a rate below zero"),
    count("amounts_below_zero", "小于零的金额", "amounts below zero"),
    flag("cost_required", "规则集要求成本指标", "the rulebook demands a cost indicator"),
    flag("satisfaction_required", "规则集要求满意度指标", "the rulebook demands a satisfaction indicator"),
    flag("benefit_required", "规则集要求效益指标", "the rulebook demands a benefit indicator"),
    words("grade_letter", "评分等级（优良中差）", "grade, one of 优良中差"),
)
"""Features of a form, read as `f.name`."""

_POINTS: Final = re.compile(r"|/indicators(?:/\d+(?:/weight|/score)?)?|/(?:execution|total)(?:/weight|/score)?")
_GRADES: Final = frozenset("优良中差")


def whole(form: Form, lexicons: Lexicons) -> dict[str, Cell]:
    """The features of a form, by name of column; those that a book decides are left out."""
    goal, result = squeeze(form.goal.expected), squeeze(form.goal.actual)
    said = notes(form, lexicons["reason_label"])
    unread_cells = unread(form)
    return {
        "result_empty": _says_nothing(result, lexicons) if result else _has_cell(form, "/goal/actual"),
        "result_copied": copied(form.goal.actual, form.goal.expected)
        and not own_numbers(form.goal.actual, form.goal.expected),
        "goal_promises_time": lexicons["promises_time"].matches(goal),
        "goal_is_slogan": lexicons["slogan"].matches(goal) and not lexicons["countable"].matches(_undated(goal)),
        "template_left": any(lexicons["template_text"].matches(text) for text in (goal, result)),
        "execution_explained": lexicons["money_reason"].matches(said) or "/execution" in explained_rows(form, lexicons),
        "adjustment_explained": lexicons["change_reason"].matches(said),
        "goal_unread": any(pointer.startswith("/goal") for pointer in unread_cells),
        "points_unread": any(_POINTS.fullmatch(pointer) for pointer in unread_cells),
        "funds_unread": any(pointer.startswith("/funds") or not pointer for pointer in unread_cells),
        "deliverables": _deliverables(form, lexicons),
        "row_rates_wrong": len(row_rates_wrong(form)),
        "declared_wrong": len(declared_wrong(form)),
        "negatives": len(negatives(form)),
        "amounts_below_zero": len(amounts_below_zero(form)),
        "grade_letter": _grade(form.grade or ""),
    }


def unread(form: Form) -> list[str]:
    """Pointers of what is printed and could not be read; what is not printed at all (code "missing") is left out."""
    return [problem.pointer for problem in form.problems if problem.code != "missing" and not problem.is_of_the_file]


def _says_nothing(result: str, lexicons: Lexicons) -> bool:
    return is_nothing(result) or lexicons["result_says_nothing"].matches(bare(result))


def _has_cell(form: Form, pointer: str) -> bool:
    """Whether an empty cell is there at all: layouts differ in what they print; a form never printed has every cell."""
    told = any(problem.pointer == pointer for problem in form.problems)
    return told or pointer in form.places or not form.places


def _undated(goal: str) -> str:
    years = goal.split("年")
    return "年".join(part.rstrip("0123456789一二三四五六七八九十两") for part in years[:-1]) + years[-1]


def _deliverables(form: Form, lexicons: Lexicons) -> int:
    pieces = [
        int(line.actual.value)
        for line in form.indicators
        if line.actual.value is not None
        and line.level2 == "数量指标"
        and lexicons["piece_unit"].matches(squeeze(line.actual.unit or line.target.unit))
        and lexicons["costly"].matches(squeeze(line.name))
    ]
    return min(sum(pieces), _MOST_PIECES)


def _grade(text: str) -> str:
    """The grade without brackets and endings: 优秀, “优” and 优（90-100） are 优; another word stays as printed."""
    word = squeeze(text).strip("()“”\"'")
    return word[:1] if word[:1] in _GRADES else word


def demanded(book: Book) -> dict[str, Cell]:
    """The features that depend on the rulebook alone: sections that every one of its weight profiles gives points."""
    return {
        "cost_required": bool(book.profiles) and all(profile.cost > 0 for profile in book.profiles),
        "benefit_required": bool(book.profiles) and all(profile.benefit > 0 for profile in book.profiles),
        "satisfaction_required": bool(book.profiles) and all(profile.satisfaction > 0 for profile in book.profiles),
    }
