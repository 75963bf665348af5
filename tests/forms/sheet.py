"""A form laid out as a family prints it: lines above, and a table of cells on one set of column edges."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from forms.content import Printed, PrintedRow
from jixiao.layout.families import Family, Label

WIDTHS = {
    "level1": 12, "level2": 14, "name": 36, "sign": 13, "target": 26, "initial_target": 20, "adjusted_target": 20,
    "unit": 14, "actual": 26, "weight": 15, "score": 15, "deviation": 30, "extra": 20, "reason": 30, "rate": 17,
}  # fmt: skip
Headings = Literal["merged", "repeated", "blank"]


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell: its rows, its horizontal extent in millimetres, its text, and whether it is set left."""

    row: int
    row_span: int
    left: int
    right: int
    text: str
    prose: bool = False


@dataclass(slots=True)
class Sheet:
    """One laid out form.

    Attributes:
        title: its title, one of the lines.
        lines: above the table.
        width: of the table, in millimetres.
        notes: below the table.
        cells: of the table.
        rows: how many there are.
        header: the rows of the indicator header, first and last plus one.
    """

    title: str
    lines: list[str]
    width: int
    notes: list[str] = field(default_factory=list)
    cells: list[SheetCell] = field(default_factory=list)
    rows: int = 0
    header: tuple[int, int] = (0, 0)

    @property
    def edges(self) -> list[int]:
        """All vertical edges, left to right."""
        return sorted({edge for cell in self.cells for edge in (cell.left, cell.right)})

    def is_head(self, cell: SheetCell) -> bool:
        """Whether a cell is of the indicator header or the label at the side of its rows."""
        return self.header[0] <= cell.row < self.header[1] or cell.left == 0

    def add(self, left: int, right: int, text: str, *, rows: int = 1, down: int = 0, prose: bool = False) -> None:
        """Add a cell to the row that is being laid out, or to one below it."""
        self.cells.append(SheetCell(self.rows + down, rows, left, right, text, prose))


def lay_out(printed: Printed, family: Family, width: int, headings: Headings = "merged") -> Sheet:
    """The sheet of one form."""
    year = family.year_line.format(year=printed.year) if printed.year_line else ""
    lines = [printed.above, printed.title, year, family.unit_line]
    sheet = Sheet(printed.title, [line for line in lines if line], width, [printed.below] if printed.below else [])
    for part in family.order:
        if part == "head":
            for row in family.head.rows:
                _pairs(sheet, row, printed, family)
        elif part == "indicators":
            _indicators(sheet, printed, family, headings)
        else:
            {"funds": _funds, "goal": _goal, "tail": _tail}[part](sheet, printed, family)
    return sheet


def _value(label: Label, printed: Printed, family: Family) -> str:
    name = f"{printed.project_code}-{printed.project_name}" if family.id == "sichuan" else printed.project_name
    known = {
        "project_name": name,
        "project_code": printed.project_code,
        "department": printed.department,
        "unit": printed.unit,
        "grade": printed.grade_shown or printed.grade,
    }
    return known.get(label.field, "") or printed.remarks[sum(map(ord, label.label)) % len(printed.remarks)]


def _pairs(sheet: Sheet, row: tuple[Label, ...], printed: Printed, family: Family) -> None:
    width = sheet.width
    share = width // len(row)
    for index, label in enumerate(row):
        left, right = index * share, width if index == len(row) - 1 else (index + 1) * share
        sheet.add(left, left + 26, label.label)
        sheet.add(left + 26, right, _value(label, printed, family))
    sheet.rows += 1


