"""The published layouts as data: one TOML file a family in `families/`. Readers take its labels, writers its order."""

import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import msgspec
from msgspec import Struct

Part = Literal["head", "funds", "goal", "indicators", "tail"]
"""A part of a form."""
PARTS: Final[tuple[Part, ...]] = ("head", "funds", "goal", "indicators", "tail")
"""The parts in their usual order."""


class Label(Struct, frozen=True, forbid_unknown_fields=True):
    """A printed label and the field it names.

    Attributes:
        label: as printed.
        field: the field, as in the block of the same name of `lexicon.toml`.
        group: the header printed over this one and its neighbours, where headers have two tiers.
    """

    label: str
    field: str
    group: str = ""


class Rows(Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of labels, each with its value to the right."""

    rows: tuple[tuple[Label, ...], ...]


class FundTable(Struct, frozen=True, forbid_unknown_fields=True):
    """项目资金: the label at its side, its columns and its rows."""

    side: str
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]


class GoalTable(Struct, frozen=True, forbid_unknown_fields=True):
    """年度总体目标: the label at its side and its columns."""

    side: str
    columns: tuple[Label, ...]


class IndicatorTable(Struct, frozen=True, forbid_unknown_fields=True):
    """绩效指标.

    Attributes:
        side: the label at its side; empty where none is printed.
        name_prefix: what stands before each name, "{n}" for its number; empty for nothing.
        declares_points: whether the points of a section stand in its first-level heading.
        columns: in printed order.
    """

    side: str
    name_prefix: str
    declares_points: bool
    columns: tuple[Label, ...]


class Printing(Struct, frozen=True, forbid_unknown_fields=True):
    """How a family is set on paper: one grid of columns for the whole form, and how many of them each cell covers.

    Attributes:
        widths: of the columns, in letters; they are stretched to the page.
        head: of each row of the head, the columns of each label and each value in turn.
        indicators: of the indicator table, the label at its side (where there is one), then each column.
        tail: of each row of the tail as of the head; empty for the row of the total, whose cells stand under the
            columns of points and scores.
        funds: of the fund table, the label at its side, the label of a row, then each column.
        goal: of the goal table, the label at its side, then each column.
        landscape: whether the page lies on its side.
        size: of the letters, in hundredths of a point.
        relabel: a label to how it is printed, with what the form holds in braces: {money} 万元, {execution} the points
            of execution, {points} those declared for the indicators. A bracket whose braces hold nothing goes.
        unscored: what stands in the cells of points and score of a fund row that has none.
        rate_sign: what stands after a rate.
        project: how a project's code and name are printed together; empty where the name stands alone.
        goal_label: the label of the goal in a family without a goal table; empty where it prints none.
    """

    widths: tuple[Decimal, ...]
    head: tuple[tuple[int, ...], ...]
    indicators: tuple[int, ...]
    tail: tuple[tuple[int, ...], ...]
    funds: tuple[int, ...] = ()
    goal: tuple[int, ...] = ()
    landscape: bool = False
    size: int = 950
    relabel: dict[str, str] = {}
    unscored: str = ""
    rate_sign: str = "%"
    project: str = ""
    goal_label: str = ""

    def rows(self) -> tuple[tuple[int, ...], ...]:
        """Every row of spans that has to fill the grid."""
        given = (*self.head, self.funds, self.goal, self.indicators, *self.tail)
        return tuple(spans for spans in given if spans)


class Family(Struct, frozen=True, forbid_unknown_fields=True):
    """A family of published layouts.

    Attributes:
        id: the name of its file.
        name: what people call it.
        place: where it is in use.
        source: the document it was seen in.
        evidence: how well it is evidenced.
        title: the usual title.
        year_line: the line of the year, "{year}" for its digits; what stands before a colon is its label.
        currency_unit: 元 or 万元.
        head: the rows above the tables.
        indicators: the indicator table.
        tail: the rows below it.
        unit_line: the line that names the unit of money, where no label does.
        order: the parts from top to bottom, where the head does not stand first; each once.
        printing: how it is set on paper; `None` for a layout that is only read.
        funds: the fund table; `None` where it has none.
        goal: the goal table; `None` where goals stand beside labels of their own.
    """

    id: str
    name: str
    place: str
    source: str
    evidence: Literal["text-seen", "practice", "recalled"]
    title: str
    year_line: str
    currency_unit: str
    head: Rows
    indicators: IndicatorTable
    tail: Rows
    funds: FundTable | None = None
    goal: GoalTable | None = None
    unit_line: str = ""
    order: tuple[Part, ...] = PARTS
    printing: Printing | None = None

    def labels(self) -> dict[str, tuple[Label, ...]]:
        """All its labels by block of the lexicon."""
        lines = ((self.year_line, "fiscal_year"), (self.unit_line, "currency_unit"))
        found = {
            "head": (*(label for row in self.head.rows for label in row), *_line_labels(lines)),
            "indicator_columns": self.indicators.columns,
            "tail": tuple(label for row in self.tail.rows for label in row),
        }
        if self.funds:
            found |= {"fund_columns": self.funds.columns, "fund_rows": self.funds.rows}
        return found | ({"goal": self.goal.columns} if self.goal else {})

    def sides(self) -> dict[str, str]:
        """The labels beside its parts, by field of the lexicon's block `section`."""
        tables = {"funds": self.funds, "goal": self.goal, "indicators": self.indicators}
        return {name: table.side for name, table in tables.items() if table and table.side}


def _line_labels(lines: Iterable[tuple[str, str]]) -> Iterator[Label]:
    """The labels of lines that print one (预算年度：{year}, 金额单位：元)."""
    for line, field in lines:
        label, colon, _ = line.replace(":", "：").partition("：")
        if colon and "{" not in label:
            yield Label(label.strip("(（ "), field)


@cache
def load_families() -> tuple[Family, ...]:
    """Every family shipped with the package, by id.

    Raises:
        ValueError: a file is not of the schema; the message names the file and the field.
    """
    folder = files("jixiao.layout").joinpath("families")
    found = sorted((each.name, each.read_text(encoding="utf-8")) for each in folder.iterdir())
    return tuple(read_family(name, text) for name, text in found if name.endswith(".toml"))


def read_family(name: str, text: str) -> Family:
    """One family from the text of its file.

    Raises:
        ValueError: the text is no TOML, not of the schema, its id is not the name of the file, or its order does not
            name each part once.
    """
    try:
        family = msgspec.convert(tomllib.loads(text, parse_float=Decimal), Family)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ValueError(f"layout {name}: {error} / 版式文件 {name} 有误：{error}") from error
    if name != f"{family.id}.toml":
        raise ValueError(
            f"layout {name}: its id is {family.id!r}; name the file after it / 版式文件名应为 {family.id}.toml"
        )
    if sorted(family.order) != sorted(PARTS):
        raise ValueError(f"layout {name}: order must name each of {PARTS} once / order 应恰好列出每个部分一次")
    if family.printing:
        _check_spans(name, family.printing)
    return family


def _check_spans(name: str, printing: Printing) -> None:
    """Refuse cells that do not fill the grid.

    Raises:
        ValueError: the columns of a row are more or fewer than those of the grid; the message names the row.
    """
    for spans in printing.rows():
        if sum(spans) != len(printing.widths) or min(spans) < 1:
            raise ValueError(
                f"layout {name}: [printing] {list(spans)} must cover {len(printing.widths)} columns / "
                f"版式文件 {name} 的 [printing] 一行 {list(spans)} 应恰好占满 {len(printing.widths)} 列"
            )
