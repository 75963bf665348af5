"""Grids written by hand: a table as rows of cells, placed as HTML places them."""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.losses import lost_texts
from jixiao.form import Form, Place
from jixiao.layout.grid import Cell, FreeText, Grid, Table
from jixiao.reading.interpreter import interpret

FILE = "手工.pdf"


@dataclass(frozen=True, slots=True)
class C:
    """A cell that covers more than one column (`across`) or row (`down`)."""

    text: str
    across: int = 1
    down: int = 1


def table(rows: Sequence[Sequence[str | C]], page: int = 0) -> Table:
    """A table; each cell takes the first free columns of its row."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        column = 0
        for each in row:
            cell = each if isinstance(each, C) else C(each)
            while (number, column) in taken:
                column += 1
            covered = {(number + down, column + across) for down in range(cell.down) for across in range(cell.across)}
            taken |= covered
            place = Place(FILE, page=page or None, cell=None if page else f"S!{number + 1}:{column + 1}")
            cells.append(Cell(number, column, cell.down, cell.across, cell.text, (place,)))
            column += cell.across
    return Table(tuple(cells), page)


def line(text: str, page: int = 0) -> FreeText:
    """A line outside the tables."""
    return FreeText(text, (Place(FILE, page=page or None),))


def grid(*blocks: Table | FreeText | Sequence[Sequence[str | C]]) -> Grid:
    """A document; a bare list of rows is a table without a page."""
    return Grid(tuple(each if isinstance(each, Table | FreeText) else table(each) for each in blocks))


HEAD: list[list[str | C]] = [["项目名称", C("校舍维修", 7)], ["主管部门", C("教育局", 3), "实施单位", C("第一中学", 3)]]
FUNDS: list[list[str | C]] = [
    [C("项目资金（万元）", 1, 2), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["年度资金总额", "120.00", "100.00", "90.00", "10", "90%", "9"],
]
GOAL: list[list[str | C]] = [
    [C("年度总体目标", 1, 2), C("预期目标", 4), C("实际完成情况", 3)],
    [C("修好校舍。", 4), C("已修好。", 3)],
]
COLUMNS: list[str | C] = [
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施",
]  # fmt: skip
ROW: list[str | C] = ["产出指标", "数量指标", "维修面积", "≥500平方米", "520平方米", "90", "90", ""]
TOTAL: list[str | C] = [C("总分", 5), "100", "99", ""]


def one(document: Grid) -> Form:
    """The only form of a document; nothing of it is lost."""
    forms = interpret(document, FILE)
    assert len(forms) == 1
    assert lost_texts(document, forms) == []
    return forms[0]


def sheet(*rows: list[str | C], head: bool = True) -> Form:
    """The form of one sheet: the usual head and fund rows, and the rows given."""
    return one(grid(line("项目支出绩效自评表"), line("（2023年度）"), [*(HEAD + FUNDS + GOAL if head else []), *rows]))


def extra(form: Form, label: str) -> list[tuple[str, str | None]]:
    """Text and pointer of the extras of a label."""
    return [(each.text, each.pointer) for each in form.extras if each.label == label]


def problems(form: Form) -> set[tuple[str, str]]:
    """Pointer and code of each problem."""
    return {(problem.pointer, problem.code) for problem in form.problems}


def cut(first: list[list[str | C]], *later: list[list[str | C]]) -> Form:
    """A form whose indicators a page cuts: rows of the first page, then those of each further page."""
    pages = [table([*HEAD, *FUNDS, *GOAL, COLUMNS, *first], 1)]
    pages += [table(rows, number) for number, rows in enumerate(later, 2)]
    return one(grid(line("项目支出绩效自评表", 1), line("（2023年度）", 1), *pages))
