"""Features of what an indicator means: sign against name, two names of one meaning, goal and result beside the line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from jixiao.form import Form, Indicator, is_nothing
from jixiao.language import Cell, Column
from jixiao.review.content import Counted, base_unit, clipped, counted, excluded, letters, meaning, pairs, sides
from jixiao.review.features.columns import flag, words
from jixiao.review.lexicon import Lexicons
from jixiao.review.wording import bare, key, squeeze

COLUMNS: Final[tuple[Column, ...]] = (
    flag("other_field", "属于目标没有涉及的领域", "of a field that the goal does not touch"),
    flag("apart_from_goal", "名称与项目名称、目标没有一个字相同", "the name shares no character with project and goal"),
    flag("sign_against", "符号与名称意思相反", "the sign runs against the name"),
    words("means_the_same", "意思相同的前一条指标", "the line above that means the same"),
    flag("name_vague", "名称没有说明衡量什么", "the name does not say what is measured"),
    flag("no_satisfaction", "满意度标题下不是满意度", "no satisfaction under its heading"),
    flag("target_repeats_name", "指标值重复名称", "the target repeats the name"),
    words("below_promise", "目标承诺的数量", "what the goal promises"),
    words("result_differs", "完成情况所写的数量", "what the result says"),
    flag("method_missing", "唯独此行没有填写计算方法或依据", "only this line has no method or evidence"),
)
"""Features of an indicator, read as `i.name`."""

_SATISFACTION: Final = "满意度指标"
_LONGEST: Final = 200
_LEAST_REPEATED: Final = 4
_UPWARD: Final = frozenset({"≥", ">"})
_DOWNWARD: Final = frozenset({"≤", "<"})


class _Name(NamedTuple):
    """A line's name as it is compared: squeezed, what it is about, the base unit of its target and how many of it."""

    text: str
    pairs: frozenset[str]
    letters: frozenset[str]
    sides: Mapping[str, frozenset[str]]
    unit: str
    factor: int


def meanings(form: Form, lexicons: Lexicons) -> list[dict[str, Cell]]:
    """What every indicator means, by name of column, in the form's order."""
    names = [_name(line, lexicons) for line in form.indicators]
    rows = [_by_itself(line, name.text, lexicons) for line, name in zip(form.indicators, names, strict=True)]
    columns = {
        **_fields(form, names, lexicons),
        "means_the_same": _same(form.indicators, names, lexicons),
        "below_promise": _below(form, names, lexicons),
        "result_differs": _differs(form, names, lexicons),
        "method_missing": _without_method(form, lexicons),
    }
    for column, cells in columns.items():
        for row, cell in zip(rows, cells, strict=True):
            row[column] = cell
    return rows


def _name(line: Indicator, lexicons: Lexicons) -> _Name:
    text, weightless = clipped(line.name, _LONGEST), lexicons["weightless"]
    unit, factor = base_unit(line.target.unit, lexicons)
    return _Name(text, pairs(text, weightless), letters(text, weightless), sides(text, lexicons), unit, factor)


def _by_itself(line: Indicator, name: str, lexicons: Lexicons) -> dict[str, Cell]:
    vague = lexicons["vague_name"].matches(bare(name)) or bare(name) in {line.level1, line.level2}
    satisfaction = line.level1 == _SATISFACTION and bool(name)
    return {
        "sign_against": _against(line, name, lexicons),
        "name_vague": vague and not (satisfaction and "满意" in name),
        "no_satisfaction": satisfaction and not vague and not lexicons["satisfaction_words"].matches(name),
        "target_repeats_name": _repeats(line, name),
    }


def _against(line: Indicator, name: str, lexicons: Lexicons) -> bool:
    if line.target.operator in _UPWARD:
        return lexicons["bad_heads"].matches(name) and not lexicons["bad_turned"].matches(name)
    return (
        line.target.operator in _DOWNWARD
        and lexicons["good_heads"].matches(name)
        and not lexicons["good_turned"].matches(name)
    )


def _repeats(line: Indicator, name: str) -> bool:
    """Whether a target in words says only what the name says, in whatever order."""
    said = bare(line.target.text[:_LONGEST])
    if line.target.operator != "qualitative" or len(said) < _LEAST_REPEATED or any(map(str.isdigit, said)):
        return False
    return not Counter(said) - Counter(name)


