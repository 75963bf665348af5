"""Features of what goal and result say: money alone, last year's text, promises without an indicator, gaps."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from jixiao.form import Form
from jixiao.language import Cell, Column
from jixiao.review.content import Counted, alike, base_unit, clauses, clipped, counted, pairs
from jixiao.review.features.columns import flag, words
from jixiao.review.lexicon import Lexicons
from jixiao.review.wording import bare, own_numbers

COLUMNS: Final[tuple[Column, ...]] = (
    flag("goal_only_money", "目标只有金额", "the goal is only an amount of money"),
    words("goal_other_year", "目标所写的往年年份", "an earlier year that the goal speaks of"),
    words("promises_unmeasured", "没有指标衡量的承诺", "promises that no indicator measures"),
    words("items_unmeasured", "没有指标对应的目标内容", "parts of the goal that no indicator answers"),
    flag("result_part_copied", "实际完成情况摘抄预期目标", "the result copies parts of the goal"),
    words("result_short", "完成情况少于目标之处", "where the result falls short of the goal"),
    flag("result_admits_miss", "完成情况承认未完成", "the result admits that something was not done"),
    flag("result_off_goal", "完成情况与目标无关", "the result has nothing to do with the goal"),
    words("pasted_twice", "重复粘贴的句子", "a sentence that was pasted twice"),
)
"""Features of a form, read as `f.name`."""

_LEAST_TEXT: Final = 15
_LEAST_CLAUSE: Final = 6
_LEAST_PASTED: Final = 10
_MOST_TOLD: Final = 3
_COPIED: Final = 70


def goals(form: Form, lexicons: Lexicons) -> dict[str, Cell]:
    """What goal and result say, by name of column."""
    goal, result = clipped(form.goal.expected), clipped(form.goal.actual)
    promised = counted(goal, lexicons)
    return {
        "goal_only_money": _only_money(goal, lexicons),
        "goal_other_year": _other_year(form, goal, lexicons),
        "promises_unmeasured": _unmeasured(form, promised, lexicons),
        "items_unmeasured": _items_unmeasured(form, goal, lexicons),
        "result_part_copied": _part_copied(result, goal, lexicons),
        "result_short": _short(promised, counted(result, lexicons), lexicons),
        "result_admits_miss": any(admits_miss(clause, lexicons) for clause in clauses(result)),
        "result_off_goal": _off_goal(form, goal, result, lexicons),
        "pasted_twice": _twice(goal) or _twice(result),
    }


def _only_money(goal: str, lexicons: Lexicons) -> bool:
    said = bare(goal)
    return "元" in said and any(sign.isdigit() for sign in said) and lexicons["money_only"].matches(said)


def _carries_over(form: Form) -> bool:
    """Whether money of an earlier year is in the project: then texts may rightly speak of that year."""
    row = form.funds.carryover
    return any(amount for amount in (row.initial, row.adjusted, row.executed))


def _other_year(form: Form, text: str, lexicons: Lexicons) -> str:
    """The earlier year whose work a clipped text tells, where it never names the form's own; "" where there is none."""
    if form.fiscal_year is None or str(form.fiscal_year) in text or _carries_over(form):
        return ""
    for match in lexicons["other_year"].pattern.finditer(text):
        sentence = text[match.start() : match.end() + _SENTENCE].lstrip(_SENTENCE_ENDS).partition("。")[0]
        if int(match["year"]) < form.fiscal_year and not lexicons["of_old_work"].matches(sentence):
            return match["year"]
    return ""


_SENTENCE: Final = 60
_SENTENCE_ENDS: Final = "。;:,、.)"


def _unmeasured(form: Form, promised: Sequence[Counted], lexicons: Lexicons) -> str:
    """Counted promises that share neither unit nor subject with any indicator, at most three."""
    if not form.indicators:
        return ""
    named = clipped("、".join(line.name for line in form.indicators[:_MOST_LINES]), _LONGEST_NAMES)
    said = pairs(named, lexicons["weightless"])
    units = {base_unit(line.target.unit, lexicons)[0] for line in form.indicators}
    found = [
        each.clause
        for each in promised
        if lexicons["promised_units"].matches(each.unit)
        and not lexicons["scope"].matches(each.clause)
        and each.topic
        and not each.topic & said
        and each.unit not in units
        and not _counts(each.unit, named, lexicons)
    ]
    return "、".join(dict.fromkeys(found[:_MOST_TOLD]))


