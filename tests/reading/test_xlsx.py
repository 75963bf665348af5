"""Workbooks become grids: numbers as shown, merged and hidden cells, formulas, strict files, hostile ones."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from jixiao.layout.grid import Cell, Grid, Table
from jixiao.reading.errors import Unreadable
from jixiao.reading.formats.number_format import show
from jixiao.reading.formats.xlsx import read_xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def workbook(
    sheet: str, strings: str = "", styles: str = "", properties: str = "", names: tuple[str, str] = (MAIN, RELATIONS)
) -> bytes:
    """A workbook written by hand: the inside of its only sheet, of its strings and of its styles."""
    main, relations = names
    links = "".join(
        f'<Relationship Id="r{at}" Type="{relations}/{kind}" Target="{part}"/>'
        for at, (kind, part) in enumerate(
            [
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "/xl/styles.xml"),
            ]
        )
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{relations}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">{properties}<sheets><sheet name="表 一"'
        ' sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
    }
    return pack(parts)


def pack(parts: dict[str, str]) -> bytes:
    """A zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def cells(data: bytes) -> dict[str, Cell]:
    """The cells of the only table, by their reference."""
    found = read_xlsx(data, "book.xlsx")
    (table,) = [block for block in found.blocks if isinstance(block, Table)]
    return {str(cell.places[0].cell).rpartition("!")[2]: cell for cell in table.cells}


def texts(data: bytes) -> dict[str, str]:
    """The texts of the only table, by cell."""
    return {name: cell.text for name, cell in cells(data).items()}


SHOWN = [
    tuple("" if part == "(nothing)" else part for part in row.strip("\n").split(" | "))
    for row in r"""
130 | 0.00 | 130.00
1.6000000000000001 | 0.00 | 1.60
1.005 | 0.00 | 1.01
1.0049999999999999 | 0.00 | 1.01
2756.57 | #,##0.00 | 2,756.57
1234567.891 | #,##0.00 | 1,234,567.89
0.5 | #,##0.00 | 0.50
0.8619 | 0% | 86%
0.8619 | 0.00% | 86.19%
1 | 0% | 100%
12 | General | 12
86.190000000000001 | General | 86.19
0.1 | General | 0.1
1E-3 | General | 0.001
-5 | General | -5
0 | General | 0
100 | G/通用格式 | 100
7 | G/通用格式"次" | 7次
130 | 0.00"万元" | 130.00万元
130 | 0.00\万\元 | 130.00万元
7 | "≥"0.00"(次)" | ≥7.00(次)
-1.5 | 0.0 | -1.5
-1.5 | 0.0;(0.0) | (1.5)
-1.5 | 0.0_);[Red](0.0) | (1.5)
0 | 0.0;-0.0;"零" | 零
0 | _ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_  | -
12345 | 0, | 12
12345678 | 0.00,, | 12.35
5 | 000 | 005
5 | # | 5
0 | # | (nothing)
0.5 | #.## | .5
3 | 0.## | 3.
12 | @ | 12
1234.5 | [$¥-804]#,##0.00 | ¥1,234.50
95 | [>=90]"优";[>=80]"良";"中" | 优
85 | [>=90]"优";[>=80]"良";"中" | 良
70 | [>=90]"优";[>=80]"良";"中" | 中
21012345678 | 000-0000-0000 | 210-1234-5678
0.005 | 0.00 | 0.01
-0.001 | 0.00 | 0.00
123456789012345678 | 0 | 123456789012346000
0.3333333333333333 | # ?/? | 0.333333333333333
45657 | yyyy-mm-dd | 2024-12-31
45657 | yyyy"年"m"月"d"日" | 2024年12月31日
45657 | [$-804]yyyy年m月 | 2024年12月
45657.75 | yyyy/m/d h:mm | 2024/12/31 18:00
45657.5 | 上午/下午h时mm分 | 下午12时00分
45657 | aaaa | 星期二
0.99999999 | h:mm:ss | 0:00:00
1.5 | [h]:mm | 36:00
60 | m/d | 2/28
1 | yyyy-m-d | 1900-1-1
45657 | dd-mmm-yy | 31-Dec-24
-3 | yyyy-mm-dd | -3
1e999 | 0.00 | 1e999
abc | 0.00 | abc
""".strip("\n").split("\n")
]
"""Stored digits, format code, what is shown. 29 February 1900 never was: that day number is one off, as is known."""


