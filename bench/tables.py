"""Accuracy and speed of tables out of PDFs, on the same labelled pages: our grids, pdfplumber, camelot, img2table.

A cell counts only if its row, column, spans and text (white space aside) are those of the document it was made from.
Pages are generated here, one form a page, with their truth. camelot and img2table run where they are installed:
`./dev bench --peers tables`. Times are processor time. Goals: ours at least 100 pages/s and 5 times pdfplumber; a
reader of its own process below 120 MB.
"""

import importlib.util
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2

from forms.content import make
from forms.documents import FAMILIES
from forms.sheet import Sheet, lay_out
from forms.typst_pdf import Style, typst_pdf
from jixiao.layout.grid import Table
from jixiao.reading.child import calm_collector
from jixiao.reading.formats.pdf import read_pdf

HOUSE = Path(__file__).resolve().parents[1]
Boxed = tuple[int, int, int, int, str]
"""Left, top, right, bottom in hundredths of a point, and text."""
Cell = tuple[int, int, int, int, str]
"""Row, column, row span, column span, text."""
Reader = Callable[[bytes], list[list[Boxed]]]
_NEAR = 140
"""Half a millimetre: the generator's column edges are at least one apart, a peer's pixels stray less."""
_REPEATS = 5
_MEMORY = """
import resource, sys
from jixiao.reading.formats.pdf import read_pdf
from jixiao.layout.lexicon import load_lexicon
from jixiao.reading.parse import parse_bytes
data = open(sys.argv[1], "rb").read()
for _ in range(20):
    parse_bytes(data, "bench.pdf")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def pages() -> list[tuple[bytes, set[Cell]]]:
    """One-page documents of every family, with the cells they were made from."""
    found = []
    for name, family in FAMILIES.items():
        for seed in (51, 52, 53):
            style = Style(font=("serif", "sans")[seed % 2], size=8, landscape=len(family.indicators.columns) > 8)
            sheet = lay_out(make(seed, family), family, style.width)
            data = typst_pdf([sheet], style)
            if len(pypdfium2.PdfDocument(data)) == 1:
                found.append((data, truth(sheet)))
        if not found:
            sys.exit(f"no page of {name}")
    return found


def truth(sheet: Sheet) -> set[Cell]:
    """The cells of a sheet."""
    at = {edge: number for number, edge in enumerate(sheet.edges)}
    return {
        (cell.row, at[cell.left], cell.row_span, at[cell.right] - at[cell.left], squeezed(cell.text))
        for cell in sheet.cells
    }


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def ranked(boxes: Iterable[Boxed]) -> set[Cell]:
    """Boxes as rows and columns: edges nearer than half a millimetre are one."""
    cells = list(boxes)
    xs = clusters(edge for cell in cells for edge in (cell[0], cell[2]))
    ys = clusters(edge for cell in cells for edge in (cell[1], cell[3]))
    return {
        (ys[top], xs[left], ys[bottom] - ys[top], xs[right] - xs[left], squeezed(text))
        for left, top, right, bottom, text in cells
    }


def clusters(edges: Iterable[int]) -> dict[int, int]:
    """For each edge the number of the position it stands at."""
    numbers: dict[int, int] = {}
    last = number = -1
    for edge in sorted(set(edges)):
        number += number < 0 or edge - last > _NEAR
        numbers[edge] = number
        last = edge
    return numbers


def ours(data: bytes) -> list[list[Boxed]]:
    """Our grid."""
    tables = [block for block in read_pdf(data, "bench.pdf").blocks if isinstance(block, Table)]
    return [[(*cell.box, cell.text) for cell in table.cells if cell.box] for table in tables]


def plumber(data: bytes) -> list[list[Boxed]]:
    """The tables of pdfplumber."""
    found: list[list[Boxed]] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for table in page.find_tables({"snap_tolerance": 1}):  # by default it joins edges three points apart
                texts = {
                    box: text
                    for row, line in zip(table.rows, table.extract(), strict=True)
                    for box, text in zip(row.cells, line, strict=True)
                    if box
                }
                found.append([(*hundredths(box), text or "") for box, text in texts.items()])
    return found


def hundredths(box: Any) -> tuple[int, int, int, int]:
    """A box of points in hundredths."""
    left, top, right, bottom = box
    return round(left * 100), round(top * 100), round(right * 100), round(bottom * 100)


def camelot_tables(data: bytes) -> list[list[Boxed]]:
    """The tables of camelot (lattice); cells without a wall between them are one."""
    import camelot

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        tables = camelot.read_pdf(file.name, flavor="lattice", pages="all")
        return [joined_cells(table.cells) for table in tables]


def joined_cells(cells: Any) -> list[Boxed]:
    """Camelot's raster of cells, those without a wall between them joined."""
    group: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            up = row and not cell.top and not cells[row - 1][column].bottom
            beside = column and not cell.left and not line[column - 1].right
            group[row, column] = (
                group[row, column - 1] if beside else group[row - 1, column] if up else (row, column)
            )  # fmt: skip
    boxes: dict[tuple[int, int], list[Any]] = {}
    for (row, column), owner in group.items():
        boxes.setdefault(owner, []).append(cells[row][column])
    return [
        (
            round(min(cell.x1 for cell in part) * 100), round(-max(cell.y2 for cell in part) * 100),
            round(max(cell.x2 for cell in part) * 100), round(-min(cell.y1 for cell in part) * 100),
            "".join(cell.text for cell in part),
        )
        for part in boxes.values()
    ]  # fmt: skip


