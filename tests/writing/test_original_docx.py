"""A document comes back with its findings as comments at the right cells, and nothing else in it changed."""

import io
import re
from pathlib import Path

import docx as python_docx
import pytest
from lxml import etree
from msgspec.structs import replace

from forms.content import make
from forms.documents import FAMILIES
from forms.docx_word import docx_word
from forms.sheet import lay_out
from forms.typst_pdf import Style
from jixiao.form import Place
from jixiao.layout.attached import SUMMARY
from jixiao.layout.crafts import Refused
from jixiao.layout.grid import Table
from jixiao.reading.attached import without_summary
from jixiao.reading.formats.docx import read_docx, spots_of
from jixiao.reading.parse import parse_bytes
from jixiao.writing.original.docx import mark_docx
from jixiao.writing.original.docx.document import paragraphs_of
from jixiao.writing.original.job import Job
from reading.docx_maker import STRICT_W, W, docx, p, tbl, tc, tr
from writing.original_samples import EMPTY, job_of, mark_at, packed, parts_of, raw_parts, without

DATA = Path(__file__).parents[1] / "data"
FILES = (DATA / "forms7.docx", *sorted((DATA / "examined").glob("*.docx")), DATA / "producers" / "lo_forms2.docx")


def _generated(family: str, seed: int) -> bytes:
    style = Style(font="serif", size=9, landscape=False, pages=True, top=30, middle=True, numbered=False, repeats=True)
    sheet = lay_out(make(seed, FAMILIES[family]), FAMILIES[family], style.width, "merged")
    return docx_word([sheet], style, seed)


ORIGINALS = {path.name: path.read_bytes() for path in FILES} | {
    f"Word-like {name}": _generated(name, seed) for name, seed in (("ministry", 7), ("shanghai", 8), ("yunnan", 9))
}


def marked(original: bytes, job: Job) -> bytes:
    """A document marked where its reader says its cells are."""
    return mark_docx(original, job, spots_of(original, "a.docx"))


def _main(data: bytes) -> etree._Element:
    return etree.fromstring(parts_of(data)["word/document.xml"])


def _words(element: etree._Element) -> str:
    return "".join("".join(each.itertext()) for each in element.iter("{*}t"))


def _bare(text: str) -> str:
    return "".join(text.split())


def _commented(data: bytes) -> list[tuple[str, str]]:
    """What each comment says, and the words that it hangs around."""
    said = {}
    for comment in etree.fromstring(parts_of(data)["word/comments.xml"]):
        number = next(str(value) for name, value in comment.attrib.items() if str(name).endswith("}id"))
        said[number] = "\n".join(_words(each) for each in comment.iter("{*}p"))
    words: dict[str, str] = {}
    inside: set[str] = set()
    for each in _main(data).iter("{*}commentRangeStart", "{*}commentRangeEnd", "{*}t"):
        name = etree.QName(each).localname
        if name == "commentRangeStart":
            inside.add(str(each.attrib.values()[0]))
        elif name == "commentRangeEnd":
            inside.remove(str(each.attrib.values()[0]))
        for number in inside:
            words[number] = words.get(number, "") + ((each.text or "") if name == "t" else "")
    return [(text, words.get(number, "")) for number, text in said.items()]


@pytest.mark.parametrize("name", ORIGINALS)
def test_every_place_is_the_cell_whose_text_was_read(name: str) -> None:
    """Every cell the reader gives is found by its place, with the words that were read; so is every line."""
    original = ORIGINALS[name]
    spots = spots_of(original, name)
    elements = list(_main(original).iter(etree.Element))
    grid = read_docx(original, name)
    seen = 0
    for block in grid.blocks:
        for item in block.cells if isinstance(block, Table) else (block,):
            number = spots.of(item.places[0])
            assert number is not None
            words = _bare("".join(_words(each) for each in paragraphs_of(elements[number])))
            assert _bare(item.text) in words if not isinstance(block, Table) else _bare(item.text) == words
            seen += 1
    assert seen > 20