@pytest.mark.parametrize(("stored", "code", "shown"), SHOWN)
def test_numbers_as_their_format_shows_them(stored: str, code: str, shown: str) -> None:
    """A stored number shows exactly what a spreadsheet program shows under the same format."""
    assert show(stored, code) == shown


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=4), st.integers(0, 4))
def test_rounding_is_half_away_from_zero(number: Decimal, places: int) -> None:
    """Whatever the number, its shown digits are the nearest of that length, ties away from zero."""
    code = "0." + "0" * places if places else "0"
    shown = Decimal(show(str(number), code))
    assert abs(shown - number) * 2 <= Decimal(1).scaleb(-places)
    assert shown.as_tuple().exponent == -places
    if abs(shown - number) * 2 == Decimal(1).scaleb(-places):
        assert abs(shown) > abs(number)


def test_what_another_writer_wrote_is_read() -> None:
    """Strings, numbers, booleans, merged and empty cells of another program's workbook come with their places."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("自评表")
    edged, money = book.add_format({"border": 1}), book.add_format({"num_format": "0.00"})
    sheet.merge_range("A1:D1", "项目支出绩效自评表", edged)
    sheet.write_row("A2", ["项目名称", "科技\n金融", 12, True])
    sheet.write_number("A3", 130, money)
    sheet.write_blank("B3", None, edged)
    sheet.merge_range("C3:D5", "", edged)
    sheet.write_string("A6", "=1+1")
    sheet.write_rich_string("B6", "富", book.add_format({"bold": True}), "文本")
    book.close()
    found = cells(out.getvalue())
    assert {name: cell.text for name, cell in found.items()} == {
        "A1": "项目支出绩效自评表", "A2": "项目名称", "B2": "科技\n金融", "C2": "12", "D2": "TRUE", "A3": "130.00",
        "B3": "", "C3": "", "A6": "=1+1", "B6": "富文本",
    }  # fmt: skip
    spans = {name: (cell.row, cell.column, cell.row_span, cell.column_span) for name, cell in found.items()}
    assert spans["A1"] == (0, 0, 1, 4)
    assert spans["C3"] == (2, 2, 3, 2)
    (place,) = found["B2"].places
    assert (place.file, place.cell, place.page, str(place.confidence)) == ("book.xlsx", "自评表!B2", None, "1.0")


def losses(found: Grid) -> str:
    """All the losses of a grid in one text."""
    return "\n".join(found.losses)


def test_hidden_parts_are_left_out_and_said() -> None:
    """Hidden sheets, rows and columns are not read, and each is named; a hidden empty row is not worth a word."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in range(1, 5):
        for column in range(1, 4):
            sheet.cell(row, column, f"{row}{column}")
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A3:B3")
    other = book.create_sheet("旧稿")
    other["A1"] = "别读"
    other.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    found = read_xlsx(out.getvalue(), "f.xlsx")
    assert set(texts(out.getvalue()).values()) == {"11", "13", "31", "33", "41", "43"}
    assert len(found.losses) == 2
    assert "旧稿" in losses(found)
    assert "A2, B2, C2" in losses(found)


