"""A workbook comes back with its findings as comments at the right cells, and nothing else in it changed."""

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from msgspec.structs import replace
from openpyxl.comments import Comment

from forms.content import make
from forms.documents import FAMILIES, generate
from forms.openpyxl_xlsx import openpyxl_xlsx
from forms.sheet import lay_out
from jixiao.layout.crafts import Refused
from jixiao.reading.parse import parse_bytes
from jixiao.writing.original.xlsx import mark_xlsx
from writing.original_samples import (
    BODY,
    EMPTY,
    job_of,
    mark_at,
    packed,
    parts_of,
    raw_parts,
    without,
)

DATA = Path(__file__).parents[1] / "data"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")


def _openpyxl(family: str, seed: int) -> bytes:
    return openpyxl_xlsx([lay_out(make(seed, FAMILIES[family]), FAMILIES[family], 1000, "merged")], seed)


ORIGINALS = {
    **{path.name: path.read_bytes() for path in (DATA / "forms7.xlsx", *sorted((DATA / "examined").glob("x*.xlsx")))},
    **{f"XlsxWriter {name}": generate(FAMILIES[name], "xlsx", 7).data for name in ("ministry", "shanghai")},
    **{f"openpyxl {name}": _openpyxl(name, 8) for name in ("yunnan", "sichuan")},
}


