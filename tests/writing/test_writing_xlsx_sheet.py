"""A workbook is what a person expects of one: numbers, formulas, lists, protection, print set-up, names."""

import tracemalloc
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from jixiao.layout.families import load_families
from jixiao.layout.grid import Table as GridTable
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.writing.formats.xlsx import write_xlsx
from jixiao.writing.formats.xlsx.breaks import breaks_of, fits_one_page
from jixiao.writing.formats.xlsx.columns import columns_of
from jixiao.writing.formats.xlsx.names import SheetNames
from jixiao.writing.official import lay_out_blank
from jixiao.writing.paper.about import About
from jixiao.writing.paper.model import A4, Cell, Document, Formula, Page, Table, Text

FAMILIES = {family.id: family for family in load_families()}


def number(text: str, suffix: str = "", pointer: str = "", column: int = 0) -> Cell:
    """A cell that prints a number."""
    digits = text.removesuffix(suffix).replace(",", "")
    return Cell(0, column, text, pointer=pointer, number=Decimal(digits) if digits else None, suffix=suffix)


def row_of(*cells: Cell, page: Page | None = None) -> Document:
    """A document of one row."""
    page = page or Page()
    placed = tuple(replace(cell, column=at) for at, cell in enumerate(cells))
    return Document("表", page, (Table((page.across // len(cells),) * len(cells), 1, placed),))


def opened(data: bytes, *, computed: bool = True) -> Any:
    """The first sheet as openpyxl has it."""
    return openpyxl.load_workbook(BytesIO(data), data_only=computed).worksheets[0]


def texts(data: bytes) -> list[str]:
    """What our reader finds."""
    tables = [block for block in read_xlsx(data, "t.xlsx").blocks if isinstance(block, GridTable)]
    return [cell.text for table in tables for cell in table.cells]


@pytest.mark.parametrize(
    ("text", "suffix", "value", "code"),
    [
        ("1.60", "", "1.6", "0.00"), ("7", "", "7", "0"), ("0.00", "", "0", "0.00"), ("-3.50", "", "-3.5", "0.00"),
        ("2,756.57", "", "2756.57", "#,##0.00"), ("1,234", "", "1234", "#,##0"), ("86.19%", "%", "0.8619", "0.00%"),
        ("102.5%", "%", "1.025", "0.0%"), ("0%", "%", "0", "0%"), ("130.00元", "元", "130", '0.00"元"'),
        ("5.0‰", "‰", "5", '0.0"‰"'), ("123456789012.345", "", "123456789012.345", "0.000"),
    ],
)  # fmt: skip
def test_a_number_is_a_number_that_shows_its_digits(text: str, suffix: str, value: str, code: str) -> None:
    """A number can be computed with, and its format shows the printed digits; a per cent is held as a hundredth."""
    data = write_xlsx([row_of(number(text, suffix), Cell(0, 1, "旁"))])
    cell = opened(data)["A1"]
    assert (cell.data_type, Decimal(str(cell.value)), cell.number_format) == ("n", Decimal(value), code)
    assert texts(data) == [text, "旁"]
    assert CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()[0][0] == cell.value


@pytest.mark.parametrize(
    "text", ["1234567890123456", "0.1234567890123456", "007", "+5", "１２", "-0.00", "1" + "0" * 15]
)
def test_a_number_that_a_spreadsheet_would_change_is_a_text(text: str) -> None:
    """More digits than 15, a leading zero, a sign or wide digits: no format shows them, so the text is kept."""
    data = write_xlsx([row_of(Cell(0, 0, text, number=Decimal(text)), Cell(0, 1, "旁"))])
    assert (opened(data)["A1"].data_type, texts(data)) == ("s", [text, "旁"])


def test_a_sum_is_a_formula_with_its_value() -> None:
    """A total that the cells give is computed from them, those under one another as a range; its value is kept."""
    total = replace(number("18.62", pointer="/t"), row=2, formula=Formula("sum", ("/b", "/a")))
    cells = (number("10.00", pointer="/a"), replace(number("8.62", pointer="/b"), row=1), total)
    data = write_xlsx([Document("表", Page(), (Table((9000,), 3, cells),))])
    assert opened(data, computed=False)["A3"].value == '=IF(COUNT(A1:A2)=0,"",ROUND(SUM(A1:A2),2))'
    assert (opened(data)["A3"].value, texts(data)) == (18.62, ["10.00", "8.62", "18.62"])


@pytest.mark.parametrize(
    ("claimed", "formula"),
    [
        ("18.63", Formula("sum", ("/a", "/b"))),  # another number than they give
        ("18.62", Formula("sum", ("/a", "/nowhere"))),  # a cell that is not there
        ("18.62", Formula("sum", ("/a", "/b", "/word"))),  # a cell that holds words
        ("18.6", Formula("sum", ("/a", "/b"))),  # other decimals
    ],
)
def test_a_claim_that_its_cells_do_not_give_stays_a_number(claimed: str, formula: Formula) -> None:
    """Nothing is put right in passing: a number that the formula would change is written as it is."""
    data = write_xlsx([row_of(
        number("10.00", pointer="/a"), number("8.62", pointer="/b"), Cell(0, 0, "不适用", pointer="/word"),
        replace(number(claimed), formula=formula),
    )])  # fmt: skip
    assert (opened(data, computed=False)["D1"].data_type, texts(data)[3]) == ("n", claimed)


@pytest.mark.parametrize(
    ("rate", "suffix", "written"),
    [
        ("86.19", "", '=IF(COUNT(A1,B1)<2,"",IF(B1=0,"",ROUND(A1/B1*100,2)))'),
        ("86.19%", "%", '=IF(COUNT(A1,B1)<2,"",IF(B1=0,"",ROUND(A1/B1,4)))'),
    ],
)
def test_a_rate_and_its_share_are_formulas(rate: str, suffix: str, written: str) -> None:
    """The rate divides only what is there and not by nothing; the share of the points counts the per cent sign."""
    share = replace(number("8.62"), formula=Formula("share", ("/w", "/r")))
    data = write_xlsx([row_of(
        number("1120.47", pointer="/x"), number("1300.00", pointer="/y"), number("10.00", pointer="/w"),
        replace(number(rate, suffix, "/r"), formula=Formula("rate", ("/x", "/y"))), share,
    )])  # fmt: skip
    sheet = opened(data, computed=False)
    assert sheet["D1"].value == written
    assert sheet["E1"].value == f'=IF(COUNT(C1,D1)<2,"",MIN(C1,ROUND(C1*D1{"" if suffix else "/100"},2)))'
    assert texts(data)[3:] == [rate, "8.62"]


def test_a_blank_form_computes_as_it_is_filled() -> None:
    """In a blank form totals and the rate are formulas that show nothing yet, and cannot be typed over."""
    document = lay_out_blank(FAMILIES["shanghai"]).document
    sheet = opened(write_xlsx([document]), computed=False)
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) >= 3
    assert all(cell.value.startswith("=IF(COUNT(") and cell.protection.locked for cell in formulas)
    kept = opened(write_xlsx([document]))
    assert {kept[cell.coordinate].value for cell in formulas} <= {None, ""}


def test_what_a_filled_form_leaves_blank_is_not_computed() -> None:
    """A blank total of a filled form is no formula that would claim something when the file is saved again."""
    total = Cell(0, 0, "", pointer="/t", formula=Formula("sum", ("/a",)))
    data = write_xlsx([row_of(Cell(0, 0, "", pointer="/a"), total, Cell(0, 0, "甲"))])
    assert opened(data, computed=False)["B1"].value is None


def test_labels_are_locked_and_values_are_not() -> None:
    """The structure is protected without a password; what a person fills in is open, and rows may be made taller."""
    sheet = opened(
        write_xlsx([row_of(Cell(0, 0, "项目名称", role="label"), Cell(0, 1, "甲", pointer="/project/name"))])
    )
    assert (sheet["A1"].protection.locked, sheet["B1"].protection.locked) == (True, False)
    assert (sheet.protection.sheet, sheet.protection.password, sheet.protection.formatRows) == (True, None, False)
    assert not opened(write_xlsx([row_of(Cell(0, 0, "说明", role="label"))])).protection.sheet


def test_choices_are_a_list() -> None:
    """Cells with the same choices share a list; one that a spreadsheet cannot hold is left out, the text never."""
    grades = Cell(0, 0, "优", choices=("优", "良", "中", "差"))
    long = Cell(0, 0, "甲", choices=tuple(f"选项{at}" for at in range(80)))
    data = write_xlsx([row_of(grades, grades, long, Cell(0, 0, "a", choices=("a,b", "a")))])
    (rule,) = opened(data).data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref), rule.allow_blank) == ('"优,良,中,差"', "A1 B1", True)
    assert texts(data) == ["优", "优", "甲", "a"]
    full = row_of(Cell(0, 0, "", choices=tuple("甲乙丙丁" * 32)))
    (rule,) = opened(write_xlsx([full])).data_validations.dataValidation
    assert (len(rule.formula1), len(rule.error)) == (257, 255)


def test_the_page_is_set_up() -> None:
    """Paper, way, margins, width, page number and repeated heading are the document's."""
    cells = tuple(Cell(row, 0, "甲" * 300) for row in range(9))
    table = Table((30_000,), 9, cells, heading=(1, 2), body=(2, 9))
    page = Page(width=A4[1], height=A4[0], left=7200)
    sheet = opened(write_xlsx([Document("一'表", page, (table,))]))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_margins.left, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        1,
        0,
        True,
    )
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$2:$2", "A3")
    assert "&P" in sheet.oddFooter.center.text
    assert [each.id for each in sheet.row_breaks.brk]
    bare = opened(write_xlsx([Document("二", replace(page, numbered=False), (Text("甲"),))]))
    assert bare.oddFooter.center.text is None


