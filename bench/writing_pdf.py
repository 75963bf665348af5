"""Speed and memory of writing PDF: generated forms in files of their own and in one file, beside WeasyPrint and Typst.

WeasyPrint (an extra: --peers) prints the page that our HTML writer makes of the same form; Typst sets the same pages as
one table a form, and remembers what it has set before. Times are processor time of one core; memory is the most a
process of its own held.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec

import pylopdf_fonts_zh_cn
import typst

from bench.some_forms import documents, most_memory
from jixiao.writing.formats.html import write_html_document
from jixiao.writing.formats.pdf import write_pdf
from jixiao.writing.paper.faces import faces
from jixiao.writing.paper.model import Document
from jixiao.writing.paper.pages import SetTable
from jixiao.writing.paper.typeset import typeset

FEW, SOME, SEPARATE, MANY = 7, 50, 400, 1000
PROGRAM = b"""
#let tables = json(bytes(sys.inputs.tables))
#set document(title: "forms", date: datetime(year: 2026, month: 1, day: 1))
#set text(font: "Noto Serif SC", size: 9.5pt, lang: "zh", cjk-latin-spacing: none)
#set par(leading: 3pt)
#set table(stroke: 0.5pt, inset: (x: 2pt, y: 0pt), align: center + horizon)
#for t in tables {
  table(columns: t.widths.map(x => x * 0.01pt), rows: t.heights.map(x => x * 0.01pt), ..t.cells.map(c =>
    table.cell(x: c.at(1), y: c.at(0), rowspan: c.at(2), colspan: c.at(3), c.at(4).join(linebreak()))))
  pagebreak(weak: true)
}
"""


def in_one(count: int) -> int:
    """Ours, all forms in one file; the processor's nanoseconds without those of making the forms."""
    making = 0

    def made() -> Iterator[Document]:
        nonlocal making
        coming = documents(count)
        while True:
            begun = time.process_time_ns()
            document = next(coming, None)
            making += time.process_time_ns() - begun
            if document is None:
                return
            yield document

    start = time.process_time_ns()
    for _ in write_pdf(made(), faces()):
        pass
    return time.process_time_ns() - start - making


def apart(some: list[Document]) -> None:
    """Ours, a file a form."""
    for document in some:
        b"".join(write_pdf([document], faces()))


@lru_cache
def compiler() -> typst.Compiler:
    """Typst with the same font."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(pylopdf_fonts_zh_cn.serif_path().parent)])
    return typst.Compiler(PROGRAM, font_paths=fonts)


def by_typst(some: list[Document]) -> None:
    """Typst, all in one file, from pages that are set."""
    tables = [
        {
            "widths": block.widths, "heights": block.heights,
            "cells": [(each.row, each.column, each.row_span, each.column_span, each.lines) for each in block.cells],
        }
        for page in typeset(some, faces())
        for block in page.blocks
        if isinstance(block, SetTable)
    ]  # fmt: skip
    compiler().compile(input=PROGRAM, sys_inputs={"tables": json.dumps(tables)}, pdf_standards=["a-2a"])


def typst_apart(some: list[Document]) -> None:
    """Typst, a file a form."""
    for document in some:
        by_typst([document])


def by_weasyprint(some: list[Document]) -> None:
    """WeasyPrint, a file a form, from our page of it."""
    import weasyprint

    for document in some:
        page = write_html_document([document], document.name)
        text = page if isinstance(page, bytes) else b"".join(page)
        weasyprint.HTML(string=text.decode("utf-8")).write_pdf(pdf_variant="pdf/a-3a")


def show(name: str, some: list[Document], write: Callable[[list[Document]], None]) -> None:
    """Print how many forms a second."""
    write(some[:1])
    start = time.process_time_ns()
    write(some)
    spent = max(time.process_time_ns() - start, 1)
    print(f"{name:36} {len(some) * 10**9 // spent:6} forms/s")


def tell(count: int) -> None:
    """Print forms a second in one file and the most memory held: run in a process of its own."""
    spent = in_one(count)
    held = most_memory()
    print(f"ours, one file of {count:<18} {count * 10**9 // spent:6} forms/s, {held} MB")


def main() -> None:
    """Ours and the peers."""
    some = list(documents(SOME))
    show("ours, separate files, the first", some, apart)
    show("ours, separate files, many", list(documents(SEPARATE)), apart)
    if find_spec("weasyprint"):
        show("WeasyPrint, separate files", some[:FEW], by_weasyprint)
    show("Typst, separate files", some, typst_apart)
    show("Typst, one file", some, by_typst)
    for count in (FEW, MANY):
        subprocess.run([sys.executable, "-c", f"from bench.writing_pdf import tell; tell({count})"], check=True)


if __name__ == "__main__":
    main()