HARD = {
    "merged and nested": tbl(
        tr(tc("甲", span=2), tc("乙", merge="restart")),
        tr("丙", tc("丁", tbl(tr("戊", "己"), tr("庚", "辛"))), tc(merge="continue")),
    ),
    "wrapped": "<w:sdt><w:sdtContent>"
    + tbl(f"<w:sdt><w:sdtContent>{tr('甲', '<w:sdt><w:sdtContent>' + tc('乙') + '</w:sdtContent></w:sdt>')}"
          "</w:sdtContent></w:sdt>")
    + "</w:sdtContent></w:sdt><w:customXml>" + tbl(tr("丙")) + "</w:customXml>",
    "changed": tbl(
        tr("甲", properties="<w:del/>"), tr("乙", properties="<w:hidden/>"), tr("丙", "<w:ins>" + tc("丁") + "</w:ins>")
    ),
    "after a text box": p("<w:r><w:pict><w:txbxContent>" + tbl(tr("箱")) + "</w:txbxContent></w:pict></w:r>")
    + tbl(tr("甲", "乙")),
    "a prompt": p() + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + p("请填") + tbl(tr("无"))
    + "</w:sdtContent></w:sdt>" + p("行") + tbl(tr("甲")),
}  # fmt: skip


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("namespace", [W, STRICT_W])
def test_hard_tables_are_counted_as_they_are_read(name: str, namespace: str) -> None:
    """Merged, nested, wrapped, deleted, hidden and boxed tables: a comment hangs around the words of its own place."""
    original = docx(HARD[name] + p("末行"), namespace)
    grid = read_docx(original, "a")
    items = [item for block in grid.blocks for item in (block.cells if isinstance(block, Table) else (block,))]
    for item in items:
        if item.text == "箱":
            continue
        (place,) = item.places
        job = mark_at("x")
        job = replace(job, marks=(replace(job.marks[0], places=(place,)),))
        ((_, around),) = _commented(marked(original, job))
        assert around == item.text


def test_a_table_in_a_header_is_counted_but_takes_no_comment() -> None:
    """Word takes no comment in a header: what was read there stands in the summary, the body's table is table 2."""
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    original = docx(tbl(tr("正文")) + p() + section, header1=tbl(tr("页眉")))
    found = marked(original, mark_at("table1!R1C1", "table2!R1C1"))
    assert [words for _, words in _commented(found)] == ["正文"]
    assert parts_of(found)["word/header1.xml"] == parts_of(original)["word/header1.xml"]


def test_what_stands_in_a_text_box_has_its_comment_beside_it() -> None:
    """Text boxes take no comment: it hangs on the paragraph that the box hangs on."""
    box = "<w:r><w:pict><w:txbxContent>" + tbl(tr("箱")) + "</w:txbxContent></w:pict></w:r>"
    found = _main(marked(docx(p("旁", box) + p("后")), mark_at("table1!R1C1")))
    start = next(found.iter("{*}commentRangeStart"))
    assert not list(start.iterancestors("{*}txbxContent"))
    assert _words(start.getparent()).startswith("旁")


@pytest.mark.parametrize("name", ORIGINALS)
def test_a_marked_document_holds_the_same_forms_and_the_notes_at_their_cells(name: str) -> None:
    """Read back it gives the same forms; each comment hangs around the words of the place it speaks of."""
    original = ORIGINALS[name]
    forms = parse_bytes(original, name)
    job = job_of(forms)
    result = marked(original, job)
    assert without(parse_bytes(result, name)) == without(forms)
    spots, elements = spots_of(original, name), list(_main(original).iter(etree.Element))
    around = {(said, _bare(words)) for said, words in _commented(result)}
    for mark in job.marks:
        for number in map(spots.of, mark.places):
            assert number is not None
            words = "".join(_words(each) for each in paragraphs_of(elements[number]))
            assert (f"[{mark.number}] {mark.heading}\n{mark.body}", _bare(words)) in around
    comments = list(python_docx.Document(io.BytesIO(result)).comments)
    assert len(comments) == sum(len(mark.places) for mark in job.marks)
    assert {comment.author for comment in comments} == {job.author}


