"""What real workbooks do beside plain cells: shapes, controls, comments, formats that hide, forms side by side."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from jixiao.layout.grid import Cell, FreeText, Table
from jixiao.reading.formats.number_format import show, show_text
from jixiao.reading.formats.side_by_side import apart
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.reading.parse import parse_bytes
from reading.test_xlsx import cells, losses, pack, texts, workbook

DRAWN = (
    '<xdr:wsDr xmlns:xdr="http://x" xmlns:a="http://a" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "{}</xdr:wsDr>"
)


def anchored(row: int, column: int, inside: str) -> str:
    """A shape on a cell."""
    start = f"<xdr:from><xdr:col>{column}</xdr:col><xdr:row>{row}</xdr:row></xdr:from>"
    return f"<xdr:twoCellAnchor>{start}{inside}</xdr:twoCellAnchor>"


def shape(identity: int, *lines: str, hidden: str = "0") -> str:
    """A shape with lines of words."""
    words = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    about = f'<xdr:nvSpPr><xdr:cNvPr id="{identity}" name="x" hidden="{hidden}"/></xdr:nvSpPr>'
    return f"<xdr:sp>{about}<xdr:txBody>{words}</xdr:txBody></xdr:sp>"


def drawn(sheet: str, drawing: str, **more: tuple[str, str]) -> bytes:
    """A workbook with a drawing; `more` are further parts by link id: kind and content."""
    with zipfile.ZipFile(io.BytesIO(workbook(sheet))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    linked = {"d": ("drawing", DRAWN.format(drawing))} | more
    links = "".join(
        f'<Relationship Id="{name}" Type="http://a/{kind}" Target="{name}.xml"/>' for name, (kind, _) in linked.items()
    )
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = f"<Relationships>{links}</Relationships>"
    return pack(parts | {f"xl/worksheets/{name}.xml": content for name, (_, content) in linked.items()})


CELL = '<sheetData><row r="3"><c r="B3" t="str"><v>评分等级</v></c></row></sheetData>'


def test_text_boxes_are_lines_above_or_below() -> None:
    """Words of shapes stand before the table where they hang above it, else after it, each at its cell."""
    boxes = anchored(0, 1, shape(2, "自评表", "（2024年度）")) + anchored(9, 0, shape(3, "填表人：张三"))
    hidden = anchored(0, 0, shape(4, "看不见", hidden="1"))
    found = read_xlsx(drawn(CELL, boxes + hidden), "f.xlsx")
    lines = [block.text if isinstance(block, FreeText) else "表" for block in found.blocks]
    assert lines == ["自评表", "（2024年度）", "表", "填表人：张三"]
    first = found.blocks[0]
    assert isinstance(first, FreeText)
    assert first.places[0].cell == "表 一!B1"


def test_check_boxes_are_words_of_their_cells() -> None:
    """A control's state comes from its own part and stands in the cell it lies on, merged or not."""
    twice = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    boxes = anchored(2, 3, twice.format(shape(1025, "优", hidden="1"), shape(1025, "优"))) + anchored(
        2, 4, shape(1026, "良")
    )
    control = '<control shapeId="{}" r:id="{}" xmlns:r="http://r"/>'
    sheet = CELL + "<mergeCells><mergeCell ref='C3:E3'/></mergeCells><controls>"
    sheet += control.format(1025, "c1") + control.format(1025, "c1") + control.format(1026, "c2") + "</controls>"
    ticked = "ctrlProp", '<formControlPr objectType="CheckBox" checked="Checked"/>'
    empty = "ctrlProp", '<formControlPr objectType="CheckBox"/>'
    assert texts(drawn(sheet, boxes, c1=ticked, c2=empty)) == {"B3": "评分等级", "C3": "☑优 □良"}


