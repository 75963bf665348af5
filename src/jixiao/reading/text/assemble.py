"""One form from its blocks."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from jixiao.form import Execution, Form, Indicator, Project, Total, canonical_level, fold
from jixiao.reading.interpret.build import CODE_AND_NAME
from jixiao.reading.text.blocks import Blocks, is_whole_department
from jixiao.reading.text.draft import Draft
from jixiao.reading.text.funds import FundReader
from jixiao.reading.text.goals import read_goal
from jixiao.reading.text.heads import find_currency, read_head, read_title
from jixiao.reading.text.indicators import IndicatorReader, is_muddled, read_rows
from jixiao.reading.text.rows import Lattice
from jixiao.reading.text.settle import choose
from jixiao.reading.text.table import Table
from jixiao.reading.text.tail import read_tail
from jixiao.reading.text.trust import weighed
from jixiao.reading.text.widths import Column

_SCRAMBLED = (
    "文本的先后次序与表格不符，各栏可能错位；请对照原件 / the text is not in the order of the table's cells; "
    "cells may be misplaced; compare with the original"
)
_MOST_WHEN_SCRAMBLED = 80
"""Confidence, in hundredths: no field of a text that is out of order is surer."""
_LEFT_OUT = (
    "有的文字不合任何一栏，列在“unplaced”中，各栏可能错位；请对照原件 / some text fits no column and is kept as "
    "“unplaced”; cells may be misplaced; compare with the original"
)
_TOO_LONG = "指标部分过长或过乱，其余未读 / the indicator block is too long or too muddled; the rest was not read"


class Assembler:
    """Puts one form together."""

    def __init__(self, blocks: Blocks, table: Table, file: str) -> None:
        """Take the form's blocks and its table."""
        self._blocks = blocks
        self._table = table
        self._draft = Draft(file)

    def form(self, lattice: Lattice, widths: Mapping[str, Column], style: str) -> Form:
        """The form, from the readings of its rows, the document's column widths and its style of headings."""
        blocks, draft = self._blocks, self._draft
        title, year = read_title(blocks.preamble, draft)
        head = read_head(blocks.head, draft)
        currency = find_currency(blocks, draft) or head.get("currency_unit")
        year = year if year is not None else _year(head.get("fiscal_year", ""))
        funds, execution = FundReader(blocks.fund_header, blocks.fund_notes, draft, currency).read(blocks.funds)
        total, grade = read_tail(blocks.tail, self._table.columns, draft)
        reading = choose(lattice.readings, execution, total)
        muddled = is_muddled(self._table, reading)
        goal = read_goal(blocks.goal, widths, draft, muddled=muddled or not blocks.indicator_header)
        rows, left_out = read_rows(self._table, reading, lattice.margins(reading))
        indicators = IndicatorReader(self._table, blocks.body, year, draft).read(rows, style)
        if muddled:
            for block in ("/goal", "/indicators", "/total"):
                draft.doubtful(block, "scrambled", _SCRAMBLED)
            draft.cap(_MOST_WHEN_SCRAMBLED)
        if left_out:
            draft.unplaced(left_out)
            draft.doubtful("/indicators", "left_out", _LEFT_OUT)
            draft.cap(_MOST_WHEN_SCRAMBLED)
        self._drop(lattice.end)
        self._complain_of_numbers(execution, total, grade)
        self._complain(head, indicators, currency)
        return weighed(
            Form(
                title=title,
                fiscal_year=year,
                project=self._project(head),
                department=head.get("department", ""),
                unit=head.get("unit", ""),
                currency_unit=currency,
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
        )

    def _project(self, head: Mapping[str, str]) -> Project:
        """The project; a code printed before its name, in one cell, is the code."""
        name, code = head.get("project_name", ""), head.get("project_code")
        match = CODE_AND_NAME.fullmatch(name)
        if match is None or code not in (None, match[1]):
            return Project(name, code)
        self._draft.places.setdefault("/project/code", self._draft.places["/project/name"])
        return Project(match[2], match[1])

    def _declared(self) -> dict[str, Decimal]:
        """The points printed in first-level headings."""
        declared: dict[str, Decimal] = {}
        for heading in self._table.headings:
            if heading.points is not None:
                name = canonical_level(heading.name, 1)
                spelt = [self._blocks.body[position] for position in heading.indices]
                self._draft.text(f"/declared_weights/{name}", spelt)
                declared[name] = heading.points
        return declared

    def _drop(self, end: int) -> None:
        dropped = [*self._table.stream.tokens[end:], *self._table.dropped]
        if dropped:
            self._draft.unplaced(dropped)
            self._draft.doubtful("/indicators", "too-long", _TOO_LONG)

    def _complain_of_numbers(self, execution: Execution, total: Total, grade: str | None) -> None:
        """Say which numbers that nearly every form has are not in the text."""
        if execution.rate is None or execution.score is None:
            self._draft.missing("/execution", "预算执行率、得分")
        if total.weight is None and "weight" in self._table.columns:
            self._draft.missing("/total/weight", "总分的分值")
        if grade is None and not self._blocks.tail:
            self._draft.missing("/grade", "评分等级")

    def _complain(self, head: Mapping[str, str], indicators: Sequence[Indicator], currency: str | None) -> None:
        """Say which of the blocks that every form has are not in the text."""
        title = "".join(token.text for token in self._blocks.preamble)
        if not head.get("project_name") and not is_whole_department(title):
            self._draft.missing("/project/name", "项目名称")
        if not self._blocks.fund_header:
            self._draft.missing("/funds", "项目资金的表头")
        if not indicators:
            self._draft.missing("/indicators", "绩效指标")
        if currency is None:
            self._draft.missing("/currency_unit", "金额单位")


def _year(text: str) -> int | None:
    digits = fold(text).strip("年度 ")
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else None
