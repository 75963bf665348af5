"""Features of a form beside other documents: last year's form, the approved targets, similar projects.

Without the document every one of them is null, so that the checks which read them cannot decide. Lines are matched by
name; a name that stands twice in either form matches nothing. Amounts are 元; null where a form does not name its unit.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from jixiao.form import Form, Indicator, unit_scale
from jixiao.language import Cell, Column
from jixiao.review.context import Context, Peers, Similar, Spread
from jixiao.review.features.columns import count, flag, money, points, words
from jixiao.review.wording import bare, copied, key, squeeze

FORM_COLUMNS: Final[tuple[Column, ...]] = (
    money("initial_last_year", "上年年初预算数", "last year's initial budget"),
    money("executed_last_year", "上年全年执行数", "last year's executed amount"),
    money("rest_last_year", "上年结余", "what last year left unspent"),
    count("targets_below_last_year", "低于上年的指标值", "targets below last year's", nullable=True),
    flag("result_as_last_year", "实际完成情况与上年相同", "the result is last year's", nullable=True),
    count("actuals_compared", "可与上年比对的完成值", "actual values to compare with last year's", nullable=True),
    count("actuals_as_last_year", "与上年相同的完成值", "actual values that are last year's", nullable=True),
    count("work_compared", "可与上年比对的数量指标", "quantities to compare with last year's", nullable=True),
    count("work_above_last_year", "高于上年的数量指标值", "quantities above last year's", nullable=True),
    money("initial_approved", "批复的预算", "approved budget"),
    count("lines_dropped", "较批复减少的指标", "approved indicators that are not on the form", nullable=True),
    words("names_dropped", "较批复减少的指标名称", "names of approved indicators that are not on the form"),
)
"""Features of a form, read as `f.name`."""

LINE_COLUMNS: Final[tuple[Column, ...]] = (
    flag("reason_as_last_year", "偏差原因与上年相同", "the reason is last year's", nullable=True),
    flag("in_approved", "列在批复的目标申报表中", "stands among the approved targets", nullable=True),
    flag("target_as_approved", "指标值与批复一致", "the target is the approved one", nullable=True),
    flag("weight_as_approved", "分值与批复一致", "the points are the approved ones", nullable=True),
    words("target_approved", "批复的指标值", "the approved target"),
    points("weight_approved", "批复的分值", "the approved points"),
    flag("has_peers", "有同类项目的单位成本", "similar projects give a unit cost", nullable=True),
    count("peer_count", "同类项目数", "similar projects", nullable=True),
    money("peer_cost_low", "同类项目单位成本下四分位", "lower quartile of the unit cost of similar projects"),
    money("peer_cost_median", "同类项目单位成本中位数", "median unit cost of similar projects"),
    money("peer_cost_high", "同类项目单位成本上四分位", "upper quartile of the unit cost of similar projects"),
    words("peer_source", "同类项目来源", "where the similar projects come from"),
)
"""Features of an indicator, read as `i.name`."""

_NO_FORM: Final[dict[str, Cell]] = {c.name: "" if c.kind == "text" else None for c in FORM_COLUMNS}
_NO_LINE: Final[dict[str, Cell]] = {c.name: "" if c.kind == "text" else None for c in LINE_COLUMNS}
_NAMES_SHOWN: Final = 5
_LEAST_REASON: Final = 8
_LESS_IS_MORE: Final = frozenset({"≤", "<"})


def whole_beside(form: Form, context: Context) -> dict[str, Cell]:
    """The features of a form."""
    cells = dict(_NO_FORM)
    if context.last_year is not None:
        cells |= _last_year(form, context.last_year)
    if context.approved is not None:
        cells |= _approved(form, context.approved)
    return cells


def lines_beside(form: Form, context: Context) -> Sequence[Mapping[str, Cell]]:
    """The features of every indicator, in order."""
    if context.last_year is None and context.approved is None and context.peers is None:
        return [_NO_LINE] * len(form.indicators)
    before = {} if context.last_year is None else _by_name(context.last_year)
    approved = {} if context.approved is None else _by_name(context.approved)
    listed = set() if context.approved is None else _names(context.approved)
    alone = _by_name(form)
    rows: list[Mapping[str, Cell]] = []
    for line in form.indicators:
        name = key(squeeze(line.name))
        row = dict(_NO_LINE)
        if context.last_year is not None:
            row["reason_as_last_year"] = name in alone and _same_reason(line, before.get(name))
        if context.approved is not None:
            was = approved.get(name) if name in alone else None
            row |= {"in_approved": None if name in listed else False} if was is None else _against_approved(line, was)
        if context.peers is not None:
            row |= _against_peers(line, name, context.peers)
        rows.append(row)
    return rows


def base_unit(line: Indicator) -> str:
    """The base unit in which a line counts: 元 for 万元, 人次 for 万人次."""
    return unit_scale(line.target.unit or line.actual.unit)[0]


def in_base(number: Decimal, unit: str) -> Fraction:
    """A number in the base unit."""
    return Fraction(number) * unit_scale(unit)[1]


def yuan(form: Form, amount: Decimal | None) -> Fraction | None:
    """An amount of a form in 元; `None` where there is none, or the form does not name its unit."""
    base, factor = unit_scale(form.currency_unit or "")
    return None if amount is None or base != "元" else Fraction(amount) * factor


def _cents(amount: Fraction | None) -> int | Fraction | None:
    """An amount in 元, or points, as the cell of a column of two decimals."""
    return money("", "", "").cell(amount)


def _by_name(form: Form) -> dict[str, Indicator]:
    """The indicators by name; those whose name stands more than once, or not at all, are left out."""
    named = [(key(squeeze(line.name)), line) for line in form.indicators]
    often = Counter(name for name, _ in named)
    return {name: line for name, line in named if name and often[name] == 1}


def _names(form: Form) -> set[str]:
    return {key(squeeze(line.name)) for line in form.indicators}


def _last_year(form: Form, before: Form) -> dict[str, Cell]:
    old, new = _by_name(before), _by_name(form)
    pairs = [(line, old[name]) for name, line in new.items() if name in old]
    told = [(line, was) for line, was in pairs if _tells(line) and _tells(was)]
    work = [(line, was) for line, was in pairs if line.level2 == "数量指标" and _comparable(line, was)]
    rest = before.funds.total
    left = None if rest.adjusted is None or rest.executed is None else rest.adjusted - rest.executed
    return {
        "initial_last_year": _cents(yuan(before, before.funds.total.initial)),
        "executed_last_year": _cents(yuan(before, before.funds.total.executed)),
        "rest_last_year": _cents(yuan(before, left)),
        "targets_below_last_year": _lowered(form, before, pairs),
        "result_as_last_year": copied(form.goal.actual, before.goal.actual),
        "actuals_compared": len(told),
        "actuals_as_last_year": sum(1 for line, was in told if _value(line) == _value(was)),
        "work_compared": len(work),
        "work_above_last_year": sum(1 for line, was in work if _more(line, was)),
    }


def _lowered(form: Form, before: Form, pairs: Sequence[tuple[Indicator, Indicator]]) -> int | None:
    """How many targets are easier than last year, while the initial budget is no smaller; 0 where it is smaller."""
    money, then = yuan(form, form.funds.total.initial), yuan(before, before.funds.total.initial)
    if money is None or then is None:
        return None
    return 0 if money < then else sum(1 for line, was in pairs if easier(line, was))


def easier(line: Indicator, was: Indicator) -> bool:
    """Whether a target is easier than an old one, of ≤ a higher one; false where the two cannot be compared."""
    return _comparable(line, was) and _more(was, line)


def _tells(line: Indicator) -> bool:
    """Whether an actual value is a finding of its own: a number that is not the target itself."""
    number = line.target.number
    return line.actual.value is not None and number is not None and line.actual.value != number


def _value(line: Indicator) -> tuple[Decimal | None, str]:
    return line.actual.value, line.actual.unit


def _comparable(line: Indicator, was: Indicator) -> bool:
    known = line.target.number is not None and was.target.number is not None
    return known and line.target.operator == was.target.operator and base_unit(line) == base_unit(was)


def _more(line: Indicator, was: Indicator) -> bool:
    new, old = line.target.number or Decimal(0), was.target.number or Decimal(0)
    now, then = in_base(new, line.target.unit), in_base(old, was.target.unit)
    return now < then if line.target.operator in _LESS_IS_MORE else now > then


def _same_reason(line: Indicator, was: Indicator | None) -> bool:
    reason = bare(line.deviation)
    return was is not None and len(reason) >= _LEAST_REASON and reason == bare(was.deviation)


def _approved(form: Form, approved: Form) -> dict[str, Cell]:
    here = _names(form)
    dropped = [line.name for name, line in _by_name(approved).items() if name not in here]
    names = "、".join(dropped[:_NAMES_SHOWN]) + ("…" if len(dropped) > _NAMES_SHOWN else "")
    budget = approved.funds.total
    amount = budget.initial if budget.initial is not None else budget.adjusted
    return {
        "initial_approved": _cents(yuan(approved, amount)),
        "lines_dropped": len(dropped),
        "names_dropped": names,
    }


def _against_approved(line: Indicator, was: Indicator) -> dict[str, Cell]:
    return {
        "in_approved": True,
        "target_as_approved": _same_target(line, was),
        "weight_as_approved": was.weight is None or line.weight is None or was.weight == line.weight,
        "target_approved": was.target.text,
        "weight_approved": None if was.weight is None else _cents(Fraction(was.weight)),
    }


def _same_target(line: Indicator, was: Indicator) -> bool:
    """Whether two targets are the same in sign, value and unit, or in their words; what is not printed is no change."""
    new, old = line.target, was.target
    if new.operator is None or old.operator is None or bare(new.text) == bare(old.text):
        return True
    if new.operator != old.operator:
        return False
    if new.number is None or old.number is None:
        return new.value == old.value if new.value is not None else False
    if not new.unit or not old.unit:
        return new.number == old.number
    return base_unit(line) == base_unit(was) and in_base(new.number, new.unit) == in_base(old.number, old.unit)


def _against_peers(line: Indicator, name: str, peers: Peers) -> dict[str, Cell]:
    found = _similar(line, name, peers)
    cost = None if found is None else found.unit_cost
    if cost is None:
        return {"has_peers": False}
    cells: dict[str, Cell] = {"has_peers": True, "peer_count": cost.count, "peer_source": peers.source}
    return cells | _spread(cost)


def _similar(line: Indicator, name: str, peers: Peers) -> Similar | None:
    unit = base_unit(line)
    return next((similar for similar in peers.indicators if similar.name == name and similar.unit == unit), None)


def _spread(cost: Spread) -> dict[str, Cell]:
    named = (("peer_cost_low", cost.low), ("peer_cost_median", cost.median), ("peer_cost_high", cost.high))
    return {name: _cents(Fraction(amount)) for name, amount in named}
