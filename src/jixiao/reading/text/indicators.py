"""Indicator rows out of a reading: each cell to its field, with a place and a confidence that says what was near."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from jixiao.form import (
    Actual,
    Indicator,
    Target,
    combine_target,
    fold,
    is_nothing,
    parse_actual,
    parse_number,
    parse_target,
)
from jixiao.reading.text.draft import INFERRED, SURE, Draft
from jixiao.reading.text.levels import Group, Row, group_rows, style_costs
from jixiao.reading.text.rows import LEFT_OUT, RESUMED, Reading, steps
from jixiao.reading.text.table import Table
from jixiao.reading.text.tokens import Token, joined

_CERTAIN: Final = 300
_PREFIX = re.compile(r"指标\s*\d{1,2}\s*[:：、.．]\s*(?=.)")
_DOUBTED: Final = 60
_DERIVED: Final = 90
_MUDDLED: Final = 60
_DEAR_ROW: Final = 90
"""A row that costs more than this on average, in hundredths, was hardly printed in this order."""

_TARGET_PARTS: Final = ("sign", "target", "unit")


@dataclass(slots=True)
class Cells:
    """The cells of one row: column to tokens, with the confidence of each in hundredths."""

    tokens: dict[str, list[Token]]
    confidence: dict[str, int]
    start: int
    end: int


def read_rows(table: Table, reading: Reading, margins: dict[tuple[int, int], int]) -> tuple[list[Cells], list[Token]]:
    """The rows of a reading, and the tokens it left out."""
    rows: list[Cells] = []
    left_out: list[Token] = []
    most = _MUDDLED if is_muddled(table, reading) else SURE
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
            sure = confidence_of(margins.get((node.column, node.start), 0), single=len(tokens) == 1)
            row.confidence[column] = min(most, row.confidence.get(column, SURE), sure)
            row.tokens.setdefault(column, []).extend(tokens)
    return rows, left_out


def is_muddled(table: Table, reading: Reading) -> bool:
    """Whether the rows fit their text so badly that the text is hardly in the order of the cells."""
    rows = sum(node.column == 0 for node in steps(reading))
    return table.muddled or (rows > 0 and reading.cost > _DEAR_ROW * rows)


def confidence_of(margin: int, *, single: bool) -> int:
    """Confidence in hundredths from how much dearer the nearest rival reading is."""
    if margin >= _CERTAIN:
        return SURE if single else INFERRED
    return 50 + margin * (INFERRED - 50) // _CERTAIN


def positions(rows: Sequence[Cells]) -> list[Row]:
    """Where the rows stand, for the headings."""
    return [Row(row.start, row.end, joined(row.tokens.get("name", []))) for row in rows]


def styles_of(table: Table, reading: Reading) -> dict[str, int]:
    """What each style of setting headings would cost under a reading."""
    return style_costs(positions(read_rows(table, reading, {})[0]), table.headings)


class IndicatorReader:
    """Turns the rows of one form into indicators."""

    def __init__(self, table: Table, body: Sequence[Token], year: int | None, draft: Draft) -> None:
        """Take the table, the tokens its headings were lifted from, the fiscal year, and the form in the making."""
        self._table = table
        self._body = body
        self._year = year
        self._draft = draft

    def read(self, rows: Sequence[Cells], style: str) -> list[Indicator]:
        """The indicators, under headings that are set in the given style."""
        groups, doubted = group_rows(positions(rows), self._table.headings, style)
        by_row: dict[int, Group] = {index: group for group in groups for index in range(group.start, group.end)}
        if rows and not groups and self._table.levelled:
            self._draft.missing("/indicators", "一级、二级指标的名称")
        found: list[Indicator] = []
        for index, row in enumerate(rows):
            pointer = f"/indicators/{index}"
            levels = self._levels(by_row.get(index), pointer, doubted=index in doubted)
            found.append(self._indicator(row, pointer, levels))
        return found

    def _indicator(self, row: Cells, pointer: str, levels: tuple[str, str]) -> Indicator:
        for column, printed in self._table.printed.items():
            if column.startswith("extra") and column in row.tokens:
                self._draft.keep(printed, row.tokens[column], pointer)
        return Indicator(
            level1=levels[0],
            level2=levels[1],
            name=_PREFIX.sub("", self._cell(row, "name", pointer), count=1),
            target=self._target(row, pointer),
            actual=self._actual(row, pointer),
            weight=self._number(row, "weight", pointer),
            score=self._number(row, "score", pointer),
            deviation=self._text(row, "deviation", pointer),
        )

    def _levels(self, group: Group | None, pointer: str, *, doubted: bool) -> tuple[str, str]:
        if group is None:
            return "", ""
        confidence = _DOUBTED if doubted else INFERRED
        for name, heading in (("level1", group.level1), ("level2", group.level2)):
            if heading is not None:
                spelt = [self._body[position] for position in heading.indices]
                self._draft.text(f"{pointer}/{name}", spelt, confidence)
        if group.level1 is None and group.level2 is not None and group.name1:
            spelt = [self._body[position] for position in group.level2.indices]
            self._draft.text(f"{pointer}/level1", spelt, min(confidence, _DERIVED))
        return group.name1, group.name2

    def _cell(self, row: Cells, column: str, pointer: str) -> str:
        tokens = row.tokens.get(column, [])
        return self._draft.text(f"{pointer}/{column}", tokens, row.confidence.get(column, SURE))

    def _text(self, row: Cells, column: str, pointer: str) -> str:
        text = self._cell(row, column, pointer)
        return "" if is_nothing(text) else text

    def _target(self, row: Cells, pointer: str) -> Target:
        sign, value, unit = (joined(row.tokens.get(column, [])) for column in _TARGET_PARTS)
        tokens = [token for column in _TARGET_PARTS for token in row.tokens.get(column, [])]
        confidence = min((row.confidence[c] for c in _TARGET_PARTS if c in row.confidence), default=SURE)
        self._draft.text(f"{pointer}/target", tokens, confidence)
        if is_nothing(sign + value + unit):
            self._draft.missing(f"{pointer}/target", "年度指标值")
            return Target()
        return combine_target(sign, value, unit, self._year) if sign or unit else parse_target(value, self._year)

    def _actual(self, row: Cells, pointer: str) -> Actual:
        text = self._cell(row, "actual", pointer)
        if is_nothing(text):
            self._draft.missing(f"{pointer}/actual", "实际完成值")
            return Actual()
        return parse_actual(text)

    def _number(self, row: Cells, column: str, pointer: str) -> Decimal | None:
        text = fold(self._cell(row, column, pointer))
        number = parse_number(text.removesuffix("%").removesuffix("分"))
        if number is None and column in self._table.columns:
            self._draft.missing(f"{pointer}/{column}", "分值" if column == "weight" else "得分")
        return number