def test_pages_end_where_few_cells_are_cut() -> None:
    """As few pages as there can be; among their ends those that cut the fewest cells, and never under a heading."""
    heights, spans = [10] * 30, [(0, 9), (10, 17), (18, 29)]
    assert (fits_one_page(heights, 290), breaks_of(heights, spans, 290)) == (True, ())
    assert breaks_of(heights, spans, 205) == (18,)
    assert breaks_of([10] * 12, [(at, at) for at in range(12)], 82, (5, 8)) != (8,)
    assert breaks_of([90] * 4, [(0, 3)], 100) == (1, 2, 3)
    assert breaks_of([10] * 12, [], 82, joined=[8]) == (7,)


def test_tables_of_different_widths_stand_on_one_grid() -> None:
    """Edges of two tables that nearly meet are one; each table keeps its columns, and none is too narrow to be seen."""
    one, two = (Table(widths, 1, ()) for widths in ((10_000, 20_000), (10_100, 9_900, 10_000)))
    columns = columns_of([one, two], 30_000)
    assert columns.edges == ((0, 1, 3), (0, 1, 2, 3))
    assert columns_of([Table((10, 10, 10), 1, ())], 30_000).widths == (1, 1, 1)
    assert columns_of([], 30_000).widths == (400,)
    with ZipFile(BytesIO(write_xlsx([Document("表", Page(width=6000 + 2 * 4819), (Text("甲"),))]))) as package:
        assert 'width="10" ' in package.read("xl/worksheets/sheet1.xml").decode()


