"""HTML: what is written is read back cell by cell; one strict page, its list, its headings, its rows."""

from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from jixiao.layout.families import Family, load_families
from jixiao.layout.grid import FreeText
from jixiao.reading.formats.html import read_html
from jixiao.reading.parse import parse_bytes
from jixiao.writing.formats.html import write_html_document
from jixiao.writing.official import lay_out
from jixiao.writing.paper.model import Cell, Document, Page, Table, Text
from jixiao.writing.paper.unprintable import Unprintable
from roundtrip.hard_forms import forms
from roundtrip.read_back import differences
from writing.paper_documents import documents, form_document, named

PRINTED = [family for family in load_families() if family.printing]


def lines(text: str) -> str:
    """A text as the reader of web pages gives it: lines that hold anything, without blanks at their ends."""
    shown = (line.replace("\t", " ").replace("\xa0", " ").strip(" \u3000") for line in text.split("\n"))
    return "\n".join(line for line in shown if line)


def words_of(document: Document) -> list[str]:
    """Every text of a document that shows anything, in order."""
    found = []
    for block in document.blocks:
        found += [lines(each.text) for each in ((block,) if isinstance(block, Text) else block.cells)]
    return [text for text in found if text]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents(), min_size=1, max_size=3))
def test_any_texts_stand_in_the_page_once(some: list[Document]) -> None:
    """Every text of any documents is in the page as it was given, once, its blanks kept, and nothing else is.

    In order, too, but for a label beside a heading, which follows the words of the heading.
    """
    tree = LexborHTMLParser(write_html_document(some))
    found = []
    for node in tree.css("article :is(p, h1, h2, h3, td, th)"):
        for line_end in node.css("br"):
            line_end.replace_with("\n")
        found.append(lines(node.text(deep=True)))
    assert sorted(filter(None, found)) == sorted(text for each in some for text in words_of(each))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_any_table_reads_back_by_spans_and_texts(document: Document) -> None:
    """A cell that no heading cuts is read back with its place and spans; blanks inside it are not swallowed."""
    grid = read_html(write_html_document([document]), "a.html")
    assert grid.losses == ()
    got = [cell for block in grid.blocks if not isinstance(block, FreeText) for cell in block.cells]
    spans = {(cell.text, cell.row_span, cell.column_span) for cell in got}
    tables = [block for block in document.blocks if isinstance(block, Table) and not block.heading[1]]
    for cell in (cell for table in tables if is_read_as_one(table) for cell in table.cells):
        assert (lines(cell.text), cell.row_span, cell.column_span) in spans


def is_read_as_one(table: Table) -> bool:
    """Whether a reader takes a table for one: a single column of cells is lines of text."""
    return len({cell.column for cell in table.cells}) > 1


def test_many_forms_of_a_page_read_back_as_forms() -> None:
    """Each of many forms is one form; the list of them adds nothing to the first."""
    forms = parse_bytes(write_html_document(form_document(f"项目{number}") for number in range(30)), "a.html")
    assert [form.project.name for form in forms] == [f"项目{number}" for number in range(30)]
    assert [form.extras for form in forms] == [()] * 30
    assert {len(form.indicators) for form in forms} == {3}