def _fields(form: Form, names: Sequence[_Name], lexicons: Lexicons) -> dict[str, list[Cell]]:
    """Whether an output shares no character with the form's subject, and is of another field of work besides."""
    about = clipped(form.goal.expected) + clipped(form.project.name + form.unit + form.department, _LONGEST)
    fields = lexicons.grouped("fields")
    known = {field.name for field in fields if field.pattern.search(about)}
    said = letters(about, lexicons["weightless"])
    apart: list[Cell] = []
    other: list[Cell] = []
    for line, name in zip(form.indicators, names, strict=True):
        own = name.letters
        alone = bool(form.goal.expected and own) and line.level1 == "产出指标" and not own & said
        others = {field.name for field in fields if field.pattern.search(name.text)} if alone and known else set()
        apart.append(alone and line.level2 == "数量指标")
        other.append(bool(others) and not others & known)
    return {"apart_from_goal": apart, "other_field": other}


def _same(lines: Sequence[Indicator], names: Sequence[_Name], lexicons: Lexicons) -> list[Cell]:
    """For every line the name of a line above it that says the same in other words; "" where there is none."""
    first: dict[tuple[str, str], str] = {}
    found: list[Cell] = []
    for line, name in zip(lines, names, strict=True):
        mark = (meaning(name.text, name.unit, lexicons), name.unit)
        above = first.setdefault(mark, line.name) if mark[0] else line.name
        found.append("" if key(squeeze(above)) == key(name.text) else above)
    return found


def _below(form: Form, names: Sequence[_Name], lexicons: Lexicons) -> list[Cell]:
    """For every line what the goal promises more of the same thing than the target asks; "" where it does not."""
    told = _beside(counted(clipped(form.goal.expected), lexicons), names, lexicons)
    found: list[Cell] = []
    for line, name, each in zip(form.indicators, names, told, strict=True):
        number = line.target.number if line.target.operator in _UPWARD | {"="} else None
        short = each is not None and number is not None and number * name.factor <= each.number - each.step
        found.append(each.clause if each is not None and short else "")
    return found


def _differs(form: Form, names: Sequence[_Name], lexicons: Lexicons) -> list[Cell]:
    """For every line the number of the same thing in the result, where it is another than the actual value."""
    rough, missed = lexicons["approximate"], lexicons["admits_miss"]
    said = [each for each in counted(clipped(form.goal.actual), lexicons) if each.exact]
    said = [each for each in said if not rough.matches(each.clause) and not missed.matches(each.clause)]
    told = _beside(said, names, lexicons)
    found: list[Cell] = []
    for line, each in zip(form.indicators, told, strict=True):
        unit, factor = base_unit(line.actual.unit or line.target.unit, lexicons)
        same_unit = each is not None and unit == each.unit and line.actual.value is not None
        apart = abs((line.actual.value or Decimal(0)) * factor - each.number) >= each.step if each else False
        found.append(each.clause if each is not None and same_unit and apart else "")
    return found


def _beside(told: Sequence[Counted], names: Sequence[_Name], lexicons: Lexicons) -> list[Counted | None]:
    """For every line the one counted thing that is its own: of its unit, closest to it, and to no other line."""
    best = [_closest(told, name) for name in names]
    often = Counter(id(each) for each in best if each is not None)
    scope = lexicons["scope"]
    own = [each if each is not None and often[id(each)] == 1 else None for each in best]
    return [None if each is None or scope.matches(each.clause) else each for each in own]


def _closest(told: Sequence[Counted], name: _Name) -> Counted | None:
    """The counted thing that a name is about; one that says more (护理型床位 beside 床位) is of something narrower."""
    fit = [(len(each.topic & name.pairs), each) for each in told if each.unit == name.unit]
    most = max((count for count, _ in fit), default=0)
    closest = [each for count, each in fit if count == most]
    if not most or len(closest) > 1 or not name.letters <= closest[0].letters:
        return None
    return None if excluded(closest[0].sides, name.sides) else closest[0]


def _without_method(form: Form, lexicons: Lexicons) -> list[Cell]:
    """Whether a line of per cent lacks the cell for method or evidence that most other lines have filled in."""
    filled = {
        extra.pointer
        for extra in form.extras
        if extra.pointer and lexicons["method_label"].matches(squeeze(extra.label)) and not is_nothing(extra.text)
    }
    count = len(form.indicators)
    has = [f"/indicators/{number}" in filled for number in range(count)]
    usual = sum(has) * 3 >= count * 2
    return [usual and not own for own in has]