@pytest.mark.parametrize("name", ORIGINALS)
def test_nothing_else_in_a_marked_document_changes(name: str) -> None:
    """Only the main part, its links and the list of types are touched; without what was added they are as before."""
    original = ORIGINALS[name]
    result = marked(original, job_of(parse_bytes(original, name)))
    raw = raw_parts(result)
    touched = {part for part, data in raw_parts(original).items() if raw[part] != data}
    assert touched == {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
    before, after = (parts_of(data)["word/document.xml"].decode() for data in (original, result))
    after = re.sub(r'<w:commentRange(Start|End) w:id="\d+"/>|<w:r><w:commentReference w:id="\d+"/></w:r>', "", after)
    start = after.index("<w:p><w:pPr><w:pageBreakBefore/>")
    end = after.index("</w:tbl>", after.index(SUMMARY["zh"], start))
    end = after.index("</w:p>", end) + len("</w:p>")
    bare = after[:start] + after[end:]
    assert re.sub(r"<w:p( [^>]*)?></w:p>", r"<w:p\1/>", bare) == re.sub(r"<w:p( [^>]*)?></w:p>", r"<w:p\1/>", before)


def test_the_summary_is_a_page_before_the_last_section() -> None:
    """Heading, notes and table stand on a page of their own, in the last section, after all else."""
    original = ORIGINALS["forms7.docx"]
    job = job_of(parse_bytes(original, "a"))
    document = python_docx.Document(io.BytesIO(marked(original, job)))
    table = document.tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == list(job.head)
    assert [[cell.text for cell in row.cells] for row in table.rows[1:4]] == [
        [str(row.number), row.form, row.place, row.said] for row in job.rows[:3]
    ]
    assert len(table.rows) == len(job.rows) + 1
    names = [etree.QName(each).localname for each in document.element.body]
    assert names[-7:] == ["p", "p", "p", "tbl", "p", "sectPr"][-7:] or names[-6:] == [
        "p",
        "p",
        "p",
        "tbl",
        "p",
        "sectPr",
    ]
    assert document.paragraphs[-4].paragraph_format.page_break_before


def test_comments_that_are_there_stay() -> None:
    """Ours follow them, under numbers of their own; the comments that were there keep theirs."""
    theirs = '<w:comment w:id="7" w:author="张三"><w:p><w:r><w:t>请补附件</w:t></w:r></w:p></w:comment>'
    body = p('<w:commentRangeStart w:id="7"/>', "甲", '<w:commentRangeEnd w:id="7"/>') + tbl(tr("乙"))
    original = docx(body, comments=theirs)
    result = marked(original, mark_at("table1!R1C1"))
    before, after = (parts_of(data)["word/comments.xml"].decode() for data in (original, result))
    assert after.startswith(before.removesuffix("</w:comments>"))
    around = _commented(result)
    assert around[0] == ("请补附件", "甲")
    assert [words for said, words in around[1:] if "请核对" in said] == ["乙"]
    assert "word/comments1.xml" not in parts_of(result)


def test_footers_and_notes_are_read_as_before() -> None:
    """They come after the summary in the order of reading, and are no part of it."""
    section = '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = '<w:footnote w:id="2">' + p("注：含上年结转") + "</w:footnote>"
    original = docx(tbl(tr(tc(p("甲", mark)))) + p() + section, footnotes=note, footer1=p("单位（盖章）"))
    before, after = read_docx(original, "a"), without_summary(read_docx(marked(original, mark_at("table1!R1C1")), "a"))
    assert [getattr(block, "text", "") for block in after.blocks] == ["", "单位（盖章）", "注：含上年结转"]
    assert len(after.blocks) == len(before.blocks)


def test_an_empty_cell_takes_a_comment() -> None:
    """A cell whose only paragraph is a single tag takes one: a finding may be that nothing stands there."""
    result = marked(docx(tbl(tr(tc(), "乙"))), mark_at("table1!R1C1"))
    (start,) = _main(result).iter("{*}commentRangeStart")
    cell = next(start.iterancestors("{*}tc"))
    assert cell is next(_main(result).iter("{*}tc")) or _words(cell) == ""
    assert [words for _, words in _commented(result)] == [""]


def test_a_document_without_prefixes_or_section_is_marked() -> None:
    """Elements without a prefix, no section, no content types for comments: what is added declares what it needs."""
    text = (
        f'<document xmlns="{W}" xmlns:q="{W}"><body><tbl><tr><tc><p q:rsidR="1"><r><t>甲</t></r></p></tc></tr></tbl>'
        "</body></document>"
    )
    parts = parts_of(docx("")) | {"word/document.xml": text.encode()}
    result = marked(packed({**parts}), mark_at("table1!R1C1"))
    assert [words for _, words in _commented(result)] == ["甲"]
    text = text.replace(f' xmlns:q="{W}"', "").replace(' q:rsidR="1"', "")
    result = marked(packed({**parts, "word/document.xml": text}), mark_at("table1!R1C1"))
    assert [words for _, words in _commented(result)] == ["甲"]


def test_a_place_that_the_document_does_not_have_stands_in_the_summary_only() -> None:
    """No such table, no such line: no comments, but the row of the summary."""
    job = mark_at("table9!R1C1")
    nowhere = replace(job.marks[0], places=(Place("a", line=99), Place("a", line=0), Place("a", page=1)))
    result = marked(docx(p("甲")), replace(job, marks=(*job.marks, nowhere)))
    assert "word/comments.xml" not in parts_of(result)
    assert "请说明" in parts_of(result)["word/document.xml"].decode()


def test_a_signed_document_is_not_changed() -> None:
    """A mark would break the signature: the document is refused, with what to do."""
    parts = parts_of(docx(p("甲")))
    link = '<Relationship Id="s" Type="x/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Rel", link.encode() + b"</Rel")
    with pytest.raises(Refused) as caught:
        marked(packed({**parts}), EMPTY)
    assert caught.value.code == "cannot_be_changed"


def test_texts_of_any_kind_are_comments() -> None:
    """Letters that no XML may hold, and markup, are shown and break nothing."""
    job = mark_at("table1!R1C1")
    odd = replace(job.marks[0], heading="\x00<w:p/>&", body="\ud800\n\n“长”" + "长" * 50_000)
    around = _commented(marked(docx(tbl(tr("甲"))), replace(job, marks=(odd,))))
    assert around[0][0].startswith("[1] �<w:p/>&\n�\n\n“长”")