@given(st.sampled_from(PRINTED), st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_hard_forms_of_every_layout_read_back_from_a_page(layout: Family, data: st.DataObject) -> None:
    """Two forms of hard contents in one page are read back with no difference."""
    some = [named(data.draw(forms(layout)), number) for number in range(2)]
    got = parse_bytes(write_html_document(lay_out(form, layout).document for form in some), "a.html")
    assert [differences(form, back) for form, back in zip(some, got, strict=True)] == [[], []]


def test_blanks_and_line_ends_are_kept() -> None:
    """Blanks inside, at the ends and in rows stay; a line end is a line end."""
    cells = (Cell(0, 0, "a  b"), Cell(0, 1, "甲\n乙"), Cell(1, 0, "1 2"), Cell(1, 1, "x"))
    page = write_html_document([Document("甲", Page(), (Table((5000, 5000), 2, cells),))])
    (table,) = read_html(page, "a.html").blocks
    assert not isinstance(table, FreeText)
    assert [cell.text for cell in table.cells] == ["a  b", "甲\n乙", "1 2", "x"]


def test_the_page_names_its_one_style_sheet_and_fetches_nothing() -> None:
    """The policy allows the style sheet by its digest and nothing else; no script, no address, no inline style."""
    page = write_html_document([form_document()]).decode()
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in page
    for forbidden in ("<script", "http://", "https://", "url(", " style=", "@import", "src="):
        assert forbidden not in page


def test_the_heading_is_printed_again_and_heads_its_columns() -> None:
    """The rows of the heading stand in a thead of the table below the rows above it; its cells head columns."""
    tree = LexborHTMLParser(write_html_document([form_document()]))
    first, second = tree.css("table")
    assert first.css_first("thead") is None
    assert [cell.text() for cell in second.css("thead th[scope=col]")][:2] == ["一级指标", "二级指标"]
    assert [cell.text() for cell in second.css("tbody th[scope=row]")] == ["产出指标", "数量指标", "总分"]
    assert [cell.text() for cell in first.css("th[scope=row]")] == ["项目名称", "主管部门"]


def test_a_label_beside_a_heading_and_its_rows_is_cut_and_read_once() -> None:
    """A cell that reaches from the heading into its rows ends with the heading, open below, and is said in the rows."""
    cells = (
        Cell(0, 0, "绩效指标", row_span=3, role="label"), Cell(0, 1, "名称", role="label"),
        Cell(1, 1, "甲"), Cell(2, 1, "乙"),
    )  # fmt: skip
    table = Table((5000, 5000), 3, cells, (0, 1), (1, 3))
    tree = LexborHTMLParser(write_html_document([Document("甲", Page(), (table,))]))
    assert [(cell.text(), cell.attributes["class"]) for cell in tree.css(".on, .off")] == [
        ("", "on"),
        ("绩效指标", "off"),
    ]
    assert [cell.attributes["rowspan"] for cell in tree.css("tbody th")] == ["2"]


def test_each_document_has_an_address_and_the_list_leads_to_it() -> None:
    """Addresses are distinct; each is in the list with the document's name; one document has no list."""
    tree = LexborHTMLParser(write_html_document([form_document("甲"), form_document("甲"), form_document("“乙”")]))
    links = [(link.attributes["href"], link.attributes["aria-label"]) for link in tree.css("nav a")]
    assert links == [("#甲", "甲"), ("#甲_2", "甲"), ("#乙", "“乙”")]
    assert [f"#{each.attributes['id']}" for each in tree.css("article")] == [href for href, _ in links]
    assert not LexborHTMLParser(write_html_document([form_document()])).css("nav")


def test_cells_carry_the_pointers_of_their_fields() -> None:
    """Tools find each field by its pointer."""
    tree = LexborHTMLParser(write_html_document([form_document()]))
    assert [cell.text() for cell in tree.css('td[data-pointer="/x/1"]')] == [
        "数量1",
        "≥1(次)",
        "1(次)",
        "10.00",
        "10.00",
    ]


def test_each_page_format_has_a_rule_of_its_own() -> None:
    """Documents of two formats are printed on their own sheets, each with its margins, one without a number."""
    wide = replace(form_document(), page=Page(84189, 59528, numbered=False))
    page = write_html_document([form_document(), wide]).decode()
    assert "size:595.28pt 841.89pt" in page
    assert "size:841.89pt 595.28pt" in page
    assert page.count("@bottom-center") == 1


def test_the_same_documents_give_the_same_bytes() -> None:
    """No clock and no chance is in the page."""
    assert write_html_document([form_document()]) == write_html_document([form_document()])


def test_a_character_that_html_cannot_hold_is_named() -> None:
    """The sentence names the text; nothing is written."""
    with pytest.raises(Unprintable, match="U\\+000B"):
        write_html_document([Document("甲", Page(), (Text("进度\x0b正常"),))])


def test_a_page_of_no_document_is_an_error() -> None:
    """A page of nothing is not written."""
    with pytest.raises(ValueError, match="at least one"):
        write_html_document([])


def test_a_cell_with_room_makes_its_row_higher() -> None:
    """What asks for room to write gets a row of that height, whatever the table says of all."""
    cells = (Cell(0, 0, "目标"), Cell(0, 1, "", least=6600), Cell(1, 0, "总分"), Cell(1, 1, ""))
    page = write_html_document([Document("甲", Page(), (Table((5000, 5000), 2, cells, least=2000),))]).decode()
    (named,) = [row.attributes["class"] for row in LexborHTMLParser(page).css("tr[class]")]
    assert f"table tr.{named}{{height:66pt}}" in page