def test_comments_and_pictures_are_said() -> None:
    """Comments are not read and counted; so are pictures."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "甲"
    book.worksheets[0]["A1"].comment = Comment("批", "某")
    out = io.BytesIO()
    book.save(out)
    assert "1 条批注未读" in losses(read_xlsx(out.getvalue(), "f.xlsx"))
    assert "1 幅图片" in losses(read_xlsx(drawn(CELL, anchored(0, 0, "<xdr:pic/>")), "f.xlsx"))


def test_a_text_box_of_a_real_writer_is_read() -> None:
    """A text box that XlsxWriter writes is a line."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write("A3", "项目名称")
    sheet.insert_textbox(0, 0, "绩效自评表\n2024年度")
    book.close()
    found = read_xlsx(out.getvalue(), "f.xlsx")
    assert [block.text for block in found.blocks if isinstance(block, FreeText)] == ["绩效自评表", "2024年度"]


def test_words_under_merged_cells_are_said() -> None:
    """A value that a merged cell covers is not shown, so it is left out, with a sentence."""
    row = (
        '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1" t="str"><v>旧</v></c><c r="C1" t="str"><v>乙</v></c></row>'
    )
    data = workbook(f"<sheetData>{row}</sheetData><mergeCells><mergeCell ref='A1:B1'/></mergeCells>")
    assert texts(data) == {"A1": "甲", "C1": "乙"}
    assert "B1 被合并单元格盖住" in losses(read_xlsx(data, "f.xlsx"))


def test_a_column_styled_to_the_last_row_is_no_table() -> None:
    """More empty styled cells than a sheet may have cells are forgotten where they lie below all words."""
    styled = "".join(f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(3, 120_000))
    row = '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1" t="str"><v>乙</v></c></row>'
    assert texts(workbook(f"<sheetData>{row}{styled}</sheetData>")) == {"A1": "甲", "B1": "乙"}


def test_formats_that_show_nothing_are_said() -> None:
    """A number or a text that its format hides is not read, and named; a zero left blank is not worth a word."""
    styles = '<numFmts><numFmt numFmtId="164" formatCode=";;;"/><numFmt numFmtId="165" formatCode="0;-0;;@"/></numFmts>'
    styles += '<cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>5</v></c><c r="C1" s="1" t="str"><v>文</v></c>'
    row += '<c r="D1" s="2"><v>0</v></c><c r="E1" s="2" t="str"><v>尾</v></c></row>'
    data = workbook(f"<sheetData>{row}</sheetData>", styles=styles)
    assert {name: text for name, text in texts(data).items() if text} == {"A1": "1", "E1": "尾"}
    assert "B1, C1 的格式使内容不显示" in losses(read_xlsx(data, "f.xlsx"))


SHOWN = [
    ("12345", r'0\.0,"万"', "1.2万"),
    ("12345678", r"0!.0,", "1234.6"),
    ("123456", r"0!.0000", "12.3456"),
    ("0", '[=0]"-";General', "-"),
    ("3", '[=0]"-";General', "3"),
    ("12", "#,##0.00_ ", "12.00"),
    ("0.125", "0.00%", "12.50%"),
    ("-5", "0.00_);[Red]\\(0.00\\)", "(5.00)"),
    ("8", '0"分"', "8分"),
    ("1", '"是";;"否"', "是"),
    ("0", '"是";;"否"', "否"),
]


@pytest.mark.parametrize(("stored", "code", "shown"), SHOWN)
def test_formats_of_real_forms(stored: str, code: str, shown: str) -> None:
    """Ten thousands, zeros as dashes, units and words in a format show as a spreadsheet shows them."""
    assert show(stored, code) == shown


def test_texts_under_formats() -> None:
    """A text goes through the section for texts; other formats leave it as it is."""
    assert show_text("甲", "0.00") == "甲"
    assert show_text("甲", '0;-0;0;@"（元）"') == "甲（元）"
    assert show_text("甲", '@"次"') == "甲次"
    assert show_text("甲", ";;;") == ""


def test_error_values_are_unsure_and_named() -> None:
    """An error value, of Excel or of LibreOffice, gives no number: its place is unsure and it is named."""
    row = '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1" t="str"><f>x</f><v>Err:509</v></c></row>'
    data = workbook(f"<sheetData>{row}</sheetData>")
    assert [str(cell.places[0].confidence) for cell in cells(data).values()] == ["0.0", "0.0"]
    assert "A1 #DIV/0!, B1 Err:509" in losses(read_xlsx(data, "f.xlsx"))


