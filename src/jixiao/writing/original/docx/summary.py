"""The summary on a page of its own behind everything else: a heading, what is to be known, and a table."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from jixiao.layout.attached import SUMMARY
from jixiao.writing.original.docx.document import Document
from jixiao.writing.original.job import Job, Row
from jixiao.writing.original.office.markup import child, local
from jixiao.writing.original.office.text import xml_text

_SHARES: Final = (8, 22, 20, 50)
_ACROSS: Final = 8306
"""Twentieths of a point between the margins of an upright A4 page, where the document does not say."""
_LEAST: Final = 3000
_SMALL, _BODY, _TITLE = 18, 19, 30
"""Sizes of letters in half points."""
_LONGEST: Final = 30_000


def add_summary(document: Document, job: Job) -> None:
    """Put the summary behind the last paragraph or table, in the last section."""
    last = next(iter(document.body.iterchildren(etree.Element, reversed=True)), None)
    piece = "".join(_Writer(document).blocks(job, _across(document, last)))
    if last is not None and local(last) == "sectPr":
        document.part.put("before", last, piece)
    else:
        document.part.put("last", document.body, piece)


def _across(document: Document, section: etree._Element | None) -> int:
    """The width between the margins of a section."""
    if section is None or local(section) != "sectPr":
        return _ACROSS
    page, margins = child(section, "pgSz"), child(section, "pgMar")
    sizes = [document.attribute(page, "w"), document.attribute(margins, "left"), document.attribute(margins, "right")]
    if not all(each.isdecimal() and len(each) < 6 for each in sizes):
        return _ACROSS
    width, left, right = map(int, sizes)
    columns = child(section, "cols")
    number = document.attribute(columns, "num") or "1"
    parted = int(number) if number.isdecimal() and 0 < int(number) < 10 else 1
    return max((width - left - right) // parted, _LEAST)


class _Writer:
    """Writes with the names of the document."""

    def __init__(self, document: Document) -> None:
        self._w, self._declared = document.w, document.declared

    def blocks(self, job: Job, across: int) -> Iterator[str]:
        """The summary, first the line by which it is known again."""
        yield self._paragraph(SUMMARY[job.language], "right", _SMALL, page=True)
        yield self._paragraph(job.title, "center", _TITLE, thick=True)
        for note in job.notes:
            yield self._paragraph(note, "left", _BODY)
        yield self._table(job, [across * share // 100 for share in _SHARES])
        yield self._paragraph("", "left", _SMALL)

    def _tag(self, name: str, inside: str = "", **said: str) -> str:
        told = "".join(f' {self._w}:{key}="{value}"' for key, value in said.items())
        return f"<{self._w}:{name}{told}>{inside}</{self._w}:{name}>" if inside else f"<{self._w}:{name}{told}/>"

    def _paragraph(self, text: str, align: str, size: int, *, page: bool = False, thick: bool = False) -> str:
        about = self._tag("pageBreakBefore") if page else ""
        about += self._tag("spacing", before="0", after="60", line="240", lineRule="auto")
        about += self._tag("ind", left="0", right="0", firstLine="0", firstLineChars="0")
        about += self._tag("jc", val=align)
        content = self._tag("pPr", about) + self._run(text, size, thick=thick)
        return f"<{self._w}:p{self._declared}>{content}</{self._w}:p>"

    def _run(self, text: str, size: int, *, thick: bool) -> str:
        if not text:
            return ""
        look = (self._tag("b") if thick else "") + self._tag("sz", val=str(size)) + self._tag("szCs", val=str(size))
        lines = [
            f'<{self._w}:t xml:space="preserve">{xml_text(line)}</{self._w}:t>' for line in text[:_LONGEST].split("\n")
        ]
        return self._tag("r", self._tag("rPr", look) + self._tag("br").join(lines))

    def _table(self, job: Job, widths: list[int]) -> str:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        lines = "".join(self._tag(side, val="single", sz="4", space="0", color="auto") for side in sides)
        about = self._tag("tblW", w=str(sum(widths)), type="dxa") + self._tag("tblBorders", lines)
        about += self._tag("tblLayout", type="fixed")
        grid = "".join(self._tag("gridCol", w=str(width)) for width in widths)
        rows = [self._row(list(job.head), widths, head=True)]
        rows += [self._row(_cells(row), widths, head=False) for row in job.rows]
        inside = self._tag("tblPr", about) + self._tag("tblGrid", grid) + "".join(rows)
        return f"<{self._w}:tbl{self._declared}>{inside}</{self._w}:tbl>"

    def _row(self, cells: list[str], widths: list[int], *, head: bool) -> str:
        about = self._tag("trPr", self._tag("cantSplit") + self._tag("tblHeader")) if head else ""
        return self._tag(
            "tr", about + "".join(self._cell(text, width, at, head=head) for at, (text, width) in
                                  enumerate(zip(cells, widths, strict=True))),
        )  # fmt: skip

    def _cell(self, text: str, width: int, column: int, *, head: bool) -> str:
        about = self._tag("tcW", w=str(width), type="dxa")
        about += self._tag("shd", val="clear", color="auto", fill="EDEDED") if head else ""
        align = "center" if head or column == 0 else "left"
        return self._tag("tc", self._tag("tcPr", about) + self._paragraph(text, align, _BODY, thick=head))


def _cells(row: Row) -> list[str]:
    return [str(row.number) if row.number else "", row.form, row.place, row.said]