def test_two_tables_read_back() -> None:
    """Two tables of different widths and the words between them read back, with the spans the grid gives them."""
    tables = tuple(
        Table(widths, 1, tuple(Cell(0, at, f"{name}{at}") for at in range(len(widths))))
        for name, widths in (("甲", (10_000, 20_000)), ("乙", (20_000, 10_000)))
    )
    data = write_xlsx([Document("表", Page(), (tables[0], Text("其间"), tables[1]))])
    (table,) = [block for block in read_xlsx(data, "t.xlsx").blocks if isinstance(block, GridTable)]
    assert [(cell.text, cell.column, cell.column_span) for cell in table.cells] == [
        ("甲0", 0, 1), ("甲1", 1, 2), ("其间", 0, 3), ("乙0", 0, 2), ("乙1", 2, 1),
    ]  # fmt: skip


def test_sheet_names_are_allowed_and_unlike() -> None:
    """Letters that a name may not have are set wide, long names are cut, like ones are numbered, none is empty."""
    names = SheetNames()
    wanted = ("a[b]:*?/\\c", "'甲'", "", "History", "甲" * 40, "甲" * 40, "AB", "ab", "\x00", "𠮷" * 20)
    got = [names.take(each) for each in wanted]
    assert got[:4] == ["a［b］：＊？／＼c", "’甲’", "表", "History_"]
    assert (got[4], got[5], got[7], got[8]) == ("甲" * 31, "甲" * 27 + " (2)", "ab (2)", "表 (2)")
    assert len({each.casefold() for each in got}) == len(got)
    assert all(len(each.encode("utf-16-le")) <= 62 for each in got)


