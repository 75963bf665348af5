"""DOCX: what is written is read back cell by cell; merges, headings, sections and properties as Word takes them."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from jixiao.layout.families import Family, load_families
from jixiao.layout.grid import FreeText, Grid
from jixiao.reading.formats.docx import read_docx
from jixiao.reading.parse import parse_bytes
from jixiao.writing.formats.docx import Fonts, write_docx
from jixiao.writing.official import lay_out
from jixiao.writing.paper.about import About
from jixiao.writing.paper.model import Cell, Document, Page, Table, Text
from jixiao.writing.paper.parted import parts_of
from jixiao.writing.paper.unprintable import Unprintable
from roundtrip.hard_forms import forms
from roundtrip.read_back import differences
from writing.paper_documents import documents, form_document, named

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PRINTED = [family for family in load_families() if family.printing]
Spot = tuple[int, int, int, int, str]


def printed(document: Document) -> list[str | list[Spot]]:
    """The lines and tables of a document as our reader is to give them."""
    found: list[str | list[Spot]] = []
    for block in document.blocks:
        if isinstance(block, Text):
            found += [line.strip() for line in block.text.split("\n") if line.strip()]
            continue
        for part in parts_of(block):
            cells = part.table.cells
            found.append([(cell.row, cell.column, cell.row_span, cell.column_span, shown(cell)) for cell in cells])
    return found


def shown(cell: Cell) -> str:
    """The text of a cell as the reader gives it: nothing where nothing is to be seen."""
    return cell.text.strip("\n") if cell.text.strip() else ""


def read(grid: Grid) -> list[str | list[Spot]]:
    """What the reader gave."""
    return [
        block.text
        if isinstance(block, FreeText)
        else [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in block.cells]
        for block in grid.blocks
    ]


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def main_part(data: bytes) -> etree._Element:
    """The main part."""
    return etree.fromstring(parts(data)["word/document.xml"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents(), min_size=1, max_size=3))
def test_any_documents_read_back_cell_by_cell(some: list[Document]) -> None:
    """Every merge and every text of any documents is read back as it was written, and nothing else."""
    grid = read_docx(write_docx(some), "a.docx")
    assert read(grid) == [block for document in some for block in printed(document)]
    assert grid.losses == ()


def test_many_forms_of_a_file_read_back_as_forms() -> None:
    """Each of many forms is one form, though its table is written in two so that Word repeats its heading."""
    forms = parse_bytes(write_docx(form_document(f"项目{number}") for number in range(30)), "a.docx")
    assert [form.project.name for form in forms] == [f"项目{number}" for number in range(30)]
    assert {len(form.indicators) for form in forms} == {3}
    assert [form.extras for form in forms] == [()] * 30


def test_every_part_is_xml_and_the_bytes_depend_on_nothing_else() -> None:
    """Two writings give the same bytes; no clock, no name of a machine or template is in them."""
    data = write_docx([form_document()])
    assert data == write_docx([form_document()])
    found = parts(data)
    assert all(etree.fromstring(part) is not None for part in found.values())
    assert set(found) == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml",
        "word/settings.xml", "word/fontTable.xml", "word/footer1.xml", "word/footer2.xml",
        "word/footer3.xml", "docProps/core.xml", "docProps/app.xml",
    }  # fmt: skip
    assert b"created" not in found["docProps/core.xml"]


def test_python_docx_opens_it_and_sees_the_same_merges() -> None:
    """Another reader sees the merged cells, the title as a heading, and the properties that were given."""
    about = About("自评表", "预算处", datetime(2025, 3, 1, 8, 0, tzinfo=UTC))
    opened = docx.Document(io.BytesIO(write_docx([form_document()], about=about)))
    second = opened.tables[1]
    assert [cell.text for cell in second.columns[0].cells] == ["一级指标", *["产出指标"] * 3, "总分"]
    assert opened.paragraphs[0].style is not None
    assert opened.paragraphs[0].style.name == "Heading 1"
    assert (opened.core_properties.title, opened.core_properties.author) == ("自评表", "预算处")
    assert opened.core_properties.created == datetime(2025, 3, 1, 8, 0, tzinfo=UTC)


def test_merges_survive_a_row_put_in() -> None:
    """A row copied into a merged run, as Word and LibreOffice put one in, leaves every merge whole."""
    opened = docx.Document(io.BytesIO(write_docx([form_document()])))
    row = opened.tables[1].rows[2]._tr
    row.addnext(etree.fromstring(etree.tostring(row)))
    data = io.BytesIO()
    opened.save(data)
    (form,) = parse_bytes(data.getvalue(), "a.docx")
    assert [(each.level1, each.name) for each in form.indicators] == [
        ("产出指标", name) for name in ("数量0", "数量1", "数量1", "数量2")
    ]


def test_only_the_heading_of_the_rows_below_is_repeated() -> None:
    """The table is cut where its heading begins; its rows are marked, and no row may be cut by a page."""
    root = main_part(write_docx([form_document()]))
    first, second = root.iter(f"{W}tbl")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in second.iter(f"{W}tr")] == [True] + [False] * 4
    assert next(first.iter(f"{W}tblHeader"), None) is None
    rows = list(root.iter(f"{W}tr"))
    assert len(list(root.iter(f"{W}cantSplit"))) == len(rows)


def test_no_page_ends_between_the_two_tables_or_before_the_total() -> None:
    """The last row above, the heading, and the rows of the last merged cell stay with what is below them."""
    data = write_docx([form_document(indicators=6)])
    styles = etree.fromstring(parts(data)["word/styles.xml"])
    staying = {style.get(f"{W}styleId") for style in styles if style.find(f"{W}pPr/{W}keepNext") is not None}
    kept = [
        {paragraph.get(f"{W}val") in staying for paragraph in row.iter(f"{W}pStyle")}
        for row in main_part(data).iter(f"{W}tr")
    ]
    assert kept == [{False}, {True}, {True}, *[{False}] * 5, {True}, {False}]
    few = main_part(write_docx([form_document(indicators=3)]))
    last = list(few.iter(f"{W}tr"))[-4:]
    assert [next(row.iter(f"{W}pStyle")).get(f"{W}val") in staying for row in last] == [True, True, True, False]


def test_a_row_longer_than_a_page_may_be_cut() -> None:
    """A row that cannot stand on one page is not told to, and the rows beside it still are."""
    table = Table((20000, 20000), 2, (Cell(0, 0, "标签"), Cell(0, 1, "长" * 3000), Cell(1, 0, "短"), Cell(1, 1, "短")))
    root = main_part(write_docx([Document("甲", Page(), (table,))]))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in root.iter(f"{W}tr")] == [False, True]


def test_grid_and_cells_agree_on_widths() -> None:
    """The widths of the cells of each row are those of the grid columns they cover."""
    root = main_part(write_docx([form_document()]))
    for table in root.iter(f"{W}tbl"):
        grid = [int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")]
        assert sum(grid) == 48000 // 5
        for row in table.iter(f"{W}tr"):
            assert sum(int(each.get(f"{W}w")) for each in row.iter(f"{W}tcW")) == sum(grid)


def test_sheets_of_one_format_are_one_section_and_each_document_begins_a_page() -> None:
    """A section ends where the format of the page changes; within one, each document breaks the page."""
    wide = replace(form_document(), page=Page(84189, 59528, numbered=False))
    root = main_part(write_docx([form_document(), form_document(), wide, form_document()]))
    turned = [size.get(f"{W}orient") for size in root.iter(f"{W}pgSz")]
    assert turned == [None, "landscape", None]
    assert len(list(root.iter(f"{W}pageBreakBefore"))) == 1
    foot = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    assert [each.get(foot) for each in root.iter(f"{W}footerReference")] == ["rId1", "rId3", "rId1"]


def test_bookmarks_are_names_that_word_takes() -> None:
    """Each document has a bookmark of its own: letters, digits and lines, begun by a letter, at most forty."""
    names = ["2024 年项目", "甲/乙", "甲/乙", "", "长" * 60, "长" * 60]
    root = main_part(write_docx([replace(form_document(), name=name) for name in names]))
    found = [str(each.get(f"{W}name")) for each in root.iter(f"{W}bookmarkStart")]
    assert found == ["表2024_年项目", "甲_乙", "甲_乙_2", "表", "长" * 40, "长" * 38 + "_2"]


def test_typefaces_are_named_for_every_script() -> None:
    """A typeface given by the caller is named for Chinese and Latin letters alike."""
    data = write_docx([form_document()], Fonts(title="华文中宋", value="仿宋"))
    run = next(main_part(data).iter(f"{W}rFonts"))
    assert {run.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia")} == {"华文中宋"}
    assert "仿宋".encode() in parts(data)["word/styles.xml"]


def test_page_numbers_are_fields() -> None:
    """The footer counts pages by fields, so that a changed document counts anew."""
    foot = parts(write_docx([form_document()]))["word/footer1.xml"].decode()
    assert " PAGE " in foot
    assert " NUMPAGES " in foot


@given(st.sampled_from(PRINTED), st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_hard_forms_of_every_layout_read_back(layout: Family, data: st.DataObject) -> None:
    """Two forms of hard contents in one file are read back with no difference."""
    some = [named(data.draw(forms(layout)), number) for number in range(2)]
    got = parse_bytes(write_docx(lay_out(form, layout).document for form in some), "a.docx")
    assert [differences(form, back) for form, back in zip(some, got, strict=True)] == [[], []]


def test_a_character_that_xml_cannot_hold_is_named() -> None:
    """The sentence names the document, the text and the character."""
    bad = Document("甲项目", Page(), (Text("进度\x07正常"),))
    with pytest.raises(Unprintable) as caught:
        write_docx([bad])
    assert "甲项目" in caught.value.zh
    assert "进度�正常" in caught.value.zh
    assert "U+0007" in caught.value.en


@pytest.mark.parametrize(
    "cells",
    [
        (Cell(0, 0, "甲"),),
        (Cell(0, 0, "甲", column_span=2), Cell(0, 1, "乙")),
        (Cell(0, 0, "甲", row_span=2), Cell(0, 1, "乙")),
        (Cell(0, 0, "甲", column_span=3),),
    ],
)
def test_cells_that_do_not_cover_the_grid_are_refused(cells: tuple[Cell, ...]) -> None:
    """A table with a hole, an overlap or a cell outside it is no table: an error, not a broken file."""
    with pytest.raises(ValueError, match="row"):
        write_docx([Document("甲", Page(), (Table((5000, 5000), 1, cells),))])


def test_no_document_is_an_error() -> None:
    """A file of nothing is not written."""
    with pytest.raises(ValueError, match="at least one"):
        write_docx([])


def test_a_cell_with_room_makes_its_row_higher() -> None:
    """What asks for room to write gets a row of that least height; the rows beside it keep theirs."""
    cells = (Cell(0, 0, "目标"), Cell(0, 1, "", least=6600), Cell(1, 0, "总分"), Cell(1, 1, ""))
    body = docx.Document(io.BytesIO(write_docx([Document("甲", Page(), (Table((5000, 5000), 2, cells, least=2000),))])))
    assert [row.height.twips for row in body.tables[0].rows if row.height] == [1320, 400]