def _split(left: int, right: int, fields: list[str]) -> list[tuple[int, int]]:
    """Extents for columns of the given fields between two edges."""
    weights = [WIDTHS.get(name, 20) for name in fields]
    edges, done = [left], 0
    for weight in weights:
        done += weight
        edges.append(left + (right - left) * done // sum(weights))
    return list(pairwise(edges))


def _funds(sheet: Sheet, printed: Printed, family: Family) -> None:
    table = family.funds
    if table is None:
        return
    sheet.add(0, 22, _SIDE_SET[printed.headings].join(table.side), rows=len(table.rows) + 1)
    sheet.add(22, 54, "")
    columns = _split(54, sheet.width, [label.field for label in table.columns])
    for label, (left, right) in zip(table.columns, columns, strict=True):
        sheet.add(left, right, label.label)
    sheet.rows += 1
    for printed_label, cells in printed.funds:
        sheet.add(22, 54, printed_label, prose=True)
        for label, (left, right) in zip(table.columns, columns, strict=True):
            sheet.add(left, right, cells.get(label.field, ""))
        sheet.rows += 1


def _goal(sheet: Sheet, printed: Printed, family: Family) -> None:
    goals = [(printed.expected, printed.actual), *printed.more_goals]
    if family.goal is None:
        for number, (expected, _) in enumerate(goals, 1):
            sheet.add(0, 30, f"年度目标{number}：")
            sheet.add(30, sheet.width, expected, prose=True)
            sheet.rows += 1
        return
    left = 14
    sheet.add(0, left, _SIDE_SET[printed.headings].join(family.goal.side), rows=1 + len(goals))
    columns = _split(left, sheet.width, ["goal"] * len(family.goal.columns))
    fields = [label.field for label in family.goal.columns]
    for label, (start, end) in zip(family.goal.columns, columns, strict=True):
        sheet.add(start, end, label.label)
    for down, (expected, actual) in enumerate(goals, 1):
        texts = {"expected": expected, "adjusted": expected, "actual": actual}
        texts["initial"] = printed.initial if "adjusted" in fields else expected
        for label, (start, end) in zip(family.goal.columns, columns, strict=True):
            sheet.add(start, end, texts[label.field], down=down, prose=True)
    sheet.rows += 1 + len(goals)


def _text(label: Label, row: PrintedRow, prefix: str, family: Family) -> str:
    if row.filler:
        return prefix + row.name if label.field == "name" else ""
    fields = {each.field for each in family.indicators.columns}
    texts = {
        "name": prefix + row.name,
        "sign": row.sign,
        "unit": row.unit,
        "target": row.target_in(fields),
        "other_target": row.target if row.in_words(fields) else "",
        "adjusted_target": row.target_in(fields),
        "initial_target": (row.target, row.extra)["adjusted_target" in fields],
        "actual": row.actual,
        "weight": row.weight,
        "score": row.score,
        "deviation": row.deviation,
    }
    return texts.get(label.field, row.extra)


def _indicators(sheet: Sheet, printed: Printed, family: Family, headings: Headings) -> None:
    table = family.indicators
    left = 12 if table.side else 0
    columns = _split(left, sheet.width, [label.field for label in table.columns])
    tiers = 2 if any(label.group for label in table.columns) else 1
    if table.side:
        sheet.add(0, left, _SIDE_SET[printed.headings].join(table.side), rows=len(printed.rows) + tiers)
    groups: dict[str, list[tuple[int, int]]] = {}
    for label, (start, end) in zip(table.columns, columns, strict=True):
        if label.group:
            groups.setdefault(label.group, []).append((start, end))
        sheet.add(start, end, label.label, rows=1 if label.group else tiers, down=1 if label.group else 0)
    for group, extents in groups.items():
        sheet.add(extents[0][0], extents[-1][1], group)
    sheet.header = (sheet.rows, sheet.rows + tiers)
    sheet.rows += tiers
    for number, (row, prefix) in enumerate(zip(printed.rows, _prefixes(printed, family), strict=True)):
        for label, (start, end) in zip(table.columns, columns, strict=True):
            if label.field not in ("level1", "level2"):
                prose = label.field in ("name", "deviation")
                sheet.add(start, end, _text(label, row, prefix, family), down=number, prose=prose)
    for label, (start, end) in zip(table.columns, columns, strict=True):
        if label.field in ("level1", "level2"):
            _headings(sheet, printed, label.field, (start, end), mode=headings, family=family)
    sheet.rows += len(printed.rows)


def _prefixes(printed: Printed, family: Family) -> list[str]:
    """What stands before each name: the family numbers through, a form of its own habits numbers each group."""
    if printed.prefix is None:
        return [family.indicators.name_prefix.format(n=number) for number in range(1, len(printed.rows) + 1)]
    count: dict[tuple[str, str], int] = {}
    prefixes = []
    for row in printed.rows:
        count[row.level1, row.level2] = count.get((row.level1, row.level2), 0) + 1
        prefixes.append("" if row.name == "……" else printed.prefix.format(n=count[row.level1, row.level2]))
    return prefixes


_SET = {"words": "", "spaced": " ", "upright": "\n"}
_SIDE_SET = {"words": "", "spaced": "", "upright": "\n"}
"""What stands between the letters of a heading, and of a label at the side."""


def _headings(
    sheet: Sheet, printed: Printed, level: str, extent: tuple[int, int], *, mode: Headings, family: Family
) -> None:
    keys = [(row.level1,) if level == "level1" else (row.level1, row.level2) for row in printed.rows]
    start = 0
    for index in range(1, len(keys) + 1):
        if index < len(keys) and keys[index] == keys[start]:
            continue
        text = _SET[printed.headings].join(keys[start][-1])
        if level == "level1" and family.indicators.declares_points:
            text += f"（{printed.points[keys[start][-1]]}分）"
        if mode == "merged":
            sheet.add(*extent, text, rows=index - start, down=start)
        else:
            for down in range(start, index):
                sheet.add(*extent, text if mode == "repeated" or down == start else "", down=down)
        start = index


def _tail(sheet: Sheet, printed: Printed, family: Family) -> None:
    for row in family.tail.rows:
        if row[0].field == "total":
            _total(sheet, row, printed, family)
        elif len(row) == 1:
            edge = sheet.width * 2 // 5
            sheet.add(0, edge, row[0].label)
            sheet.add(edge, sheet.width, _value(row[0], printed, family))
            sheet.rows += 1
        else:
            _pairs(sheet, row, printed, family)


def _total(sheet: Sheet, row: tuple[Label, ...], printed: Printed, family: Family) -> None:
    """The total row: points and score under their columns, a second label with its value in what is left."""
    table = family.indicators
    fields = [label.field for label in table.columns]
    columns = dict(zip(fields, _split(12 if table.side else 0, sheet.width, fields), strict=True))
    texts = {"weight": printed.total_weight, "score": printed.score_shown or printed.total_score}
    done = min(start for name, (start, _) in columns.items() if name in texts)
    sheet.add(0, done, row[0].label)
    for name, (start, end) in sorted(
        ((name, columns[name]) for name in texts if name in columns), key=lambda each: each[1]
    ):
        if start > done:
            sheet.add(done, start, "")
        sheet.add(start, end, texts[name])
        done = end
    if len(row) > 1 and sheet.width - done < 30:
        if done < sheet.width:
            sheet.add(done, sheet.width, "")
        sheet.rows += 1
        _pairs(sheet, row[1:], printed, family)
        return
    if len(row) > 1:
        middle = (done + sheet.width) // 2
        sheet.add(done, middle, row[1].label)
        sheet.add(middle, sheet.width, _value(row[1], printed, family))
    elif done < sheet.width:
        sheet.add(done, sheet.width, "")
    sheet.rows += 1
