"""A form as the printed 自评表: rows of cells with spans, each cell known by the JSON pointer of what stands in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final, Literal

from jixiao.form import Form, FundRow, Indicator, LabelledFundRow, plain
from jixiao.scoring.sheet import Text
from jixiao.writing.naming import FUND_COLUMNS, FUND_ROWS, INDICATOR_COLUMNS

Kind = Literal["label", "text", "number"]

COLUMNS: Final = 8
"""Columns of both tables: the upper one (project, funds, goal) and that of the indicators."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        key: JSON pointer of what stands in the cell; "" for a cell that no finding can be about.
        text: what the form prints, or a label in both languages.
        kind: a label, a text, or a number.
        columns, rows: how many it spans.
    """

    key: str
    text: str | Text
    kind: Kind = "text"
    columns: int = 1
    rows: int = 1


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """The form as two tables: `upper` (project, funds, goal), and `indicators` with their totals.

    `aliases` leads from a pointer that has no cell of its own to the key of the cell that shows it.
    """

    upper: tuple[Row, ...]
    headings: Row
    indicators: tuple[Row, ...]
    totals: tuple[Row, ...]
    aliases: dict[str, str]

    def keys(self) -> frozenset[str]:
        """The keys of all cells."""
        rows = (*self.upper, self.headings, *self.indicators, *self.totals)
        return frozenset(cell.key for row in rows for cell in row if cell.key)


def printed_form(form: Form) -> PrintedForm:
    """The form laid out as the official table prints it."""
    headings = tuple(Cell("", text, "label") for text in INDICATOR_COLUMNS.values())
    totals = (
        (
            Cell("/total", Text(zh="总分", en="Total"), "label", 5),
            _number("/total/weight", form.total.weight),
            _number("/total/score", form.total.score),
            Cell("", ""),
        ),
        (Cell("", Text(zh="评分等级", en="Grade"), "label", 5), Cell("/grade", form.grade or "—", "text", 3)),
    )
    upper = (*_head(form), *_funds(form), *_goal(form))
    return PrintedForm(upper, headings, tuple(_indicators(form)), totals, _aliases(form))


def _label(zh: str, en: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell("", Text(zh=zh, en=en), "label", columns, rows)


def _number(key: str, value: Decimal | None) -> Cell:
    return Cell(key, "—" if value is None else plain(value), "number")


def _head(form: Form) -> Iterator[Row]:
    yield _label("项目名称", "Project"), Cell("/project/name", form.project.name, columns=7)
    if form.project.code:
        yield _label("项目编码", "Project code"), Cell("/project/code", form.project.code, columns=7)
    department = Cell("/department", form.department, columns=3)
    yield _label("主管部门", "Department"), department, _label("实施单位", "Unit"), Cell("/unit", form.unit, columns=3)


def _funds(form: Form) -> Iterator[Row]:
    unit = form.currency_unit or ""
    block = Text(zh=f"项目资金（{unit}）" if unit else "项目资金", en=f"Project funds ({unit})" if unit else "Funds")
    rows = _fund_rows(form)
    yield (
        Cell("/funds", block, "label", rows=len(rows) + 1),
        _label("", ""),
        *(Cell("", text, "label") for text in FUND_COLUMNS.values()),
        _label("分值", "Points"),
        _label("执行率(%)", "Rate (%)"),
        _label("得分", "Score"),
    )
    for number, (key, label, row) in enumerate(rows):
        amounts = (_number(f"{key}/{name}", getattr(row, name)) for name in FUND_COLUMNS)
        yield (Cell(key, label, "label"), *amounts, *(_execution(form) if number == 0 else _row_rate(form, key)))


def _fund_rows(form: Form) -> list[tuple[str, Text | str, FundRow | LabelledFundRow]]:
    rows: list[tuple[str, Text | str, FundRow | LabelledFundRow]] = []
    rows += [(f"/funds/{name}", label, getattr(form.funds, name)) for name, label in FUND_ROWS.items()]
    return rows + [(f"/funds/more/{at}", row.label, row) for at, row in enumerate(form.funds.more)]


def _execution(form: Form) -> Iterator[Cell]:
    return (_number(f"/execution/{name}", getattr(form.execution, name)) for name in ("weight", "rate", "score"))


def _row_rate(form: Form, key: str) -> Row:
    """Points, rate and score of a fund row below the first: a rate that is printed there is among the extras."""
    blank = Cell("", "—", "number")
    rates = (
        Cell(f"/extras/{at}", extra.text, "number")
        for at, extra in enumerate(form.extras)
        if extra.pointer == key and "执行率" in extra.label
    )
    return blank, next(rates, blank), blank


def _goal(form: Form) -> Iterator[Row]:
    expected, actual = _label("预期目标", "Expected", 4), _label("实际完成情况", "Achieved", 3)
    yield Cell("/goal", Text(zh="年度总体目标", en="Goal of the year"), "label", rows=2), expected, actual
    yield Cell("/goal/expected", form.goal.expected, columns=4), Cell("/goal/actual", form.goal.actual, columns=3)


def _indicators(form: Form) -> Iterator[Row]:
    for level1, rows in _groups(enumerate(form.indicators), "level1"):
        first = Cell(f"/indicators/{rows[0][0]}/level1", level1, "label", rows=len(rows))
        for level2, inner in _groups(rows, "level2"):
            second = Cell(f"/indicators/{inner[0][0]}/level2", level2, "label", rows=len(inner))
            for at, indicator in inner:
                before = (first,) if at == rows[0][0] else ()
                yield (*before, *((second,) if at == inner[0][0] else ()), *_line(at, indicator))


def _groups(
    rows: Iterable[tuple[int, Indicator]], level: Literal["level1", "level2"]
) -> Iterator[tuple[str, list[tuple[int, Indicator]]]]:
    """Neighbours under the same heading, which the printed form merges into one cell."""
    for heading, group in groupby(rows, key=lambda row: getattr(row[1], level)):
        yield str(heading), list(group)


def _line(at: int, indicator: Indicator) -> Row:
    key = f"/indicators/{at}"
    return (
        Cell(f"{key}/name", indicator.name),
        Cell(f"{key}/target", indicator.target.text),
        Cell(f"{key}/actual", indicator.actual.text),
        _number(f"{key}/weight", indicator.weight),
        _number(f"{key}/score", indicator.score),
        Cell(f"{key}/deviation", indicator.deviation),
    )


def _aliases(form: Form) -> dict[str, str]:
    aliases = {"/project": "/project/name", "/execution": "/execution/score"}
    for level1, rows in _groups(enumerate(form.indicators), "level1"):
        aliases.setdefault(f"/declared_weights/{level1}", f"/indicators/{rows[0][0]}/level1")
        aliases |= {f"/indicators/{at}/level1": f"/indicators/{rows[0][0]}/level1" for at, _ in rows}
        for _, inner in _groups(rows, "level2"):
            aliases |= {f"/indicators/{at}/level2": f"/indicators/{inner[0][0]}/level2" for at, _ in inner}
    return aliases | {f"/indicators/{at}": f"/indicators/{at}/name" for at in range(len(form.indicators))}
