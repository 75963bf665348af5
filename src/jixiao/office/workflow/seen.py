"""A filing as a reviewer reads it 阅读: its rows and cells, what is asked about them, what changed since a return."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from jixiao.office.filing.cells import Record, cell_of, texts
from jixiao.office.filing.judging import form_of
from jixiao.office.filing.models import Decision, Filing
from jixiao.office.look.words import told
from jixiao.office.workflow.changes import Change, changes
from jixiao.office.workflow.said import CellWords, cells_of
from jixiao.review.naming import FUND_COLUMNS, FUND_ROWS, INDICATOR_COLUMNS
from jixiao.review.verdict import Finding
from jixiao.scoring.sheet import Text
from jixiao.writing.report import FAMILIES, FormReport

_SHOWN = ("target", "actual", "weight", "score", "deviation")


@dataclass(frozen=True, slots=True)
class CellSeen:
    """One cell: its name, its text, what it was at the last return where it differs, what was asked about it then."""

    cell: str
    name: Text
    text: str
    was: str | None = None
    asked: CellWords | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One row of the form: its key, its headings and name, its cells, and the score that the rulebook computes."""

    key: str
    heading: str
    name: str
    cells: tuple[CellSeen, ...]
    computed: Decimal | None = None
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The whole form.

    Attributes:
        goals: expected goal and what was achieved.
        funds: the fund rows that hold something.
        rows: the indicators.
        findings: in the order of the families, each with its cell.
        changes: since the last return; none where it was never returned.
        returned: the decision that last sent it back.
    """

    goals: tuple[CellSeen, ...]
    funds: tuple[RowSeen, ...]
    rows: tuple[RowSeen, ...]
    findings: tuple[tuple[str, Finding], ...]
    changes: tuple[Change, ...] | None
    returned: Decision | None


def last_return(decisions: Iterable[Decision]) -> Decision | None:
    """The decision that last sent a filing back to be filled in; none where nobody did."""
    back = [one for one in decisions if one.after == "draft" and one.act != "recall"]
    return back[-1] if back else None


def seen(filing: Filing, report: FormReport, decisions: Iterable[Decision]) -> Seen:
    """The filing as it is read.

    Args:
        filing: the filing.
        report: its form, scored and asked about.
        decisions: all decisions in order, each with its frozen version.
    """
    form, keys, returned = report.form, filing.row_keys(), last_return(decisions)
    record = Record(form, keys)
    changed = _changes(returned, record)
    marks = _Marks(record, changed or (), cells_of(returned.cells) if returned else ())
    computed = {line.pointer: line for line in report.sheet.lines}
    rows = []
    for number, (key, row) in enumerate(zip(keys, form.indicators, strict=True)):
        line = computed.get(f"/indicators/{number}")
        cells = tuple(marks.cell(f"{key}/{column}", INDICATOR_COLUMNS[column]) for column in _SHOWN)
        heading = " · ".join(filter(None, (row.level1, row.level2)))
        rows.append(
            RowSeen(key, heading, row.name, cells, line.computed if line else None, line.agrees if line else None)
        )
    goals = Text("预期目标", "Expected goal"), Text("实际完成情况", "What was achieved")
    return Seen(
        goals=(marks.cell("goal/expected", goals[0]), marks.cell("goal/actual", goals[1])),
        funds=tuple(_funds(marks)),
        rows=tuple(rows),
        findings=tuple((cell_of(record, one.pointer), one) for family in FAMILIES for one in report.findings(family)),
        changes=changed,
        returned=returned,
    )


class _Marks:
    """Cells with what is to be marked on them."""

    def __init__(self, record: Record, changed: Iterable[Change], asked: Iterable[CellWords]) -> None:
        self._texts = texts(record)
        self._was = {change.cell: change.was for change in changed}
        self._asked = {words.cell: words for words in asked}

    def cell(self, cell: str, name: Text) -> CellSeen:
        """A cell by its lasting name."""
        number = cell.rpartition("/")[2] in ("weight", "score", *FUND_COLUMNS)
        return CellSeen(cell, name, self._texts.get(cell, ""), self._was.get(cell), self._asked.get(cell), number)


def _funds(marks: _Marks) -> Iterable[RowSeen]:
    for row, name in FUND_ROWS.items():
        cells = tuple(marks.cell(f"funds/{row}/{column}", label) for column, label in FUND_COLUMNS.items())
        if any(cell.text or cell.was for cell in cells):
            yield RowSeen(row, "", told(name), cells)


def _changes(returned: Decision | None, record: Record) -> tuple[Change, ...] | None:
    if returned is None or returned.version is None:
        return None
    frozen = returned.version
    return changes(Record(form_of(frozen.form), tuple(frozen.keys.split())), record)
