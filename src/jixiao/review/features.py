"""Features: what the rule language cannot say (wording, similarity, other rows), computed once a form as columns.

Every feature is declared with its kind and its name for people; conditions read them as `f.name` and `i.name`. They are
deterministic, and what words they look for is data (the lexicons).
"""

import re
from decimal import Decimal
from typing import Final

from jixiao.form import Extra, Form, Indicator, fold, is_nothing
from jixiao.language import Cell, Column
from jixiao.review.context import NOTHING, Context
from jixiao.review.lexicon import Lexicon, Lexicons
from jixiao.review.locate import declared_wrong, negatives, row_rates_wrong
from jixiao.review.lookup import row_of
from jixiao.review.peers import below_last_year, counted_twice
from jixiao.review.wording import bare, copied, doubled_words, key, squeeze
from jixiao.rulebook import Book

_MANY: Final = Decimal(1000)


def _flag(name: str, zh: str, en: str) -> Column:
    return Column(name, "boolean", zh=zh, en=en)


def _count(name: str, zh: str, en: str, *, nullable: bool = False) -> Column:
    return Column(name, "number", 0, Decimal(0), _MANY, nullable, zh=zh, en=en)


FORM_FEATURES: Final = (
    _flag("result_empty", "实际完成情况没有内容", "the result has no content"),
    _flag("result_copied", "实际完成情况照抄预期目标", "the result copies the goal"),
    _flag("goal_promises_time", "目标有时限承诺", "the goal promises something on time"),
    _flag("goal_is_slogan", "目标是口号", "the goal is a slogan"),
    _flag("template_left", "留有模板文字", "template text was left in"),
    _flag("execution_explained", "说明了预算执行", "execution is explained"),
    _flag("adjustment_explained", "说明了预算或目标调整", "the change of budget or targets is explained"),
    _flag("goal_unread", "目标栏未能读出", "the goal could not be read"),
    _flag("points_unread", "有未能读出的分值或得分", "points or a score could not be read"),
    _flag("funds_unread", "资金有未能读出的格子", "a cell of the funds could not be read"),
    _count("deliverables", "要花钱的成果件数", "deliverables that cost money"),
    _count("row_rates_wrong", "执行率不等于商的资金行", "fund rows whose rate is not the quotient"),
    _count("declared_wrong", "与所属指标分值之和不符的标题分值", "points in headings that differ from their lines"),
    _count("negatives", "负数", "negative numbers"),
    _flag("cost_required", "规则集要求成本指标", "the rulebook demands a cost indicator"),
    _flag("satisfaction_required", "规则集要求满意度指标", "the rulebook demands a satisfaction indicator"),
    Column("grade_letter", "text", zh="评分等级（优良中差）", en="grade, one of 优良中差"),
    _count("targets_below_last_year", "低于上年的指标值", "targets below last year's", nullable=True),
)
"""Features of a form, read as `f.name`."""

INDICATOR_FEATURES: Final = (
    _flag("asks_managers", "满意度问的是管理者", "satisfaction is asked of the managers"),
    _flag("asks_nobody", "满意度未说明对象", "satisfaction of nobody in particular"),
    _flag("unmeasured", "百分比无人测量", "a per cent that nobody measures"),
    _flag("doubled", "名称重复用词", "words doubled in the name"),
    _flag("counted_twice", "同一批人重复计算", "the same people counted twice"),
    _flag("self_referring", "以项目自身衡量", "measures the project by itself"),
    _flag("vague_target", "指标值无尺度", "a target without measure"),
    _flag("topic_absent", "目标未提及的主题", "a topic the goal does not mention"),
    _flag("named_twice", "名称与前面的指标相同", "the name stands already above"),
    _flag("line_template_left", "留有模板文字", "template text was left in"),
    _flag("sign_in_actual", "实际完成值抄了符号", "the sign was copied into the actual value"),
    _flag("speaks_of_time", "属于时效", "is about time"),
    _flag("reason_given", "写了偏差原因", "a reason is given"),
    _flag("line_unread", "有未能读出的格子", "a cell could not be read"),
    Column("level2_proposed", "text", zh="宜归入的二级指标", en="the second level where it belongs"),
)
"""Features of an indicator, read as `i.name`."""


