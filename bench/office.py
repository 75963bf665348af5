"""Speed of reading Office files, side by side in one run: our grids and forms beside the usual libraries.

Each file holds the same seven forms. python-docx, openpyxl and calamine only hand out texts and merges; ours also shows
numbers as printed, spans and places. Times are processor time, the best of several rounds.
"""

import io
import time
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
from python_calamine import CalamineWorkbook

from jixiao.layout.lexicon import load_lexicon
from jixiao.reading.child import calm_collector
from jixiao.reading.formats.docx import read_docx
from jixiao.reading.formats.xls import read_xls
from jixiao.reading.formats.xlsx import read_xlsx
from jixiao.reading.parse import parse_bytes

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
ROUNDS = 7
FORMS = 7
Pass = Callable[[bytes], object]


def python_docx(data: bytes) -> None:
    """Every cell of every table by python-docx."""
    for table in docx.Document(io.BytesIO(data)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def by_openpyxl(data: bytes) -> None:
    """Every cell and the merges by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        _ = [cell.value for row in sheet.iter_rows() for cell in row], list(sheet.merged_cells.ranges)


def calamine(data: bytes) -> None:
    """Every value and the merges by calamine."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for number in range(len(book.sheet_names)):
        sheet = book.get_sheet_by_index(number)
        _ = sheet.to_python(), sheet.merged_cell_ranges


FILES: dict[str, tuple[tuple[str, Pass], ...]] = {
    "forms7.docx": (("grid", lambda data: read_docx(data, "a")), ("python-docx", python_docx)),
    "forms7.xlsx": (("grid", lambda data: read_xlsx(data, "a")), ("openpyxl", by_openpyxl), ("calamine", calamine)),
    "forms7.xls": (("grid", lambda data: read_xls(data, "a")), ("calamine", calamine)),
}
"""File → the passes over it, ours first."""


def best(passes: tuple[tuple[str, Pass], ...], data: bytes) -> dict[str, int]:
    """The best processor time of each pass in microseconds; they take turns, so that a busy machine hits all."""
    found: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, work in passes:
            start = time.process_time_ns()
            work(data)
            took = (time.process_time_ns() - start) // 1000
            found[name] = min(found.get(name, took), took)
    return found


def main() -> None:
    """Print the table of figures."""
    load_lexicon()
    calm_collector()  # as in the child; it helps the others as much
    for file, passes in FILES.items():
        data = (DATA / file).read_bytes()
        figures = best((*passes, ("bytes to forms", lambda data, file=file: parse_bytes(data, file))), data)  # type: ignore[misc]  # a name bound early
        print(f"{file}: {FORMS} forms, {len(data) // 1024} KB")
        for name, took in figures.items():
            ratio = took * 100 // figures["grid"]
            print(f"  {name:15} {took // 1000:5}.{took // 100 % 10} ms   {ratio // 100}.{ratio % 100:02} × our grid")


if __name__ == "__main__":
    main()
