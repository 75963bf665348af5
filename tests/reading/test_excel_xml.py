"""Excel 2003 XML, as report systems export it: cells where they are numbered to be, shown as their styles show them."""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.form import Form
from jixiao.layout.grid import Table
from jixiao.reading import Limits, Unreadable
from jixiao.reading.detect import Kind, detect
from jixiao.reading.formats.excel_xml import read_excel_xml
from jixiao.reading.handover import OfficeNeeded
from jixiao.reading.parse import parse_bytes

DATA = Path(__file__).parents[1] / "data"
SPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
)
HEAD = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
STYLES = (
    '<Styles><Style ss:ID="Default"/><Style ss:ID="a"><NumberFormat ss:Format="0.00"/></Style>'
    '<Style ss:ID="b" ss:Parent="a"/><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="h"><NumberFormat ss:Format=";;;"/></Style></Styles>'
)


def book(*tables: str, options: str = "") -> str:
    """A workbook of sheets 表1, 表2 … with these rows; `options` belong to the last."""
    sheets = "".join(
        f'<Worksheet ss:Name="表{number}"><Table>{table}</Table>{options if number == len(tables) else ""}</Worksheet>'
        for number, table in enumerate(tables, 1)
    )
    return f"{HEAD}<Workbook {SPACES}>{STYLES}{sheets}</Workbook>"


def cell(text: str, kind: str = "String", **ss: str | int) -> str:
    """A cell with a value, and attributes."""
    attributes = "".join(f' ss:{name}="{value}"' for name, value in ss.items())
    return f'<Cell{attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def texts(text: str) -> dict[str, str]:
    """The texts of the tables, by place."""
    blocks = read_excel_xml(text, "f.xls").blocks
    return {
        cell.places[0].cell or "": cell.text for block in blocks if isinstance(block, Table) for cell in block.cells
    }


