"""Web pages: what they show is read, laid out as browsers lay it, and what they do not show is said."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from forms.content import make
from forms.documents import FAMILIES
from forms.html_page import html_page, some_manner
from forms.losses import lost_texts
from forms.measure import differences, filled_pointers
from forms.sheet import lay_out
from forms.truth import truth_of
from jixiao.form import to_wire
from jixiao.layout.grid import FreeText, Grid, Table
from jixiao.reading import Unreadable
from jixiao.reading.detect import Kind, detect
from jixiao.reading.formats.html import read_html
from jixiao.reading.interpreter import interpret
from jixiao.reading.limits import Limits
from jixiao.reading.parse import parse_bytes

DATA = Path(__file__).parent.parent / "data"


def read(body: str, head: str = "") -> Grid:
    """The grid of a page."""
    return read_html(f"<!DOCTYPE html><head><meta charset=utf-8>{head}</head><body>{body}".encode(), "a.html")


def cells(grid: Grid, number: int = 0) -> list[tuple[int, int, int, int, str]]:
    """Row, column, spans and text of each cell of a table."""
    tables = [block for block in grid.blocks if isinstance(block, Table)]
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in tables[number].cells]


def texts(grid: Grid) -> list[list[str] | str]:
    """Every block: a line as its text, a table as the texts of its cells."""
    return [block.text if isinstance(block, FreeText) else [cell.text for cell in block.cells] for block in grid.blocks]


def test_the_sample_is_read_exactly() -> None:
    """The seven seed forms as a web page give every field of the truth; nothing is missing or unplaced."""
    truth: list[dict[str, Any]] = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))
    forms = parse_bytes((DATA / "forms7.html").read_bytes(), "forms7.html")
    assert len(forms) == 7
    for form, want in zip(forms, truth, strict=True):
        wire = to_wire(form)
        wire["project"] = wire["project"]["name"]
        for indicator in wire["indicators"]:
            indicator["target"], indicator["actual"] = indicator["target"]["text"], indicator["actual"]["text"]
        assert {field: wire[field] for field in want} == want
        assert form.problems == ()
        assert "unplaced" not in {extra.label for extra in form.extras}
        assert [pointer for pointer in filled_pointers(form) if not form.places.get(pointer)] == []


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_generated_forms_in_every_manner_are_read_exactly(family: str, seed: int) -> None:
    """Three pages of each family, each written in another manner: every field as printed, nothing shown is lost."""
    known = FAMILIES[family]
    printed = [make(seed * 10 + index + 5, known) for index in range(2)]
    manner = some_manner(seed * 100 + sum(map(ord, family)))
    page = html_page([lay_out(each, known, 180, "repeated" if seed == 2 else "merged") for each in printed], manner)
    grid = read_html(page, "a.html")
    forms = interpret(grid, "a.html")
    assert [differences(truth_of(each, known), form) for each, form in zip(printed, forms, strict=True)] == [[], []]
    assert lost_texts(grid, forms) == []
    assert all("隐藏" in loss or "Text the page hides" in loss for loss in grid.losses)


def test_spans_lay_cells_as_browsers_do() -> None:
    """A row span of nought ends with its group, a span never leaves its group, a cell from above is stepped over."""
    grid = read(
        "<table><thead><tr><td rowspan=9>a<td>b</thead><tr><td rowspan=0>c<td colspan=2>d<tr><td>e<td>f"
        "<tfoot><tr><td>g<td>h</tfoot></table>"
    )
    assert cells(grid) == [
        (0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 2, 1, "c"), (1, 1, 1, 2, "d"), (2, 1, 1, 1, "e"),
        (2, 2, 1, 1, "f"), (3, 0, 1, 1, "g"), (3, 1, 1, 1, "h"),
    ]  # fmt: skip


def test_overlapping_spans_are_cut_not_lost() -> None:
    """A wide cell that meets one coming down from above ends before it; every text is kept."""
    grid = read("<table><tr><td>a<td rowspan=2>b<tr><td colspan=3>c<td>d</table>")
    assert cells(grid) == [(0, 0, 1, 1, "a"), (0, 1, 2, 1, "b"), (1, 0, 1, 1, "c"), (1, 2, 1, 1, "d")]


def test_feet_written_before_the_body_come_last() -> None:
    """A tfoot stands below the body wherever it is written."""
    grid = read("<table><tfoot><tr><td>合计<td>1</tfoot><tbody><tr><td>甲<td>2</tbody></table>")
    assert [cell[-1] for cell in cells(grid)] == ["甲", "2", "合计", "1"]


def test_places_name_table_and_spot_or_line_and_column() -> None:
    """A cell is table2!B1; a line outside has the line and column of the markup."""
    page = "<p>一\n<table><tr><td>a<td>b</table>\n  <p>二三\n<table><tr><td>c<td>d</table>"
    grid = read_html(page.encode(), "a.html")
    second = grid.blocks[3]
    assert isinstance(second, Table)
    assert [cell.places[0].cell for cell in second.cells] == ["table2!A1", "table2!B1"]
    assert [(block.places[0].line, block.places[0].column) for block in grid.blocks if isinstance(block, FreeText)] == [
        (1, 4), (3, 6),
    ]  # fmt: skip


def test_lines_break_where_elements_do_and_blanks_are_gathered() -> None:
    """Paragraphs, divs and br are lines; other white space is one blank, a line end among Chinese letters none."""
    cell = "<p>项目\n资金</p><div>（万元）<br>第二&nbsp;&nbsp;行</div>  a \n b<b>c</b>&lt;&#8805;5&gt;"
    grid = read(f"<table><tr><td>x<td>{cell}</table>")
    assert cells(grid)[1][-1] == "项目资金\n（万元）\n第二  行\na bc<≥5>"


def test_what_is_not_shown_is_not_read_and_is_said() -> None:
    """Elements hidden by attribute, style or a simple rule are left out, their words told; scripts are no text."""
    style = "<style>.h, td.k{display:none} #n{visibility:hidden} @media print{.p{display:none}}"
    style += "/* .q{display:none} */</style>"
    body = (
        "<p hidden>子<p style='display: none'>丑<p class='h'>寅<p id=n>卯<p class=p>甲<p class=q>乙<script>辰</script>"
        "<template>巳</template><!--午--><noscript>未</noscript><table><tr><td>a<td class=k>申<td>b</table>"
        "<span style='mso-hide:all'>酉</span>"
    )
    grid = read(body, style)
    assert texts(grid) == ["甲", "乙", ["a", "b"]]
    assert grid.losses == ("网页中隐藏的文字“子丑寅卯申酉”未读。Text the page hides, “子丑寅卯申酉”, was not read.",)


def test_hidden_rows_and_columns_are_left_out() -> None:
    """A row that is not shown, and a column whose col is not shown, are in no cell."""
    columns = "<col><col style='display:none'><col>"
    grid = read(f"<table>{columns}<tr><td>a<td>1<td>b<tr style='display:none'><td>x<tr><td>c<td>2<td>d")
    assert [cell[-1] for cell in cells(grid)] == ["a", "b", "c", "d"]


def test_fields_show_what_is_filled_in() -> None:
    """Text fields, areas, the chosen option and ticks are text; hidden fields and buttons are not."""
    body = (
        "<table><tr><td><input value='甲'><input type=hidden value=x><input type=submit value=y>"
        "<td><textarea>\n一\n二</textarea><td><select><option>优<option selected>良</select>"
        "<td><input type=checkbox checked>是<input type=radio>否<td><select><option>中<option>差</select></table>"
    )
    assert texts(read(body)) == [["甲", "一\n二", "良", "☑是□否", "中"]]


def test_tables_that_arrange_the_page_are_no_data() -> None:
    """The innermost table that holds data is the table; what arranges the page around it is lines, in order."""
    inner = "<table><tr><td>项目名称<td>甲<tr><td>主管部门<td>乙</table>"
    grid = read(f"<table><tr><td>菜单<td>上面<br>{inner}下面<td><table><tr><td>右</table></table>")
    assert texts(grid) == ["菜单", "上面", ["项目名称", "甲", "主管部门", "乙"], "下面", "右"]


def test_a_data_table_inside_a_data_table_stands_between_its_rows() -> None:
    """A form whose indicators are a table in one of its cells: rows above, the inner table, rows below."""
    inner = "<table><tr><td>一级指标<td>得分<tr><td>产出指标<td>9</table>"
    grid = read(
        f"<table><tr><td>项目名称<td>甲<tr><td>主管部门<td>乙<tr><td colspan=2>{inner}<tr><td>总分<td>90</table>"
    )
    assert texts(grid) == [
        ["项目名称", "甲", "主管部门", "乙", ""], ["一级指标", "得分", "产出指标", "9"], ["总分", "90"],
    ]  # fmt: skip
    last = grid.blocks[2]
    assert isinstance(last, Table)
    assert [cell.places[0].cell for cell in last.cells] == ["table1!A4", "table1!B4"]


def test_small_tables_inside_a_cell_are_its_text() -> None:
    """A table of one row or column in a cell only arranges its text."""
    grid = read("<table><tr><td>a<td><table><tr><td>□是<td>☑否</table><tr><td>b<td>c</table>")
    assert texts(grid) == [["a", "□是  ☑否", "b", "c"]]


def test_tables_made_by_style_are_tables() -> None:
    """Elements displayed as table, row and cell are read as those."""
    style = "<style>.t{display:table}.r{display:table-row}</style>"
    row = "<div class=r><span style='display:table-cell'>{}</span><span style='display:table-cell'>{}</span></div>"
    assert texts(read(f"<div class=t>{row.format('a', 'b')}{row.format('c', 'd')}</div>", style)) == [
        ["a", "b", "c", "d"]
    ]


def test_boxes_in_lines_are_a_guessed_table() -> None:
    """Lines of equally many boxes laid out by style are a table by its looks: 0.8 sure at most, and said."""
    rows = "".join(f"<div style='display:flex'><div>{name}</div><div>{name}1</div></div>" for name in "甲乙丙")
    grid = read(f"<div>{rows}</div><p>丁")
    assert texts(grid) == [["甲", "甲1", "乙", "乙1", "丙", "丙1"], "丁"]
    table = grid.blocks[0]
    assert isinstance(table, Table)
    assert table.cells[0].places[0].confidence == Decimal("0.8")
    assert "请核对" in grid.losses[0]


def test_pages_saved_by_office_show_what_they_show() -> None:
    """Conditional comments, number formats and stored numbers of Office are not what is shown; its text is."""
    page = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta http-equiv=Content-Type "
        "content='text/html; charset=gb2312'><!--[if gte mso 9]><xml><x:Name>表</x:Name></xml><![endif]--></head><body>"
        "<table x:str><tr><td x:num='0.5' style='mso-number-format:Percent'>50%</td><td>优</td></tr>"
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]></table>"
    )
    grid = read_html(page.encode("gb18030"), "a.xls")
    assert texts(grid) == [["50%", "优"]]
    assert grid.losses == ()


ENCODINGS = [
    ("utf-8", "utf-8", False), ("gb2312", "gb18030", False), ("gbk", "gb18030", False), ("big5", "big5", False),
    ("utf-8", "gb18030", True), ("gb2312", "utf-8", True), ("", "gb18030", False), ("nonsense", "utf-8", False),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "real", "said"), ENCODINGS)
def test_encodings_are_told_by_what_fits(declared: str, real: str, said: bool) -> None:  # noqa: FBT001
    """What a page declares is believed where it fits; what fits instead is used and said."""
    words = "項目名稱" if real == "big5" else "项目名称"
    data = f"<html><meta charset='{declared}'><p>{words}</html>".encode(real)
    assert detect(data) is Kind.HTML
    grid = read_html(data, "a.html")
    assert texts(grid) == [words]
    assert bool(grid.losses) is said


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16"])
def test_a_mark_of_order_outdoes_what_is_declared(name: str) -> None:
    """A byte order mark tells the encoding."""
    assert texts(read_html("<html><meta charset=gbk><p>项目".encode(name), "a.html")) == ["项目"]


def test_web_archives_hold_their_page() -> None:
    """The page part of an MHTML file is read, quoted-printable or base64."""
    page = "<html><p>项目名称</p></html>"
    for coding, body in (
        ("quoted-printable", "".join(f"={byte:02X}" for byte in page.encode())),
        ("base64", __import__("base64").b64encode(page.encode()).decode()),
    ):
        mail = (
            'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--b"\r\n\r\n'
            f"----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {coding}\r\n\r\n{body}\r\n----b--\r\n"
        )
        assert detect(mail.encode()) is Kind.HTML
        assert texts(read_html(mail.encode(), "a.mht")) == ["项目名称"]


def test_pictures_frames_and_deleted_text_are_said() -> None:
    """What is shown but no text, and text marked as deleted, is counted."""
    grid = read("<img src=a><img width=1 height=1><iframe src=b></iframe><p>甲<del>乙</del>")
    assert texts(grid) == ["甲"]
    assert [sentence[:8] for sentence in grid.losses] == ["网页中有 1 幅", "网页嵌有 1 个", "网页中有 1 处"]
    frames = read_html(b"<html><frameset><frame src=a><frame src=b></frameset></html>", "a.html")
    assert "2 个框架页" in frames.losses[0]


def test_a_table_may_cover_no_more_cells_than_allowed() -> None:
    """One cell more than the limit is refused with a sentence, as many as it are read."""
    page = b"<table><tr><td colspan=3>a<td>b<tr><td>c<td>d</table>"
    assert len(read_html(page, "a.html", Limits(cells=6)).blocks) == 1
    with pytest.raises(Unreadable) as refusal:
        read_html(page, "a.html", Limits(cells=5))
    assert refusal.value.code == "too_large"