def _items_unmeasured(form: Form, goal: str, lexicons: Lexicons) -> str:
    """Items of the goal that share no pair of characters with any indicator's name or target, at most three."""
    lines = form.indicators[:_MOST_LINES]
    weightless = lexicons["weightless"]
    text = "、".join(line.name + "、" + line.target.text for line in lines)
    answered = pairs(clipped(text, _LONGEST_NAMES), weightless)
    items = [item.strip(",、") for item in _ITEMS.split(goal)] if answered else []
    subjects = [(item, pairs(item, weightless)) for item in items]
    found = [item for item, subject in subjects if len(subject) >= _LEAST_SUBJECT and not subject & answered]
    return "；".join(found[:_MOST_TOLD])


_ITEMS: Final = re.compile(
    r"[。;]|(?:(?<!\d)\d{1,2}|[一二三四五六七八九十])[.、](?!\d)|\([一二三四五六七八九十\d]{1,2}\)"
)
_LEAST_SUBJECT: Final = 3
_MOST_LINES: Final = 100
_LONGEST_NAMES: Final = 4000


def _counts(unit: str, named: str, lexicons: Lexicons) -> bool:
    """Whether names speak of what a unit counts: 亩 itself, or 面积."""
    groups = lexicons.grouped("counting_words")
    return unit in named or any(group.name == unit and group.pattern.search(named) for group in groups)


def _part_copied(result: str, goal: str, lexicons: Lexicons) -> bool:
    """Whether seven tenths of a result are clauses of the goal word for word, and it names no number of its own."""
    promised = _plain_words(goal)
    said = [_plain_words(clause) for clause in clauses(result)]
    said = [clause for clause in said if clause and not lexicons["result_says_nothing"].matches(clause)]
    copied = sum(len(clause) for clause in said if len(clause) >= _LEAST_CLAUSE and clause in promised)
    return (
        not own_numbers(result, goal)
        and copied >= _LEAST_TEXT
        and copied * 100 >= _COPIED * sum(len(clause) for clause in said)
    )


def _plain_words(text: str) -> str:
    """The text without punctuation and the words by which a goal becomes a result."""
    said = bare(text)
    for word in ("通过项目实施", "本年度", "全面", "完成", "已", "了", "均"):
        said = said.replace(word, "")
    return said


def _short(promised: Sequence[Counted], done: Sequence[Counted], lexicons: Lexicons) -> str:
    """The first counted promise of which the result tells less, as "promise → result"; "" where there is none."""
    scope, missed = lexicons["scope"], lexicons["admits_miss"]
    done = [each for each in done if not scope.matches(each.clause) and not missed.matches(each.clause)]
    for each in promised:
        if scope.matches(each.clause):
            continue
        shared = [(alike(each, other), other) for other in done]
        most = max((count for count, _ in shared), default=0)
        about = [other for count, other in shared if most and count == most]
        if about and sum((other.number for other in about), Decimal(0)) < each.number - about[0].step:
            return f"{each.clause} → {about[0].clause}"
    return ""


def admits_miss(text: str, lexicons: Lexicons) -> bool:
    """Whether a text says that something was not done, and neither denies it nor tells it of the past."""
    return lexicons["admits_miss"].matches(text) and not lexicons["admits_nothing"].matches(text)


def _off_goal(form: Form, goal: str, result: str, lexicons: Lexicons) -> bool:
    if len(bare(goal)) < _LEAST_TEXT or len(bare(result)) < _LEAST_TEXT:
        return False
    weightless = lexicons["weightless"]
    names = clipped("、".join(line.name for line in form.indicators[:_MOST_LINES]), _LONGEST_NAMES)
    about = pairs("、".join((goal, clipped(form.project.name), names)), weightless)
    said = pairs(result, weightless)
    return bool(said) and bool(about) and not said & about


def _twice(text: str) -> str:
    seen: set[str] = set()
    for clause in clauses(text):
        if len(clause) >= _LEAST_PASTED and clause in seen:
            return clause
        seen.add(clause)
    return ""
