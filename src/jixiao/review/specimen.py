"""Specimen forms 样表: a sound form, and the short notation in which a check's example says what differs from it.

Notation of an example (all keys optional; what is left out is as in the sound form):

* `title`, `department`, `unit`, `project`, `goal`, `result`, `grade`, `currency` (the unit of money): texts;
* `year`: a number;
* `funds`: rows `total`, `current_year`, `carryover`, `other` as "initial adjusted executed"; "-" is an empty
  cell. Where only `total` is given, `current_year` equals it, and the other rows are 0. `more`: label = "i a e";
* `execution`: "weight rate score"; where left out, rate and score follow from the total row;
* `indicators`: all lines anew; `lines`: some lines by number, "~" keeps a cell. A line is
  "level2 | name | target | actual | weight | score | deviation", or "level1/level2 | …"; no score means the weight;
* `sum`: "weight score" of the total row; where left out, they are the sums of the lines;
* `declared`: points printed in headings; `extras`: ["label", "text", "pointer"] each;
* `printed`: pointers of the cells that the layout prints, where it matters that an empty cell is there.

Statistics of similar projects are "name | unit | count low median high", unit costs in 元 (`peers_of`).
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from jixiao.form import (
    Actual,
    Execution,
    Extra,
    Form,
    FundRow,
    Funds,
    Goal,
    Indicator,
    LabelledFundRow,
    Project,
    Target,
    Total,
    canonical_level,
    parents,
    parse_actual,
    parse_number,
    parse_target,
)
from jixiao.review.context import Peers, Similar, Spread
from jixiao.review.wording import key, squeeze

KEYS: Final = frozenset({
    "title", "department", "unit", "project", "goal", "result", "grade", "currency", "year", "funds", "execution",
    "indicators", "lines", "sum", "declared", "extras", "printed",
})  # fmt: skip
"""What an example may state of a form."""

_CENT: Final = Decimal("0.01")
_GOAL = "改造老旧排水管网12公里，更换检查井盖150座，汛期前完工，消除8处积水点，减少污水直排，周边居民满意。"
_RESULT = (
    "改造排水管网12.6公里，更换井盖158座，6月20日全部完工并通过验收；8处积水点汛期未再积水，"
    "仍有2处直排口未封堵；抽样调查满意度93.5%。"
)
_LINES = (
    "数量指标 | 改造排水管网长度 | ≥12公里 | 12.6公里 | 15",
    "数量指标 | 更换检查井盖 | ≥150座 | 158座 | 10",
    "质量指标 | 工程验收合格率 | =100% | 100% | 15",
    "时效指标 | 汛期前完工率 | =100% | 100% | 10",
    "社会效益指标 | 消除积水点 | ≥8处 | 8处 | 20",
    "生态效益指标 | 污水直排口减少率 | ≥90% | 88% | 10 | 9.78 | 2处直排口待征地后封堵，计划次年3月完成",
    "服务对象满意度指标 | 周边居民满意度 | ≥90% | 93.5% | 10",
)
_FUNDS = {"total": "320.00 320.00 304.00", "current_year": "300.00 300.00 284.00", "carryover": "20.00 20.00 20.00"}
_ZERO = "0.00 0.00 0.00"


def specimen(differs: Mapping[str, Any]) -> Form:
    """The sound form with the differences an example states.

    Raises:
        ValueError: a key or a cell that the notation does not know; the message names it.
    """
    unknown = sorted(set(differs) - KEYS)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; known: {', '.join(sorted(KEYS))}")
    year = int(differs.get("year", 2023))
    funds = _funds(differs.get("funds", _FUNDS))
    execution = _execution(differs.get("execution"), funds.total)
    indicators = _indicators(differs, year)
    return Form(
        title=differs.get("title", "项目支出绩效自评表"),
        fiscal_year=year,
        project=Project(differs.get("project", "城区排水管网改造")),
        department=differs.get("department", "市住房和城乡建设局"),
        unit=differs.get("unit", "市排水管理中心"),
        currency_unit=differs.get("currency", "万元"),
        funds=funds,
        execution=execution,
        goal=Goal(differs.get("goal", _GOAL), differs.get("result", _RESULT)),
        indicators=indicators,
        total=_total(differs.get("sum"), execution, indicators),
        grade=differs.get("grade", "优") or None,
        declared_weights={label: _decimal(points) for label, points in differs.get("declared", {}).items()},
        extras=tuple(_extra(cells) for cells in differs.get("extras", ())),
        places=dict.fromkeys(differs.get("printed", ()), ()),
    )


def peers_of(rows: Sequence[str]) -> Peers:
    """The statistics that an example gives: one row a name and unit.

    Raises:
        ValueError: a row that is not of the notation; the message shows it.
    """
    return Peers("样例", "2024-03-31", (2023,), 12, 5, tuple(_similar(row) for row in rows))


def _similar(row: str) -> Similar:
    cells = [cell.strip() for cell in row.split("|")]
    numbers = _cells(cells[-1])
    if len(cells) != 3 or len(numbers) != 4 or None in numbers:
        raise ValueError(f"{row!r} is not of the form: name | unit | count low median high")
    count, low, median, high = (number or Decimal(0) for number in numbers)
    return Similar(key(squeeze(cells[0])), cells[1], unit_cost=Spread(int(count), low, median, high))


def _decimal(text: str) -> Decimal:
    number = parse_number(text)
    if number is None:
        raise ValueError(f"{text!r} is no number; write digits, or - for an empty cell")
    return number


def _cells(text: str) -> list[Decimal | None]:
    return [None if cell == "-" else _decimal(cell) for cell in text.split()]


def _three(text: str) -> list[Decimal | None]:
    cells = _cells(text)
    if len(cells) != 3:
        raise ValueError(f"{text!r} has {len(cells)} cells; three are expected")
    return cells


def _funds(rows: Mapping[str, Any]) -> Funds:
    alone = set(rows) == {"total"}
    more = tuple(LabelledFundRow(label, *_three(cells)) for label, cells in rows.get("more", {}).items())
    return Funds(
        total=FundRow(*_three(rows.get("total", _FUNDS["total"]))),
        current_year=FundRow(*_three(rows["total"] if alone else rows.get("current_year", "- - -"))),
        carryover=FundRow(*_three(rows.get("carryover", _ZERO if alone else "- - -"))),
        other=FundRow(*_three(rows.get("other", _ZERO))),
        more=more,
    )


def _execution(text: str | None, total: FundRow) -> Execution:
    if text is not None:
        return Execution(*_three(text))
    if total.executed is None or not total.adjusted:
        return Execution(Decimal("10.00"), None, None)
    ratio = total.executed * 100 / total.adjusted
    return Execution(Decimal("10.00"), _cent(ratio), _cent(min(ratio, Decimal(100)) / 10))


def _cent(number: Decimal) -> Decimal:
    return number.quantize(_CENT, ROUND_HALF_UP)


def _indicators(differs: Mapping[str, Any], year: int) -> tuple[Indicator, ...]:
    rows = [_split(row) for row in differs.get("indicators", _LINES)]
    for number, row in differs.get("lines", {}).items():
        old = rows[int(number)]
        new = _split(row)
        rows[int(number)] = [
            was if kept == "~" else kept for kept, was in zip(new + ["~"] * (7 - len(new)), old, strict=True)
        ]
    return tuple(_indicator(row, year) for row in rows)


def _split(row: str) -> list[str]:
    cells = [cell.strip() for cell in row.split("|")]
    if not 1 <= len(cells) <= 7:
        raise ValueError(f"{row!r} has {len(cells)} cells; at most seven are expected")
    return cells if "~" in cells or len(cells) == 7 else _filled(cells)


def _filled(cells: list[str]) -> list[str]:
    cells = cells + [""] * (5 - len(cells))
    return [*cells, cells[4], ""] if len(cells) == 5 else [*cells, ""]


def _indicator(row: list[str], year: int) -> Indicator:
    heading, name, target, actual, weight, score, deviation = row
    level1, _, level2 = heading.rpartition("/")
    level2 = canonical_level(level2, 2)
    return Indicator(
        level1=canonical_level(level1, 1) if level1 else (parents(level2) or ("",))[-1],
        level2=level2,
        name=name,
        target=parse_target(target, year) if target else Target(),
        actual=parse_actual(actual) if actual else Actual(),
        weight=_points(weight),
        score=_points(score),
        deviation=deviation,
    )


def _points(text: str) -> Decimal | None:
    return None if text in {"", "-"} else _decimal(text)


def _total(text: str | None, execution: Execution, indicators: tuple[Indicator, ...]) -> Total:
    if text is not None:
        return Total(*_cells(text))
    weights = [execution.weight or Decimal(0), *(line.weight or Decimal(0) for line in indicators)]
    scores = [execution.score or Decimal(0), *(line.score or Decimal(0) for line in indicators)]
    return Total(sum(weights, Decimal(0)), sum(scores, Decimal(0)))


def _extra(cells: list[str]) -> Extra:
    label, text, *pointer = cells
    return Extra(label, text, pointer[0] if pointer else None)
