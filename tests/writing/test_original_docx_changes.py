"""Numbers put right in a document: a tracked change with the looks of what it replaces, and a comment."""

from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace

from jixiao.form import Place
from jixiao.reading.formats.docx import read_docx
from jixiao.reading.parse import parse_bytes
from jixiao.writing.original.job import Job
from reading.docx_maker import W, docx, p, r, tbl, tc, tr
from writing.original_samples import change_at, parts_of, without
from writing.test_original_docx import marked

DATA = Path(__file__).parents[1] / "data"
BOLD = "<w:b/>"


def _job(read: str = "93.00", written: str = "94.00") -> Job:
    return change_at("table1!R1C1", read, written)


def _cell(data: bytes) -> str:
    """The first cell, the names' declarations and whose change it is taken out."""
    text = parts_of(data)["word/document.xml"].decode()
    cell = text[text.index("<w:tc>") : text.index("</w:tc>")]
    by = ' w:author="绩效复核" w:date="2026-11-26T00:00:00Z"'
    return cell.replace(by, "").replace(' xml:space="preserve"', "")


def _read(data: bytes) -> str:
    block = read_docx(data, "a").blocks[0]
    return block.cells[0].text  # type: ignore[union-attr]


CASES = {
    "the whole of a run": (p(r("93.00", BOLD)), "94.00"),
    "within a run": (p(r("得分93.00分", BOLD)), "得分94.00分"),
    "over several runs": (p("得", r("分9", BOLD), r("3.0"), r("0分")), "得分94.00分"),
    "in a link": (p('<w:hyperlink w:anchor="a">' + r("93.00") + "</w:hyperlink>"), "94.00"),
    "in a content control": (p("<w:sdt><w:sdtContent>" + r("93.00") + "</w:sdtContent></w:sdt>"), "94.00"),
    "in an insertion": (p('<w:ins w:id="3" w:author="甲">' + r("共93.00分") + "</w:ins>"), "共94.00分"),
    "beside a deletion": (
        p('<w:del w:id="3"><w:r><w:delText>93.00</w:delText></w:r></w:del>', r("93.00")),
        "94.00",
    ),
    "in the second paragraph": (p("得分") + p("93.00"), "得分\n94.00"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_number_is_changed_so_that_both_can_be_seen(name: str) -> None:
    """With all changes accepted the new number stands there, with them rejected the old one; all else stays."""
    content, after = CASES[name]
    original = docx(tbl(tr(tc(content))))
    result = marked(original, _job())
    assert _read(result) == after
    assert _rejected(result) == _rejected(original)
    comments = parts_of(result)["word/comments.xml"].decode()
    assert "93.00 → 94.00" in comments
    assert "各项得分之和。" in comments


def _rejected(data: bytes) -> str:
    """The words of the first cell as they are when our insertion is taken out and our deletion taken back."""
    root = etree.fromstring(parts_of(data)["word/document.xml"])
    words = ""
    for each in next(root.iter("{*}tc")).iter("{*}t", "{*}delText"):
        changes = [above.get(f"{{{W}}}author") for above in each.iterancestors("{*}ins")]
        if "绩效复核" not in changes:
            words += each.text or ""
    return words


def test_the_new_run_looks_as_the_old() -> None:
    """What stands before and behind in the run stays; deleted and inserted runs have its properties."""
    result = _cell(marked(docx(tbl(tr(tc(p(r("得分93.00分", BOLD)))))), _job()))
    look = "<w:rPr><w:b/></w:rPr>"
    assert (
        f'<w:r>{look}<w:t>得分</w:t></w:r><w:del w:id="1"><w:r>{look}<w:delText>93.00</w:delText></w:r></w:del>'
        f'<w:ins w:id="2"><w:r>{look}<w:t>94.00</w:t></w:r></w:ins><w:r>{look}<w:t>分</w:t></w:r>'
    ) in result


@pytest.mark.parametrize("content", [
    p(r("92.00")), p(r("193.00")), p(r("93.00"), r("和93.00")), p(r("93"), "<w:r><w:tab/></w:r>", r(".00")),
    p(r("93."), '<w:hyperlink w:anchor="a">' + r("00") + "</w:hyperlink>"), p(r("93.00", "<w:vanish/>")),
])  # fmt: skip
def test_what_is_not_there_as_read_is_left_and_said(content: str) -> None:
    """Other numbers, the number twice, hidden or cut by other things: not changed; comment and summary say so."""
    original = docx(tbl(tr(tc(content))))
    result = marked(original, _job())
    assert _read(result) == _read(original)
    assert "<w:del " not in parts_of(result)["word/document.xml"].decode()
    for part in ("word/comments.xml", "word/document.xml"):
        assert "请手工修改" in parts_of(result)[part].decode()


def test_a_place_that_is_not_there_is_said() -> None:
    """A change of a place that the document does not have stands in the summary, with what to do."""
    job = _job()
    lost = replace(job, changes=(replace(job.changes[0], places=(Place("a", cell="table8!R1C1"),)),))
    assert "找不到这个位置" in parts_of(marked(docx(p("93.00")), lost))["word/document.xml"].decode()


def test_a_line_outside_tables_is_changed() -> None:
    """A total in a line under the table is put right there."""
    job = _job()
    line = replace(job, changes=(replace(job.changes[0], places=(Place("a", line=2),)),))
    result = marked(docx(p() + p("总分：93.00。")), line)
    assert read_docx(result, "a").blocks[0].text == "总分：94.00。"  # type: ignore[union-attr]


@pytest.mark.parametrize("file", ["forms7.docx", "producers/lo_forms2.docx"])
def test_a_corrected_document_reads_back_with_exactly_the_changed_field(file: str) -> None:
    """One score is changed: all else reads back as it was."""
    original = (DATA / file).read_bytes()
    forms = parse_bytes(original, "a.docx")
    score = next(n for n, each in enumerate(forms[0].indicators) if each.score is not None)
    (place,) = forms[0].places[f"/indicators/{score}/score"]
    job = change_at(place.cell or "", str(forms[0].indicators[score].score), "8.50", f"/indicators/{score}/score")
    wanted = list(forms[0].indicators)
    wanted[score] = replace(wanted[score], score=Decimal("8.50"))
    read = parse_bytes(marked(original, job), "a.docx")
    assert without(read) == without([replace(forms[0], indicators=tuple(wanted)), *forms[1:]])
