"""Workbooks read back exactly: every layout, hard contents, and text that is never taken for anything else."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from forms.content import make
from forms.truth import truth_of
from jixiao.form import Form, Goal
from jixiao.layout.families import Family, load_families
from jixiao.layout.grid import Cell as GridCell
from jixiao.layout.grid import Table as GridTable
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.reading.interpreter import interpret
from jixiao.reading.parse import settled
from jixiao.writing.formats.xlsx import write_xlsx
from jixiao.writing.official import lay_out
from jixiao.writing.paper.model import Cell, Document, Page, Table, Text
from jixiao.writing.paper.unprintable import Unprintable
from roundtrip.hard_forms import forms
from roundtrip.read_back import differences
from writing.paper_documents import documents, named, tables

FAMILIES = {family.id: family for family in load_families()}
PRINTED = [name for name, family in FAMILIES.items() if family.printing]
NEVER_A_FORMULA = (
    "=1+1", "=SUM(A1:A9)", "+86 21", "-5%", "@某", "'撇", "''", '"引"', "{=1}", "1/2", "3-4", "2024-12-31", "8:30",
    "50%", "1E5", "012", "310000000000000000123", "TRUE", "#N/A", "http://example.org", "mailto:a@example.org",
    "<r><t>x</t></r>", "<r></r>", "]]>", "&amp;", "_x0041_", "_x0041_x0042_", "__x005F_x0041_", "a\tb", "a\n\nb",
    "㐂𠮷𡋾", "e\u0301", "\u202eabc", "x" * 3000,
)  # fmt: skip
HARD = st.text(
    st.one_of(
        st.sampled_from("=+-@'\"<>&;_x0041_ 1/2%,.项目绩效指标得分\n\t㐂𠮷"),
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=60,
)


def sheet_of(*rows: tuple[str, ...], name: str = "表") -> Document:
    """A document of one table with these texts, a column each."""
    cells = tuple(Cell(at, column, text) for at, row in enumerate(rows) for column, text in enumerate(row))
    width = len(rows[0])
    return Document(name, Page(), (Table((Page().across // width,) * width, len(rows), cells),))


def texts_in(data: bytes) -> list[str]:
    """What our reader finds written, in reading order, blanks left out."""
    tables = [block for block in read_xlsx(data, "t.xlsx").blocks if isinstance(block, GridTable)]
    return [cell.text for table in tables for cell in table.cells if cell.text]


def forms_in(data: bytes) -> tuple[Form, ...]:
    """The forms that our reader finds."""
    grid = read_xlsx(data, "t.xlsx")
    assert grid.losses == ()
    return settled(interpret(grid, "t.xlsx"), grid)


def parts(data: bytes) -> Iterator[str]:
    """The sheets of a workbook as XML."""
    with ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                yield package.read(name).decode()


@pytest.mark.parametrize("layout", PRINTED)
def test_forms_of_a_layout_read_back(layout: str) -> None:
    """Twelve forms of a layout in one workbook, a sheet each, read back without a difference."""
    forms = [truth_of(make(seed, FAMILIES[layout]), FAMILIES[layout]) for seed in range(12)]
    got = forms_in(write_xlsx(lay_out(form, FAMILIES[layout]).document for form in forms))
    assert [differences(*pair) for pair in zip(forms, got, strict=True)] == [[]] * 12


@pytest.mark.parametrize("layout", PRINTED)
def test_texts_longer_than_a_page_read_back(layout: str) -> None:
    """Goals and reasons longer than a row may be tall are spread over several rows, and are one cell still."""
    form = truth_of(make(3, FAMILIES[layout]), FAMILIES[layout])
    long = "推进重点项目实施，完善绩效管理机制；" * 300
    form = replace(form, goal=Goal(long, long if form.goal.actual else ""))
    data = write_xlsx([lay_out(form, FAMILIES[layout]).document])
    heights = [Decimal(height) for part in parts(data) for height in re.findall(r' ht="([0-9.]+)"', part)]
    (got,) = forms_in(data)
    assert (differences(form, got), max(heights) <= Decimal("409.5")) == ([], True)
    assert sum(heights) > 842


@given(st.lists(st.tuples(HARD, HARD), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_hard_texts_read_back(rows: list[tuple[str, str]]) -> None:
    """Any text that XML knows reads back letter by letter; only the blanks around it are not kept apart."""
    data = write_xlsx([sheet_of(*rows)])
    assert texts_in(data) == [bare for row in rows for bare in (text.strip() for text in row) if bare]
    assert all("<f>" not in part for part in parts(data))


@given(st.lists(documents(), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_documents_read_back(some: list[Document]) -> None:
    """Every text and every cell of any documents reads back in its order; nothing else is found."""
    wanted = [
        text.strip()
        for document in some
        for block in document.blocks
        for text in ([block.text] if isinstance(block, Text) else [cell.text for cell in block.cells])
        if text.strip()
    ]
    assert texts_in(write_xlsx(some)) == wanted


Spot = tuple[int, int, int, int, str]


def squeezed(cells: Sequence[Cell | GridCell]) -> list[Spot]:
    """Cells on the coarsest grid that has all their edges: rows and columns in which none begins are taken out."""
    rows = sorted({edge for cell in cells for edge in (cell.row, cell.row + cell.row_span)})
    columns = sorted({edge for cell in cells for edge in (cell.column, cell.column + cell.column_span)})
    return [
        (rows.index(cell.row), columns.index(cell.column), rows.index(cell.row + cell.row_span),
         columns.index(cell.column + cell.column_span), cell.text)
        for cell in cells
    ]  # fmt: skip


@given(tables())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_merges_read_back(table: Table) -> None:
    """Cells over several rows and columns cover the same of each other, also where a row is spread over several."""
    full = replace(table, cells=tuple(replace(cell, text=cell.text.strip() or "空") for cell in table.cells))
    (got,) = read_xlsx(write_xlsx([Document("表", Page(), (full,))]), "t.xlsx").blocks
    assert isinstance(got, GridTable)
    if len(full.cells) > 1:  # one cell is nothing but a text
        assert squeezed(got.cells) == squeezed(full.cells)


@given(st.sampled_from([family for family in FAMILIES.values() if family.printing]), st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_hard_forms_of_every_layout_read_back(layout: Family, data: st.DataObject) -> None:
    """Two forms of hard contents in one workbook read back without a difference."""
    some = [named(data.draw(forms(layout)), number) for number in range(2)]
    got = forms_in(write_xlsx(lay_out(form, layout).document for form in some))
    assert [differences(form, back) for form, back in zip(some, got, strict=True)] == [[], []]


@pytest.mark.parametrize("text", NEVER_A_FORMULA)
def test_text_stays_text(text: str) -> None:
    """What looks like a formula, a link, a date, a number or an escape is a text for us, openpyxl and calamine."""
    data = write_xlsx([sheet_of((text, "旁"))])
    (part,) = parts(data)
    assert ("<f>" in part, 't="n"' in part, "hyperlink" in part) == (False, False, False)
    assert texts_in(data) == [text, "旁"]
    cell = openpyxl.load_workbook(BytesIO(data)).worksheets[0]["A1"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()[0][0] == text
    if "_x" not in text:  # openpyxl does not resolve the escape
        assert cell.value == text


@pytest.mark.parametrize("text", ["=1+1", "1/2", "2024-12-31", "50%", "310000000000000000123", "'撇", "-减", "TRUE"])
def test_typing_over_leaves_a_text(text: str) -> None:
    """A cell whose text would become something else when it is typed again is marked to stay a text."""
    cell = openpyxl.load_workbook(BytesIO(write_xlsx([sheet_of((text, "组织活动"))]))).worksheets[0]["A1"]
    assert cell.quotePrefix
    other = openpyxl.load_workbook(BytesIO(write_xlsx([sheet_of(("组织活动2次", "旁"))]))).worksheets[0]["A1"]
    assert not other.quotePrefix


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_letter_that_xml_has_not_is_refused(letter: str) -> None:
    """A control character or half a character is named with its text and document, in both languages."""
    with pytest.raises(Unprintable) as refused:
        write_xlsx([sheet_of((f"已完成{letter}。", "旁"), name="科技金融")])
    assert all("科技金融" in told and "已完成" in told for told in (refused.value.zh, refused.value.en))


def test_a_text_longer_than_a_cell_is_refused() -> None:
    """A cell holds 32,767 letters, of which a rare one counts twice; one more is refused and says what to do."""
    for most in ("字" * 32_767, "𠮷" * 16_383):
        assert texts_in(write_xlsx([sheet_of((most,))])) == [most]
        with pytest.raises(Unprintable, match="32767"):
            write_xlsx([sheet_of((most + "字字",))])


def test_line_ends_are_line_ends() -> None:
    """However a line end is written, it is one."""
    assert texts_in(write_xlsx([sheet_of(("甲\r\n乙\r丙\n丁",))])) == ["甲\n乙\n丙\n丁"]


def test_a_paragraph_begins_with_its_indent() -> None:
    """The first line of a paragraph is set in by so many letters, as people do it, and reads back without them."""
    data = write_xlsx([Document("信", Page(), (Text("请于收到之日起十日内答复。", indent=2),))])
    assert openpyxl.load_workbook(BytesIO(data)).worksheets[0]["A1"].value == "\u3000\u3000请于收到之日起十日内答复。"
    assert texts_in(data) == ["请于收到之日起十日内答复。"]


def test_cells_that_do_not_cover_their_table_are_refused() -> None:
    """A table with a hole, or with cells one over the other, would make a damaged workbook; it is not written."""
    for cells in ((Cell(0, 0, "甲"),), (Cell(0, 0, "甲", column_span=2), Cell(0, 1, "乙"))):
        with pytest.raises(ValueError, match="exactly once"):
            write_xlsx([Document("表", Page(), (Table((1000, 1000), 1, cells),))])


def test_nothing_to_write_is_refused() -> None:
    """A workbook needs a sheet."""
    with pytest.raises(ValueError, match="no document"):
        write_xlsx([])