def form_features(form: Form, lexicons: Lexicons, context: Context = NOTHING) -> dict[str, Cell]:
    """All features of a form, by name of column.

    Args:
        form: the form under review.
        lexicons: the words to look for.
        context: what is known beside the form.
    """
    goal, result = squeeze(form.goal.expected), squeeze(form.goal.actual)
    notes = _notes(form, lexicons["reason_label"])
    unread, last_year = _unread(form), context.last_year
    return {
        "result_empty": _says_nothing(result, lexicons) if result else _has_cell(form, "/goal/actual"),
        "result_copied": copied(form.goal.actual, form.goal.expected),
        "goal_promises_time": lexicons["promises_time"].matches(goal),
        "goal_is_slogan": lexicons["slogan"].matches(goal) and not lexicons["countable"].matches(_undated(goal)),
        "template_left": any(lexicons["template_text"].matches(text) for text in (goal, result)),
        "execution_explained": lexicons["money_reason"].matches(notes) or "/execution" in _explained(form, lexicons),
        "adjustment_explained": lexicons["change_reason"].matches(notes),
        "goal_unread": any(pointer.startswith("/goal") for pointer in unread),
        "points_unread": any(_POINTS.fullmatch(pointer) for pointer in unread),
        "funds_unread": any(pointer.startswith("/funds") or not pointer for pointer in unread),
        "deliverables": _deliverables(form, lexicons),
        "row_rates_wrong": len(row_rates_wrong(form)),
        "declared_wrong": len(declared_wrong(form)),
        "negatives": len(negatives(form)),
        "grade_letter": _grade(form.grade or ""),
        "targets_below_last_year": None if last_year is None else below_last_year(form, last_year),
    }


def indicator_features(form: Form, lexicons: Lexicons) -> list[dict[str, Cell]]:
    """All features of every indicator, by name of column, in the form's order."""
    about = squeeze(form.project.name + form.goal.expected)
    absent = [topic for topic in lexicons.topics if not topic.search(about)] if form.goal.expected else []
    own_staff = not lexicons["serves_staff"].matches(about)
    twice = counted_twice(form.indicators, lexicons["person_unit"])
    project = squeeze(form.project.name)
    given_below = _reason_below(form, lexicons)
    unread = {row_of(pointer) for pointer in _unread(form)}
    seen: set[str] = set()
    rows: list[dict[str, Cell]] = []
    for number, line in enumerate(form.indicators):
        name = squeeze(line.name)[:_LONGEST]
        row = _name_features(line, name, lexicons, project) | _value_features(line, name, lexicons)
        row["asks_managers"] = row["asks_managers"] or (own_staff and lexicons["own_staff"].matches(name))
        row["topic_absent"] = any(topic.search(name) for topic in absent)
        row["counted_twice"] = number in twice
        row["reason_given"] = row["reason_given"] or given_below
        row["line_unread"] = f"/indicators/{number}" in unread
        row["named_twice"] = (same := key(name)) in seen
        seen |= {same} if same else set()
        rows.append(row)
    return rows


def _name_features(line: Indicator, name: str, lexicons: Lexicons, project: str) -> dict[str, Cell]:
    satisfaction = line.level1 == "满意度指标" or "满意" in name
    alone = name.removeprefix(project) if project and len(name) > len(project) + 1 else name
    return {
        "asks_managers": satisfaction and lexicons["managers"].matches(name),
        "asks_nobody": satisfaction and lexicons["nobody"].matches(name),
        "unmeasured": _per_cent(line)
        and not lexicons["measured"].matches(name)
        and lexicons["unmeasured"].matches(name),
        "doubled": doubled_words(name, lexicons["joints"].pattern),
        "self_referring": lexicons["self_referring"].matches(alone),
        "speaks_of_time": line.target.operator == "before" or lexicons["speaks_of_time"].matches(name),
        "level2_proposed": _proposed(line.level2, name, lexicons),
    }


def _value_features(line: Indicator, name: str, lexicons: Lexicons) -> dict[str, Cell]:
    target, reason = squeeze(line.target.text)[:_LONGEST], squeeze(line.deviation)
    vague = line.target.operator == "qualitative" and lexicons["vague_target"].matches(target.rstrip(_STOPS))
    return {
        "vague_target": vague,
        "line_template_left": any(lexicons["template_text"].matches(text) for text in (name, target, reason) if text),
        "sign_in_actual": squeeze(line.actual.text[:_LONGEST])[:1] in _SIGNS,
        "reason_given": not is_nothing(line.deviation) and not lexicons["no_reason"].matches(reason.rstrip(_STOPS)),
    }


