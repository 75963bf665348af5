"""Settling through the door that every file takes."""

from decimal import Decimal

from forms.by_hand import COLUMNS, FUNDS, GOAL, HEAD, C, grid, line, table
from jixiao.form import Place
from jixiao.layout.grid import Cell, Table
from jixiao.reading.interpreter import interpret
from jixiao.reading.parse import settled

D = Decimal


def _scanned(score: str, alternatives: tuple[tuple[str, Decimal], ...]) -> Table:
    """A recognised table in which one score was read as given."""
    rows: list[list[str | C]] = [
        *HEAD, *FUNDS, *GOAL, COLUMNS,
        ["产出指标", "数量指标", "维修面积", "≥500平方米", "520平方米", "50", "50", ""],
        ["效益指标", "社会效益指标", "受益学生", "≥900人", "950人", "40", score, ""],
        [C("总分", 5), "100", "99", ""],
    ]  # fmt: skip
    cells = []
    for cell in table(rows, 1).cells:
        spot = Place("扫描.pdf", page=1, cell=f"{cell.row}/{cell.column}", confidence=D("0.97"))
        seen = alternatives if cell.text == score else ()
        cells.append(Cell(cell.row, cell.column, cell.row_span, cell.column_span, cell.text, (spot,), None, seen))
    return Table(tuple(cells), 1)


def test_a_reading_seen_in_a_cell_reaches_the_field() -> None:
    """What the recogniser saw beside its first reading of a cell is offered to the sums of the form."""
    document = grid(line("项目支出绩效自评表", 1), line("（2023年度）", 1), _scanned("46", (("40", D("0.3")),)))
    (form,) = settled(interpret(document, "扫描.pdf"), document)
    assert form.indicators[1].score == D(40)
    assert [problem.code for problem in form.problems if problem.pointer == "/indicators/1/score"] == ["settled"]


def test_without_another_reading_the_first_stands_and_is_doubted() -> None:
    """A sum that fails on recognised numbers is told, and nothing is changed."""
    document = grid(line("项目支出绩效自评表", 1), line("（2023年度）", 1), _scanned("46", ()))
    (form,) = settled(interpret(document, "扫描.pdf"), document)
    assert form.indicators[1].score == D(46)
    assert "sum_disagrees" in {problem.code for problem in form.problems}
