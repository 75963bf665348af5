"""One form from its blocks: the indicator rows with their headings, and everything else put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from jixiao.form import (
    Actual,
    Form,
    Indicator,
    Project,
    Target,
    combine_target,
    fold,
    is_nothing,
    parse_actual,
    parse_number,
    parse_target,
)
from jixiao.reading.text.blocks import Blocks
from jixiao.reading.text.cells import Stream
from jixiao.reading.text.draft import INFERRED, SURE, Draft
from jixiao.reading.text.funds import FundReader
from jixiao.reading.text.goals import read_goal
from jixiao.reading.text.headings import Heading, lift
from jixiao.reading.text.heads import find_currency, read_head, read_title
from jixiao.reading.text.levels import Group, Row, group_rows, style_costs
from jixiao.reading.text.rows import LEFT_OUT, RESUMED, Lattice, Reading, steps
from jixiao.reading.text.settle import choose
from jixiao.reading.text.tail import read_tail
from jixiao.reading.text.tokens import Token, joined
from jixiao.reading.text.widths import Column

_LEVELS: Final = ("level1", "level2")
_USUAL: Final = ("name", "target", "actual", "weight", "score", "deviation")
_KNOWN: Final = (*_USUAL, "sign", "unit")
_TARGETS: Final = ("adjusted_target", "target", "initial_target")
_CERTAIN: Final = 300
_BODY_LIMIT: Final = 2000


@dataclass(slots=True)
class Cells:
    """The cells of one row: column to tokens, with the confidence of each in hundredths."""

    tokens: dict[str, list[Token]]
    confidence: dict[str, int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """The indicator block made ready: its columns, its tokens without headings, the headings."""

    columns: list[str]
    kinds: list[str]
    printed: dict[str, str]
    stream: Stream
    headings: list[Heading]
    dropped: list[Token]


def make_table(blocks: Blocks, *, spaced: bool) -> Table:
    """Lift the headings out of the rows and name the columns; of several targets the adjusted one is the target."""
    anchors = [anchor for anchor in blocks.indicator_header if anchor.field not in _LEVELS]
    fields = [anchor.field for anchor in anchors]
    target = next((field for field in _TARGETS if field in fields), "target")
    columns: list[str] = []
    kinds: list[str] = []
    for field in fields:
        kind = "target" if field == target else "other_target" if field in _TARGETS else field
        own = kind in _KNOWN and kind not in columns
        columns.append(kind if own else f"extra{len(columns)}")
        kinds.append(kind if own or kind == "other_target" else "extra")
    if not columns:
        columns, kinds = list(_USUAL), list(_USUAL)
    printed = {column: anchor.text.strip("：: ") for column, anchor in zip(columns, anchors, strict=False)}
    rest, headings = lift(blocks.body[:_BODY_LIMIT])
    return Table(columns, kinds, printed, Stream(rest, spaced=spaced), headings, blocks.body[_BODY_LIMIT:])


def read_rows(table: Table, reading: Reading, margins: dict[tuple[int, int], int]) -> tuple[list[Cells], list[Token]]:
    """The rows of a reading, and the tokens it left out."""
    rows: list[Cells] = []
    left_out: list[Token] = []
    for node in steps(reading):
        tokens = list(table.stream.tokens[node.start : node.end])
        if node.column == LEFT_OUT:
            left_out += tokens
            continue
        if node.column == 0:
            rows.append(Cells({}, {}, node.start, node.end))
        row, column = rows[-1], table.columns[node.column % RESUMED]
        row.end = max(row.end, node.end)
        if tokens:
            margin = margins.get((node.column, node.start), 0)
            known = row.confidence.get(column, SURE)
            row.tokens.setdefault(column, []).extend(tokens)
            row.confidence[column] = min(known, confidence_of(margin, single=len(tokens) == 1))
    return rows, left_out


def positions(rows: Sequence[Cells]) -> list[Row]:
    """Where the rows stand, for the headings."""
    return [Row(row.start, row.end, joined(row.tokens.get("name", []))) for row in rows]


def styles_of(table: Table, reading: Reading) -> dict[str, int]:
    """What each style of setting headings would cost under a reading."""
    return style_costs(positions(read_rows(table, reading, {})[0]), table.headings)


def confidence_of(margin: int, *, single: bool) -> int:
    """Confidence in hundredths from how much dearer the nearest rival reading is."""
    if margin >= _CERTAIN:
        return SURE if single else INFERRED
    return 50 + margin * (INFERRED - 50) // _CERTAIN


class Assembler:
    """Puts one form together."""

    def __init__(self, blocks: Blocks, table: Table, file: str) -> None:
        """Take the form's blocks and its table."""
        self._blocks = blocks
        self._table = table
        self._draft = Draft(file)

    def form(self, lattice: Lattice, widths: Mapping[str, Column], style: str) -> Form:
        """The form, from the readings of its rows."""
        blocks, draft = self._blocks, self._draft
        title, year = read_title(blocks.preamble, draft)
        head = read_head(blocks.head, draft)
        currency = find_currency(blocks, draft)
        funds, execution = FundReader(blocks.fund_header, blocks.fund_notes, draft).read(blocks.funds)
        goal = read_goal(blocks.goal, widths, draft)
        total, grade = read_tail(blocks.tail, self._table.columns, draft)
        year = year if year is not None else _year(head.get("fiscal_year", ""))
        reading = choose(lattice.readings, execution, total)
        rows, left_out = read_rows(self._table, reading, lattice.margins(reading))
        indicators = self._indicators(rows, year, style)
        draft.unplaced(left_out)
        dropped = [*self._table.stream.tokens[lattice.end :], *self._table.dropped]
        draft.unplaced(dropped)
        self._complain(head, indicators, dropped)
        return Form(
            title=title,
            fiscal_year=year,
            project=Project(head.get("project_name", ""), head.get("project_code")),
            department=head.get("department", ""),
            unit=head.get("unit", ""),
            currency_unit=currency or head.get("currency_unit"),
            funds=funds,
            execution=execution,
            goal=goal,
            indicators=tuple(indicators),
            total=total,
            grade=grade,
            declared_weights=self._declared(),
            extras=tuple(draft.extras),
            places=draft.places,
            problems=tuple(draft.problems),
        )

    def _declared(self) -> dict[str, Decimal]:
        return {heading.name: heading.points for heading in self._table.headings if heading.points is not None}

    def _indicators(self, rows: Sequence[Cells], year: int | None, style: str) -> list[Indicator]:
        groups, doubted = group_rows(positions(rows), self._table.headings, style)
        by_row: dict[int, Group] = {index: group for group in groups for index in range(group.start, group.end)}
        return [
            self._indicator(index, row, by_row.get(index), (year, index in doubted)) for index, row in enumerate(rows)
        ]

    def _indicator(self, index: int, row: Cells, group: Group | None, context: tuple[int | None, bool]) -> Indicator:
        pointer = f"/indicators/{index}"
        year, doubted = context
        for column, printed in self._table.printed.items():
            if column.startswith("extra") and column in row.tokens:
                self._draft.keep(printed, row.tokens[column], pointer)
        level1, level2 = self._level(group, pointer, doubted=doubted)
        return Indicator(
            level1=level1,
            level2=level2,
            name=self._cell(row, "name", pointer),
            target=self._target(row, pointer, year),
            actual=self._actual(row, pointer),
            weight=self._number(row, "weight", pointer),
            score=self._number(row, "score", pointer),
            deviation=self._text(row, "deviation", pointer),
        )

    def _level(self, group: Group | None, pointer: str, *, doubted: bool) -> tuple[str, str]:
        if group is None:
            self._draft.missing(f"{pointer}/level1", "一级指标")
            return "", ""
        confidence = 60 if doubted else INFERRED
        for name, heading in (("level1", group.level1), ("level2", group.level2)):
            if heading is not None:
                spelt = [self._blocks.body[position] for position in heading.indices]
                self._draft.text(f"{pointer}/{name}", spelt, confidence)
        return group.name1, group.name2

    def _cell(self, row: Cells, column: str, pointer: str) -> str:
        tokens = row.tokens.get(column, [])
        return self._draft.text(f"{pointer}/{column}", tokens, row.confidence.get(column, SURE))

    def _text(self, row: Cells, column: str, pointer: str) -> str:
        text = self._cell(row, column, pointer)
        return "" if is_nothing(text) else text

    def _target(self, row: Cells, pointer: str, year: int | None) -> Target:
        parts = [joined(row.tokens.get(column, [])) for column in ("sign", "target", "unit")]
        tokens = [token for column in ("sign", "target", "unit") for token in row.tokens.get(column, [])]
        confidence = min((row.confidence[c] for c in ("sign", "target", "unit") if c in row.confidence), default=SURE)
        self._draft.text(f"{pointer}/target", tokens, confidence)
        if not tokens or is_nothing(joined(tokens)):
            self._draft.missing(f"{pointer}/target", "年度指标值")
            return Target()
        if parts[0] or parts[2]:
            return combine_target(parts[0], parts[1], parts[2], year)
        return parse_target(parts[1], year)

    def _actual(self, row: Cells, pointer: str) -> Actual:
        text = self._cell(row, "actual", pointer)
        if not text or is_nothing(text):
            self._draft.missing(f"{pointer}/actual", "实际完成值")
            return Actual()
        return parse_actual(text)

    def _number(self, row: Cells, column: str, pointer: str) -> Decimal | None:
        text = fold(self._cell(row, column, pointer))
        number = parse_number(text.removesuffix("%").removesuffix("分"))
        if number is None and column in self._table.columns:
            self._draft.missing(f"{pointer}/{column}", "分值" if column == "weight" else "得分")
        return number

    def _complain(self, head: dict[str, str], indicators: Sequence[Indicator], dropped: Sequence[Token]) -> None:
        for field, pointer, what in (
            ("project_name", "/project/name", "项目名称"),
            ("department", "/department", "主管部门"),
            ("unit", "/unit", "实施单位"),
        ):
            if not head.get(field):
                self._draft.missing(pointer, what)
        if not self._blocks.fund_header:
            self._draft.missing("/funds", "项目资金的表头")
        if not indicators:
            self._draft.missing("/indicators", "绩效指标")
        if dropped:
            message = (
                "指标部分过长或过乱，其余未读 / the indicator block is too long or too muddled; the rest was not read"
            )
            self._draft.doubtful("/indicators", "too-long", message)


def _year(text: str) -> int | None:
    digits = fold(text).strip("年度 ")
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else None