_LONGEST: Final = 200
_STOPS: Final = "。.;；,、"
_POINTS: Final = re.compile(r"|/indicators(?:/\d+(?:/weight|/score)?)?|/(?:execution|total)(?:/weight|/score)?")


def _unread(form: Form) -> list[str]:
    """Pointers of what is printed and could not be read; what is not printed at all (code "missing") is left out."""
    return [problem.pointer for problem in form.problems if problem.code != "missing"]


_SIGNS: Final = frozenset("≥≧⩾≤≦⩽><=═")


def _says_nothing(result: str, lexicons: Lexicons) -> bool:
    return is_nothing(result) or lexicons["result_says_nothing"].matches(bare(result))


def _has_cell(form: Form, pointer: str) -> bool:
    """Whether an empty cell is there at all: layouts differ in what they print; a form never printed has every cell."""
    told = any(problem.pointer == pointer for problem in form.problems)
    return told or pointer in form.places or not form.places


def _undated(goal: str) -> str:
    years = goal.split("年")
    return "年".join(part.rstrip("0123456789一二三四五六七八九十两") for part in years[:-1]) + years[-1]


def _notes(form: Form, label: Lexicon) -> str:
    deviations = [line.deviation for line in form.indicators if line.deviation]
    cells = [extra.text for extra in form.extras if label.matches(squeeze(extra.label)) and not is_nothing(extra.text)]
    return fold(" ".join([*deviations, *cells, form.goal.actual]))


def _explained(form: Form, lexicons: Lexicons) -> set[str]:
    """Rows of the form beside which a cell for reasons holds one."""
    return {
        "/execution" if extra.pointer and extra.pointer.startswith("/funds") else extra.pointer or ""
        for extra in form.extras
        if _holds_reason(extra, lexicons)
    }


def _reason_below(form: Form, lexicons: Lexicons) -> bool:
    """Whether the reasons stand in one cell of their own, as in layouts without a column for them."""
    if any(line.deviation for line in form.indicators):
        return False
    return any(extra.pointer is None and _holds_reason(extra, lexicons) for extra in form.extras)


def _holds_reason(extra: Extra, lexicons: Lexicons) -> bool:
    return (
        lexicons["reason_label"].matches(squeeze(extra.label))
        and not is_nothing(extra.text)
        and not lexicons["no_reason"].matches(squeeze(extra.text).rstrip(_STOPS))
    )


def _deliverables(form: Form, lexicons: Lexicons) -> int:
    pieces = [
        int(line.actual.value)
        for line in form.indicators
        if line.actual.value is not None
        and line.level2 == "数量指标"
        and lexicons["piece_unit"].matches(squeeze(line.actual.unit or line.target.unit))
        and lexicons["costly"].matches(squeeze(line.name))
    ]
    return min(sum(pieces), int(_MANY))


def _per_cent(line: Indicator) -> bool:
    return fold(line.target.unit).strip() in {"%", "‰", "百分比"} and line.target.operator not in {None, "qualitative"}


def _proposed(level2: str, name: str, lexicons: Lexicons) -> str:
    for misfit in lexicons.misfits:
        out_of_place = level2 in misfit.under if misfit.under else level2 and level2 not in misfit.belongs
        if out_of_place and misfit.pattern.search(name) and not (misfit.unless and misfit.unless.search(name)):
            return misfit.belongs[0]
    return ""


def _grade(text: str) -> str:
    """The grade without brackets and endings: 优秀, “优” and 优（90-100） are 优; another word stays as printed."""
    word = squeeze(text).strip("()“”\"'")
    return word[:1] if word[:1] in _GRADES else word


_GRADES: Final = frozenset("优良中差")


def demanded(book: Book) -> dict[str, Cell]:
    """The features that depend on the rulebook alone: sections that every one of its weight profiles gives points."""
    return {
        "cost_required": bool(book.profiles) and all(profile.cost > 0 for profile in book.profiles),
        "satisfaction_required": bool(book.profiles) and all(profile.satisfaction > 0 for profile in book.profiles),
    }
