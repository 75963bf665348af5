"""Features of an indicator: how its name, target and actual value are worded, and whether other lines say the same."""

from collections.abc import Sequence
from typing import Final

from jixiao.form import Form, Indicator, fold
from jixiao.language import Cell, Column
from jixiao.review.content import clipped
from jixiao.review.features.columns import flag, words
from jixiao.review.features.reasons import STOPS, is_reason, reason_below
from jixiao.review.features.whole import unread
from jixiao.review.lexicon import Lexicon, Lexicons
from jixiao.review.lookup import row_of
from jixiao.review.wording import doubled_words, key, squeeze

COLUMNS: Final[tuple[Column, ...]] = (
    flag("asks_managers", "满意度问的是管理者", "satisfaction is asked of the managers"),
    flag("asks_nobody", "满意度未说明对象", "satisfaction of nobody in particular"),
    flag("unmeasured", "百分比无人测量", "a per cent that nobody measures"),
    flag("doubled", "名称重复用词", "words doubled in the name"),
    flag("counted_twice", "同一批人重复计算", "the same people counted twice"),
    flag("self_referring", "以项目自身衡量", "measures the project by itself"),
    flag("vague_target", "指标值无尺度", "a target without measure"),
    flag("topic_absent", "目标未提及的主题", "a topic the goal does not mention"),
    flag("named_twice", "名称与前面的指标相同", "the name stands already above"),
    flag("line_template_left", "留有模板文字", "template text was left in"),
    flag("sign_in_actual", "实际完成值抄了符号", "the sign was copied into the actual value"),
    flag("speaks_of_time", "属于时效", "is about time"),
    flag("reason_given", "写了偏差原因", "a reason is given"),
    flag("line_unread", "有未能读出的格子", "a cell could not be read"),
    words("level2_proposed", "宜归入的二级指标", "the second level where it belongs"),
)
"""Features of an indicator, read as `i.name`."""

LONGEST: Final = 200
"""A name or a target is looked at up to so many characters."""

_BENEFIT: Final = "效益指标"
_SIGNS: Final = frozenset("≥≧⩾≤≦⩽><=═")


def lines(form: Form, lexicons: Lexicons) -> list[dict[str, Cell]]:
    """The features of every indicator, by name of column, in the form's order."""
    about = squeeze(form.project.name + form.goal.expected)
    absent = [topic for topic in lexicons.topics if not topic.mention.search(about)] if form.goal.expected else []
    own_staff = not lexicons["serves_staff"].matches(about)
    twice = counted_twice(form.indicators, lexicons["person_unit"])
    project = squeeze(form.project.name)
    given_below = reason_below(form, lexicons)
    unread_rows = {row_of(pointer) for pointer in unread(form)}
    seen: set[str] = set()
    rows: list[dict[str, Cell]] = []
    for number, line in enumerate(form.indicators):
        name = clipped(line.name, LONGEST)
        row = _name_features(line, name, lexicons, project) | _value_features(line, name, lexicons)
        row["asks_managers"] = row["asks_managers"] or (own_staff and lexicons["own_staff"].matches(name))
        row["topic_absent"] = any(topic.words.search(name) for topic in absent)
        row["counted_twice"] = number in twice
        row["reason_given"] = row["reason_given"] or given_below
        row["line_unread"] = f"/indicators/{number}" in unread_rows
        row["named_twice"] = (same := key(name)) in seen
        seen |= {same} if same else set()
        rows.append(row)
    return rows


def counted_twice(indicators: Sequence[Indicator], person_unit: Lexicon) -> frozenset[int]:
    """Numbers of the benefit lines that count as many people, in the same unit, as an output line above them does.

    Target and actual must both be equal, and more than one person: what was put in (人员到岗 5 人) then stands again as
    what came out of it (解决就业 5 人).
    """
    seen: set[tuple[object, object, str]] = set()
    found: set[int] = set()
    for number, line in enumerate(indicators):
        target, actual = line.target.number, line.actual.value
        unit = squeeze(line.target.unit)
        if target is None or actual is None or target <= 1 or not person_unit.matches(unit):
            continue
        if line.level1 != _BENEFIT:
            seen.add((target, actual, unit))
        elif (target, actual, unit) in seen:
            found.add(number)
    return frozenset(found)


def _name_features(line: Indicator, name: str, lexicons: Lexicons, project: str) -> dict[str, Cell]:
    satisfaction = line.level1 == "满意度指标" or "满意" in name
    alone = name.removeprefix(project) if project and len(name) > len(project) + 1 else name
    return {
        "asks_managers": satisfaction and lexicons["managers"].matches(name),
        "asks_nobody": satisfaction and lexicons["nobody"].matches(name),
        "unmeasured": per_cent(line)
        and not lexicons["measured"].matches(name)
        and lexicons["unmeasured"].matches(name),
        "doubled": doubled_words(name, lexicons["joints"].pattern),
        "self_referring": lexicons["self_referring"].matches(alone),
        "speaks_of_time": line.target.operator == "before" or lexicons["speaks_of_time"].matches(name),
        "level2_proposed": _proposed(line.level2, name, lexicons),
    }


def _value_features(line: Indicator, name: str, lexicons: Lexicons) -> dict[str, Cell]:
    target, reason = clipped(line.target.text, LONGEST), clipped(line.deviation)
    vague = line.target.operator == "qualitative" and lexicons["vague_target"].matches(target.rstrip(STOPS))
    return {
        "vague_target": vague,
        "line_template_left": any(lexicons["template_text"].matches(text) for text in (name, target, reason) if text),
        "sign_in_actual": squeeze(line.actual.text[:LONGEST])[:1] in _SIGNS,
        "reason_given": is_reason(line.deviation, lexicons),
    }


def per_cent(line: Indicator) -> bool:
    """Whether the target is a number of per cent."""
    return fold(line.target.unit).strip() in {"%", "‰", "百分比"} and line.target.operator not in {None, "qualitative"}


def _proposed(level2: str, name: str, lexicons: Lexicons) -> str:
    for misfit in lexicons.misfits:
        out_of_place = level2 in misfit.under if misfit.under else level2 and level2 not in misfit.belongs
        if out_of_place and misfit.pattern.search(name) and not (misfit.unless and misfit.unless.search(name)):
            return misfit.belongs[0]
    return ""