def form(name: str) -> list[list[str]]:
    """A short form."""
    return [
        ["项目名称", name, "主管部门", "某局"], ["三级指标", "年度指标值", "实际完成值", "得分"],
        ["培训人次", "≥10.00(人)", "12.00(人)", "90.00"], ["总分", "100.00", "90.00", "优"],
    ]  # fmt: skip


@pytest.mark.parametrize("title", [True, False])
def test_forms_side_by_side_are_forms(title: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """Two forms beside one another, an empty column between, are read as two, under a common title or none."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    if title:
        sheet["A1"] = "项目支出绩效自评表"
        sheet.merge_cells("A1:I1")
    for name, left in (("甲", 1), ("乙", 6)):
        for row, line in enumerate(form(name), 3):
            for column, text in enumerate(line, left):
                sheet.cell(row, column, text)
    out = io.BytesIO()
    book.save(out)
    forms = parse_bytes(out.getvalue(), "f.xlsx")
    assert [each.project.name for each in forms] == ["甲", "乙"]
    assert [str(each.indicators[0].score) for each in forms] == ["90.00", "90.00"]
    assert {each.title for each in forms} == ({"项目支出绩效自评表"} if title else {""})


def test_an_empty_column_within_a_form_parts_nothing() -> None:
    """One project's name, or two below one another, leave the table whole."""
    one = Table(
        (Cell(0, 0, 1, 1, "项目名称"), Cell(0, 2, 1, 1, "甲"), Cell(1, 0, 1, 1, "主管部门"), Cell(1, 2, 1, 1, "乙"))
    )
    assert apart(one) == [one]
    two = Table((*one.cells, Cell(5, 0, 1, 1, "项目名称"), Cell(5, 2, 1, 1, "丙")))
    assert apart(two) == [two]


def test_a_listed_sheet_without_content_is_said() -> None:
    """A sheet whose part is not in the file or outside it, or that is a chart is named; others are read."""
    parts = {
        "xl/workbook.xml": "<workbook><sheets>"
        + "".join(f'<sheet name="{name}" id="{link}"/>' for name, link in zip("甲乙丙丁", "abcd", strict=True))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        '<Relationship Id="a" Type="http://a/worksheet" Target="worksheets/gone.xml"/>'
        '<Relationship Id="b" Type="http://a/worksheet" Target="http://a/b.xml" TargetMode="External"/>'
        '<Relationship Id="c" Type="http://a/chartsheet" Target="chartsheets/sheet1.xml"/>'
        '<Relationship Id="d" Type="http://a/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/chartsheets/sheet1.xml": "<chartsheet/>",
        "xl/worksheets/sheet1.xml": f"<worksheet>{CELL}</worksheet>",
    }
    grid = read_xlsx(pack(parts), "f.xlsx")
    assert len(grid.blocks) == 1
    assert [loss[loss.index("Sheet") :] for loss in grid.losses] == [
        "Sheet “甲” is listed, but its content is not in the file; not read.",
        "Sheet “乙” is listed, but its content is not in the file; not read.",
        "Sheet “丙” is a chart; not read.",
    ]


def test_a_merged_cell_is_hidden_only_with_all_its_rows() -> None:
    """A merged cell shows as long as one of its rows and one of its columns do."""
    rows = "".join(f'<row r="{row}" hidden="1"><c r="A{row}" t="str"><v>{row}</v></c></row>' for row in (2, 3, 5))
    sheet = f'<sheetData>{rows}<row r="9" hidden="1"/></sheetData><mergeCells>{{}}</mergeCells>'
    merged = '<mergeCell ref="A2:A3"/><mergeCell ref="A5:A6"/>'
    assert list(texts(workbook(sheet.format(merged)))) == ["A5"]
    columns = '<cols><col min="1" max="9999999" hidden="1"/></cols>'
    assert read_xlsx(workbook(columns + CELL), "f.xlsx").blocks == ()
