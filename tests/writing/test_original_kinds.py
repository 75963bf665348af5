"""Which originals can be changed is told by their content; what a review says becomes a job, word for word."""

from pathlib import Path

import msgspec
import pytest

from jixiao.desk.crafts import CRAFTS, kind_of, rework
from jixiao.layout.crafts import Refused
from jixiao.writing.original.marking import By, job_of
from jixiao.writing.original.summary import lay_out_summary
from jixiao.writing.paper.model import Table
from jixiao.writing.report import FAMILIES
from writing.marked_pages import job, mark, original, place, wire
from writing.review_samples import sample

BY = By("王", "2026-03-04", "0.1.0")

OTHERS = {
    b"\xd0\xcf\x11\xe0": "旧版 Office",
    b"\x89PNG\r\n": "图片",
    b"\xff\xd8\xff\xe0": "图片",
    b"PK\x03\x04": "别的格式（如网页、文本）",
    b"<html>": "别的格式（如网页、文本）",
    "绩效自评表".encode(): "别的格式（如网页、文本）",
}


@pytest.mark.parametrize("start", OTHERS)
def test_other_kinds_are_told(start: bytes) -> None:
    """What cannot be marked is named, with the kinds that can and what to do instead."""
    with pytest.raises(Refused) as caught:
        rework(start, wire(job()))
    assert caught.value.code == "unsupported_format"
    assert OTHERS[start] in caught.value.message[0]
    assert all(kind.upper() in caught.value.message[0] for kind in CRAFTS)
    assert "read --show" in caught.value.advice[0]


def test_a_pdf_is_known_by_its_content() -> None:
    """The craft for PDF gets what is one, whatever stands before its header."""
    data = b"\n" + original()
    assert kind_of(data) == "pdf"
    assert rework(data, wire(job(mark(1, place((100, 142, 200, 172)))))).startswith(data)


@pytest.mark.parametrize("name", ["forms7.xlsx", "forms7.docx", "forms7.ofd"])
def test_packages_are_known_by_their_parts(name: str) -> None:
    """Workbooks and documents go to their crafts; an OFD is named."""
    assert kind_of((Path(__file__).parents[1] / "data" / name).read_bytes()).lower() == name.removeprefix("forms7.")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_review_becomes_a_job(language: str) -> None:
    """Every finding is a numbered mark and a row, family by family; its question and clause stand in both."""
    report = sample()
    file = report.files[0]
    made = job_of(file, BY, "zh" if language == "zh" else "en", 3)
    findings = [one for form in file.forms for family in FAMILIES for one in form.findings(family)]
    assert [each.code for each in made.marks] == [each.code for each in findings]
    assert [each.number for each in made.marks] == [*range(1, len(findings) + 1)]
    assert [row.number for row in made.rows if row.number] == [*range(1, len(findings) + 1)]
    assert sum(row.kind == "note" for row in made.rows) == len(file.forms)
    for each, finding, row in zip(made.marks, findings, (row for row in made.rows if row.number), strict=True):
        ask = finding.ask.zh if language == "zh" else finding.ask.en
        assert ask in each.body
        assert ask in row.said
        assert finding.clause is None or finding.clause.document in each.body
        assert each.places == finding.places
    assert file.sha256 in made.notes[0]
    assert msgspec.json.decode(msgspec.json.encode(made), type=type(made)) == made


def test_the_summary_has_every_row() -> None:
    """The summary as a document holds title, sentences, a key to the marks, and every row under a repeated heading."""
    made = job_of(sample().files[0], BY, "zh")
    document = lay_out_summary(made)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    texts = [cell.text for cell in table.cells]
    assert texts[:4] == list(made.head)
    assert all(row.said in texts for row in made.rows)
    assert table.rows == len(made.rows) + 1
    assert sum(table.widths) == document.page.across
    assert any("图例" in block.text for block in document.blocks if not isinstance(block, Table))


def test_a_letter_without_a_font_does_not_stop_the_summary() -> None:
    """In the summary a letter that no font has is shown as missing; the note at the cell keeps it."""
    made = job(mark(1, place((1, 1, 9, 9))))
    (table,) = (
        block for block in lay_out_summary(made, lambda letter: letter != "第").blocks if isinstance(block, Table)
    )
    assert "疑问 〓1条" in {cell.text for cell in table.cells}
    assert made.marks[0].heading == "疑问 第1条"