def test_formulas_show_their_stored_result_or_are_a_loss() -> None:
    """A formula shows its stored result; without one the cell shows the formula, unsure, and is named."""
    row = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>SUM(A1)</f></c><c r="C1" t="str"><f>""</f><v></v></c>'
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1" t="str"><f>"a"</f><v>文</v></c></row>'
    )
    data = workbook(f"<sheetData>{row}</sheetData><mergeCells><mergeCell ref='B1:B2'/></mergeCells>")
    found = cells(data)
    shown = {name: cell.text for name, cell in found.items()}
    assert shown == {"A1": "2", "B1": "=SUM(A1)", "D1": "#DIV/0!", "E1": "文"}
    assert str(found["B1"].places[0].confidence) == "0.0"
    said = losses(read_xlsx(data, "f.xlsx"))
    assert "B1 是公式而没有保存结果" in said
    assert "D1 #DIV/0!" in said


def test_strings_of_every_kind() -> None:
    """Rich runs join, phonetic guides go, escapes resolve, inline strings and untyped cells are read."""
    strings = "<si><r><t>科</t></r><r><t>技</t></r><rPh sb='0' eb='1'><t>keji</t></rPh></si>"
    strings += "<si><t>上_x000D__x000A_下</t></si>"
    row = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t> 内联 </t></is></c><c><v>7</v></c>'
        '<c t="d"><v>2024-12-31</v></c></row>'
    )
    assert texts(workbook(f"<sheetData>{row}</sheetData>", strings)) == {
        "A1": "科技", "B1": "上\n下", "C1": "内联", "D1": "7", "E1": "2024-12-31",
    }  # fmt: skip


def test_strict_files_and_the_1904_calendar() -> None:
    """Strict OOXML reads as transitional does; a workbook counting from 1904 shows its own days."""
    styles = '<numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
    styles += '<cellXfs><xf/><xf numFmtId="164"/></cellXfs>'
    data = workbook(
        '<sheetData><row r="2"><c r="B2" s="1"><v>0</v></c></row></sheetData>', styles=styles,
        properties='<workbookPr date1904="1"/>', names=(STRICT, STRICT_RELATIONS),
    )  # fmt: skip
    assert texts(data) == {"B2": "1904-01-01"}


def test_styled_emptiness_far_away_is_not_the_table() -> None:
    """Cells that are only styled count inside the written area, not beyond it; a merge of a whole sheet is cut."""
    row = '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1" s="1"/><c r="C1" t="str"><v>乙</v></c>'
    row += '<c r="XFD1" s="1"/></row>'
    far = '<row r="1048576"><c r="A1048576" s="1"/></row>'
    merge = "<mergeCells><mergeCell ref='E1:XFD1048576'/></mergeCells>"
    assert texts(workbook(f"<sheetData>{row}{far}</sheetData>{merge}")) == {"A1": "甲", "B1": "", "C1": "乙"}


REFUSED = {
    "a missing part": ("truncated_or_damaged", {"xl/worksheets/sheet1.xml": "<worksheet"}),
    "a document type": ("unsafe_content", {"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'}),
    "a path to the outside": ("unsafe_content", {"../evil": ""}),
    "an absolute path": ("unsafe_content", {"/evil": ""}),
    "no sheet": ("truncated_or_damaged", {"xl/workbook.xml": "<workbook><sheets/></workbook>"}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_office_writes_is_refused(what: str) -> None:
    """Broken and harmful containers are each refused under their code, naming the file."""
    code, changed = REFUSED[what]
    with zipfile.ZipFile(io.BytesIO(workbook("<sheetData/>"))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    with pytest.raises(Unreadable) as refusal:
        read_xlsx(pack(parts | changed), "坏.xlsx")
    assert refusal.value.code == code
    assert refusal.value.zh.startswith("坏.xlsx：")
    assert refusal.value.en.startswith("坏.xlsx: ")


def test_a_document_type_in_utf16_is_found_too() -> None:
    """The document type is looked for in every encoding an XML parser would take."""
    with zipfile.ZipFile(io.BytesIO(workbook("<sheetData/>"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] = '<!DOCTYPE a [<!ENTITY b "c">]><sst><si><t>&b;</t></si></sst>'.encode("utf-16")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(Unreadable) as refusal:
        read_xlsx(out.getvalue(), "f.xlsx")
    assert refusal.value.code == "unsafe_content"