def img2table_tables(data: bytes) -> list[list[Boxed]]:
    """The tables of img2table, text from the text layer."""
    from img2table.document import PDF

    found = PDF(src=data, pdf_text_extraction=True).extract_tables(implicit_rows=False, borderless_tables=False)
    tables = []
    for page in found.values():
        for table in page:
            cells = {}
            for line in table.content.values():
                for cell in line:
                    box = cell.bbox
                    cells[box.x1, box.y1, box.x2, box.y2] = cell.value or ""
            tables.append([(*(edge * 36 for edge in box), text) for box, text in cells.items()])  # 200 dpi
    return tables


def measure(reader: Reader, documents: list[tuple[bytes, set[Cell]]], repeats: int) -> tuple[int, int, int, int]:
    """Cells right, cells given, cells true, and the best microseconds for all pages."""
    right = given = true = best = 0
    for data, want in documents:
        got = max(
            (ranked(boxes) for boxes in reader(data) if boxes), key=lambda cells: len(cells & want), default=set()
        )
        right, given, true = right + len(got & want), given + len(got), true + len(want)
    for _ in range(repeats):
        start = time.process_time_ns()
        for data, _ in documents:
            reader(data)
        took = (time.process_time_ns() - start) // 1000
        best = min(best or took, took)
    return right, given, true, best


def report(name: str, figures: tuple[int, int, int, int], count: int) -> None:
    """One line of the table."""
    right, given, true, took = figures
    score = 20_000 * right // max(given + true, 1)
    print(
        f"  {name:12} cells {right:5} right of {given:5} given, {true:5} true: F1 {score // 100}.{score % 100:02} %,"
        f" {took // count:7} µs/page, {count * 1_000_000 // took:5} pages/s"
    )


def memory() -> None:
    """What a process of its own that reads PDFs to forms takes, in megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(HOUSE / "tests" / "data" / "typst7.pdf")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    print(f"  memory of a reader without OCR: {done.stdout.strip()} MB (goal below 120)")


def main() -> None:
    """Print the table."""
    documents = pages()
    calm_collector()
    print(f"{len(documents)} generated pages of {len(FAMILIES)} families, one form each")
    report("jixiao", measure(ours, documents, _REPEATS), len(documents))
    report("pdfplumber", measure(plumber, documents, 1), len(documents))
    for module, name, reader in (
        ("camelot", "camelot", camelot_tables),
        ("img2table", "img2table", img2table_tables),
    ):
        if importlib.util.find_spec(module) is None:
            print(f"  {name:12} not installed here: ./dev bench --peers tables")
        else:
            report(name, measure(reader, documents, 1), len(documents))
    memory()


if __name__ == "__main__":
    main()