def test_the_same_documents_give_the_same_bytes() -> None:
    """Nothing in a workbook is of the moment: its day is the caller's, or it has none."""
    document = row_of(Cell(0, 0, "甲"))
    data = write_xlsx([document], About("自评表", created=datetime(2025, 3, 1, tzinfo=UTC)))
    assert data == write_xlsx([document], About("自评表", created=datetime(2025, 3, 1, tzinfo=UTC)))
    about = openpyxl.load_workbook(BytesIO(data)).properties
    assert (about.title, about.created) == ("自评表", datetime(2025, 3, 1))  # noqa: DTZ001 -- openpyxl's are naive
    with ZipFile(BytesIO(data)) as package:
        assert {item.date_time for item in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert str(datetime.now(UTC).year) not in package.read("docProps/core.xml").decode()


def test_fonts_are_named_as_asked() -> None:
    """An office's own fonts are named instead of ours, and every cell is set in one of them."""
    document = Document(
        "表", Page(), (Text("标题", face="title"), Text("正文"), *row_of(Cell(0, 0, "甲", role="label")).blocks)
    )
    sheet = opened(write_xlsx([document], fonts={"title": "方正小标宋", "body": "仿宋_GB2312", "label": "黑体"}))
    assert [sheet[spot].font.name for spot in ("A1", "A2", "A3")] == ["方正小标宋", "仿宋_GB2312", "黑体"]
    assert [sheet["A3"].border.left.style, sheet["A3"].alignment.wrap_text] == ["thin", True]


def test_many_documents_need_the_room_of_few() -> None:
    """Each sheet is packed when it is written, and forgotten: ten times the documents need no more memory."""

    def peak(count: int) -> int:
        documents = (replace(row_of(Cell(0, 0, "甲" * 1000 + str(at))), name=f"表{at}") for at in range(count))
        tracemalloc.start()
        try:
            data = write_xlsx(documents)
            return tracemalloc.get_traced_memory()[1] - len(data)
        finally:
            tracemalloc.stop()

    assert peak(60) < peak(10) + 50 * 2_000  # what is kept of each is its name and where it lies in the package


def test_a_cell_with_room_makes_its_row_higher() -> None:
    """What asks for room to write gets a row of that height; the rows beside it keep theirs."""
    cells = (Cell(0, 0, "目标"), Cell(0, 1, "", least=6600), Cell(1, 0, "总分"), Cell(1, 1, ""))
    sheet = opened(write_xlsx([Document("甲", Page(), (Table((20000, 20000), 2, cells, least=2100),))]))
    assert [sheet.row_dimensions[row].height for row in (1, 2)] == [66, 21]