def exported(sheet: Worksheet) -> Iterator[str]:
    """The rows of a sheet as that format writes them."""
    merged = {(each.min_row, each.min_col): each for each in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        cells = []
        for each in row:
            span = merged.get((each.row, each.column))
            spans = {"MergeAcross": span.size["columns"] - 1, "MergeDown": span.size["rows"] - 1} if span else {}
            if each.value is not None:
                words = quoteattr(str(each.value), {"\n": "&#10;"})[1:-1]
                cells.append(cell(words, Index=each.column, **spans))
        yield f'<Row ss:Index="{row[0].row}">{"".join(cells)}</Row>'


def without_places(form: Form) -> tuple[object, ...]:
    """What a form says, whatever the file."""
    return form.project, form.funds, form.goal, form.indicators, form.total, form.execution


def test_forms_are_read_as_those_of_a_workbook() -> None:
    """The sample forms, exported from the workbook cell by cell, give the same forms."""
    source = openpyxl.load_workbook(DATA / "forms7.xlsx")
    data = book(*["".join(exported(sheet)) for sheet in source.worksheets]).encode()
    found = parse_bytes(data, "导出.xml")
    wanted = parse_bytes((DATA / "forms7.xlsx").read_bytes(), "f.xlsx")
    assert len(found) == len(wanted) == 7
    assert [without_places(form) for form in found] == [without_places(form) for form in wanted]


def test_cells_stand_where_they_are_numbered() -> None:
    """Rows and cells with an index skip; merged cells span, and the next cell stands after them."""
    rows = (
        f'<Row ss:Index="2">{cell("甲", MergeAcross=2, MergeDown=1)}{cell("乙")}'
        f"{cell('丙', Index=7)}</Row><Row>{cell('丁', Index=4)}</Row>"
    )
    assert texts(book(rows)) == {"表1!A2": "甲", "表1!D2": "乙", "表1!G2": "丙", "表1!D3": "丁"}
    (table,) = read_excel_xml(book(rows), "f").blocks
    assert isinstance(table, Table)
    assert (table.cells[0].row_span, table.cells[0].column_span) == (2, 3)


@pytest.mark.parametrize(
    ("stored", "kind", "style", "shown"),
    [
        ("130", "Number", "a", "130.00"),
        ("130", "Number", "b", "130.00"),
        ("0.8619", "Number", "p", "86.19%"),
        ("130.50", "Number", "Default", "130.5"),
        ("130.50", "Number", "gone", "130.5"),
        ("2024-05-01T00:00:00.000", "DateTime", "d", "2024/5/1"),
        ("1900-01-01T00:00:00.000", "DateTime", "d", "1900-01-01T00:00:00.000"),
        ("1", "Boolean", "a", "TRUE"),
        ("<B xmlns='http://www.w3.org/TR/REC-html40'>校</B>舍", "String", "a", "校舍"),
        ("一&#10;二", "String", "a", "一\n二"),
    ],
)
def test_values_are_shown_as_their_style_shows_them(stored: str, kind: str, style: str, shown: str) -> None:
    """Numbers and dates under the format of their style, its parent or none; texts as they are, of runs too."""
    row = f"<Row>{cell(stored, kind, StyleID=style)}{cell('x')}</Row>"
    assert texts(book(row))["表1!A1"] == shown


def test_styles_of_rows_and_columns_hold() -> None:
    """A cell without a style has that of its row, else of its column."""
    columns = '<Column ss:StyleID="p" ss:Span="1"/><Column ss:StyleID="a"/>'
    rows = f'<Row>{cell("1", "Number") * 3}</Row><Row ss:StyleID="a">{cell("1", "Number")}</Row>'
    assert list(texts(book(columns + rows)).values()) == ["100.00%", "100.00%", "1.00", "1.00"]


def test_what_is_not_shown_is_said() -> None:
    """Hidden sheets, rows and columns, formulas without a result, errors, formats that hide and comments are named."""
    rows = (
        '<Column ss:Index="2" ss:Hidden="1"/>'
        f'<Row>{cell("甲")}{cell("乙")}{cell("丙")}</Row><Row ss:Hidden="1">{cell("丁")}</Row>'
        f'<Row><Cell ss:Formula="=RC[1]"/>{cell("庚")}{cell("#REF!", "Error")}{cell("5", "Number", StyleID="h")}'
        "<Cell><Data ss:Type='String'>己</Data><Comment><Data>注</Data></Comment></Cell></Row>"
    )
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    grid = read_excel_xml(book(rows, f"<Row>{cell('藏')}</Row>", options=options), "f.xls")
    assert [loss[loss.index("Sheet ") :] for loss in grid.losses] == [
        "Sheet “表1”: B1, A2, B3: in hidden rows or columns; not read.",
        "Sheet “表1”: A3: formulas without a stored result.",
        "Sheet “表1”: C3 #REF!: error values.",
        "Sheet “表1”: D3: not shown by their number format; not read.",
        "Sheet “表1”: 1 comments not read.",
        "Sheet “表2” is hidden; not read.",
    ]


def test_it_is_told_by_its_content() -> None:
    """With or without its mark and declaration it is known; under the name .xls it is read and the name is told."""
    plain = book(f"<Row>{cell('项目名称')}</Row>")
    for text in (plain, plain.replace(HEAD, ""), plain.replace("<Workbook", "<!-- a --><Workbook")):
        assert detect(text.encode()) is Kind.EXCEL_XML
    assert detect(plain.replace("schemas-microsoft-com", "other").encode()) is Kind.XML
    source = openpyxl.load_workbook(DATA / "forms7.xlsx")
    data = book("".join(exported(source.worksheets[0]))).replace('"1.0"?', '"1.0" encoding="GB2312"?').encode("gb18030")
    (form,) = parse_bytes(data, "导出.xls")
    assert "an Excel 2003 XML workbook" in form.problems[-1].message


def test_word_2003_xml_is_for_libreoffice() -> None:
    """Word 2003 XML, also named .doc, is handed to LibreOffice."""
    text = '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    with pytest.raises(OfficeNeeded) as needed:
        parse_bytes(text.encode(), "a.doc")
    assert needed.value.kind == "word_xml"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (book("").replace("<Workbook", "<!DOCTYPE Workbook [<!ENTITY a 'b'>]><Workbook"), "unsafe_content"),
        (book("")[:-9], "truncated_or_damaged"),
        (f"<Workbook {SPACES}/>", "truncated_or_damaged"),
        (book(*[""] * 3), "too_large"),
        (book(f"<Row>{cell('a') * 101}</Row>"), "too_large"),
        (book("<Row>" + "<Cell ss:MergeAcross='1'/>" * 101 + "</Row>"), "too_large"),
        (book(f"<Row>{cell('a')}<Cell ss:MergeAcross='99' ss:MergeDown='9'><Data>b</Data></Cell></Row>"), "too_large"),
        (book("<Row/>" + "<a>" * 4_000_001), "too_large"),
        (book("<a>" * 99_999), "truncated_or_damaged"),
    ],
)
def test_what_harms_is_refused(text: str, code: str) -> None:
    """Document types, broken XML, and more sheets, cells, merged cells or tags than allowed are refused."""
    with pytest.raises(Unreadable) as refusal:
        read_excel_xml(text, "f.xls", Limits(sheets=2, cells=100))
    assert refusal.value.code == code


def test_numbers_beyond_the_sheet_do_no_harm() -> None:
    """Indexes, spans and dates beyond all bounds are bounded or passed over."""
    far = f'<Column ss:Span="99999999" ss:StyleID="a"/><Row ss:Index="99999999" ss:Span="9999999">{cell("a")}</Row>'
    more = f'<Row ss:Index="-1">{cell("b", Index=99999999, MergeAcross="x")}</Row>'
    date = f"<Row>{cell('9999-99-99', 'DateTime')}{cell('1E999999', 'Number')}</Row>"
    assert texts(book(far + more + date))