@pytest.mark.parametrize("name", ORIGINALS)
def test_a_marked_workbook_holds_the_same_forms_and_the_notes_at_their_cells(name: str) -> None:
    """Read back it gives the same forms; another reader sees each note at the cell whose value it speaks of."""
    original = ORIGINALS[name]
    forms = parse_bytes(original, name)
    job = job_of(forms)
    marked = mark_xlsx(original, job)
    assert without(parse_bytes(marked, name)) == without(forms)
    book = openpyxl.load_workbook(io.BytesIO(marked))
    wanted = {place.cell or "" for mark in job.marks for place in mark.places}
    found = {f"{sheet.title}!{cell.coordinate}": cell for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {at for at, cell in found.items() if cell.comment} == wanted
    for mark in job.marks:
        for place in mark.places:
            note = found[place.cell or ""].comment
            assert note is not None
            assert f"[{mark.number}] {mark.heading}\n{mark.body}" in note.text
            assert note.author == job.author


@pytest.mark.parametrize("name", ORIGINALS)
def test_nothing_else_in_a_marked_workbook_changes(name: str) -> None:
    """Untouched parts keep their very bytes; a sheet gains the link to its comments, and loses nothing."""
    original = ORIGINALS[name]
    marked = mark_xlsx(original, job_of(parse_bytes(original, name)))
    before, after = parts_of(original), parts_of(marked)
    assert list(after)[: len(before)] == list(before)
    raw, touched = raw_parts(marked), set()
    for part, packed_bytes in raw_parts(original).items():
        if raw[part] != packed_bytes:
            touched.add(part)
    workbook = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    sheets = {part for part in before if part.startswith("xl/worksheets/sheet")}
    assert touched - workbook - {"docProps/app.xml"} <= sheets
    for part in touched & sheets:
        start = after[part].index(b"<legacyDrawing")
        link = after[part][start : after[part].index(b"/>", start) + 2]
        assert after[part].replace(link, b"") == before[part]


@pytest.mark.parametrize("name", ["x2.xlsx", "XlsxWriter ministry"])
def test_the_summary_is_a_sheet_with_links_to_the_cells(name: str) -> None:
    """The last sheet lists every row of the summary; its place is a link to the cell; no text is a formula."""
    original = ORIGINALS[name]
    job = job_of(parse_bytes(original, name))
    book = openpyxl.load_workbook(io.BytesIO(mark_xlsx(original, job)))
    sheet = book.worksheets[-1]
    assert sheet.title == job.title
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [cell.value for cell in sheet[4]] == list(job.head)
    assert rows == [[row.number, row.form, row.place, row.said] for row in job.rows]
    for at, row in enumerate(job.rows, 5):
        link = sheet.cell(at, 3).hyperlink
        title, _, cell = row.place.rpartition("!")
        assert link is not None
        assert link.location == f"'{title}'!{cell}"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.cell(5, 4).alignment.wrap_text


def _book(cells: dict[str, str], comments: dict[str, str], title: str = "表") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for cell, text in cells.items():
        sheet[cell] = text
    for cell, text in comments.items():
        sheet[cell].comment = Comment(text, "张三")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _comments(data: bytes, title: str = "表") -> dict[str, tuple[str, str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[title]
    return {
        cell.coordinate: (cell.comment.text, cell.comment.author)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_a_comment_that_is_there_stays_and_ours_stands_below_it() -> None:
    """At a cell with a comment ours follows it, with its author; other comments keep theirs; new ones get boxes."""
    original = _book({"A1": "甲", "B2": "乙", "C3": "丙"}, {"A1": "请补\n附件", "C3": "已核"})
    marked = mark_xlsx(original, mark_at("表!A1", "表!B2"))
    found = _comments(marked)
    assert found["C3"] == ("已核", "张三")
    assert found["A1"] == (f"请补\n附件\n—— 绩效复核 ——\n[1] 请核对\n{BODY}", "张三")
    assert found["B2"] == (f"[1] 请核对\n{BODY}", "绩效复核")
    vml = next(content for name, content in parts_of(marked).items() if name.endswith(".vml"))
    root = etree.fromstring(vml)
    shapes = root.findall("{urn:schemas-microsoft-com:vml}shape")
    spots = {(shape.findtext(".//{*}Row"), shape.findtext(".//{*}Column")): shape.get("id") for shape in shapes}
    assert set(spots) == {("0", "0"), ("2", "2"), ("1", "1")}
    assert len(set(spots.values())) == len(spots)
    assert set(parts_of(original)) | {"xl/worksheets/sheet2.xml"} == set(parts_of(marked))


def test_marking_twice_keeps_both() -> None:
    """A workbook that was marked before is marked again: both notes are there, and both summaries."""
    once = mark_xlsx(_book({"A1": "甲"}, {}), mark_at("表!A1"))
    twice = mark_xlsx(once, mark_at("表!A1", number=2))
    assert _comments(twice)["A1"][0].count("请核对") == 2
    assert openpyxl.load_workbook(io.BytesIO(twice)).sheetnames == ["表", "自评表复核意见", "自评表复核意见 2"]


def test_names_with_blanks_quotes_and_signs_are_found_and_linked() -> None:
    """A sheet whose name has blanks, quotes or an exclamation mark is found, and linked to in quotes."""
    title = "表 '甲' 1!2"
    marked = mark_xlsx(_book({"B2": "1"}, {}, title), mark_at(f"{title}!B2"))
    assert list(_comments(marked, title)) == ["B2"]
    link = openpyxl.load_workbook(io.BytesIO(marked)).worksheets[-1]["C5"].hyperlink
    assert link is not None
    assert link.location == "'表 ''甲'' 1!2'!B2"


def test_a_place_that_the_workbook_does_not_have_stands_in_the_summary_only() -> None:
    """No such sheet, no such cell, no cell at all: no comment, but the row in the summary."""
    marked = mark_xlsx(_book({"A1": "甲"}, {}), mark_at("没有!A1", "表!ZZZZ1", "表"))
    assert _comments(marked) == {}
    assert openpyxl.load_workbook(io.BytesIO(marked)).worksheets[-1]["D5"].value == "请说明"


def by_hand(sheet: str, names: tuple[str, str] = (MAIN, RELATIONS), **more: str) -> bytes:
    """A workbook by hand: what follows the sheet's cells, and further parts."""
    main, links = names
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{links}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<x:workbook xmlns:x="{main}" xmlns:q="{links}"><x:sheets><x:sheet name="表" sheetId="9" '
        'q:id="rId4"/></x:sheets><x:extLst/></x:workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId4" '
        f'Type="{links}/worksheet" Target="/xl/worksheets/a.xml"/></Relationships>',
        "xl/worksheets/a.xml": f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row>'
        f"</x:sheetData>{sheet}</x:worksheet>",
    }
    return packed(parts | {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in more.items()})


@pytest.mark.parametrize("names", [(MAIN, RELATIONS), STRICT])
def test_the_link_to_the_comments_stands_in_its_place(names: tuple[str, str]) -> None:
    """Prefixes, strict names and parts without styles or rows' numbers: elements keep the schema's order."""
    tail = "<x:pageMargins/><x:drawing/><x:tableParts/><x:extLst/>"
    marked = parts_of(mark_xlsx(by_hand(tail, names), mark_at("表!A1")))
    sheet = etree.fromstring(marked["xl/worksheets/a.xml"])
    order = [etree.QName(each).localname for each in sheet]
    assert order == ["sheetData", "pageMargins", "drawing", "legacyDrawing", "tableParts", "extLst"]
    assert sheet[3].get(f"{{{names[1]}}}id") == "rId2"
    kinds = etree.fromstring(marked["xl/worksheets/_rels/a.xml.rels"])
    assert [each.get("Type") for each in kinds] == [f"{names[1]}/comments", f"{names[1]}/vmlDrawing"]
    assert etree.fromstring(marked["xl/comments1.xml"]).tag == f"{{{names[0]}}}comments"
    book = etree.fromstring(marked["xl/workbook.xml"])
    assert [each.get("sheetId") for each in book[0]] == ["9", "10"]
    types = {each.get("PartName") or each.get("Extension") for each in etree.fromstring(marked["[Content_Types].xml"])}
    assert types == {"vml", "/xl/comments1.xml", "/xl/worksheets/sheet1.xml"}


def test_shapes_that_are_no_xml_stay_and_ours_are_added() -> None:
    """The VML of a sheet's buttons holds unclosed tags, as Excel writes them; it is added to all the same."""
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"\n xmlns:o="urn:schemas-microsoft-com:office:office"\n '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:idmap v:ext="edit" data="3"/>'
        '<v:shape id="_x0000_s3073"><font>a<br>b</font></v:shape></xml>'
    )
    links = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="v" Type="{RELATIONS}/vmlDrawing" Target="../b.vml"/>'
    original = by_hand(
        f'<x:legacyDrawing xmlns:r="{RELATIONS}" r:id="v"/>',
        names=(MAIN, RELATIONS),
        **{"xl__worksheets___rels__a.xml.rels": links + "</Relationships>", "xl__b.vml": vml},
    )
    marked = parts_of(mark_xlsx(original, mark_at("表!A1")))
    assert marked["xl/b.vml"].startswith(vml.removesuffix("</xml>").encode())
    assert b'id="_x0000_s3074"' in marked["xl/b.vml"]
    assert marked["xl/worksheets/a.xml"] == parts_of(original)["xl/worksheets/a.xml"]


def test_texts_of_any_kind_and_length_are_comments() -> None:
    """Control letters, escapes of Excel's own and texts longer than a comment holds leave a workbook that opens."""
    job = mark_at("表!A1")
    odd = replace(job.marks[0], heading='_x0041_ \x00\ufffe<&>"', body="长" * 50_000)
    row = replace(job.rows[0], said="\x01" + "长" * 50_000, form="=1+1")
    marked = mark_xlsx(_book({"A1": "甲"}, {}), replace(job, marks=(odd, replace(odd, number=2)), rows=(row,)))
    text = _comments(marked)["A1"][0]
    assert "�<&>" in text
    assert len(text) <= 32_767
    sheet = openpyxl.load_workbook(io.BytesIO(marked)).worksheets[-1]
    assert sheet["B5"].value == "=1+1"
    assert sheet["B5"].data_type in ("s", "inlineStr")
    assert len(str(sheet["D5"].value)) <= 32_767


def test_a_comment_never_grows_beyond_what_it_may_hold() -> None:
    """Of hundreds of notes at one cell, marked again and again, the first stand there and the others are counted."""
    job = mark_at("表!A1")
    marks = tuple(replace(job.marks[0], number=number, body="长" * 900) for number in range(1, 201))
    book = _book({"A1": "甲"}, {})
    for _ in range(6):
        book = mark_xlsx(book, replace(job, marks=marks))
        text = _comments(book)["A1"][0]
        assert len(text) <= 32_767
    assert "[1] 请核对" in text
    assert "（另有 100 条，见汇总。100 more: see the summary.）" in text
    assert text.count("more: see the summary") > 1


def test_a_signed_workbook_is_not_changed() -> None:
    """A mark would break the signature: the workbook is refused, with what to do."""
    parts = parts_of(by_hand(""))
    link = f'<Relationship Id="s" Type="{PACKAGE}/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Rel", link.encode() + b"</Rel")
    with pytest.raises(Refused) as caught:
        mark_xlsx(packed({**parts, "_xmlsignatures/origin.sigs": b""}), EMPTY)
    assert caught.value.code == "cannot_be_changed"


def test_macros_and_links_to_the_outside_are_left_alone() -> None:
    """A workbook's macros keep their bytes, and the summary says so; outside targets and ../ are never followed."""
    links = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId4" Type="{RELATIONS}/worksheet" '
        'Target="worksheets/a.xml"/>'
        f'<Relationship Id="m" Type="{RELATIONS}/vbaProject" Target="vbaProject.bin"/>'
        f'<Relationship Id="e" Type="{RELATIONS}/styles" TargetMode="External" Target="http://x/styles.xml"/>'
        f'<Relationship Id="f" Type="{RELATIONS}/sharedStrings" Target="../../../etc/passwd"/></Relationships>'
    )
    original = by_hand("", xl__vbaProject__bin="macro").replace(b"xl/vbaProject/bin", b"xl/vbaProject.bin")
    parts = parts_of(original) | {"xl/_rels/workbook.xml.rels": links.encode()}
    marked = parts_of(mark_xlsx(packed({**parts}), mark_at("表!A1")))
    assert marked["xl/vbaProject.bin"] == b"macro"
    assert "原文件带有宏" in marked["xl/worksheets/sheet1.xml"].decode()
    assert b"http://x/styles.xml" in marked["xl/_rels/workbook.xml.rels"]
    assert not any("passwd" in name for name in marked)


def _with_all_sorts() -> bytes:
    """A workbook with a button, a chart, a table, a name, comments and a list of its sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, other = book.add_worksheet("自评 表"), book.add_worksheet("数据")
        sheet.write_comment("B2", "原有", {"author": "张三"})
        sheet.insert_button("F2", {"caption": "按钮"})
        sheet.add_table("A10:C12")
        other.write_column("A1", [1, 2])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='数据'!$A$1:$A$2"})
        other.insert_chart("C3", chart)
        book.define_name("名称", "='数据'!$A$1")
    return out.getvalue()


def test_a_workbook_of_all_sorts_keeps_them() -> None:
    """Buttons, charts, tables, names and the list of titles are as they were; the summary is told in the list."""
    original = _with_all_sorts()
    marked = mark_xlsx(original, mark_at("自评 表!B2", "自评 表!C2", "数据!A1"))
    before, after = parts_of(original), parts_of(marked)
    kept = ("xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/tables/table1.xml", "xl/worksheets/sheet1.xml")
    assert all(after[part] == before[part] for part in kept)
    assert _comments(marked, "自评 表")["B2"][0].startswith("原有\n—— 绩效复核 ——\n[1] 请核对")
    assert list(_comments(marked, "自评 表")) == ["B2", "C2"]
    assert list(_comments(marked, "数据")) == ["A1"]
    vml = after["xl/drawings/vmlDrawing1.vml"]
    assert vml.count(b'ObjectType="Button"') == 1
    assert vml.count(b'ObjectType="Note"') == 2
    assert b"<o:idmap" in after["xl/drawings/vmlDrawing2.vml"]
    titles = etree.fromstring(after["docProps/app.xml"])
    listed = [each.text for each in titles.iterfind(".//{*}TitlesOfParts//{*}lpstr")]
    assert listed == ["自评 表", "数据", "自评表复核意见", "名称"]
    assert titles.findtext(".//{*}HeadingPairs//{*}i4") == "3"


def test_a_thread_of_newer_excel_gets_a_reply() -> None:
    """Excel shows the thread of a cell and hides its old comment: ours is a reply in the thread, by a listed person."""
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    names = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'
    parts = parts_of(_book({"A1": "甲"}, {"A1": "[Threaded comment]"}))
    links = {"xl/worksheets/_rels/sheet1.xml.rels": "threadedComment", "xl/_rels/workbook.xml.rels": "person"}
    for part, what in links.items():
        link = f'<Relationship Id="t" Type="{kind}/{what}" Target="/xl/{what}.xml"/></Relationships>'
        parts[part] = parts[part].replace(b"</Relationships>", link.encode())
    thread = '<threadedComment ref="A1" personId="{P}" id="{T}"><text>请补</text></threadedComment>'
    parts["xl/threadedComment.xml"] = f"<ThreadedComments {names}>{thread}</ThreadedComments>".encode()
    parts["xl/person.xml"] = f'<personList {names}><person displayName="张三" id="{{P}}"/></personList>'.encode()
    once = mark_xlsx(packed({**parts}), mark_at("表!A1"))
    after = parts_of(mark_xlsx(once, mark_at("表!A1", number=2)))
    first, *replies = etree.fromstring(after["xl/threadedComment.xml"])
    persons = [each.get("id") for each in etree.fromstring(after["xl/person.xml"])]
    assert first.get("id") == "{T}"
    assert [each.get("parentId") for each in replies] == ["{T}", "{T}"]
    assert {each.get("personId") for each in replies} == {persons[1]}
    assert len(persons) == 2
    assert ["".join(each.itertext()) for each in replies] == [f"[{n}] 请核对\n{BODY}" for n in (1, 2)]
    assert len({each.get("id") for each in replies}) == 2
