"""A summary that we attached to an original is left out when it is read again, and nothing else is."""

import pytest

from jixiao.form import Place
from jixiao.layout.attached import SUMMARY
from jixiao.layout.grid import Cell, FreeText, Grid, Table
from jixiao.reading.attached import without_summary


def _table(text: str, place: Place) -> Table:
    return Table((Cell(0, 0, 1, 1, text, (place,)),), place.page or 0)


def _line(text: str, place: Place) -> FreeText:
    return FreeText(text, (place,))


@pytest.mark.parametrize("words", SUMMARY.values())
def test_a_sheet_of_a_summary_is_left_out_wherever_it_stands(words: str) -> None:
    """In a workbook the whole sheet is left out, the sheets before and behind it are read."""
    first, last = _table("甲", Place("a", cell="表1!A1")), _table("乙", Place("a", cell="表2!A1"))
    summary = _table("\n".join(words), Place("a", cell="意见!A1")), _line("旁注", Place("a", cell="意见!F1"))
    found = without_summary(Grid((first, *summary, last)))
    assert found.blocks == (first, last)
    assert len(found.attached) == 1


def test_the_summaries_of_several_runs_are_left_out() -> None:
    """What was marked twice has two summaries: two sheets, or two tables behind one another; all are left out."""
    first = _table("甲", Place("a", cell="表1!A1"))
    sheets = (_table(SUMMARY["zh"], Place("a", cell="意见!A1")), _table(SUMMARY["en"], Place("a", cell="意见 2!A1")))
    assert without_summary(Grid((first, *sheets))).blocks == (first,)
    form, note = _table("甲", Place("a", cell="table1!R1C1")), _line("注：单位为万元", Place("a", line=4))
    twice = [
        block
        for at in (2, 3)
        for block in (_line(SUMMARY["zh"], Place("a", line=at)), _table("乙", Place("a", cell=f"table{at}!R1C1")))
    ]
    found = without_summary(Grid((form, *twice, note)))
    assert found.blocks == (form, note)
    assert len(found.attached) == 1


def test_the_end_of_a_document_is_left_out() -> None:
    """In a document the lines and the table of the summary are left out; footers and notes come after it and stay."""
    first = _table("甲", Place("a", cell="table1!R1C1")), _line("说明", Place("a", line=1))
    summary = _line(SUMMARY["zh"], Place("a", line=2)), _table("乙", Place("a", cell="table2!R1C1"))
    note = _line("注：单位为万元", Place("a", line=1))
    assert without_summary(Grid((*first, *summary, note))).blocks == (*first, note)
    assert without_summary(Grid((*first, summary[0]))).blocks == first


def test_a_page_of_a_summary_is_left_out_with_its_header() -> None:
    """On pages the lines above it on the same page go with it, the pages before stay."""
    first = _line("第一页", Place("a", page=1))
    summary = _line("页眉", Place("a", page=2)), _line(f"一、{SUMMARY['zh']}", Place("a", page=2))
    rest = _table("乙", Place("a", page=3))
    assert without_summary(Grid((first, *summary, rest))).blocks == (first,)


def test_a_document_without_a_summary_is_as_it_was() -> None:
    """Where there is no such line nothing is left out or said."""
    grid = Grid((_line("复核意见汇总", Place("a", line=1)),), ("所失",))
    assert without_summary(grid) is grid
