"""Speed and memory of writing DOCX and HTML, each beside a peer in the same run.

Generated forms, laid out before, are written to separate files and to one file of a thousand. The peers: for DOCX
docxtpl (an extra: --peers), which fills a Word template, with as many cells but no merges, and python-docx, which
builds the same cells one by one; for HTML a plain Jinja template of the same cells. Times are processor time of one
core, the best of several rounds; memory is the most a process of its own held, with 100 and with 1,000 forms in one
file.
"""

import io
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec

import docx
import jinja2

from bench.some_forms import documents, most_memory
from jixiao.writing.formats.docx import write_docx
from jixiao.writing.formats.html import write_html_document
from jixiao.writing.paper.model import Document, Table

ROUNDS = 3
FEW = 7
"""Of the slow ones so many are enough."""
MANY = 1000
Write = Callable[[Sequence[Document]], None]


def table_of(document: Document) -> Table:
    """The table of a form."""
    return next(block for block in document.blocks if isinstance(block, Table))


def ours(some: Sequence[Document]) -> None:
    """Our DOCX, a file a form."""
    for document in some:
        write_docx([document])


def by_python_docx(some: Sequence[Document]) -> None:
    """python-docx: a table of the same grid, each merge and each text by its objects."""
    for document in some:
        made = docx.Document()
        table = table_of(document)
        grid = made.add_table(table.rows, len(table.widths))
        for cell in table.cells:
            corner = grid.cell(cell.row, cell.column)
            if cell.row_span > 1 or cell.column_span > 1:
                corner = corner.merge(grid.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1))
            corner.text = cell.text
        made.save(io.BytesIO())


def template() -> bytes:
    """A template for docxtpl: rows of eight cells, repeated."""
    made = docx.Document()
    table = made.add_table(3, 8)
    table.cell(0, 0).text = "{%tr for row in rows %}"
    for column in range(8):
        table.cell(1, column).text = f"{{{{ row[{column}] }}}}"
    table.cell(2, 0).text = "{%tr endfor %}"
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def by_docxtpl(some: Sequence[Document]) -> None:
    """docxtpl: the same texts in rows of eight."""
    from docxtpl import DocxTemplate  # type: ignore[import-not-found, unused-ignore]

    bare = template()
    for document in some:
        texts = [cell.text for cell in table_of(document).cells]
        rows = [(texts[at : at + 8] + [""] * 8)[:8] for at in range(0, len(texts), 8)]
        filled = DocxTemplate(io.BytesIO(bare))
        filled.render({"rows": rows}, autoescape=True)
        filled.save(io.BytesIO())


def ours_html(some: Sequence[Document]) -> None:
    """Our page, a file a form."""
    for document in some:
        write_html_document([document])


PLAIN = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>{{ name }}</title><table>
{%- for row in rows %}<tr>{% for cell in row %}<td rowspan="{{ cell.row_span }}" colspan="{{ cell.column_span }}">
{{- cell.text }}</td>{% endfor %}</tr>
{% endfor %}</table></html>"""


def by_jinja(some: Sequence[Document]) -> None:
    """Jinja: the same cells and nothing else."""
    page = jinja2.Environment(autoescape=True).from_string(PLAIN)
    for document in some:
        table = table_of(document)
        rows = [[cell for cell in table.cells if cell.row == row] for row in range(table.rows)]
        page.render(name=document.name, rows=rows).encode()


def in_one_docx(some: Sequence[Document]) -> None:
    """All in one DOCX."""
    write_docx(some)


def in_one_page(some: Sequence[Document]) -> None:
    """All in one page."""
    write_html_document(some)


SLOW: tuple[Write, ...] = (by_python_docx, by_docxtpl)


def rates(works: Sequence[Write], some: Sequence[Document]) -> dict[str, int]:
    """Forms in a hundred seconds of each work; they take turns, so that a busy machine hits all."""
    best: dict[str, int] = {}
    for _ in range(ROUNDS):
        for work in works:
            mine = some[:FEW] if work in SLOW else some
            start = time.process_time_ns()
            work(mine)
            took = time.process_time_ns() - start
            name = work.__name__
            best[name] = max(best.get(name, 0), len(mine) * 10**11 // took)
    return best


def tell(kind: str, count: int) -> None:
    """Print the most memory of this process, in MB, that writes so many forms into one file, and the size in KB."""
    data = (write_docx if kind == "DOCX" else write_html_document)(documents(count))
    print(most_memory(), len(data) // 1024)


def held(kind: str, count: int) -> list[str]:
    """What `tell` says in a process of its own."""
    code = f"from bench.writing_docx import tell; tell({kind!r}, {count})"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


def main() -> None:
    """Print the table of figures."""
    some = list(documents(70))
    works: list[Write] = [ours, by_python_docx]
    if find_spec("docxtpl"):
        works.append(by_docxtpl)
    else:
        print("  docxtpl is not installed here (it is with --peers), not measured")
    for name, rate in rates([*works, ours_html, by_jinja], some).items():
        print(f"  {name:15} {rate // 100:6}.{rate % 100:02} forms/s in separate files")
    for name, rate in rates([in_one_docx, in_one_page], list(documents(MANY))).items():
        print(f"  {name:15} {rate // 100:6}.{rate % 100:02} forms/s, {MANY} in one file")
    for kind in ("DOCX", "HTML"):
        for count in (100, MANY):
            memory, size = held(kind, count)
            print(f"  {kind}: {memory} MB at most with {count} forms in one file of {size} KB")


if __name__ == "__main__":
    main()
